"""All statements of a graph as numbers in columns, without their texts: a million take some sixty megabytes.

A graph server scans a hundred thousand statements in a second or two; the columns take a millisecond.
``kg.server.reading`` makes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.ontology import relations
from kg.server.choice import Choice
from kg.view.model import STATUSES

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

NUMBERS: Final = (
    "article", "source", "target", "source_side", "target_side",
    "relation", "status", "confidence", "start", "end", "publisher",
)  # fmt: skip


class Names:
    """Texts numbered in the order in which they first came."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.of = list(texts)
        self.number = {text: n for n, text in enumerate(self.of)}


@dataclass(frozen=True)
class Columns:
    """The statements of a graph. Each array of ``data`` has one number a statement; actors and so on are numbered.

    ``of`` is how many statements the graph has: more than are here while it is still being read.
    """

    ids: npt.NDArray[np.bytes_] = field(default_factory=lambda: np.empty(0, dtype="S16"))
    data: dict[str, Ints] = field(default_factory=lambda: {k: np.empty(0, dtype=np.int32) for k in NUMBERS})
    actors: Names = field(default_factory=Names)
    articles: Names = field(default_factory=Names)
    publishers: Names = field(default_factory=Names)
    described: dict[str, dict[str, Any]] = field(default_factory=dict)
    of: int = 0

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, key: str) -> Ints:
        return self.data[key]

    @property
    def whole(self) -> bool:
        return len(self) >= self.of

    def same(self, other: Columns) -> bool:
        """Whether another reading gave the same, in the same order."""
        return (
            np.array_equal(self.ids, other.ids)
            and all(np.array_equal(self.data[key], other.data[key]) for key in NUMBERS)
            and all(getattr(self, key).of == getattr(other, key).of for key in ("actors", "articles", "publishers"))
            and self.described == other.described
        )

    def without(self, articles: Collection[str]) -> Columns:
        """All but the statements of some articles."""
        gone = [self.articles.number[a] for a in articles if a in self.articles.number]
        kept = ~np.isin(self.data["article"], np.array(gone, dtype=np.int32))
        return replace(self, ids=self.ids[kept], data={k: v[kept] for k, v in self.data.items()})

    def article_of(self, statement: str) -> str:
        """The article of a statement; empty where there is no such statement."""
        found = np.flatnonzero(self.ids == statement.encode())
        return self.articles.of[int(self.data["article"][found[0]])] if len(found) else ""

    def articles_with(self, actors: Collection[str]) -> list[str]:
        """The articles that say something of one of these actors."""
        numbers = np.array([self.actors.number[a] for a in actors if a in self.actors.number], dtype=np.int32)
        hit = np.zeros(len(self), dtype=bool)
        for key in ("source", "target", "source_side", "target_side"):
            hit |= np.isin(self.data[key], numbers)
        return [self.articles.of[n] for n in np.unique(self.data["article"][hit])]

    def ends(self, wanted: Choice) -> tuple[Ints, Ints]:
        """The actors that stand for source and target at the level of a choice."""
        if wanted.level == "actors":
            return self.data["source"], self.data["target"]
        opened = np.array([self.actors.number[a] for a in wanted.open if a in self.actors.number], dtype=np.int32)
        found = []
        for end in ("source", "target"):
            side = self.data[f"{end}_side"]
            found.append(np.where(np.isin(side, opened), self.data[end], side) if len(opened) else side)
        return found[0], found[1]

    def passes(self, wanted: Choice, *, any_status: bool = False) -> Mask:
        """Whether each statement counts, but for its dates.

        Args:
            wanted: The filters.
            any_status: Let every status pass, and of what is denied every sign.
        """
        codes = list(relations().values())
        status = self.data["status"]
        denied = status == STATUSES.index("negated")
        sign = np.array([r.sign in wanted.signs for r in codes])[self.data["relation"]]
        mask = self.data["confidence"] >= wanted.confidence
        mask &= np.array([r.code not in wanted.no_relations for r in codes])[self.data["relation"]]
        if any_status:
            mask &= denied | sign
        else:
            mask &= np.array([s in wanted.statuses for s in STATUSES])[status]
            mask &= np.where(denied, 0 in wanted.signs, sign)
        if wanted.no_publishers and len(self):
            mask &= np.array([p not in wanted.no_publishers for p in self.publishers.of])[self.data["publisher"]]
        if wanted.no_types and not any_status and len(self):
            kinds = [self.describe(a)["type"] not in wanted.no_types for a in self.actors.of]
            for end in self.ends(wanted):
                mask &= np.array(kinds)[end]
        return mask

    def timely(self, wanted: Choice) -> Mask:
        """Whether each statement's time touches the range of a choice."""
        if not wanted.since and not wanted.until:
            return np.ones(len(self), dtype=bool)
        start = self.data["start"]
        mask = start > 0
        if wanted.until:
            mask &= start <= wanted.until
        return mask & (self.data["end"] >= wanted.since)

    def describe(self, actor: str) -> dict[str, Any]:
        """An actor as the page describes one; an unknown one by its id."""
        usual = {"id": actor, "name": actor, "type": "Organization", "aliases": [], "wikidata": "", "linked": False}
        return self.described.get(actor, usual)
