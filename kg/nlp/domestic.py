"""Whose "the government" and "the police" are where a body at home acts on them: "Uganda's opposition … against the government"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ActorRef, ActorType
from kg.nlp.antecedents import Antecedents
from kg.nlp.mentions import Ment
from kg.nlp.words import vocabulary

AUTHORITIES = vocabulary("reference", "domestic", "authorities")
CIVIL = vocabulary("reference", "domestic", "civil")
BODIES = frozenset({ActorType.MEDIA, ActorType.ORGANIZATION, ActorType.PARTY, ActorType.PEOPLE})


class Domestic:
    """Reads the country of an authority off the parties, unions and crowds that stand before it in its sentence."""

    def __init__(self, past: Antecedents) -> None:
        self.past = past

    def owner(self, m: Ment) -> ActorRef | None:
        """The one state to which those bodies belong; ``None`` without one, with several, or for no authority."""
        t = self.past.tree
        behind = {t.lower[p] for p in t.children(m.head, "prep")}
        if m.organ not in AUTHORITIES or {"at", "for", "from", "in", "of"} & behind:
            return None
        if not any(t.lower[k] == "the" for k in t.children(m.head, "det")):
            return None
        if t.lower[t.heads[m.head]] == "by":
            return None  # "Chinese nationals were arrested by the police": who undergoes it may be of anywhere
        states = {s.id: s for other in self._before(m) for s in self._states(other)}
        return next(iter(states.values())) if len(states) == 1 else None

    def _before(self, m: Ment) -> Iterator[Ment]:
        seen: set[int] = set()
        for other in self.past.taken.values():
            if other.start < min(m.start, other.end) and id(other) not in seen and other is not m:
                seen.add(id(other))
                yield other

    def _states(self, m: Ment) -> Iterator[ActorRef]:
        if m.organ in CIVIL:
            yield from (o for o in m.owners if o.type == ActorType.STATE)
        elif m.kind in ("name", "new", "person") and len(m.actors) == 1 and m.actors[0].type in BODIES:
            t = self.past.tree
            top = m.actors[0].principal
            holders = [self.past.taken[k] for k in t.children(m.head, "poss", "amod") if k in self.past.taken]
            if top is not None and top.type == ActorType.STATE:
                yield top
            else:
                yield from (a for h in holders for a in h.actors if a.type == ActorType.STATE)
