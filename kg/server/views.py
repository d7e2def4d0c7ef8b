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
from kg.server.pairs import Numbers, Pairs, Rows, Tones, count_pairs, keys_of, made
from kg.server.people import People
from kg.server.reduced import reduced
from kg.server.way import shortest
from kg.view.bins import Bins, bins_of, span_of
from kg.view.data import first_places, numbered_blocs
from kg.view.model import STATUSES, Level, Pair, View

Json = dict[str, Any]

# Blocs are told from the strongest pairs; five thousand take a third of a second.
BLOC_PAIRS: Final = 5_000
NEIGHBOURS: Final = 200
REMEMBERED: Final = 24
CHANGES: Final = 400
HOWS: Final = ("turned", "appeared", "ended")


class Views:
    """One reading of the columns, with what is worked out once for it."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.tones = Tones(columns)
        self.people = People(columns)
        self._blocs: dict[Level, dict[str, int]] = {}
        self._views: dict[Choice, Json] = {}
        first, _ = span_of(columns["start"].tolist())
        self.span = first, int(columns["end"].max(initial=0))
        self.bins = bins_of(*self.span) if first else Bins("month", [])
        at = np.searchsorted(np.array(self.bins.starts, dtype=np.int32), columns["start"], side="right") - 1
        self._bin = np.maximum(0, at)

    @property
    def read(self) -> Json:
        """How many statements these are, of how many in the graph."""
        return {"done": len(self.columns), "of": max(self.columns.of, len(self.columns))}

    def beginning(self) -> Json:
        """What the page needs to know before it asks: facets, dates and how much there is."""
        c = self.columns
        codes, kinds = list(relations()), [c.describe(a)["type"] for a in c.actors.of]
        talked = np.flatnonzero(np.bincount(np.concatenate([c["source"], c["target"]]), minlength=len(kinds)))
        first, last = self.span
        return {
            "first": first,
            "last": last,
            "read": self.read,
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
        c, names = self.columns, self.columns.actors.of
        source, target = c.ends(wanted)
        passing = c.passes(wanted) & (source != target)
        rows = Rows(source, target, passing & c.timely(wanted))
        weight = self._weights(rows)
        ranked = self._ranked(weight)
        rank = self.tones.rank
        kept = {int(rank[c.actors.number[i]]) for i in wanted.keep if i in c.actors.number} & set(ranked)
        inside = self._among({*ranked[: 2 * wanted.actors + 40], *kept}, rows)
        counted = count_pairs(c, self.tones, inside)
        chosen, shown = reduced(counted, ranked, kept, wanted.actors, wanted.ties)
        ids, pairs = [names[self.tones.order[n]] for n in chosen], made(c, self.tones, counted, shown, inside)
        total = _distinct(keys_of(self.tones, rows))
        blocs = self.blocs(wanted.level)
        answer: Json = {
            "ids": ids,
            "pairs": [_json(p) for p in pairs],
            "weight": {i: int(weight[c.actors.number[i]]) for i in ids},
            "totals": {"actors": len(ranked), "pairs": total, "statements": int(rows.mask.sum())},
            "read": self.read,
            "undated": int((passing & (c["start"] == 0)).sum()),
            "blocs": {i: blocs.get(i, -1) for i in ids},
            **self._histogram(passing),
            **self.people.told(ids),
        }
        if wanted.places:
            view = View(ids, pairs, len(ranked), total, int(rows.mask.sum()))
            answer["places"] = first_places(view, blocs, {i: str(c.describe(i)["name"]) for i in ids})
        return answer

    def neighbours(self, wanted: Choice, actor: str) -> Json:
        """The strongest pairs of an actor, and who it is."""
        rows = self._counting(wanted)
        n = self.columns.actors.number.get(actor, -1)
        rows = rows._replace(mask=rows.mask & ((rows.source == n) | (rows.target == n)))
        pairs = count_pairs(self.columns, self.tones, rows)
        strongest = np.argsort(-pairs.statements, kind="stable")[:NEIGHBOURS]
        found = made(self.columns, self.tones, pairs, strongest, rows)
        return {"pairs": [_json(p) for p in found], **self.people.told({i for p in found for i in p.ends}, actor)}

    def changes(self, wanted: Choice, before: int, after: int, window: int) -> Json:
        """What differs between the pairs at two days, each seen through the window of days before it.

        Pairs that turned from one kind to another, appeared or ended, in this order and strongest first. What was or
        becomes neutral has not turned: the sign of a membership is no news.
        """
        c = self.columns
        then, now = (
            self._counting(replace(wanted, since=max(1, day - window + 1), until=day)) for day in (before, after)
        )
        old, new = count_pairs(c, self.tones, then), count_pairs(c, self.tones, now)
        stayed, was, now_at = np.intersect1d(old.key, new.key, assume_unique=True, return_indices=True)
        kinds = old.kind[was], new.kind[now_at]
        turned = (kinds[0] != kinds[1]) & (kinds[0] > 0) & (kinds[1] > 0)
        places = {
            "turned": now_at[turned],
            "appeared": np.flatnonzero(~np.isin(new.key, stayed, assume_unique=True)),
            "ended": np.flatnonzero(~np.isin(old.key, stayed, assume_unique=True)),
        }
        found: list[Json] = []
        for how in HOWS:
            pairs, rows = (old, then) if how == "ended" else (new, now)
            some = places[how][np.argsort(-pairs.weight[places[how]], kind="stable")][:CHANGES]
            for p in made(c, self.tones, pairs, some, rows):
                found.append({"how": how, "pair": _json(p), "was": _json(p) if how == "ended" else None})
        self._add_past([f for f in found if f["how"] == "turned"], old, then)
        return {
            "changes": found,
            "counts": {how: len(places[how]) for how in HOWS},
            **self.people.told({i for f in found for i in (f["pair"]["a"], f["pair"]["b"])}),
        }

    def _add_past(self, turned: Sequence[Json], old: Pairs, then: Rows) -> None:
        """How those that turned were before."""
        places = np.searchsorted(old.key, [self._key(f["pair"]["a"], f["pair"]["b"]) for f in turned])
        past = made(self.columns, self.tones, old, places, then)
        for f, p in zip(turned, past, strict=True):
            f["was"] = _json(p)

    def path(self, wanted: Choice, start: str, goal: str) -> Json:
        """The shortest way between two actors; no pairs where there is none."""
        number, rank, order = self.columns.actors.number, self.tones.rank, self.tones.order
        rows = self._counting(wanted)
        pairs = count_pairs(self.columns, self.tones, rows)
        ends = [int(rank[number[i]]) if i in number else -1 for i in (start, goal)]
        a, b = pairs.ends()
        way = shortest(a, b, pairs.weight, *ends)
        keys = np.array([min(x, y) * pairs.size + max(x, y) for x, y in way], dtype=np.int64)
        near = {x for step in way for x in step}
        steps = made(self.columns, self.tones, pairs, np.searchsorted(pairs.key, keys), self._among(near, rows))
        return {"pairs": [_json(p) for p in steps], **self.people.told(self.columns.actors.of[order[n]] for n in near)}

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
        heat = (self.tones.sign[rows] * self.tones.heat[rows]).astype(np.int64)
        counting = np.array([s in wanted.statuses for s in STATUSES])[c["status"][rows]] & (c["start"][rows] > 0)
        table = np.column_stack([c["start"][rows], heat])[counting]
        found, count = np.unique(table, axis=0, return_counts=True) if len(table) else (table, table[:, 0])
        return [{"day": int(d), "heat": int(h * n), "n": int(n)} for (d, h), n in zip(found, count, strict=True)]

    def blocs(self, level: Level) -> dict[str, int]:
        """The bloc of each actor in the whole graph, whatever the filters, so that colours stay."""
        if level not in self._blocs:
            counted = count_pairs(self.columns, self.tones, self._counting(Choice(level=level)))
            strong = np.sort(np.argsort(-counted.statements, kind="stable")[:BLOC_PAIRS])
            self._blocs[level] = numbered_blocs({p.ends: p for p in made(self.columns, self.tones, counted, strong)})
        return self._blocs[level]

    def _counting(self, wanted: Choice) -> Rows:
        """Source and target of each statement, and whether it counts between two actors."""
        c = self.columns
        source, target = c.ends(wanted)
        return Rows(source, target, c.passes(wanted) & c.timely(wanted) & (source != target))

    def _weights(self, rows: Rows) -> Numbers:
        n, worth = len(self.columns.actors.of), self.tones.worth[rows.mask]
        ends = (np.bincount(end[rows.mask], worth, n) for end in (rows.source, rows.target))
        return np.asarray(sum(ends, np.zeros(n))).astype(np.int64)

    def _ranked(self, weight: Numbers) -> list[int]:
        """The ranks of those who have a weight, heaviest first, of equals who comes first by id."""
        some = np.flatnonzero(weight)
        ranks = self.tones.rank[some]
        found: list[int] = ranks[np.lexsort((ranks, -weight[some]))].tolist()
        return found

    def _key(self, a: str, b: str) -> int:
        number, rank = self.columns.actors.number, self.tones.rank
        return int(rank[number[a]] * len(rank) + rank[number[b]])

    def _among(self, ranks: set[int], rows: Rows) -> Rows:
        """The statements that count between these actors."""
        chosen = np.zeros(max(1, len(self.columns.actors.of)), dtype=bool)
        chosen[self.tones.order[list(ranks)]] = True
        return rows._replace(mask=rows.mask & chosen[rows.source] & chosen[rows.target])

    def _histogram(self, passing: Mask) -> Json:
        count = max(0, len(self.bins.starts) - 1)
        dated = passing & (self.columns["start"] > 0)
        table = np.bincount(self._bin[dated] * 3 + self.tones.sign[dated] + 1, minlength=3 * count)
        hostile, neutral, friendly = table[: 3 * count].reshape(-1, 3).T.tolist() if count else ([], [], [])
        return {
            "bins": self.bins._asdict(),
            "histogram": {"friendly": friendly, "hostile": hostile, "neutral": neutral},
        }


def _distinct(keys: Numbers) -> int:
    """How many there are; sorting a million is faster than ``np.unique``, which hashes them."""
    ordered = np.sort(keys)
    return int((ordered[1:] != ordered[:-1]).sum()) + min(1, len(ordered))


def _json(p: Pair) -> Json:
    return {
        "a": p.a, "b": p.b, "friendly": p.friendly, "hostile": p.hostile, "neutral": p.neutral, "plus": p.plus,
        "minus": p.minus, "forward": p.forward, "backward": p.backward, "relations": dict(p.relations),
        "first": date.fromisoformat(p.first).toordinal() if p.first else 0,
        "last": date.fromisoformat(p.last).toordinal() if p.last else 0,
    }  # fmt: skip


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
