"""What a text has named so far: the candidates for whoever a pronoun or a description refers to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.model import ActorRef, ActorType
from kg.nlp.mentions import Ment, side
from kg.nlp.tree import Tree

LOOK_BACK = 3  # sentences; beyond that a pronoun's antecedent is a guess
# How much a mention counts, by the sentences between, for the state that is meant.
NEARNESS = (1.0, 0.7, 0.5, 0.35, 0.25)
# "Maduro has the army behind him": a place beside the one who acts.
AROUND = frozenset({"above", "around", "behind", "below", "beside"})
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
    group: int = -1
    """The first token of the coordination that it stands in."""


NOTHING = Tree("", 0, 0, [], [], [], [], [], [], [])


class Antecedents:
    """The mentions of one article up to the token that is being read."""

    def __init__(self) -> None:
        self.tree = NOTHING
        self.here: list[Seen] = []
        """Of this sentence."""
        self.history: list[Seen] = []
        """Of the sentences before, as far back as a pronoun looks."""
        self.told: list[Seen] = []
        """Of all sentences before; an office or a court may have been named at the top of the article."""
        self.count: Counter[str] = Counter()
        """How often each side was named."""
        self.taken: dict[int, Ment] = {}
        """Token of this sentence → the mention found there."""
        self.sentence = -1
        self.speaker: list[ActorRef] = []
        self.speaker_before: list[ActorRef] = []

    def turn_to(self, tree: Tree, speaker: list[ActorRef]) -> None:
        """Begin the next sentence."""
        self.history = [s for s in self.history if s.sentence > self.sentence - LOOK_BACK] + self.here
        self.told += self.here
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
        self.here.append(
            Seen(
                self.sentence,
                m.head,
                tuple(m.actors),
                subject,
                plural,
                m.kind,
                t.lower[m.head],
                t.first_conjunct(m.head),
            )
        )
        self.count.update(side(a) for a in m.actors)
        self.count.update({o.id for o in m.owners} - {side(a) for a in m.actors})  # of "Syrian rebels" Syria too

    def back(self, before: int) -> list[Seen]:
        """Candidates, best first: this sentence's subjects, then its others (nearest first), then earlier sentences likewise."""
        mine = [s for s in self.here if s.token < before]
        order = sorted(mine, key=lambda s: (not s.subject, -s.token))
        for back in range(1, LOOK_BACK + 1):
            old = [s for s in self.history if s.sentence == self.sentence - back]
            order += sorted(old, key=lambda s: (not s.subject, s.token if s.subject else -s.token))
        return order

    def everyone(self, before: int) -> list[Seen]:
        """As ``back``, but through the whole article, the farther sentences nearest first."""
        far = [s for s in reversed(self.told) if s.sentence < self.sentence - LOOK_BACK]
        return [*self.back(before), *far]

    def near(self, s: Seen) -> float:
        """How much a mention counts by the sentences since."""
        return NEARNESS[min(self.sentence - s.sentence, len(NEARNESS) - 1)]

    def states(self, before: int, about: Counter[str]) -> list[ActorRef]:
        """The states told of before a token, themselves or by whoever acts for them: near ones and those of the text's matter first.

        In reports of many places the last one is meant, in a text about one it is that one.
        """
        weight: dict[str, float] = {}
        states: dict[str, ActorRef] = {}
        for s in self.everyone(before):
            near = self.near(s)
            for a in s.actors:
                one = a.principal or a
                if one.type == ActorType.STATE:
                    states.setdefault(one.id, one)
                    weight[one.id] = max(weight.get(one.id, 0), near * about[one.id])
        return sorted(states.values(), key=lambda a: -weight[a.id])

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

    def doer(self, i: int) -> set[int]:
        """Tokens of the understood subject of the innermost clause over a token: "asked **them** to help it"."""
        t = self.tree
        # "called him a liar": whoever calls
        inside = t.heads[i] if t.deps[i] in ("nsubj", "nsubjpass") else i
        for v in t.ancestors(inside):
            if not t.is_verb(v) and t.deps[v] != "ROOT":
                continue
            first = v if t.children(v, "nsubj", "nsubjpass") or t.deps[v] != "conj" else t.first_conjunct(v)
            if subjects := t.children(first, "nsubj", "nsubjpass"):
                alone = {k for s in subjects for k in t.conjuncts(s)}
                # "its neighbour Colombia accused it": the apposition is the subject as well
                return alone | {k for s in alone for k in t.children(s, "appos", "compound") if t.is_noun(k)} - {i}
            host = t.heads[v]
            if t.deps[v] == "xcomp" and (objects := [k for k in t.children(host, "dobj", "dative") if k < v]):
                return {k for o in objects for k in t.conjuncts(o)} - {i}
            if t.deps[v] == "acl":
                return {host}
        return set()

    def own_clause(self, i: int) -> set[str]:
        """Actors that do what the clause of a token tells (which its object therefore does not mean), with their sides."""
        t = self.tree
        if t.deps[i] in ("nsubj", "nsubjpass") and not self.objective(i):
            return set()
        tokens = self.doer(i)
        relative = {t.heads[v] for v in t.ancestors(i) if t.deps[v] == "relcl"} if tokens else set()
        if any(t.tags[k] in ("WDT", "WP") for k in tokens):
            tokens |= relative  # "the man who killed him"
        over = [s for s in self.here if s.token in tokens]
        return {x for s in over for a in s.actors for x in (a.id, side(a))}

    def objective(self, i: int) -> bool:
        """Whether a pronoun has the form, or "it" the place, of an object."""
        t = self.tree
        word = t.lower[i]
        if t.deps[i] == "pobj" and t.lower[t.heads[i]] in AROUND:
            return False
        if word in ("him", "them") or (word == "her" and t.tags[i] == "PRP"):
            return True
        if word != "it":
            return False
        if t.deps[i] not in ("nsubj", "nsubjpass"):
            return True
        v = t.heads[i]
        return t.tags[v] not in ("VBD", "VBZ", "VBP") and not t.children(v, "aux", "auxpass", "cop")
