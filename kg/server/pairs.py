"""Pairs of actors counted from columns: what ``kg.view.reduce.pairs_of`` counts, a million statements in half a second."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.ontology import relations
from kg.server.columns import Columns, Ints, Mask
from kg.view.model import STATUSES, Kind, Pair

Numbers = npt.NDArray[np.int64]

KINDS: Final[tuple[Kind, ...]] = ("neutral", "friendly", "hostile", "mixed")
DENIED: Final = STATUSES.index("negated")


class Tones:
    """What each statement adds to its pair. What is denied has no sign.

    Attributes:
        rank: The place of each actor when ids are sorted.
        sign: Of each statement, -1, 0 or 1.
        heat: Its intensity in tenths, without its sign.
        worth: Its weight for ranking.
        directed: Whether its relation has a direction.
    """

    def __init__(self, c: Columns) -> None:
        codes = list(relations().values())
        order = sorted(range(len(c.actors.of)), key=c.actors.of.__getitem__)
        self.order = np.array(order, dtype=np.int64)
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[self.order] = np.arange(len(order))
        relation, denied = c["relation"], c["status"] == DENIED
        self.sign = np.where(denied, 0, np.array([r.sign for r in codes], dtype=np.int8)[relation])
        heat = np.array([round(abs(r.intensity) * 10) for r in codes], dtype=np.int32)[relation]
        self.heat = np.where(self.sign == 0, 0, heat)
        self.worth = np.where(self.sign == 0, 1, 2)
        self.directed = np.array([not r.symmetric for r in codes])[relation]


class Rows(NamedTuple):
    """Statements that count: who stands for their ends at the level asked for, and which they are."""

    source: Ints
    target: Ints
    mask: Mask


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of some statements, in the order of their ends' ids: one number a pair in each array.

    ``key`` is made of the ranks of the ends, the first one's times ``size`` plus the second one's.
    """

    size: int
    key: Numbers
    friendly: Numbers
    hostile: Numbers
    neutral: Numbers
    plus: Numbers
    minus: Numbers
    forward: Numbers
    backward: Numbers
    first: Numbers
    last: Numbers

    def __len__(self) -> int:
        return len(self.key)

    @property
    def statements(self) -> Numbers:
        return self.friendly + self.hostile + self.neutral

    @property
    def weight(self) -> Numbers:
        return 2 * (self.friendly + self.hostile) + self.neutral

    @property
    def kind(self) -> Numbers:
        """Indexes into ``KINDS``, as ``Pair.kind`` has it."""
        low, high = np.minimum(self.plus, self.minus), np.maximum(self.plus, self.minus)
        signed = np.where(self.plus > self.minus, 1, 2)
        return np.where(high == 0, 0, np.where(2 * low >= high, 3, signed))

    def ends(self) -> tuple[Numbers, Numbers]:
        """The ranks of both ends."""
        return self.key // self.size, self.key % self.size


def keys_of(tones: Tones, rows: Rows) -> Numbers:
    """The key of each statement's pair."""
    source, target = tones.rank[rows.source[rows.mask]], tones.rank[rows.target[rows.mask]]
    return np.minimum(source, target) * _size(tones) + np.maximum(source, target)


def count_pairs(c: Columns, tones: Tones, rows: Rows) -> Pairs:
    """Every pair of the statements that count."""
    key = keys_of(tones, rows)
    order = np.argsort(key, kind="stable")
    key = key[order]
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    chosen = np.flatnonzero(rows.mask)[order]
    sign, heat, directed = tones.sign[chosen], tones.heat[chosen], tones.directed[chosen]
    along = tones.rank[rows.source[chosen]] == key // _size(tones)
    start, end = c["start"][chosen], c["end"][chosen]

    def total(values: npt.NDArray[np.generic]) -> Numbers:
        return np.add.reduceat(values.astype(np.int64), begins) if len(begins) else np.empty(0, dtype=np.int64)

    first = np.where(start > 0, start, np.iinfo(np.int32).max)
    earliest = np.minimum.reduceat(first, begins) if len(begins) else total(first)
    latest = np.maximum.reduceat(np.where(start > 0, end, 0), begins) if len(begins) else total(first)
    return Pairs(
        _size(tones),
        key[begins],
        friendly=total(sign > 0),
        hostile=total(sign < 0),
        neutral=total(sign == 0),
        plus=total(np.where(sign > 0, heat, 0)),
        minus=total(np.where(sign < 0, heat, 0)),
        forward=total(directed & along),
        backward=total(directed & ~along),
        first=np.where(latest > 0, earliest, 0),
        last=latest,
    )


def made(c: Columns, tones: Tones, pairs: Pairs, chosen: Numbers, rows: Rows | None = None) -> list[Pair]:
    """Some of the pairs, by their places, as the view's own.

    Args:
        c: Where the statements are.
        tones: Of these columns.
        pairs: All of them.
        chosen: Which.
        rows: The statements that they were counted from, to count them by relation too; without, that is left out.
    """
    names, order = c.actors.of, tones.order
    told = _relations(c, tones, pairs.key[chosen], rows) if rows else [Counter[str]() for _ in chosen]
    a, b = (order[rank[chosen]].tolist() for rank in pairs.ends())
    columns = (pairs.friendly, pairs.hostile, pairs.neutral, pairs.plus, pairs.minus, pairs.forward, pairs.backward)
    counts = np.column_stack([column[chosen] for column in columns]).tolist()
    days = zip(pairs.first[chosen].tolist(), pairs.last[chosen].tolist(), strict=True)
    return [
        Pair(names[x], names[y], f, h, n, plus, minus, forward, backward, relation, iso(first), iso(last))
        for x, y, (f, h, n, plus, minus, forward, backward), relation, (first, last) in zip(
            a, b, counts, told, days, strict=True
        )
    ]


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ""


def _relations(c: Columns, tones: Tones, wanted: Numbers, rows: Rows) -> list[Counter[str]]:
    """Statements by relation for each of some keys."""
    codes = list(relations())
    order = np.argsort(wanted, kind="stable")
    key = keys_of(tones, rows)
    at = np.searchsorted(wanted, key, sorter=order)
    at[at == len(wanted)] = 0
    hit = wanted[order[at]] == key if len(wanted) else np.zeros(len(key), dtype=bool)
    table = np.zeros((len(wanted), len(codes)), dtype=np.int64)
    np.add.at(table, (order[at[hit]], c["relation"][rows.mask][hit]), 1)
    return [Counter({codes[n]: int(row[n]) for n in np.flatnonzero(row)}) for row in table]


def _size(tones: Tones) -> int:
    return max(1, len(tones.rank))
