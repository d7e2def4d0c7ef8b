"""The catalogue: who exists, by which names, in which office, acting for whom.

Read from directories of TOML (``seeds/actors`` and a user's overlays; a later directory overrides an actor of the same
id). Reading the TOML takes a second or two, so the rows are kept as one JSON file beside a digest of the sources and
read from there until a source changes.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from kg.actors.schema import Row, check_file
from kg.collector import no_collection
from kg.errors import CatalogueError
from kg.model import Actor, ActorRef, ActorType, Office, digest
from kg.nlp.words import roles

# Roles whose holder speaks for the state abroad; of several roles at one date the first of these names the person's principal.
TOP_ROLES = (
    "supreme leader",
    "monarch",
    "president",
    "head of state",
    "chancellor",
    "prime minister",
    "head of government",
    "leader",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the catalogue with the words that name it. ``weak`` names count only with support from the text."""

    actor: Actor
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    country: str = ""
    surname: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of an ambiguous name, chosen by words beside it or in the sentence; ``actor`` empty: no actor."""

    actor: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguity:
    text: str
    default: str
    senses: tuple[Sense, ...]


@dataclass
class Catalogue:
    """All entries by id, with look-ups that the resolver needs."""

    entries: dict[str, Entry]
    seats: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name of a seat or capital → (actor id, "seat" or "capital")."""
    former_seats: dict[str, list[str]] = field(default_factory=dict)
    """Seat or capital → states that had it before ("Moscow": SUN); they come first while they lived."""
    ambiguous: dict[str, Ambiguity] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """Town, province or region → the state it lies in; never an actor of its own."""
    version: str = ""
    lost: tuple[str, ...] = ()
    """Rows that point to nobody, in words; for ``problems``."""

    def __post_init__(self) -> None:
        self.holders: dict[tuple[str, str], list[tuple[Office, str]]] = {}
        for e in self.entries.values():
            for o in e.actor.offices:
                self.holders.setdefault((o.role, o.of), []).append((o, e.actor.id))

    def __contains__(self, actor_id: str) -> bool:
        return actor_id in self.entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def get(self, actor_id: str) -> Entry | None:
        return self.entries.get(actor_id)

    def adjective(self, actor_id: str) -> str:
        """The word that makes an organ of it: "Turkish" for TUR; its name where it has none."""
        e = self.entries.get(actor_id)
        if e is None:
            return actor_id
        return e.adjectives[0] if e.adjectives else e.actor.name

    def holder(self, role: str, of: str, on: date | None) -> str | None:
        """Who holds an office on a date; ``None`` when nobody or several persons are known to."""
        if on is None:
            return None
        day = on.isoformat()
        found = {pid for o, pid in self.holders.get((role, of), ()) if within(day, o.since, o.until)}
        if len(found) > 1:
            # Terms given by year touch: of two that share the day, the one that began later holds it.
            late = max(o.since for o, pid in self.holders[role, of] if pid in found and within(day, o.since, o.until))
            found = {pid for o, pid in self.holders[role, of] if pid in found and o.since == late}
        return found.pop() if len(found) == 1 else None

    def principal(self, actor_id: str, on: date | None = None) -> str:
        """The id acted for on a date: the stated one, or the body in whose office the person is (or last was)."""
        e = self.entries.get(actor_id)
        if e is None:
            return ""
        if e.actor.principal or not e.actor.offices:
            return e.actor.principal
        day = on.isoformat() if on else ""
        current = [o for o in e.actor.offices if not day or within(day, o.since, o.until)]
        if not current:
            before = [o for o in e.actor.offices if o.since <= day]
            current = [max(before or e.actor.offices, key=lambda o: o.since)]
        rank = {r: i for i, r in enumerate(TOP_ROLES)}
        best = min(current, key=lambda o: (rank.get(o.role, len(rank)), [-ord(c) for c in o.since]))
        return best.of

    def ref(self, actor_id: str, on: date | None = None) -> ActorRef:
        """The actor as a statement carries it, with its principal on that date (one step up the chain to a side of its own)."""
        e = self.entries[actor_id]
        a = e.actor
        top, seen = self.principal(actor_id, on), {actor_id}
        while top and top not in seen and (above := self.principal(top, on)):
            seen.add(top)
            top = above
        principal = None
        if top and top in self.entries and top != actor_id:
            p = self.entries[top].actor
            principal = ActorRef(p.id, p.name, p.type, p.sector, (), p.wikidata)
        return ActorRef(a.id, a.name, a.type, a.sector, a.aliases[:8], a.wikidata, principal)


