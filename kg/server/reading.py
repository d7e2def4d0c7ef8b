"""Reading a graph into columns, piece by piece.

Ids of statements are hashes, so what lies between two of them is a fair sample of the whole: the first pieces of a
million statements show within a second what the rest will look like, and the page says how much it has read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np

from kg.ontology import relations
from kg.server.columns import NUMBERS, Columns, Names
from kg.store import GraphStore
from kg.view.model import STATUSES

PIECE: Final = 5_000
"""Statements that one piece should have, or some more."""
HEX: Final = "0123456789abcdef"
LAST: Final = "\uffff"
SEPARATOR: Final = "\x1f"
INNER: Final = "\x1e"

# One text a statement, and all of a piece in one row: the driver's time goes into values and rows.
FIELDS: Final = (
    "s.id", "d.id", "s.source", "s.target", "s.source_principal", "s.target_principal", "s.relation",
    "s.polarity", "s.modality", "toString(s.confidence)",
    "coalesce(toString(s.date), '')", "coalesce(toString(s.date_end), '')", "coalesce(d.publisher, '')",
)  # fmt: skip
COLLECTED: Final = f"RETURN collect({' + $separator + '.join(FIELDS)}) AS rows"
PIECE_OF: Final = f"MATCH (s:Statement)-[:FROM]->(d:Article) WHERE s.id >= $low AND s.id < $high {COLLECTED}"
ROWS_OF: Final = (
    f"UNWIND $articles AS id MATCH (d:Article) WHERE d.id = id MATCH (d)<-[:FROM]-(s:Statement) {COLLECTED}"
)
COUNT: Final = "MATCH (s:Statement) RETURN count(s) AS n"
ACTOR: Final = (
    "a.id", "coalesce(a.name, a.id)", "coalesce(a.type, 'Organization')", "coalesce(a.wikidata, '')",
    "CASE WHEN a.linked = false THEN '' ELSE 'yes' END",
    "reduce(told = '', alias IN coalesce(a.aliases, []) | told + $inner + alias)",
)  # fmt: skip
ACTORS: Final = f"MATCH (a:Actor) RETURN collect({' + $separator + '.join(ACTOR)}) AS rows"

STATUS: Final[dict[str, int]] = {status: n for n, status in enumerate(STATUSES)}
CODES: Final = {code: n for n, code in enumerate(relations())}


class Reading:
    """Columns in the making."""

    def __init__(self, of: int = 0) -> None:
        self.of = of
        self.done = 0
        self.whole = False
        self._ids: list[bytes] = []
        self._parts: list[np.ndarray[Any, np.dtype[np.int32]]] = []
        self._names: dict[str, dict[str, int]] = {"actors": {}, "articles": {}, "publishers": {}}
        self.described: dict[str, dict[str, Any]] = {}

    @classmethod
    def beside(cls, columns: Columns) -> Reading:
        """A reading that goes on numbering where columns have ended."""
        new = cls()
        new._names = {key: dict(getattr(columns, key).number) for key in new._names}
        return new

    def add(self, rows: Iterable[str]) -> None:
        """Take statements in, each as ``FIELDS`` in one text."""
        columns = list(zip(*(row.split(SEPARATOR) for row in rows), strict=True))
        if not columns:
            return
        ids, article, *actors, relation, polarity, modality, confidence, day, last, publisher = columns
        start = [_ordinal(d) for d in day]
        values = (
            self._numbers("articles", article),
            *(self._numbers("actors", end) for end in actors),
            [CODES[code] for code in relation],
            [STATUS["negated"] if p == "negated" else STATUS[m] for p, m in zip(polarity, modality, strict=True)],
            [round(100 * float(c)) for c in confidence],
            start,
            [_ordinal(d) or first for d, first in zip(last, start, strict=True)],
            self._numbers("publishers", publisher),
        )
        self._ids += [i.encode() for i in ids]
        self._parts.append(np.array(values, dtype=np.int32))
        self.done += len(ids)

    def taken(self) -> Columns:
        """What has been read so far."""
        table = np.concatenate(self._parts, axis=1) if self._parts else np.empty((len(NUMBERS), 0), dtype=np.int32)
        return Columns(
            np.array(self._ids, dtype="S16"),
            dict(zip(NUMBERS, table, strict=True)),
            Names(self._names["actors"]),
            Names(self._names["articles"]),
            Names(self._names["publishers"]),
            self.described,
            self.done if self.whole else max(self.of, self.done + 1),
        )

    def _numbers(self, key: str, texts: Iterable[str]) -> list[int]:
        known = self._names[key]
        return [known.setdefault(text, len(known)) for text in texts]


def count(store: GraphStore) -> int:
    return int(store.read(COUNT)[0]["n"])


def read(store: GraphStore) -> Iterator[Reading]:
    """Read a whole graph; each time a piece has come, the reading is given out as it stands."""
    reading = Reading(count(store))
    reading.described = described(store)
    ranges = pieces(reading.of)
    for n, (low, high) in enumerate(ranges, 1):
        reading.add(_rows(store, PIECE_OF, {"low": low, "high": high}))
        reading.whole = n == len(ranges)
        yield reading


def read_columns(store: GraphStore) -> Columns:
    """The whole graph at once."""
    for reading in read(store):
        whole = reading
    return whole.taken()


def read_again(store: GraphStore, columns: Columns, articles: Collection[str]) -> Columns:
    """The columns with the statements of some articles brought up to date."""
    kept, fresh = columns.without(articles), Reading.beside(columns)
    fresh.add(_rows(store, ROWS_OF, {"articles": list(articles)}))
    new = fresh.taken()
    return replace(
        new,
        ids=np.concatenate([kept.ids, new.ids]),
        data={key: np.concatenate([kept[key], new[key]]) for key in NUMBERS},
        described=described(store),
        of=len(kept) + len(new),
    )


def pieces(statements: int) -> list[tuple[str, str]]:
    """Ranges of ids, one after the other and together all there are, of some five thousand statements each."""
    bounds = [""]
    while len(bounds) < 256 and statements > PIECE * len(bounds):
        bounds = [bound + digit for bound in bounds for digit in HEX]
    return list(zip(["", *bounds[1:]], [*bounds[1:], LAST], strict=True))


def described(store: GraphStore) -> dict[str, dict[str, Any]]:
    """What the actors are called."""
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(store, ACTORS, {"inner": INNER}):
        actor, name, kind, wikidata, linked, aliases = row.split(SEPARATOR)
        found[actor] = {
            "id": actor,
            "name": name,
            "type": kind,
            "aliases": aliases.split(INNER)[1:],
            "wikidata": wikidata,
            "linked": bool(linked),
        }
    return found


def _rows(store: GraphStore, text: str, values: dict[str, Any]) -> list[str]:
    rows: list[str] = store.read(text, {"separator": SEPARATOR, **values})[0]["rows"]
    return rows


@lru_cache(maxsize=100_000)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal() if day else 0
