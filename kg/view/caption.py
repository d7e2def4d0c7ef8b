"""A reduced view in one sentence, word for word as ``static/js/summary.js`` puts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from kg.view.model import Pair, View

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def caption(view: View, names: Mapping[str, str], start: int = 0) -> str:
    """``34 actors, 112 relations, Feb 2018; most hostile: Turkey – YPG; closest: Russia – Syria.``

    ``start`` is the ordinal of the day at which the time strip starts; what is older is not told of.
    """
    if not view.ids:
        return "Nothing is left: loosen the filters."
    dates = sorted(d for p in view.shown for d in (p.first, p.last) if d)
    begun = date.fromordinal(start).isoformat() if start else ""
    when = f", {months(max(begun, dates[0]), dates[-1])}" if dates else ""
    hostile = min(view.shown, key=lambda p: (p.plus - p.minus, p.a + p.b))
    close = max(view.shown, key=lambda p: (p.plus - p.minus, [-ord(c) for c in p.a + p.b]))
    ends = _named("most hostile", hostile, hostile.plus < hostile.minus, names)
    ends += _named("closest", close, close.plus > close.minus, names)
    return f"{_of(len(view.ids), view.actors, 'actor')}, {_of(len(view.shown), view.pairs, 'relation')}{when}{ends}."


def spelled(n: int, word: str) -> str:
    return f"{n:,} {word}{'' if n == 1 else 's'}"


def months(first: str, last: str) -> str:
    """``Feb 2018`` or ``Jan 2014 – Jun 2025``."""
    a, b = (f"{MONTHS[int(d[5:7] or 1) - 1]} {d[:4]}" for d in (first, last))
    return a if a == b else f"{a} – {b}"


def _of(n: int, total: int, word: str) -> str:
    return spelled(n, word) if n == total else f"{n:,} of {spelled(total, word)}"


def _named(word: str, pair: Pair, holds: bool, names: Mapping[str, str]) -> str:
    return f"; {word}: {names.get(pair.a, pair.a)} – {names.get(pair.b, pair.b)}" if holds else ""
