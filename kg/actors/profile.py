"""What the catalogue knows of an actor, in words; what ``kg actors show`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.actors.catalogue import Catalogue, Entry, within
from kg.actors.names import Names
from kg.model import ActorRef, Office

# A body's officers of three decades fill screens; without a date only the latest are told.
OFFICERS = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor, on a date or none. ``chain``: whom it acts for, nearest first; ``officers``: who holds its offices."""

    entry: Entry
    ref: ActorRef
    seats: tuple[str, ...]
    chain: tuple[str, ...]
    offices: tuple[Office, ...]
    officers: tuple[tuple[Office, str], ...]

    @property
    def id(self) -> str:
        return self.entry.actor.id

    def to_json(self) -> dict[str, Any]:
        a = self.entry.actor
        return {
            "id": a.id,
            "name": a.name,
            "type": str(a.type),
            "sector": a.sector or None,
            "aliases": list(a.aliases),
            "adjectives": list(self.entry.adjectives),
            "demonyms": list(self.entry.demonyms),
            "seats": list(self.seats),
            "wikidata": a.wikidata or None,
            "principal": self.ref.principal.id if self.ref.principal else None,
            "chain": list(self.chain),
            "belongs_to": list(a.belongs_to),
            "active_from": a.active_from or None,
            "active_to": a.active_to or None,
            "offices": [_office_row(o) for o in self.offices],
            "officers": [{**_office_row(o), "holder": who} for o, who in self.officers],
        }

    def lines(self) -> Iterator[str]:
        a, e = self.entry.actor, self.entry
        yield f"{a.name}  [{a.id}]  {a.type}{', ' + a.sector if a.sector else ''}"
        for label, words in (
            ("also", a.aliases),
            ("adjectives", e.adjectives),
            ("demonyms", e.demonyms),
            ("seats", self.seats),
            ("only in context", e.weak),
            ("belongs to", a.belongs_to),
        ):
            if words:
                yield f"  {label}: {', '.join(words)}"
        if a.wikidata:
            yield f"  wikidata: {a.wikidata}"
        if a.active_from or a.active_to:
            yield f"  active: {_term(a.active_from, a.active_to)}"
        yield f"  acts for: {' → '.join(self.chain) or 'nobody; it is its own side'}"
        for o in self.offices:
            yield f"  {_term(o.since, o.until)}  {o.role} of {o.of}"
        for o, who in self.officers:
            yield f"  {_term(o.since, o.until)}  {o.role}: {who}"


def find(names: Names, name: str, on: date | None = None) -> list[str]:
    """Ids of the actors that an id, a name or an alias may mean, likeliest first."""
    if name in names.catalogue:
        return [name]
    for text in (name, name.title()):
        for hit in names.find(text, on):
            if hit.start == 0 and hit.end == len(text) and hit.actors:
                return list(hit.actors)
    return []


def profile(catalogue: Catalogue, actor_id: str, on: date | None = None) -> Profile:
    """What is known of an actor of the catalogue. On a date, only the terms that hold then are told."""
    entry = catalogue.entries[actor_id]
    chain, at = list[str](), actor_id
    while (at := catalogue.principal(at, on)) and at not in (actor_id, *chain):
        chain.append(at)
    day = on.isoformat() if on else ""
    offices = [o for o in entry.actor.offices if not day or within(day, o.since, o.until)]
    officers = [
        (o, who)
        for (_, body), terms in catalogue.holders.items()
        if body == actor_id
        for o, who in terms
        if not day or within(day, o.since, o.until)
    ]
    latest = sorted(officers, key=lambda t: (t[0].since, t[0].role, t[1]), reverse=True)
    seats = tuple(name for name, (owner, _) in catalogue.seats.items() if owner == actor_id)
    return Profile(
        entry,
        catalogue.ref(actor_id, on),
        seats,
        tuple(chain),
        tuple(sorted(offices, key=lambda o: o.since, reverse=True)),
        tuple(latest if day else latest[:OFFICERS]),
    )


def _term(since: str, until: str) -> str:
    return f"{since or '…'} – {until or 'now'}"


def _office_row(o: Office) -> dict[str, Any]:
    return {"role": o.role, "of": o.of, "since": o.since or None, "until": o.until or None}
