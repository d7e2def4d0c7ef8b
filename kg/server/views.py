"""Answers to what the page asks: the same counts as ``static/js/tally.js`` makes offline, from columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.ontology import relations
from kg.server.choice import Choice
from kg.server.columns import Columns, Ints, Mask
from kg.server.way import shortest
from kg.view.bins import Bins, bins_of, span_of
from kg.view.changes import HOWS, changes_between
from kg.view.data import first_places, numbered_blocs
from kg.view.model import STATUSES, Cell, Level, Pair
from kg.view.reduce import pairs_of, reduce

Json = dict[str, Any]
Keys = npt.NDArray[np.int64]

# Blocs are told from the strongest pairs; thirty thousand take a second or two.
BLOC_PAIRS: Final = 30_000
NEIGHBOURS: Final = 200
REMEMBERED: Final = 24
MEMBERS: Final = 60
CHANGES: Final = 400


class Views:
    """One reading of the columns, with what is worked out once for it."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._blocs: dict[Level, dict[str, int]] = {}
        self._views: dict[Choice, Json] = {}
        first, _ = span_of(columns["start"].tolist())
        self.span = first, int(columns["end"].max(initial=0))

    def beginning(self) -> Json:
        """What the page needs to know before it asks: facets, dates and how much there is."""
        c = self.columns
        codes, kinds = list(relations()), [c.describe(a)["type"] for a in c.actors.of]
        talked = np.unique(np.concatenate([c["source"], c["target"]])) if len(c) else np.empty(0, dtype=np.int32)
        first, last = self.span
        return {
            "first": first,
            "last": last,
            "older": int(((c["start"] > 0) & (c["start"] < first)).sum()),
            "facets": {
                "relations": _counted(c["relation"], codes),
                "statuses": dict(sorted(_counted(c["status"], STATUSES).items())),
                "types": _ranked([kinds[n] for n in talked]),
                "publishers": dict(list(_largest(_counted(c["publisher"], c.publishers.of)).items())[:60]),
            },
        }

    def view(self, wanted: Choice) -> Json:
        """The reduced graph of a choice, with its histogram and totals; the latest choices are remembered."""
        if wanted not in self._views:
            while len(self._views) >= REMEMBERED:
                self._views.pop(next(iter(self._views)))
            self._views[wanted] = self._view(wanted)
        return self._views[wanted]

    def _view(self, wanted: Choice) -> Json:
        c = self.columns
        source, target = c.ends(wanted)
        passing = c.passes(wanted) & (source != target)
        counting = passing & c.timely(wanted)
        keys = self._keys(source[counting], target[counting])
        weight = self._weights(source, target, counting)
        ranked = self._ranked(weight)
        names = c.actors.of
        kept = [a for a in wanted.keep if a in c.actors.number]
        near = set(ranked[: 2 * wanted.actors + 40]) | {c.actors.number[a] for a in kept}
        pairs = pairs_of(self._cells(source, target, counting & _among(near, source, target)))
        reduced = reduce(pairs, wanted.actors, wanted.ties, kept, {names[n]: int(weight[n]) for n in near if weight[n]})
        blocs = self.blocs(wanted.level)
        answer: Json = {
            "ids": reduced.ids,
            "pairs": [_pair(p) for p in reduced.shown],
            "weight": {i: int(weight[c.actors.number[i]]) for i in reduced.ids},
            "totals": {"actors": len(ranked), "pairs": _distinct(keys), "statements": int(counting.sum())},
            "undated": int((passing & (c["start"] == 0)).sum()),
            "blocs": {i: blocs.get(i, -1) for i in reduced.ids},
            **self._histogram(passing),
            **self._people(reduced.ids),
        }
        if wanted.places:
            names_of = {i: str(c.describe(i)["name"]) for i in reduced.ids}
            answer["places"] = first_places(reduced, blocs, names_of)
        return answer

    def neighbours(self, wanted: Choice, actor: str) -> Json:
        """The strongest pairs of an actor, and who it is."""
        c = self.columns
        n = c.actors.number.get(actor, -1)
        source, target, mask = self._counting(wanted)
        mask &= (source == n) | (target == n)
        found = sorted(pairs_of(self._cells(source, target, mask)).values(), key=lambda p: (-p.statements, p.a, p.b))
        some = found[:NEIGHBOURS]
        answer = self._people(sorted({i for p in some for i in p.ends}))
        who = self._people([actor], fully=True)
        return {
            "pairs": [_pair(p) for p in some],
            **{key: {**answer[key], **who[key]} for key in answer},
        }

    def changes(self, wanted: Choice, before: int, after: int, window: int) -> Json:
        """What differs between the pairs at two days, each seen through the window of days before it."""
        then, now = (
            self._all_pairs(replace(wanted, since=max(1, day - window + 1), until=day)) for day in (before, after)
        )
        found = changes_between(then, now)
        some = [c for how in HOWS for c in [c for c in found if c.how == how][:CHANGES]]
        return {
            "changes": [{"how": c.how, "pair": _pair(c.pair), "was": c.was and _pair(c.was)} for c in some],
            "counts": {how: sum(c.how == how for c in found) for how in HOWS},
            **self._people(sorted({i for c in some for i in c.pair.ends})),
        }

    def _all_pairs(self, wanted: Choice) -> dict[tuple[str, str], Pair]:
        return pairs_of(self._cells(*self._counting(wanted)))

    def _counting(self, wanted: Choice) -> tuple[Ints, Ints, Mask]:
        """Source and target of each statement, and whether it counts between two actors."""
        c = self.columns
        source, target = c.ends(wanted)
        return source, target, c.passes(wanted) & c.timely(wanted) & (source != target)

    def path(self, wanted: Choice, start: str, goal: str) -> Json:
        """The shortest way between two actors; no pairs where there is none."""
        c = self.columns
        source, target, mask = self._counting(wanted)
        keys, inverse = np.unique(self._keys(source[mask], target[mask]), return_inverse=True)
        worth = np.bincount(inverse, self._worth()[mask], len(keys)).astype(np.int64)
        n = max(1, len(c.actors.of))
        way = shortest(keys // n, keys % n, worth, c.actors.number.get(start, -1), c.actors.number.get(goal, -1))
        near = {x for step in way for x in step}
        pairs = pairs_of(self._cells(source, target, mask & _among(near, source, target)))
        names = c.actors.of
        steps = [pairs[min(names[a], names[b]), max(names[a], names[b])] for a, b in way]
        return {"pairs": [_pair(p) for p in steps], **self._people([names[x] for x in sorted(near)])}

    def rows(self, wanted: Choice, a: str, b: str) -> npt.NDArray[np.intp]:
        """The statements about an actor, or between two, whatever their status; newest first."""
        c = self.columns
        source, target = c.ends(wanted)
        mask = c.passes(wanted, any_status=True) & c.timely(wanted) & (source != target)
        for actor in filter(None, (a, b)):
            n = c.actors.number.get(actor, -1)
            mask &= (source == n) | (target == n)
        found = np.flatnonzero(mask)
        return found[np.lexsort((c.ids[found], -c["start"][found]))]

    def series(self, wanted: Choice, rows: npt.NDArray[np.intp]) -> list[Json]:
        """Signed intensity by day, of the statements among these that count."""
        c = self.columns
        heat = np.array([r.sign * round(abs(r.intensity) * 10) for r in relations().values()])[c["relation"][rows]]
        heat[c["status"][rows] == STATUSES.index("negated")] = 0
        counting = np.array([s in wanted.statuses for s in STATUSES])[c["status"][rows]] & (c["start"][rows] > 0)
        table = np.column_stack([c["start"][rows], heat])[counting]
        found, count = np.unique(table, axis=0, return_counts=True) if len(table) else (table, table[:, 0])
        return [{"day": int(d), "heat": int(h * n), "n": int(n)} for (d, h), n in zip(found, count, strict=True)]

    def blocs(self, level: Level) -> dict[str, int]:
        """The bloc of each actor in the whole graph, whatever the filters, so that colours stay."""
        if level not in self._blocs:
            source, target = self.columns.ends(Choice(level=level))
            mask = self.columns.passes(Choice(level=level)) & (source != target)
            keys = self._keys(source[mask], target[mask])
            found, inverse, count = np.unique(keys, return_inverse=True, return_counts=True)
            strong = np.zeros(len(found), dtype=bool)
            strong[np.argsort(-count, kind="stable")[:BLOC_PAIRS]] = True
            mask[np.flatnonzero(mask)[~strong[inverse]]] = False
            self._blocs[level] = numbered_blocs(pairs_of(self._cells(source, target, mask)))
        return self._blocs[level]

    def _keys(self, source: Ints, target: Ints) -> Keys:
        n = len(self.columns.actors.of)
        return np.minimum(source, target).astype(np.int64) * n + np.maximum(source, target)

    def _worth(self) -> npt.NDArray[np.int64]:
        """What each statement adds to its pair's weight."""
        c = self.columns
        signed = np.array([r.sign != 0 for r in relations().values()])[c["relation"]]
        return np.where(signed & (c["status"] != STATUSES.index("negated")), 2, 1)

    def _weights(self, source: Ints, target: Ints, mask: Mask) -> npt.NDArray[np.int64]:
        n, worth = len(self.columns.actors.of), self._worth()[mask]
        return (np.bincount(source[mask], worth, n) + np.bincount(target[mask], worth, n)).astype(np.int64)

    def _ranked(self, weight: npt.NDArray[np.int64]) -> list[int]:
        names = self.columns.actors.of
        return sorted(np.flatnonzero(weight).tolist(), key=lambda i: (-weight[i], names[i]))

    def _cells(self, source: Ints, target: Ints, mask: Mask) -> list[Cell]:
        """Statements that count alike, counted."""
        c, names, codes = self.columns, self.columns.actors.of, list(relations())
        denied = c["status"][mask] == STATUSES.index("negated")
        sizes = (len(names), len(names), len(codes), 2)
        if not len(denied):
            return []
        # One number for the four, for sorting rows of four takes ten times as long.
        key = np.ravel_multi_index((source[mask], target[mask], c["relation"][mask], denied), sizes)
        keys, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
        found = np.column_stack(np.unravel_index(keys, sizes))
        start = c["start"][mask]
        first = np.full(len(found), np.iinfo(np.int32).max)
        last = np.zeros(len(found), dtype=np.int32)
        np.minimum.at(first, inverse[start > 0], start[start > 0])
        np.maximum.at(last, inverse[start > 0], c["end"][mask][start > 0])
        return [
            Cell(names[s], names[t], codes[r], not d, int(n), _iso(f) if z else "", _iso(z))
            for (s, t, r, d), n, f, z in zip(found.tolist(), count, first.tolist(), last.tolist(), strict=True)
        ]

    def _histogram(self, passing: Mask) -> Json:
        c = self.columns
        bins = bins_of(*self.span) if self.span[0] else Bins("month", [])
        if not bins.starts:
            return {"bins": bins._asdict(), "histogram": {"friendly": [], "hostile": [], "neutral": []}}
        sign = np.array([r.sign for r in relations().values()])[c["relation"]]
        sign[c["status"] == STATUSES.index("negated")] = 0
        mask = passing & (c["start"] > 0)
        at = np.maximum(0, np.searchsorted(np.array(bins.starts), c["start"], side="right") - 1)
        count = {
            kind: np.bincount(at[mask & (sign == value)], minlength=len(bins.starts) - 1).tolist()
            for kind, value in (("friendly", 1), ("hostile", -1), ("neutral", 0))
        }
        return {"bins": bins._asdict(), "histogram": count}

    def _people(self, ids: Sequence[str], fully: bool = False) -> Json:
        """Descriptions of actors; for whom they act, and how many act for them, or ``fully`` who."""
        c, size = self.columns, max(1, len(self.columns.actors.of))
        numbers = np.array([c.actors.number[i] for i in ids if i in c.actors.number], dtype=np.int32)
        members: dict[str, list[str]] = {}
        sides: dict[str, str] = {}
        found = np.empty(0, dtype=np.int64)
        for end in ("source", "target"):
            who, side = c[end], c[f"{end}_side"]
            mask = (who != side) & (np.isin(side, numbers) | np.isin(who, numbers))
            found = np.union1d(found, side[mask].astype(np.int64) * size + who[mask])
        for side_number, who_number in zip(*(part.tolist() for part in np.divmod(found, size)), strict=True):
            members.setdefault(c.actors.of[side_number], []).append(c.actors.of[who_number])
            sides[c.actors.of[who_number]] = c.actors.of[side_number]
        asked = {side: some for side, some in members.items() if side in ids}
        everybody = {*ids, *(sides[i] for i in ids if i in sides)}
        if fully:
            asked = {side: sorted(some) for side, some in asked.items()}
            everybody |= {w for some in asked.values() for w in some[:MEMBERS]}
        return {
            "actors": {i: c.describe(i) for i in sorted(everybody)},
            "sides": {who: side for who, side in sorted(sides.items()) if who in everybody},
            "memberCounts": {side: len(some) for side, some in sorted(asked.items())},
            "members": {side: some[:MEMBERS] for side, some in sorted(asked.items())} if fully else {},
        }


def _distinct(keys: Keys) -> int:
    """How many there are; sorting a million is faster than ``np.unique``, which hashes them."""
    ordered = np.sort(keys)
    return int((ordered[1:] != ordered[:-1]).sum()) + min(1, len(ordered))


def _among(some: set[int], source: Ints, target: Ints) -> Mask:
    numbers = np.array(sorted(some), dtype=np.int32)
    return np.asarray(np.isin(source, numbers) & np.isin(target, numbers))


def _pair(p: Pair) -> Json:
    return {
        "a": p.a, "b": p.b, "friendly": p.friendly, "hostile": p.hostile, "neutral": p.neutral, "plus": p.plus,
        "minus": p.minus, "forward": p.forward, "backward": p.backward, "relations": dict(p.relations),
        "first": date.fromisoformat(p.first).toordinal() if p.first else 0,
        "last": date.fromisoformat(p.last).toordinal() if p.last else 0,
    }  # fmt: skip


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ""


def _counted(numbers: Ints, names: Sequence[str]) -> dict[str, int]:
    count = np.bincount(numbers, minlength=len(names)).tolist() if len(names) else []
    return {name: n for name, n in zip(names, count, strict=True) if n}


def _largest(count: dict[str, int]) -> dict[str, int]:
    return dict(sorted(count.items(), key=lambda kv: (-kv[1], kv[0])))


def _ranked(values: Sequence[str]) -> dict[str, int]:
    count: dict[str, int] = {}
    for v in values:
        count[v] = count.get(v, 0) + 1
    return _largest(count)
