"""One article's view of the catalogue: who is meant there, organs and offices composed on the fly, new actors."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from kg.actors.catalogue import Catalogue
from kg.actors.names import fold
from kg.model import ActorRef, ActorType
from kg.nlp.gender import TITLED, gender
from kg.nlp.words import Organ, inverted, read, vocabulary

GENERIC = vocabulary("reference", "organs", "generic")
PUBLIC = frozenset(
    {
        "GOV",
        "GOV-OFF",
        "GOV-MFA",
        "GOV-MOD",
        "GOV-MOI",
        "MIL-NAV",
        "MIL-AIR",
        "MIL",
        "COP",
        "SPY",
        "LEG",
        "EMB",
        "COP-BOR",
        "CVL",
        "REB",
    }
)
"""Organs that a person has as the holder of an office: "his army" is his state's."""
STATE_ROLES = vocabulary("names", "offices", "of_state")
LED_BY = inverted("names", "led_by")
JUST = timedelta(days=30)
SAME_OFFICE: dict[str, list[str]] = read("names")["same_office"]


class Directory:
    """One article's view of the catalogue: the references at its date, and the new actors found so far."""

    def __init__(self, catalogue: Catalogue, on: date | None) -> None:
        self.catalogue = catalogue
        self.on = on
        self._refs: dict[str, ActorRef] = {}
        self.new: dict[str, ActorRef] = {}
        self.bearers: dict[str, list[tuple[int, ActorRef]]] = {}
        """Folded surname → the persons whom this article names in full, each with the place in the text."""
        self.roles_of: dict[str, tuple[str, ActorRef | None]] = {}
        """Actor id → the role (and its body) under which this article introduced the person."""
        self.text = ""
        """Of the article, once its names are known."""
        self.about: Counter[str] = Counter()
        """How often the article names each side, to its end: who is meant before it is named."""
        self.seen: set[str] = set()
        """Ids that the article names outright; a weak name counts for these only."""
        self._around: set[str] | None = None

    def ref(self, actor_id: str) -> ActorRef:
        """The actor as a statement carries it, with its principal at the article's date."""
        found = self._refs.get(actor_id)
        if found is None:
            found = self._refs[actor_id] = self.catalogue.ref(actor_id, self.on)
        return found

    def serving(self, person: ActorRef, owner: ActorRef) -> ActorRef:
        """A person for this article, acting for the state whose title the text gives, whatever party he leads beside it."""
        if owner.type != ActorType.STATE or person.principal is None or person.principal.id == owner.id:
            return person
        e = self.catalogue.get(person.id)
        if e is None or all(o.of != owner.id for o in e.actor.offices):
            return person
        top = replace(owner, aliases=())
        made = self._refs[person.id] = replace(person, principal=top)
        self.rename(person, made)
        return made

    def around(self) -> set[str]:
        """Ids to which those that the article names outright belong."""
        if self._around is None:
            self._around = {i for a in self.seen for i in self.tied(self.ref(a))}
        return self._around

    def name(self, surname: str, person: ActorRef, at: int) -> None:
        """Let a surname stand for somebody from a place in the text on."""
        some = self.bearers.setdefault(surname, [])
        if all(p.id != person.id for _, p in some):
            some.append((at, person))
            some.sort(key=lambda x: x[0])

    def bearer(self, surname: str, at: int, title: str = "") -> ActorRef | None:
        """Whom a bare surname means: the first of those named before, of the sex that a title says; else the next named."""
        some = self.bearers.get(surname, [])
        sex = TITLED.get(title.rstrip("."))
        some = [x for x in some if sex is None or gender(x[1]) in (sex, "")] or some
        before = [p for place, p in some if place <= at]
        return before[0] if before else some[0][1] if some else None

    def rename(self, old: ActorRef, new: ActorRef) -> None:
        """Put a person of whom more is known in the place of what was known before."""
        for some in self.bearers.values():
            some[:] = [(at, new if p.id == old.id else p) for at, p in some]

    def tied(self, a: ActorRef) -> set[str]:
        """Ids to which an actor belongs: whom it acts for, where it is based, its community and larger body."""
        found = {a.id} | ({a.principal.id} if a.principal else set())
        for actor_id in tuple(found):
            if (e := self.catalogue.get(actor_id)) is not None:
                found |= {e.country, *e.actor.belongs_to, *(o.of for o in e.actor.offices)}
        return found - {""}

    def seat(self, ref: ActorRef, name: str) -> ActorRef:
        """The actor for which a seat stands, with the seat's name among its own: "the White House" is what the text says."""
        key = f"{ref.id} {name}"
        if key not in self._refs:
            self._refs[key] = replace(ref, aliases=(name, *ref.aliases[:7]))
        return self._refs[key]

    def organ(self, owner: ActorRef, organ: Organ, words: str) -> ActorRef:
        """The organ of an owner: "TUR-MIL" for Turkey's troops. Of a group's fighters or officials: the group itself."""
        if owner.type == ActorType.PERSON and owner.principal is not None and organ.code in PUBLIC:
            owner = self._commanded(owner, owner.principal, organ)
        region = owner.type == ActorType.GOVERNMENT and owner.principal is None and organ.code == "MIL"
        if (
            organ.code in GENERIC
            and owner.type not in (ActorType.STATE, ActorType.IGO, ActorType.PERSON)
            and not region
        ):
            return owner
        if owner.type == ActorType.STATE and organ.code == "GOV" and "-GOV" in owner.id:
            return owner
        return self.compose(owner, organ, words)

    def _commanded(self, person: ActorRef, principal: ActorRef, organ: Organ) -> ActorRef:
        """Whose an officer's organ is: of "his guerrillas" the armed group that he ever led, else his side's."""
        e = self.catalogue.get(person.id)
        if organ.code == "REB" and e is not None:
            led = [self.ref(o.of) for o in reversed(e.actor.offices) if o.of in self.catalogue]
            return next((a for a in led if a.type == ActorType.ARMED_GROUP), person)
        return principal

    def compose(self, owner: ActorRef, organ: Organ, words: str) -> ActorRef:
        """The organ as an actor of its own, from the catalogue where that lists it."""
        base = _body(owner)
        actor_id = f"{base.id}-{organ.code}"
        if actor_id in self.catalogue:
            return self.ref(actor_id)
        adjective = self.catalogue.adjective(base.id) if base.id in self.catalogue else base.name
        name = f"{base.name}'s {organ.name}" if base.type == ActorType.PERSON else f"{adjective} {organ.name}"
        top = base.principal or base
        alias = f"{adjective} {words}" if base.type != ActorType.PERSON else f"{base.name}'s {words}"
        aliases = (alias,) if alias != name else ()
        return ActorRef(actor_id, name, organ.type, organ.sector, aliases, "", None if organ.own_side else top)

    def office(self, owner: ActorRef, role: str, former: bool) -> tuple[ActorRef, str]:
        """Who holds a role of an owner on the article's date, or the office itself; and in words how that is known."""
        if owner.type == ActorType.PERSON and owner.principal is not None and role in STATE_ROLES:
            owner = owner.principal  # "Morsi's prime minister"
        body = _body(owner)
        if not former and (found := self.holder(body, role)):
            pid, r = found
            return self.ref(pid), f"{r} of {body.id} on {self.on}"
        actor_id = f"{body.id}-ROLE-{'former-' if former else ''}{role.replace(' ', '-')}"
        adjective = self.catalogue.adjective(body.id) if body.id in self.catalogue else body.name
        office = ActorRef(
            actor_id,
            f"{role} of {body.name}",
            ActorType.PERSON,
            "GOV",
            (f"{adjective} {role}",),
            principal=body.principal or body,
        )
        return office, f"office of {body.id}"

    def holder(self, owner: ActorRef, role: str) -> tuple[str, str] | None:
        """The id of whoever holds a role of an owner, and the title it is held by; nobody for roles that many hold.

        Where nobody does on the date, whoever just did: news of a leader's death comes after it.
        """
        body = _body(owner)
        if role == "minister" or self.on is None:
            return None
        titles = same_office(role)
        if role == "leader" and body.id in LED_BY:
            titles = (LED_BY[body.id], *titles)
        for r in titles:
            if pid := self.catalogue.holder(r, body.id, self.on):
                return pid, r
        since = (self.on - JUST).isoformat()
        for r in same_office(role):
            late = [(o, p) for o, p in self.catalogue.holders.get((r, body.id), ()) if o.until >= since[: len(o.until)]]
            late = [(o, p) for o, p in late if o.until and o.since < o.until < self.on.isoformat()]
            if late:
                return max(late, key=lambda x: x[0].until)[1], r
        return None

    def newcomer(self, name: str, type_: ActorType, principal: ActorRef | None, sector: str = "") -> ActorRef:
        """A new actor under its exact normalised name; a later mention may add the principal that an earlier one lacked."""
        actor_id = new_id(name)
        top = principal.principal or principal if principal is not None else None
        old = self.new.get(actor_id)
        if old is not None and (old.principal is not None or top is None):
            return old
        made = ActorRef(actor_id, name, type_, sector, (), "", top, linked=False)
        self.new[actor_id] = made
        return made


def fold_name(name: str) -> str:
    """A name's words folded: the form in which surnames are compared."""
    return " ".join(fold(w) for w in re.findall(r"\w+", name))


def new_id(name: str) -> str:
    """The id of an actor that the catalogue does not know."""
    return "~" + "-".join(re.findall(r"[a-z0-9]+", fold_name(name)))


def same_office(role: str) -> tuple[str, ...]:
    """The titles that the holder of an office may bear in the catalogue, best first."""
    return tuple(SAME_OFFICE.get(role, (role,)))


def _body(owner: ActorRef) -> ActorRef:
    """Whose organs and offices they are: of a government or an army, the state's."""
    if owner.type in (ActorType.GOVERNMENT, ActorType.MILITARY) and owner.principal is not None:
        return owner.principal
    return owner
