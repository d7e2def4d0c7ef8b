"""Whose deed "the decision", "this demand" and "the attack" are: of whoever was told to have done it just before.

"Egypt demanded guarantees. Ethiopia rejected this demand": the demand is Egypt's. The noun says what kind of deed is looked
for; one without a kind ("the move") is the last deed of another side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import ActorRef
from kg.nlp.mentions import Ment, side
from kg.nlp.tree import Tree
from kg.nlp.words import read
from kg.ontology import relations

if TYPE_CHECKING:
    from kg.nlp.filling import Candidate

KINDS: dict[str, str] = {noun: kind for kind, nouns in read("reference")["deeds"].items() for noun in nouns}
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "both"})
JOINT = frozenset({"AGREES_WITH", "CONSULTS", "COOPERATES_WITH"})
STRUCTURAL = frozenset({"LEADS", "MEMBER_OF"})
WITHIN = 2  # sentences back in which a deed of the noun's own kind is looked for; any other only in the last
# Of these nobody is the doer who is not said to be: who arrests is told, who demands may not be.
DONE = frozenset({"AGREES_WITH", "ATTACKS", "RETREATS_FROM", "SANCTIONS"})
# Behind a deed's noun these do not say which it is: "rejected the charge as absurd".
BESIDE = frozenset({"after", "as", "before", "during", "since", "without"})
SAID = frozenset({"ACCUSES", "REQUESTS"})
RULED = "court"
COURTS = frozenset({"court", "courts", "judge", "judges", "tribunal"})


class Deeds:
    """What an article has told so far, a list of claims for each sentence."""

    def __init__(self) -> None:
        self.told: list[list[Candidate]] = []
        self.subjects: list[list[ActorRef]] = []

    def turn(self) -> None:
        """Begin the next sentence."""
        self.told.append([])
        self.subjects.append([])

    def tell(self, claim: Candidate) -> None:
        """Remember a claim of this sentence."""
        if self.told and claim.relation not in STRUCTURAL:
            self.told[-1].append(claim)

    def name(self, actors: Iterable[ActorRef]) -> None:
        """Remember whom this sentence is about: its subject."""
        if self.subjects:
            self.subjects[-1] = list(actors)

    def doers(self, tree: Tree, n: int, own: set[str], acting: Iterable[ActorRef]) -> list[ActorRef]:
        """Who did what the noun at ``n`` points back to; nobody of the sides ``own``, which speak of it.

        ``acting`` are the subjects of the clauses before it, nearest first: without a claim they may have done it all the same.
        """
        kind = self._kind(tree, n)
        if kind is None or not self.told:
            return []
        wanted = frozenset(kind.split()) - {RULED}
        here = [c for c in self.told[-1] if c.trigger < n]
        if found := self._claimed(here, wanted, own):
            return found
        others = [] if wanted & DONE else [a for a in acting if side(a) not in own][:1]
        if others and not wanted:
            return others
        same = [c for claims in self.told[:-1] for c in claims if wanted and tree.lemmas[n].startswith(_words(c))]
        if found := self._claimed(same, wanted, own):
            return found  # "fired shells at X …": the shelling
        for back, claims in enumerate(self.told[-1 - WITHIN : -1][::-1]):
            if (wanted or not back) and (found := self._claimed(claims, wanted, own)):
                return found if kind != RULED or _rules(found[0]) else []
        if wanted - SAID and (found := self._claimed(self.told[0], wanted, own)):
            return found  # what opens an article is what the rest of it is about
        if kind and not wanted & SAID:
            return []
        return others or [a for actors in self.subjects[-2:-1] for a in actors if side(a) not in own][:1]

    def _claimed(self, claims: list[Candidate], wanted: frozenset[str], own: set[str]) -> list[ActorRef]:
        """Whose the last claim of the wanted relations is; both parties' where it is a deal."""
        for c in reversed(claims):
            if (wanted and c.relation not in wanted) or c.stance.negated:
                continue
            doer = c.target if c.target.via == "deed" and not wanted else c.source  # whose deed another has just judged
            parties = [doer.actor, *([c.target.actor] if wanted & JOINT else [])]
            if others := [a for a in parties if side(a) not in own]:
                return others
        return []

    def asking(self, v: int, asked: set[str]) -> list[ActorRef]:
        """Who asked something of the sides ``asked``, last before the word at ``v``."""
        here = [c for c in self.told[-1] if c.trigger < v] if self.told else []
        for claims in (here, *self.told[-1 - WITHIN : -1][::-1]):
            if found := [c.source.actor for c in claims if c.relation == "REQUESTS" and side(c.target.actor) in asked]:
                return [a for a in dict.fromkeys(found) if side(a) not in asked]
        return []

    def charged(self, tree: Tree, n: int, accused: set[str]) -> list[Candidate]:
        """The claims about the accused sides that "this", "it" or "the accusation" at ``n`` points back to."""
        noun = tree.lower[n] in ("this", "that", "it", "them") or "ACCUSES" in (self._kind(tree, n) or "").split()
        if not noun or not self.told:
            return []
        for claims in ([c for c in self.told[-1] if c.trigger < n], *self.told[-2:-1]):
            if found := [c for c in claims if side(c.source.actor) in accused and c.stance.modality == "actual"]:
                return [c for c in found if not c.stance.negated and relations()[c.relation].sign]
        return []

    def is_deed(self, tree: Tree, n: int) -> bool:
        """Whether a noun is the name of something done."""
        return tree.lemmas[n] in KINDS

    def _kind(self, tree: Tree, n: int) -> str | None:
        """The relations that a deed's noun stands for, "" for any; ``None`` where it says itself whose or which."""
        t = tree
        if t.tags[n] == "DT" and t.lower[n] in ("this", "that"):
            return ""
        kind = KINDS.get(t.lemmas[n])
        if kind is None or not any(t.lower[k] in POINTING for k in t.children(n, "det", "predet", "amod")):
            return None
        if t.children(n, "poss", "acl", "relcl", "ccomp", "appos", "compound", "nmod", "conj"):
            return None
        if any(t.lower[p] not in BESIDE for p in t.children(n, "prep")):
            return None
        return kind


def _rules(a: ActorRef) -> bool:
    """Whether somebody gives judgment."""
    return bool(COURTS & set(a.name.lower().split()))


def _words(c: Candidate) -> tuple[str, ...]:
    """The words by which a claim was told: "fire", "shell"."""
    return tuple(re.split(r"[+: ]", c.rule.partition("/")[0]))


def pointing(actor: ActorRef, n: int, noun: str) -> Ment:
    """The mention that a deed's noun is of whoever did it."""
    return Ment(n, n + 1, n, [actor], "coreference", "reference", f"{noun}: the deed told before")
