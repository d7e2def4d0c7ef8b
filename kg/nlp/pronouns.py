"""Who "he", "it", "they" and "we" refer to. Precision first: without a clear antecedent, nobody."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import ActorRef, ActorType
from kg.nlp.antecedents import Antecedents, Seen
from kg.nlp.mentions import Ment
from kg.nlp.words import read, vocabulary

BODIES = frozenset(ActorType) - {ActorType.PERSON, ActorType.PEOPLE}
MANY = frozenset({ActorType.PEOPLE, ActorType.ARMED_GROUP, ActorType.MILITARY, ActorType.PARTY})
# A relative pronoun refers inside its sentence, which ``kg.nlp.frames`` undoes.
KIND = {word: kind for kind, words in read("reference")["pronoun"].items() if kind != "relative" for word in words}
PLEONASTIC = vocabulary("syntax", "pleonastic")


def refer(i: int, actors: Iterable[ActorRef], via: str, end: int = 0) -> Ment:
    """A mention that refers back, from token ``i`` to ``end`` (itself alone without one)."""
    end = end or i + 1
    return Ment(i, end, end - 1, list(actors), "coreference", "reference", via)


class Pronouns:
    """The pronouns of one article."""

    def __init__(self, past: Antecedents) -> None:
        self.past = past

    def read(self, i: int) -> Ment | None:
        """Who a pronoun means; ``None`` for other words and where nobody is clear."""
        t = self.past.tree
        if t.tags[i] not in ("PRP", "PRP$"):
            return None
        kind = KIND.get(t.lower[i])
        if kind is None or (t.lower[i] == "us" and t.deps[i] in ("amod", "compound", "nmod")):
            return None
        if kind == "person":
            return self._he(i)
        if kind == "thing":
            return self._it(i)
        if kind == "many":
            return self._they(i)
        who = self.past.speaker or self.past.speaker_before
        if not who or not (self.past.speaker or "“" in t.text or '"' in t.text):
            return None
        if kind == "i":
            return refer(i, who[:1], "first person: the speaker")
        sides = [a.principal or a for a in who[:1]]
        return refer(i, sides, "first person plural: the speaker's side")

    def _he(self, i: int) -> Ment | None:
        t = self.past.tree

        def fits(s: Seen) -> bool:
            return len(s.actors) == 1 and s.actors[0].type == ActorType.PERSON

        possessive = t.tags[i] == "PRP$"
        nearest = [s for s in self.past.clause_subject(i) if fits(s)]
        if nearest and (possessive or t.deps[i] != "dobj" or t.heads[t.first_conjunct(nearest[0].token)] != t.heads[i]):
            return refer(i, nearest[0].actors, f"{t.lower[i]}: subject of the clause")
        candidates = [s for s in self.past.back(i) if fits(s)]
        if t.deps[i] == "dobj":
            own = {
                s.actors[0].id for s in self.past.here if s.subject and t.heads[t.first_conjunct(s.token)] == t.heads[i]
            }
            candidates = [s for s in candidates if s.actors[0].id not in own]
        if not candidates:
            return None
        best = candidates[0]
        rivals = {s.actors[0].id for s in candidates if s.sentence == best.sentence and s.subject == best.subject}
        unsure = len(rivals) > 1 and best.sentence != self.past.sentence
        return refer(
            i, best.actors, f"{t.lower[i]}: {'first person of the sentence before' if unsure else 'last person'}"
        )

    def _it(self, i: int) -> Ment | None:
        t = self.past.tree
        if t.lower[i] == "it" and t.deps[i] in ("nsubj", "nsubjpass", "expl"):
            v = t.heads[i]
            if t.deps[i] == "expl" or (
                t.lemmas[v] in PLEONASTIC
                and any(t.deps[k] in ("ccomp", "xcomp", "acomp", "advcl", "csubj") for k in t.kids[v])
            ):
                return None

        def fits(s: Seen) -> bool:
            return len(s.actors) == 1 and s.actors[0].type in BODIES and s.kind != "adjective"

        nearest = [s for s in self.past.clause_subject(i) if fits(s)]
        if nearest and (t.tags[i] == "PRP$" or t.heads[t.first_conjunct(nearest[0].token)] != t.heads[i]):
            return refer(i, nearest[0].actors, f"{t.lower[i]}: subject of the clause")
        mine = [
            s for s in self.past.here if s.token < i and fits(s) and t.heads[t.first_conjunct(s.token)] != t.heads[i]
        ]
        if mine:
            subjects = [s for s in mine if s.subject]
            best = (subjects or mine)[-1] if t.tags[i] == "PRP$" or not subjects else subjects[0]
            return refer(i, best.actors, f"{t.lower[i]}: body named before it")
        if any(s.token < i for s in self.past.here) and t.tags[i] != "PRP$":
            return None
        before = [s for s in self.past.history if s.sentence == self.past.sentence - 1 and fits(s)]
        subjects = [s for s in before if s.subject]
        if subjects:
            return refer(i, subjects[0].actors, f"{t.lower[i]}: subject of the sentence before")
        if len({s.actors[0].id for s in before}) == 1:
            return refer(i, before[0].actors, f"{t.lower[i]}: the only body of the sentence before")
        return None

    def _they(self, i: int) -> Ment | None:
        t = self.past.tree

        def fits(s: Seen) -> bool:
            return s.plural or any(a.type in MANY for a in s.actors)

        nearest = [s for s in self.past.clause_subject(i) if fits(s)]
        pool = [s for s in self.past.here if s.token < i and fits(s)]
        if (t.tags[i] == "PRP$" and nearest) or (nearest and t.heads[t.first_conjunct(nearest[0].token)] != t.heads[i]):
            chosen = nearest[0]
        elif pool:
            subjects = [s for s in pool if s.subject]
            chosen = (subjects or pool)[0 if subjects else -1]
        else:
            before = [s for s in self.past.history if s.sentence == self.past.sentence - 1 and fits(s)]
            subjects = [s for s in before if s.subject]
            if not (subjects or before) or (self.past.here and t.tags[i] != "PRP$" and not subjects):
                return None
            chosen = (subjects or before)[0]
        actors = self._coordinated(chosen)
        return refer(i, actors, f"{t.lower[i]}: those named before")

    def _coordinated(self, chosen: Seen) -> list[ActorRef]:
        t = self.past.tree
        if len(chosen.actors) > 1 or chosen.sentence != self.past.sentence:
            same = [s for s in self.past.history if s.sentence == chosen.sentence and s.subject and chosen.subject]
            if len(chosen.actors) == 1 and chosen.plural and same:
                return list(dict.fromkeys(a for s in same for a in s.actors))
            return list(chosen.actors)
        group = set(t.conjuncts(t.first_conjunct(chosen.token)))
        return list(dict.fromkeys(a for s in self.past.here if s.token in group for a in s.actors))
