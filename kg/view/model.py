"""What a picture of the graph is made of: pairs of actors with what all their statements add up to.

Two actors have one pair, whatever the direction and the relation of the statements between them. ``a`` is the end whose
id comes first. The page counts the same way in the browser (``static/js/tally.js``); a test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.model import ActorRef, Statement
from kg.ontology import relations

Level = Literal["sides", "actors"]
"""``sides`` counts an actor under the principal that it acts for; ``actors`` counts everybody alone."""

Status = Literal["actual", "intended", "possible", "conditional", "negated"]
STATUSES: tuple[Status, ...] = ("actual", "intended", "possible", "conditional", "negated")

Kind = Literal["friendly", "hostile", "mixed", "neutral"]


def status(s: Statement) -> Status:
    """How a statement stands: its modality, or ``negated``."""
    return "negated" if s.polarity == "negated" else s.modality


def side(actor: ActorRef) -> ActorRef:
    """Whom an actor acts for in the end; itself when it is its own side."""
    while actor.principal:
        actor = actor.principal
    return actor


@dataclass(frozen=True, slots=True)
class Cell:
    """Statements that count alike: ``count`` of them between the same ends, with one relation."""

    source: str
    target: str
    relation: str
    affirmed: bool = True
    count: int = 1
    first: str = ""
    last: str = ""
    confidence: float = 1.0


@dataclass(slots=True)
class Pair:
    """What is between two actors.

    ``friendly``, ``hostile`` and ``neutral`` count statements; ``plus`` and ``minus`` add up intensity, in tenths.
    ``forward`` counts the directed ones from ``a`` to ``b``, ``backward`` the others; symmetric ones are in neither.
    """

    a: str
    b: str
    friendly: int = 0
    hostile: int = 0
    neutral: int = 0
    plus: int = 0
    minus: int = 0
    forward: int = 0
    backward: int = 0
    relations: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""
    confidence: float = 0.0

    def add(self, cell: Cell) -> None:
        """Count a cell between these ends. What is denied or only structural is neutral."""
        relation = relations()[cell.relation]
        sign = relation.sign if cell.affirmed else 0
        heat = round(abs(relation.intensity) * 10) * cell.count
        if sign > 0:
            self.friendly += cell.count
            self.plus += heat
        elif sign < 0:
            self.hostile += cell.count
            self.minus += heat
        else:
            self.neutral += cell.count
        if not relation.symmetric:
            if cell.source == self.a:
                self.forward += cell.count
            else:
                self.backward += cell.count
        self.relations[cell.relation] += cell.count
        if cell.first:
            self.first = min(self.first, cell.first) if self.first else cell.first
        self.last = max(self.last, cell.last or cell.first)
        self.confidence = max(self.confidence, cell.confidence)

    @property
    def statements(self) -> int:
        return self.friendly + self.hostile + self.neutral

    @property
    def weight(self) -> int:
        """For ranking: what has a sign counts twice, for membership and requests would drown it."""
        return 2 * (self.friendly + self.hostile) + self.neutral

    @property
    def kind(self) -> Kind:
        """The stronger sign by intensity; mixed when the weaker has at least half of it."""
        low, high = sorted((self.plus, self.minus))
        if not high:
            return "neutral"
        if 2 * low >= high:
            return "mixed"
        return "friendly" if self.plus > self.minus else "hostile"

    @property
    def ends(self) -> tuple[str, str]:
        return self.a, self.b


Pairs = Mapping[tuple[str, str], Pair]


@dataclass(frozen=True, slots=True)
class View:
    """A graph reduced to what a picture can show, strongest first, and how much there was.

    ``actors``, ``pairs`` and ``statements`` are the totals before the reduction.
    """

    ids: Sequence[str]
    shown: Sequence[Pair]
    actors: int
    pairs: int
    statements: int
