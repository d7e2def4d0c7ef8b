"""What a text has named so far: the candidates for whoever a pronoun or a description refers to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.model import ActorRef, ActorType
from kg.nlp.mentions import Ment, side
from kg.nlp.tree import Tree

LOOK_BACK = 3  # sentences; beyond that a pronoun's antecedent is a guess
SIDES = frozenset({ActorType.STATE, ActorType.ARMED_GROUP, ActorType.PEOPLE, ActorType.IGO, ActorType.PARTY})


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention already passed: where, who, and whether it was a subject (subjects are what pronouns mostly mean)."""

    sentence: int
    token: int
    actors: tuple[ActorRef, ...]
    subject: bool
    plural: bool
    kind: str
    word: str = ""


NOTHING = Tree("", 0, 0, [], [], [], [], [], [], [])


class Antecedents:
    """The mentions of one article up to the token that is being read."""

    def __init__(self) -> None:
        self.tree = NOTHING
        self.here: list[Seen] = []
        """Of this sentence."""
        self.history: list[Seen] = []
        """Of the sentences before, as far back as anything looks."""
        self.count: Counter[str] = Counter()
        """How often each side was named."""
        self.sentence = -1
        self.speaker: list[ActorRef] = []
        self.speaker_before: list[ActorRef] = []

    def turn_to(self, tree: Tree, speaker: list[ActorRef]) -> None:
        """Begin the next sentence."""
        self.history = [s for s in self.history if s.sentence > self.sentence - LOOK_BACK] + self.here
        self.tree, self.here = tree, []
        self.sentence += 1
        self.speaker_before, self.speaker = self.speaker or self.speaker_before, speaker

    def note(self, m: Ment) -> None:
        """Remember a mention of this sentence."""
        t = self.tree
        dep = t.deps[t.first_conjunct(m.head)]
        subject = dep in ("nsubj", "nsubjpass")
        named_state = m.kind == "name" and m.organ != "demonym" and m.actors[0].type in (ActorType.STATE, ActorType.IGO)
        plural = (
            (t.tags[m.head] in ("NNS", "NNPS") and not named_state) or len(m.actors) > 1 or len(t.conjuncts(m.head)) > 1
        )
        self.here.append(Seen(self.sentence, m.head, tuple(m.actors), subject, plural, m.kind, t.lower[m.head]))
        self.count.update(side(a) for a in m.actors)

    def back(self, before: int) -> list[Seen]:
        """Candidates, best first: this sentence's subjects, then its others (nearest first), then earlier sentences likewise."""
        mine = [s for s in self.here if s.token < before]
        order = sorted(mine, key=lambda s: (not s.subject, -s.token))
        for back in range(1, LOOK_BACK + 1):
            old = [s for s in self.history if s.sentence == self.sentence - back]
            order += sorted(old, key=lambda s: (not s.subject, s.token if s.subject else -s.token))
        return order

    def clause_subject(self, i: int) -> list[Seen]:
        """Subjects of the clauses that contain the token, innermost first, left of it."""
        t = self.tree
        found = []
        for v in t.ancestors(i):
            for s in self.here:
                if s.subject and s.token < i and t.heads[t.first_conjunct(s.token)] == v:
                    found.append(s)
            if t.deps[v] == "relcl" and not any(t.lower[o] in ("whom", "which", "that") for o in t.children(v, "dobj")):
                host = t.heads[v]
                found += [s for s in self.here if s.token == host and s.token < i]
            if t.deps[v] == "conj":
                first = t.first_conjunct(v)
                found += [
                    s for s in self.here if s.subject and s.token < i and t.heads[t.first_conjunct(s.token)] == first
                ]
        return found

    def own_clause(self, i: int) -> set[str]:
        """Actors that are subject of the verb over a token (which its object therefore does not mean), with their sides."""
        t = self.tree
        if t.deps[i] in ("nsubj", "nsubjpass"):
            return set()
        verb = next((v for v in t.ancestors(i) if t.is_verb(v)), None)
        if verb is None or (t.deps[verb] in ("ccomp", "advcl", "relcl") and t.children(verb, "nsubj", "nsubjpass")):
            # a clause with a subject of its own: only that subject is excluded
            over = [s for s in self.here if s.subject and s.token < i and t.heads[t.first_conjunct(s.token)] == verb]
        else:
            over = self.clause_subject(i)[:3]
        return {x for s in over for a in s.actors for x in (a.id, side(a))}
