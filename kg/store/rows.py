"""Statements, articles and actors as the rows of the graph: plain maps that both servers take and give back.

What is not set is left out of a map, so that what is read back equals what was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kg.edges import Key, whole
from kg.errors import InputError
from kg.model import Actor, ActorRef, ActorType, Article, Statement
from kg.ontology import relations

Scalar = str | int | float | bool | date | list[str]
Properties = dict[str, Scalar]


class Speaker(NamedTuple):
    """Who says it: ``position`` 0 is the outermost; ``principal`` is acted for, itself when it is its own side."""

    position: int
    actor: str
    principal: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement as stored: its node's properties, the ids of its ends among them, and who speaks."""

    properties: Properties
    speakers: tuple[Speaker, ...]

    @property
    def key(self) -> Key:
        return Key.parse(str(self.properties["edge"]))


def statement_row(s: Statement, statement_id: str) -> StatementRow:
    """The row of a statement, whose id is a hash and costs something to make.

    Raises:
        OntologyError: Its relation is not in the codebook.
        InputError: Its date is none, or an id has a space.
    """
    key = Key.of(s.source.actor.id, s.relation, s.target.actor.id)
    return StatementRow(_set(statement_values(s, statement_id, key)), speakers(s))


def speakers(s: Statement) -> tuple[Speaker, ...]:
    return tuple(Speaker(n, a.id, _side(a)) for n, a in enumerate(s.attribution))


def statement_values(s: Statement, statement_id: str, key: Key) -> dict[str, Scalar]:
    """All properties that a statement may have, in the order of the bulk files; what is not set is an empty text.

    Raises:
        InputError: Its date is none, or an id has a space.
    """
    source, target, sentence, trigger, time = s.source, s.target, s.sentence, s.trigger, s.time
    one, other = source.actor.id, target.actor.id
    side, other_side = _side(source.actor), _side(target.actor)
    for end in (one, other):
        if not end or " " in end:
            raise InputError(f"statement {statement_id}: actor id {end!r} is empty or has a space")
    first = _day(time.start, s)
    return {
        "id": statement_id,
        "edge": f"{key.source} {key.relation} {key.target}",
        "source": one,
        "target": other,
        "source_principal": side,
        "target_principal": other_side,
        "pair": pair(one, other),
        "principal_pair": pair(side, other_side),
        "relation": key.relation,
        "sign": relations()[key.relation].sign,
        "polarity": s.polarity,
        "modality": s.modality,
        "date": first,
        "date_end": _day(time.end, s) if time.end else first,
        "date_precision": time.precision,
        "date_source": time.source,
        "date_text": time.text,
        "place": s.place,
        "confidence": round(s.confidence, 4),
        "sentence": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "trigger": trigger.text,
        "trigger_start": trigger.start,
        "trigger_end": trigger.end,
        "source_text": source.text,
        "source_start": source.start,
        "source_end": source.end,
        "source_how": source.how,
        "source_via": source.via,
        "target_text": target.text,
        "target_start": target.start,
        "target_end": target.end,
        "target_how": target.how,
        "target_via": target.via,
        "rule": s.rule,
        "engine": s.engine,
    }


def article_row(a: Article) -> Properties:
    """The article's node."""
    return _set({
        "id": a.id,
        "url": a.url,
        "publisher": a.publisher,
        "title": a.title,
        "published": a.published,
        "language": a.language,
        "sha256": a.sha256,
        "copy_of": a.copy_of,
    })  # fmt: skip


def actor_row(a: Actor) -> Properties:
    """A catalogue actor's node; ``catalogue`` keeps what texts say of it from changing it."""
    return _set({
        "id": a.id,
        "name": a.name,
        "type": str(a.type),
        "sector": a.sector,
        "aliases": list(a.aliases),
        "iso3": a.iso3,
        "wikidata": a.wikidata,
        "linked": a.linked,
        "active_from": a.active_from,
        "active_to": a.active_to,
        "catalogue": True,
    })  # fmt: skip


def ref_row(a: ActorRef) -> Properties:
    return _set({
        "id": a.id,
        "name": a.name,
        "type": str(a.type),
        "sector": a.sector,
        "aliases": sorted(a.aliases),
        "wikidata": a.wikidata,
        "linked": a.linked,
    })  # fmt: skip


def merged(old: Properties, new: Properties) -> Properties:
    """What two descriptions of an actor add up to.

    The catalogue's stands. Of a linked actor the new one counts, for the catalogue behind it may have improved; a
    principal comes without aliases, which takes none away. For an actor that only texts know all aliases are kept, and
    of two different values the smaller: a rule, not a judgement, so that the order of articles does not matter.
    """
    if old.get("catalogue") or new.get("catalogue"):
        return old if old.get("catalogue") else new
    both: Properties = {**old, **new}
    if both["linked"]:
        return both
    for key in ("name", "type", "sector", "wikidata"):
        if values := [str(row[key]) for row in (old, new) if row.get(key)]:
            both[key] = min(values)
    if aliases := sorted({*_texts(old.get("aliases")), *_texts(new.get("aliases"))}):
        both["aliases"] = aliases
    return both


def pair(one: str, other: str) -> str:
    """Two actors in either order."""
    return f"{one} {other}" if one < other else f"{other} {one}"


def label(row: Properties) -> str:
    """The second label of an actor's node; safe to stand in a query's text."""
    return str(ActorType(str(row["type"])))


def _side(a: ActorRef) -> str:
    return a.principal.id if a.principal else a.id


def _day(text: str, s: Statement) -> date | str:
    """The first day of a day, month or year; empty without one."""
    try:
        return _date(text) if text else ""
    except ValueError as e:
        raise InputError(f"statement {s.id}: {text!r} is not a date; write it as 2018-02-15") from e


@lru_cache(4096)
def _date(text: str) -> date:
    return date.fromisoformat(whole(text))


def _texts(value: Scalar | None) -> list[str]:
    return value if isinstance(value, list) else []


def _set(row: Mapping[str, Scalar | None]) -> Properties:
    # Nothing, no text and no list go; no, and nought, stay.
    return {k: v for k, v in row.items() if v or v == 0}
