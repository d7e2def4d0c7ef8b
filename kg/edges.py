"""What statements add up to: one edge for each (source, relation, target).

The graph does the same sum in Cypher (``kg/store/cypher/measure_edges.cypher``); a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.errors import OntologyError
from kg.model import Article, Edge, Statement
from kg.ontology import relations


class Key(NamedTuple):
    """What an edge is one of. A symmetric relation has its ends in the order of their ids, so that either matches."""

    source: str
    relation: str
    target: str

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"

    @classmethod
    def of(cls, source: str, relation: str, target: str) -> Key:
        """The key of a claim.

        Raises:
            OntologyError: The relation is not in the codebook.
        """
        known = relations().get(relation)
        if known is None:
            raise OntologyError(f"{relation!r} is not a relation of the codebook; see kg/data/relations.toml")
        if known.symmetric and target < source:
            source, target = target, source
        return cls(source, relation, target)

    @classmethod
    def parse(cls, text: str) -> Key:
        """Of the form that :meth:`__str__` gives; ids have no spaces."""
        return cls(*text.split(" "))


def whole(day: str) -> str:
    """The first day of a day, month or year: ``1984`` is 1984-01-01."""
    return (day + "-01-01")[:10] if 0 < len(day) < 10 else day


def forward(relation: str, statements: int, along: int, first: object, first_along: object) -> bool:
    """Whether an edge runs in its key's order.

    A symmetric one runs as most of its statements have their ends, then as the earliest of them, then as the key: so
    "Turkey opposes Syria" is found from Turkey, in whatever order articles come.

    Args:
        relation: Its code.
        statements: How many statements carry it.
        along: How many of these run in the key's order.
        first: Day of the earliest, falsy without one.
        first_along: Day of the earliest that runs in the key's order.
    """
    if not relations()[relation].symmetric or 2 * along > statements:
        return True
    return 2 * along == statements and first == first_along


@dataclass(slots=True)
class Tally:
    """The sum for one edge, built up statement by statement in any order.

    A report and its near-copies are one source: they count as one article, under the original's publisher where it is
    among them, else under the first by name.
    """

    statements: int = 0
    along: int = 0
    negated: int = 0
    planned: int = 0
    possible: int = 0
    first: str = ""
    first_along: str = ""
    last: str = ""
    confidence: float = 0.0
    reports: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By report: the publisher of the original, and the first by name of those of its copies; empty where none is."""

    def add(
        self,
        *,
        polarity: str,
        modality: str,
        along: bool,
        first: str,
        last: str,
        confidence: float,
        report: str,
        copied: bool,
        publisher: str,
    ) -> None:
        """Take a statement in.

        Args:
            polarity: Of the statement.
            modality: Of the statement.
            along: Whether it has its ends in the key's order.
            first: Its day, empty without one.
            last: Its last day, as above.
            confidence: Of the statement.
            report: Id of the article, of the original where it is a copy.
            copied: Whether the article is not the original.
            publisher: Of the article.
        """
        if polarity == "negated":
            self.negated += 1
        elif modality == "intended":
            self.planned += 1
        elif modality != "actual":
            self.possible += 1
        else:
            self.statements += 1
            self.along += along
            self.confidence = max(self.confidence, confidence)
            if first:
                self.first = min(self.first or first, first)
                self.last = max(self.last, last or first)
                if along:
                    self.first_along = min(self.first_along or first, first)
            self._report(report, *(("", publisher) if copied else (publisher, "")))

    def merge(self, roots: Mapping[str, str]) -> None:
        """Count reports as copies of others, as it is found once all are known."""
        for report in [r for r in self.reports if roots.get(r, r) != r]:
            self._report(roots[report], "", min(filter(None, self.reports.pop(report)), default=""))

    def _report(self, report: str, own: str, copied: str) -> None:
        known_own, known_copied = self.reports.get(report, ("", ""))
        least = min(known_copied, copied) if known_copied and copied else known_copied or copied
        self.reports[report] = known_own or own, least

    def take(self, article: Article, s: Statement, key: Key) -> None:
        """As :meth:`add`, for a statement as extraction gives it."""
        self.add(
            polarity=s.polarity,
            modality=s.modality,
            along=s.source.actor.id == key.source,
            first=whole(s.time.start),
            last=whole(s.time.end),
            confidence=s.confidence,
            report=article.copy_of or article.id,
            copied=bool(article.copy_of),
            publisher=article.publisher,
        )

    @property
    def publishers(self) -> int:
        return len({own or copied for own, copied in self.reports.values()} - {""})


def collapse(told: Iterable[tuple[Article, Statement]]) -> list[Edge]:
    """Merge statements that share source, relation and target; one that nothing affirms as actual makes no edge.

    Edges are ordered by first date, undated last, then by their ends; no statements give an empty list.
    """
    tallies: dict[Key, Tally] = {}
    ids: dict[Key, list[str]] = {}
    for article, s in told:
        key = Key.of(s.source.actor.id, s.relation, s.target.actor.id)
        tallies.setdefault(key, Tally()).take(article, s, key)
        ids.setdefault(key, []).append(s.id)
    return sorted(
        (edge(key, tally, ids[key]) for key, tally in tallies.items() if tally.statements),
        key=lambda e: (e.first or "9999", e.source, e.relation, e.target),
    )


def ends(key: Key, tally: Tally) -> tuple[str, str]:
    """Where an edge runs from and to."""
    along = forward(key.relation, tally.statements, tally.along, tally.first, tally.first_along)
    return (key.source, key.target) if along else (key.target, key.source)


def edge(key: Key, tally: Tally, statement_ids: Iterable[str] = ()) -> Edge:
    """The edge of a tally; all statements of its key are its evidence, denials too."""
    source, target = ends(key, tally)
    return Edge(
        source=source,
        relation=key.relation,
        target=target,
        sign=relations()[key.relation].sign,
        statement_ids=tuple(sorted(statement_ids)),
        statements=tally.statements,
        articles=len(tally.reports),
        publishers=tally.publishers,
        first=tally.first,
        last=tally.last,
        confidence=round(tally.confidence, 4),
        negated=tally.negated,
        planned=tally.planned,
        possible=tally.possible,
    )