def within(day: str, since: str, until: str) -> bool:
    """Whether a day lies in a term; a month or year that bounds it counts whole."""
    return (not since or since <= day) and (not until or day <= until + "-99")


def sources(directories: Sequence[Path]) -> list[Path]:
    """The TOML files of the directories, in order."""
    found = []
    for d in directories:
        if not d.is_dir():
            raise CatalogueError(f"{d}: no such directory of actors")
        found += sorted(d.glob("*.toml"))
    return found


def load(directories: Sequence[Path], cache: Path | None = None) -> Catalogue:
    """Read the catalogue; with ``cache`` (a directory), from its compiled form when the sources have not changed.

    Raises:
        CatalogueError: A file breaks the schema; the message names the file, the actor and the mend.
    """
    paths = sources(directories)
    key = digest(*(f"{p.name}:{p.stat().st_size}:{p.stat().st_mtime_ns}:{p.parent}" for p in paths))
    kept = cache / f"actors-{key}.json" if cache else None
    if kept and kept.is_file():
        try:
            with no_collection():
                return _build(json.loads(kept.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError):
            kept.unlink(missing_ok=True)  # a compiled file that an interrupted run left behind
    rows = read_rows(paths)
    catalogue = _build(rows)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        part.replace(kept)
    return catalogue


def read_rows(paths: Iterable[Path]) -> Row:
    """Validated rows of the files: actors by id, metonyms, ambiguous names."""
    actors: dict[str, Row] = {}
    seats: list[Row] = []
    names: list[Row] = []
    places: dict[str, str] = {}
    defined: dict[tuple[Path, str], Path] = {}
    for path in paths:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
            raise CatalogueError(f"{path}: {e}") from e
        check_file(data, path)
        for row in data.get("actor", ()):
            key = (path.parent, row["id"])
            if key in defined:  # another directory may replace it; the same one has made a slip
                raise CatalogueError(f"{path}: actor {row['id']!r} stands twice, the first time in {defined[key]}")
            defined[key] = path
            actors[row["id"]] = row
        seats += data.get("metonym", ())
        names += data.get("name", ())
        places |= data.get("places", {})
    return {"actors": list(actors.values()), "seats": seats, "names": names, "places": places}


def _build(rows: Row) -> Catalogue:
    entries: dict[str, Entry] = {}
    for r in rows["actors"]:
        # "" says that three letters are none: the Donetsk People's Republic is no DPR of ISO 3166
        iso3 = r.get("iso3", r["id"] if r["type"] == "State" and len(r["id"]) == 3 else "")
        actor = Actor(
            r["id"], r["name"], ActorType(r["type"]), r.get("sector", ""), tuple(r.get("aliases", ())), r.get("wikidata", ""), iso3,
            r.get("principal", ""), tuple(r.get("belongs_to", ())),
            tuple(Office(o["role"], o["of"], o.get("since", ""), o.get("until", "")) for o in r.get("offices", ())),
            r.get("active_from", ""), r.get("active_to", ""),
        )  # fmt: skip
        entries[actor.id] = Entry(
            actor, tuple(r.get("adjectives", ())), tuple(r.get("demonyms", ())), tuple(r.get("metonyms", ())),
            tuple(r.get("weak", ())), r.get("country", ""), r.get("surname", ""),
        )  # fmt: skip
    seats: dict[str, tuple[str, str]] = {}
    former: dict[str, list[str]] = {}
    for r in rows["seats"]:
        for name in (r["name"], *r.get("aliases", ())):
            seats[name] = (r["actor"], r["kind"])
    for e in entries.values():
        for name in e.metonyms:
            if name in seats and seats[name][0] != e.actor.id and e.actor.active_to:
                former.setdefault(name, []).append(e.actor.id)
            else:
                seats.setdefault(name, (e.actor.id, "capital"))
    ambiguous = {
        n["text"]: Ambiguity(
            n["text"],
            n.get("default", ""),
            tuple(
                Sense(
                    s.get("actor", ""), tuple(s.get("left", ())), tuple(s.get("right", ())), tuple(s.get("context", ()))
                )
                for s in n.get("senses", ())
            ),
        )
        for n in rows["names"]
    }
    return Catalogue(
        entries,
        seats,
        former,
        ambiguous,
        {k: v for k, v in rows.get("places", {}).items() if v in entries},
        digest(*sorted(entries)),
        _lost(rows, entries),
    )


def _lost(rows: Row, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """Names of seats, places and ambiguous words that point to nobody."""
    said = [
        *((f"metonym {r['name']!r}", r["actor"]) for r in rows["seats"]),
        *((f"place {name!r}", state) for name, state in rows.get("places", {}).items()),
        *((f"name {n['text']!r}", n.get("default", "")) for n in rows["names"]),
        *((f"name {n['text']!r}", s.get("actor", "")) for n in rows["names"] for s in n.get("senses", ())),
    ]
    return tuple(
        f"{what}: {_nobody(i, entries)}" for what, i in said if i and i not in entries and not _composed(i, entries)
    )


def _nobody(actor_id: str, entries: Mapping[str, Entry]) -> str:
    near = get_close_matches(actor_id, entries, 1)
    return f"{actor_id!r} is not an actor" + (f"; did you mean {near[0]!r}?" if near else "")


def problems(catalogue: Catalogue) -> list[str]:
    """What a careful editor would mend: dangling ids, alias clashes, impossible dates. Empty when all is well."""
    found = list(catalogue.lost)
    owners: dict[str, list[str]] = {}
    for e in catalogue:
        a = e.actor
        ids = [
            ("principal", a.principal),
            ("country", e.country),
            *(("belongs_to", b) for b in a.belongs_to),
            *(("office of", o.of) for o in a.offices),
        ]
        for key, other in ids:
            if other and other not in catalogue and not _composed(other, catalogue.entries):
                found.append(f"{a.id}: {key} {_nobody(other, catalogue.entries)}")
        if a.active_to and a.active_from and a.active_to < a.active_from:
            found.append(f"{a.id}: active_to {a.active_to} is before active_from {a.active_from}")
        for o in a.offices:
            if o.until and o.since and o.until < o.since[: len(o.until)]:
                found.append(f"{a.id}: {o.role} of {o.of} ends {o.until} before it begins {o.since}")
        for name in {a.name, *a.aliases}:
            owners.setdefault(name, []).append(a.id)
    for name, ids_ in owners.items():
        if len(ids_) > 1 and name not in catalogue.ambiguous and not _told_apart(ids_, catalogue):
            found.append(f"{name!r} names {', '.join(sorted(ids_))}; move it to weak, or add it to ambiguous.toml")
    return sorted(found)


def _composed(actor_id: str, entries: Mapping[str, Entry]) -> bool:
    """Whether "Turkish troops" or the like compose to an id: an organ of somebody listed."""
    return any(actor_id.removesuffix(f"-{code}") in entries for code in roles().organs if actor_id.endswith(f"-{code}"))


def _told_apart(ids: list[str], catalogue: Catalogue) -> bool:
    """Same name, but one period or one type tells them apart (the two Congos' Kabilas do not; Yugoslavia's two lives do)."""
    spans = sorted(
        (catalogue.entries[i].actor.active_from or "0", catalogue.entries[i].actor.active_to or "9") for i in ids
    )
    apart = all(a[1] <= b[0] for a, b in pairwise(spans))
    persons = all(catalogue.entries[i].actor.type == ActorType.PERSON for i in ids)
    return apart or persons
