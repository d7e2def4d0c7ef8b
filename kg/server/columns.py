"""All statements of a graph as numbers in columns, without their texts: a million take some sixty megabytes.

A graph server scans a hundred thousand statements in a second or two; the columns take a millisecond. They are read
once, when serving begins, and article by article where a judgement changes the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.ontology import relations
from kg.server.choice import Choice
from kg.store import GraphStore
from kg.view.model import STATUSES

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Progress = Callable[[int], None]

PART: Final = 50_000

# One text a statement, not a dozen values: the driver's time goes into values, and this takes a fifth of it.
SEPARATOR: Final = "\x1f"
FIELDS: Final = (
    "d.id", "s.source", "s.target", "s.source_principal", "s.target_principal", "s.relation",
    "s.polarity", "s.modality", "toString(s.confidence)",
    "coalesce(toString(s.date), '')", "coalesce(toString(s.date_end), '')", "coalesce(d.publisher, '')",
)  # fmt: skip
ROW: Final = f"RETURN {' + $separator + '.join(('s.id', *FIELDS))} AS row"
ROWS: Final = f"MATCH (s:Statement)-[:FROM]->(d:Article) {ROW}"
ROWS_OF: Final = f"UNWIND $articles AS article MATCH (s:Statement)-[:FROM]->(d:Article {{id: article}}) {ROW}"
ACTORS: Final = """
MATCH (a:Actor)
RETURN a.id AS id, a.name AS name, a.type AS type, a.aliases AS aliases, a.wikidata AS wikidata, a.linked AS linked"""
NUMBERS: Final = (
    "article", "source", "target", "source_side", "target_side",
    "relation", "status", "confidence", "start", "end", "publisher",
)  # fmt: skip


class Names:
    """Texts numbered in the order in which they first come."""

    def __init__(self) -> None:
        self.of: list[str] = []
        self.number: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        n = self.number.get(text)
        if n is None:
            n = self.number[text] = len(self.of)
            self.of.append(text)
        return n


@dataclass
class Columns:
    """The statements of a graph. Each array of ``data`` has one number a statement; actors and so on are numbered."""

    ids: npt.NDArray[np.bytes_] = field(default_factory=lambda: np.empty(0, dtype="S16"))
    data: dict[str, Ints] = field(default_factory=lambda: {k: np.empty(0, dtype=np.int32) for k in NUMBERS})
    actors: Names = field(default_factory=Names)
    articles: Names = field(default_factory=Names)
    publishers: Names = field(default_factory=Names)
    described: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, key: str) -> Ints:
        return self.data[key]

    def add(self, rows: Iterable[str]) -> None:
        """Take statements in, each as ``ROW`` gives it."""
        ids: list[bytes] = []
        values: list[tuple[int, ...]] = []
        for row in rows:
            first, *fields = row.split(SEPARATOR)
            ids.append(first.encode())
            values.append(self._numbers(fields))
        table = np.array(values, dtype=np.int32).reshape(-1, len(NUMBERS))
        self.ids = np.concatenate([self.ids, np.array(ids, dtype="S16")])
        self.data = {k: np.concatenate([self.data[k], table[:, n]]) for n, k in enumerate(NUMBERS)}

    def drop(self, articles: Collection[str]) -> None:
        """Leave out the statements of some articles."""
        gone = [self.articles.number[a] for a in articles if a in self.articles.number]
        kept = ~np.isin(self.data["article"], np.array(gone, dtype=np.int32))
        self.ids = self.ids[kept]
        self.data = {k: v[kept] for k, v in self.data.items()}

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

    def _numbers(self, fields: list[str]) -> tuple[int, ...]:
        article, *actors, relation, polarity, modality, confidence, day, last, publisher = fields
        start = _ordinal(day)
        return (
            self.articles(article),
            *map(self.actors, actors),
            CODES[relation],
            STATUSES.index("negated") if polarity == "negated" else STATUS[modality],
            round(100 * float(confidence)),
            start,
            _ordinal(last) or start,
            self.publishers(publisher),
        )


STATUS: Final[dict[str, int]] = {status: n for n, status in enumerate(STATUSES)}
CODES: Final = {code: n for n, code in enumerate(relations())}


def read_columns(store: GraphStore, progress: Progress | None = None) -> Columns:
    """Read a whole graph.

    Args:
        store: An open graph.
        progress: Told how many statements have been read.
    """
    columns = Columns()
    rows = (row["row"] for row in store.stream(ROWS, {"separator": SEPARATOR}))
    while some := list(islice(rows, PART)):
        columns.add(some)
        if progress:
            progress(len(columns))
    describe(store, columns)
    return columns


def read_again(store: GraphStore, columns: Columns, articles: Collection[str]) -> None:
    """Bring the statements of some articles up to date."""
    columns.drop(articles)
    rows = store.read(ROWS_OF, {"articles": list(articles), "separator": SEPARATOR})
    columns.add(row["row"] for row in rows)
    describe(store, columns)


def describe(store: GraphStore, columns: Columns) -> None:
    """Read what the actors are called."""
    columns.described = {
        row["id"]: {
            "id": row["id"],
            "name": row["name"] or row["id"],
            "type": row["type"] or "Organization",
            "aliases": row["aliases"] or [],
            "wikidata": row["wikidata"] or "",
            "linked": row["linked"] is not False,
        }
        for row in store.read(ACTORS)
    }


@lru_cache(maxsize=100_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal() if day else 0
