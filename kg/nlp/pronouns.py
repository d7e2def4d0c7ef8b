"""Who "he", "it", "they" and "we" refer to. Precision first: without a clear antecedent, nobody."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import ActorRef, ActorType
from kg.nlp.antecedents import Antecedents, Seen
from kg.nlp.gender import gender
from kg.nlp.mentions import Ment
from kg.nlp.words import read, vocabulary

BODIES = frozenset(ActorType) - {ActorType.PERSON, ActorType.PEOPLE}
MANY = frozenset({ActorType.PEOPLE, ActorType.ARMED_GROUP, ActorType.MILITARY, ActorType.PARTY})
# A relative pronoun refers inside its sentence, which ``kg.nlp.frames`` undoes.
KIND = {word: kind for kind, words in read("reference")["pronoun"].items() if kind != "relative" for word in words}
REFLEXIVE = frozenset({"herself", "himself", "itself", "themselves"})
SHE = frozenset({"she", "her", "hers", "herself"})
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
        if t.lower[i] in REFLEXIVE:
            return self._himself(i)
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

    def _himself(self, i: int) -> Ment | None:
        """Whoever does what is done to "himself"."""
        doer = self.past.doer(i)
        actors = [a for s in self.past.here if s.token in doer for a in s.actors]
        return refer(i, dict.fromkeys(actors), f"{self.past.tree.lower[i]}: subject of the clause") if actors else None

    def _he(self, i: int) -> Ment | None:
        t = self.past.tree
        word = t.lower[i]
        not_meant = self.past.own_clause(i) if self.past.objective(i) else self._described(i)

        def fits(s: Seen) -> bool:
            if len(s.actors) != 1 or s.actors[0].type != ActorType.PERSON or s.actors[0].id in not_meant:
                return False
            return gender(s.actors[0]) != ("m" if word in SHE else "f")

        nearest = [s for s in self.past.clause_subject(i) if fits(s)]
        if nearest:
            return refer(i, nearest[0].actors, f"{word}: subject of the clause")
        candidates = [s for s in self.past.back(i) if fits(s)]
        if word in SHE:
            candidates = [s for s in candidates if gender(s.actors[0]) == "f"] or candidates
        if not candidates:
            # "she", and the only person of the text has a name that the list of given names lacks
            people = [s for s in self.past.everyone(i) if len(s.actors) == 1 and s.actors[0].type == ActorType.PERSON]
            people = [s for s in people if s.actors[0].id not in not_meant]
            if word in SHE:
                people = [s for s in people if gender(s.actors[0]) != "m"]
            alone = {s.actors[0].id for s in people}
            candidates = people if len(alone) == 1 else []
        if not candidates:
            return None
        best = candidates[0]
        rivals = {s.actors[0].id for s in candidates if s.sentence == best.sentence and s.subject == best.subject}
        unsure = len(rivals) > 1 and best.sentence != self.past.sentence
        return refer(i, best.actors, f"{word}: {'first person of the sentence before' if unsure else 'last person'}")

    def _described(self, i: int) -> set[str]:
        """Whom an apposition with a possessive describes: "Hamzah, **his** brother" is another than he."""
        t = self.past.tree
        if t.tags[i] != "PRP$":
            return set()
        for k in t.ancestors(i):
            if t.deps[k] == "appos":
                hosts = set(t.conjuncts(t.heads[k]))
                return {a.id for s in self.past.here if s.token in hosts for a in s.actors}
            if not t.is_noun(k):
                break
        return set()

    def _it(self, i: int) -> Ment | None:
        t = self.past.tree
        if t.lower[i] == "it" and t.deps[i] in ("nsubj", "nsubjpass", "expl"):
            v = t.heads[i]
            if t.deps[i] == "expl" or (
                t.lemmas[v] in PLEONASTIC
                and any(t.deps[k] in ("ccomp", "xcomp", "acomp", "advcl", "csubj") for k in t.kids[v])
            ):
                return None

        not_meant = self.past.own_clause(i) if self.past.objective(i) else set()

        def fits(s: Seen) -> bool:
            one = len(s.actors) == 1 and s.kind != "adjective"
            return one and s.actors[0].type in BODIES and s.actors[0].id not in not_meant

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
        if said := self._served(i):
            return refer(i, said, f"{t.lower[i]}: whom the speaker's office serves")
        if any(s.token < i for s in self.past.here) and t.tags[i] != "PRP$":
            return None
        before = [s for s in self.past.history if s.sentence == self.past.sentence - 1 and fits(s)]
        subjects = [s for s in before if s.subject]
        if subjects:
            return refer(i, subjects[0].actors, f"{t.lower[i]}: subject of the sentence before")
        if len({s.actors[0].id for s in before}) == 1:
            return refer(i, before[0].actors, f"{t.lower[i]}: the only body of the sentence before")
        return None

    def _served(self, i: int) -> list[ActorRef]:
        """ "Turkey's president said **it** would attack": the state of an office that is named without its holder."""
        t = self.past.tree
        if t.deps[i] not in ("nsubj", "nsubjpass") or t.deps[t.heads[i]] != "ccomp":
            return []
        speaker = next(iter(t.children(t.heads[t.heads[i]], "nsubj")), i)
        m = self.past.taken.get(speaker)
        named = m is not None and m.kind == "role" and t.lower[m.start] not in ("the", "its", "their")
        return list(m.owners) if m is not None and named and m.start < i and len(m.owners) == 1 else []

    def _they(self, i: int) -> Ment | None:
        t = self.past.tree

        not_meant = self.past.own_clause(i) if self.past.objective(i) else set()

        def fits(s: Seen) -> bool:
            return (s.plural or any(a.type in MANY for a in s.actors)) and s.actors[0].id not in not_meant

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
            same = [s for s in self.past.history if s.sentence == chosen.sentence and s.group == chosen.group]
            if len(chosen.actors) == 1 and chosen.plural and same:
                return list(dict.fromkeys(a for s in same for a in s.actors))
            return list(chosen.actors)
        group = set(t.conjuncts(t.first_conjunct(chosen.token)))
        return list(dict.fromkeys(a for s in self.past.here if s.token in group for a in s.actors))
