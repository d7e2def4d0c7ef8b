"""Time in bins: days, weeks, months or years, as ``static/js/bins.js`` cuts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

MOST_MONTHS: Final = 180
Unit = Literal["day", "week", "month", "year"]


class Bins(NamedTuple):
    """The first day of each bin as an ordinal, and one past the last; none where nothing has a date."""

    unit: Unit
    starts: list[int]


def bins_of(first: int, last: int) -> Bins:
    """Whichever unit gives a readable number of bars between two days."""
    days = last - first + 1
    unit: Unit = "day" if days <= 62 else "week" if days <= 280 else "month" if days / 30 <= MOST_MONTHS else "year"
    starts = [_start(first, unit)]
    while starts[-1] <= last:
        starts.append(_next(starts[-1], unit))
    return Bins(unit, starts)


def span_of(days: Sequence[int]) -> tuple[int, int]:
    """First and last day to draw; none gives zeros.

    A few old dates ("since the treaty of 1950") would press everything else into the last bars. Where leaving out the
    oldest fiftieth halves the span at least, the drawing starts after the last long gap before the rest, and what is
    older counts in its first bar.
    """
    dated = sorted(d for d in days if d)
    if not dated:
        return 0, 0
    at, first, last = len(dated) // 50, dated[0], dated[-1]
    if 2 * (last - dated[at]) > last - first:
        return first, last
    gap = (last - dated[at]) / 10
    while at and dated[at] - dated[at - 1] <= gap:
        at -= 1
    return dated[at], last


def _start(day: int, unit: Unit) -> int:
    at = date.fromordinal(day)
    match unit:
        case "day":
            return day
        case "week":
            return day - at.weekday()
        case "month":
            return at.replace(day=1).toordinal()
        case "year":
            return at.replace(month=1, day=1).toordinal()


def _next(start: int, unit: Unit) -> int:
    if unit in ("day", "week"):
        return start + (1 if unit == "day" else 7)
    later = date.fromordinal(start) + timedelta(31 if unit == "month" else 366)
    return _start(later.toordinal(), unit)
