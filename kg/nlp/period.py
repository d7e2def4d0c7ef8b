"""Calendar arithmetic for dates in news: what "last month" or "two decades ago" spans, seen from a day.

Pure functions. A step that would leave the calendar (before year 1, after 9999) raises ``ValueError`` or
``OverflowError``.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

from kg.model import Precision

Part = Literal["", "early", "mid", "late"]
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
# "in recent weeks" and "a few weeks ago" name no number; these are where a reader would look.
RECENT = {"hour": 24, "day": 7, "week": 4, "weekend": 4}  # three of any other


class Period(NamedTuple):
    """Both ends inclusive; ``None`` is an open or unknown end."""

    start: date | None
    end: date | None
    precision: Precision


def day(d: date) -> Period:
    return Period(d, d, "day")


def month(y: int, m: int) -> Period:
    """Month ``m`` of year ``y``; 13 and 14 run into the next year."""
    y, m = y + (m - 1) // 12, (m - 1) % 12 + 1
    return Period(date(y, m, 1), date(y, m, monthrange(y, m)[1]), "month")


def year(y: int) -> Period:
    return Period(date(y, 1, 1), date(y, 12, 31), "year")


def years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), "interval")


def months(y: int, first: int, last: int) -> Period:
    return Period(month(y, first).start, month(y, last).end, "interval")


def shift(d: date, unit: str, n: float) -> date:
    """``n`` units later (earlier when negative); a day that the month lacks becomes its last."""
    if unit in DAYS:
        return d + timedelta(days=round(DAYS[unit] * n))
    at = d.year * 12 + d.month - 1 + round(MONTHS[unit] * n)
    y, m = divmod(at, 12)
    if not 1 <= y <= 9999:
        raise ValueError(f"year {y} is outside the calendar")
    return date(y, m + 1, min(d.day, monthrange(y, m + 1)[1]))


def unit_at(d: date, unit: str, n: int) -> Period:
    """The calendar unit that holds ``d`` (n = 0), the one before (-1) or after (1). Weeks begin on Monday."""
    at = shift(d, unit, n)
    if unit in ("day", "night"):
        return day(at)
    if unit in ("week", "fortnight"):
        monday = at - timedelta(days=at.weekday())
        return Period(monday, monday + timedelta(days=DAYS[unit] - 1), "interval")
    if unit == "weekend":
        saturday = at - timedelta(days=at.weekday() - 5)
        return Period(saturday, saturday + timedelta(days=1), "interval")
    if unit == "month":
        return month(at.year, at.month)
    if unit == "quarter":
        first = (at.month - 1) // 3 * 3 + 1
        return months(at.year, first, first + 2)
    if unit == "year":
        return year(at.year)
    if unit == "decade":
        return years(at.year // 10 * 10, at.year // 10 * 10 + 9)
    first = (at.year - 1) // 100 * 100 + 1
    return years(first, first + 99)


def stretch(d: date, unit: str, n: float) -> Period:
    """From ``d`` over ``n`` units: "the past two weeks" (negative), "the next three days"."""
    other = shift(d, unit, n)
    return Period(min(d, other), max(d, other), "interval")


def away(d: date, unit: str, n: float) -> Period:
    """``n`` units from ``d``, as exact as the unit: "two years ago" is a year, "three weeks ago" a day."""
    at = shift(d, unit, n)
    if unit == "month":
        return month(at.year, at.month)
    if unit in ("year", "decade", "century"):
        # "half a year ago" names a month, "two decades ago" no day
        return year(at.year) if abs(n) >= 1 or unit != "year" else month(at.year, at.month)
    return day(at)


def weekday(d: date, which: int, direction: int) -> date:
    """The last such day up to ``d`` (0), before ``d`` (-1), from ``d`` on (1) or after ``d`` (2)."""
    ahead = (which - d.weekday()) % 7
    if direction == 1:
        return d + timedelta(days=ahead)
    if direction == 2:
        return d + timedelta(days=ahead or 7)
    back = -ahead % 7
    return d - timedelta(days=back if direction == 0 else back or 7)


def part(p: Period, which: Part) -> Period:
    """The early, middle or late third of a period; an open one is returned as it is."""
    if not which or p.start is None or p.end is None:
        return p
    a, b = p.start, p.end
    length = (b - a).days + 1
    if length > 31 * 13:  # decades and centuries: "the early 1990s" is 1990-1993, not a day in 1993
        n = b.year - a.year + 1
        cut = {"early": (0, n * 4 // 10 - 1), "mid": (n * 4 // 10, n * 7 // 10 - 1), "late": (n * 7 // 10, n - 1)}[
            which
        ]
        return years(a.year + cut[0], a.year + cut[1])
    if length > 300:
        cut = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[which]
        return months(a.year, *cut)
    third = max(1, length // 3)
    if which == "early":
        b = a + timedelta(days=third - 1)
    elif which == "mid":
        a, b = a + timedelta(days=third), a + timedelta(days=2 * third - 1)
    else:
        a = a + timedelta(days=2 * third)
    return Period(a, b, "interval")
