"""The types that pass between rooms: frozen, slotted, standard library only.

Offsets are characters of ``Article.text``, half-open: ``article.text[start:end]`` is the span. Ids are content
hashes, so that the same input gives the same bytes on every machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

ENGINE = "rules-1"

How = Literal["catalogue", "composed", "coreference", "new"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "intended", "possible", "conditional"]
Precision = Literal["day", "month", "year", "interval"]
TimeSource = Literal["text", "article", "none"]


class ActorType(StrEnum):
    STATE = "State"
    GOVERNMENT = "Government"
    MILITARY = "Military"
    PERSON = "Person"
    ARMED_GROUP = "ArmedGroup"
    PARTY = "Party"
    IGO = "IGO"
    PEOPLE = "People"
    ORGANIZATION = "Organization"
    MEDIA = "Media"
    COMPANY = "Company"


def digest(*parts: str, length: int = 16) -> str:
    """Hex digest of the parts; a separator keeps ("ab", "c") apart from ("a", "bc")."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as stored. ``published`` is ``None`` when neither the file nor the user says.

    ``copy_of`` is the id of the article of which this is a near-copy, empty for an original. ``text_sha256`` is the digest
    of a text that is not here, as of an article that is read back from a graph or from a stream of statements.
    """

    text: str
    id: str = ""
    url: str = ""
    publisher: str = ""
    title: str = ""
    published: date | None = None
    language: str = "en"
    copy_of: str = ""
    text_sha256: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", digest(self.url, self.title, self.text))

    @property
    def sha256(self) -> str:
        """Of the text; empty where neither the text nor its digest is known."""
        return hashlib.sha256(self.text.encode()).hexdigest() if self.text else self.text_sha256


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ``Article.text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Office:
    """A dated office. ``since`` and ``until`` are ISO dates, months or years; empty means open."""

    role: str
    of: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act. ``principal`` is the id of the actor acted for; empty: its own side."""

    id: str
    name: str
    type: ActorType
    sector: str = ""
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    iso3: str = ""
    principal: str = ""
    belongs_to: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    active_from: str = ""
    active_to: str = ""
    linked: bool = True


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as a statement carries it: enough to store and show it without the catalogue.

    ``principal`` is the actor acted for at the article's date, ``None`` when it is its own side.
    """

    id: str
    name: str
    type: ActorType
    sector: str = ""
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    principal: ActorRef | None = None
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the text names an actor. ``via`` says how a reference was resolved, in words."""

    start: int
    end: int
    text: str
    actor: ActorRef
    how: How
    via: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """When a claim holds. ``start`` and ``end`` are ISO dates (inclusive); empty when nothing is known.

    ``source`` is "text" when the sentence says so, "article" when the article's date stands in, "none" without either.
    """

    start: str = ""
    end: str = ""
    precision: Precision = "day"
    source: TimeSource = "none"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of the codebook. ``quad`` is PLOVER's class 1-4 (0 for structure), ``intensity`` a Goldstein-like -10..10."""

    code: str
    sign: int
    symmetric: bool
    plover: str
    cameo: tuple[str, ...]
    quad: int
    intensity: float
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of one sentence, with its evidence."""

    article_id: str
    sentence: Span
    source: Mention
    relation: str
    target: Mention
    trigger: Span
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    attribution: tuple[ActorRef, ...] = ()
    time: Time = field(default_factory=Time)
    place: str = ""
    confidence: float = 1.0
    rule: str = ""
    engine: str = ENGINE

    @property
    def id(self) -> str:
        """Content hash over what is claimed and where; confidence and rule may improve without a new id."""
        return digest(
            self.article_id, str(self.sentence.start), self.source.actor.id, self.relation, self.target.actor.id,
            self.polarity, self.modality, "/".join(a.id for a in self.attribution),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """What all statements of one (source, relation, target) add up to; derived, never the truth.

    Counts: ``statements``, ``articles`` and ``publishers`` of affirmed actual statements; ``negated``, ``planned`` (intended)
    and ``possible`` (possible or conditional) of the rest. ``confidence`` is the highest of the affirmed ones.
    """

    source: str
    relation: str
    target: str
    sign: int
    statement_ids: tuple[str, ...]
    statements: int
    articles: int
    publishers: int
    first: str
    last: str
    confidence: float
    negated: int = 0
    planned: int = 0
    possible: int = 0
