"""What a stream of statements adds up to, counted as it passes: the figures that a run prints and asserts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Statement
from kg.ontology import relations
from kg.view.model import Pair, side
from kg.view.reduce import cells


@dataclass
class Summary:
    """Counts over statements; memory grows with actors and pairs, not with statements.

    ``pairs`` are of sides (an actor counts under its principal) and count affirmed actual statements only.
    """

    articles: int = 0
    statements: int = 0
    names: dict[str, str] = field(default_factory=dict)
    """Every actor that acts or is acted on, by id."""
    sides: dict[str, str] = field(default_factory=dict)
    relations: Counter[str] = field(default_factory=Counter)
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    edges: set[tuple[str, str, str]] = field(default_factory=set)
    """(source, relation, target) of affirmed actual statements, by id."""

    def add(self, statements: Iterable[Statement]) -> None:
        """Count one article's statements."""
        some = list(statements)
        self.articles += 1
        self.statements += len(some)
        for s in some:
            self.relations[s.relation] += 1
            for actor in (s.source.actor, s.target.actor):
                self.names.setdefault(actor.id, actor.name)
                self.sides.setdefault(side(actor).id, side(actor).name)
            if s.polarity == "affirmed" and s.modality == "actual":
                self.edges.add((s.source.actor.id, s.relation, s.target.actor.id))
        for cell in cells(some):
            ends = (cell.source, cell.target) if cell.source < cell.target else (cell.target, cell.source)
            self.pairs.setdefault(ends, Pair(*ends)).add(cell)

    def strongest(self, sign: int, count: int = 3) -> list[Pair]:
        """The pairs whose balance of friendly and hostile intensity is furthest on one side; fewer where few are."""
        balance = {ends: (p.plus - p.minus) * sign for ends, p in self.pairs.items()}
        ranked = sorted((ends for ends in balance if balance[ends] > 0), key=lambda ends: (-balance[ends], ends))
        return [self.pairs[ends] for ends in ranked[:count]]

    def has(self, edge: str) -> bool:
        """Whether "Turkey OPPOSES United States" is among the edges; ends are names or ids."""
        source, relation, target = triple(edge)
        wanted = {(source, target), (target, source)} if relations()[relation].symmetric else {(source, target)}
        return any(
            r == relation and any(x in (a, self.names[a]) and y in (b, self.names[b]) for x, y in wanted)
            for a, r, b in self.edges
        )


def triple(edge: str) -> tuple[str, str, str]:
    """Source, relation and target of "Turkey OPPOSES United States".

    Raises:
        ValueError: No word of it is a relation, or an end is missing.
    """
    words = edge.split()
    at = next((i for i, w in enumerate(words) if w in relations()), -1)
    if not 0 < at < len(words) - 1:
        raise ValueError(f"{edge!r} is not an edge; write it as NAME RELATION NAME")
    return " ".join(words[:at]), words[at], " ".join(words[at + 1 :])
