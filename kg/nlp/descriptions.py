"""Who "both sides", "the group" and "its rival" refer to."""

from __future__ import annotations

from kg.model import ActorRef, ActorType
from kg.nlp.antecedents import SIDES, Antecedents
from kg.nlp.mentions import Ment, side
from kg.nlp.pronouns import Pronouns, refer
from kg.nlp.words import Trie, insert, longest, read, vocabulary

DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
NAMED = vocabulary("reference", "named", "words")
RELATIONAL = vocabulary("reference", "relational", "words")
PARTIAL = vocabulary("reference", "partial", "phrases")
PAIR_PERSONS = tuple(read("reference")["pair"]["person"])
TYPES: dict[str, set[ActorType]] = {
    "state": {ActorType.STATE},
    "group": {ActorType.ARMED_GROUP, ActorType.PARTY, ActorType.ORGANIZATION},
    "party": {ActorType.PARTY},
    "igo": {ActorType.IGO},
    "person": {ActorType.PERSON},
    "company": {ActorType.COMPANY, ActorType.ORGANIZATION},
}


def _pairs() -> Trie:
    trie: Trie = {}
    for phrase in read("reference")["pair"]["phrases"]:
        insert(trie, phrase, phrase)
    return trie


def _described() -> Trie:
    """Phrase → the kinds of actor that it may describe."""
    kinds: dict[str, set[str]] = {}
    for kind, phrases in read("reference")["description"].items():
        for phrase in phrases:
            kinds.setdefault(phrase, set()).add(kind)
    trie: Trie = {}
    for phrase, which in kinds.items():
        insert(trie, phrase, which)
    return trie


PAIRS = _pairs()
DESCRIBED = _described()


class Descriptions:
    """The descriptions of one article."""

    def __init__(self, past: Antecedents, pronouns: Pronouns) -> None:
        self.past = past
        self.pronouns = pronouns

    def pair(self, i: int) -> Ment | None:
        """ "both sides", "the two leaders": the last two sides or persons of the text."""
        t = self.past.tree
        got = longest(PAIRS, t.lower, i)
        if got is None:
            return None
        end, phrase = got
        if end < len(t) and (
            (t.tags[end].startswith("NN") and t.deps[end - 1] not in ("nsubj", "pobj", "dobj", "conj", "nsubjpass"))
            or (t.lower[end] in ("of", "'s") and phrase in PARTIAL)
        ):
            return None
        if phrase == "both" and (t.tags[i] == "CC" or t.deps[i] in ("preconj", "det", "cc", "advmod")):
            return None
        wants_person = str(phrase).endswith(PAIR_PERSONS)
        own = self.past.own_clause(end - 1)
        sides: list[ActorRef] = []
        for s in self.past.back(i):
            if s.kind == "adjective" or any(
                a.id in own or (a.principal is not None and a.principal.id in own) for a in s.actors
            ):
                continue
            for a in s.actors:
                one = a if wants_person else (a.principal or a)
                if (
                    (one.type == ActorType.PERSON) == wants_person
                    and (wants_person or one.type in SIDES)
                    and one.id not in {x.id for x in sides}
                ):
                    sides.append(one)
            if len(sides) >= 2 and s.sentence != self.past.sentence:
                break
        if wants_person and len(sides) < 2:
            wants_person = False
            states = [a.principal or a for s in self.past.back(i) if s.kind != "adjective" for a in s.actors]
            sides = list({a.id: a for a in states if a.type in SIDES and a.id not in own}.values())
        mine = list(
            dict.fromkeys(
                (a if wants_person else a.principal or a).id
                for s in self.past.here
                if s.token < i
                for a in s.actors
                if (a if wants_person else a.principal or a).id not in own
            )
        )
        if len(mine) == 2:
            sides = [x for x in sides if x.id in mine] or sides
        if len(sides) < 2:
            return None
        return refer(
            i,
            sides[:2][::-1] if sides[0].id != (mine[0] if mine else "") else sides[:2],
            f"{phrase}: the last two sides",
            end,
        )

    def description(self, i: int) -> Ment | None:
        """ "the group", "the country": the last actor of that type."""
        t = self.past.tree
        if t.lower[i] not in DETERMINERS:
            return None
        j = i + 1
        while (
            j < len(t)
            and j < i + 4
            and t.tags[j] in ("JJ", "VBN", "CD", "HYPH", "NNP")
            and longest(DESCRIBED, t.lower, j) is None
        ):
            j += 1
        if j >= len(t):
            return None
        got = longest(DESCRIBED, t.lower, j)
        if got is None:
            return None
        end, kinds = got
        last = end - 1
        if (
            not t.is_noun(last)
            or (end < len(t) and t.tags[end].startswith("NN") and t.heads[last] == end)
            or (end < len(t) and t.lower[end] == "of")
        ):
            return None
        if j > i + 1 and not {"group", "person", "igo", "state"} & set(kinds):
            return None
        wanted = {type_ for kind in kinds for type_ in TYPES[kind]}
        own = self.past.own_clause(last)
        fits = [
            s
            for s in self.past.back(i)
            if len(s.actors) == 1 and s.actors[0].type in wanted and s.kind != "adjective" and s.actors[0].id not in own
        ]
        word = t.lower[last]
        if word in NAMED:
            fits = [s for s in fits if any(word in n.lower().split() for n in (s.actors[0].name, *s.actors[0].aliases))]
        if not fits:
            return None
        return refer(i, fits[0].actors, f"{' '.join(t.lower[i:end])}: last actor of that type", end)

    def opponent(self, i: int) -> Ment | None:
        """ "its rival", "his neighbour": the other side of the text, when just one is in sight."""
        t = self.past.tree
        if t.lower[i] not in RELATIONAL or not any(t.deps[k] == "poss" for k in t.kids[i]):
            return None
        if t.deps[i] in ("appos", "attr", "compound") or (i + 1 < len(t) and t.tags[i + 1].startswith("NNP")):
            return None
        owner: set[str] = set()
        for k in t.kids[i]:
            if t.deps[k] == "poss":
                made = self.pronouns.read(k) if t.tags[k] == "PRP$" else None
                who = made.actors if made is not None else [a for s in self.past.here if s.token == k for a in s.actors]
                owner |= {side(a) for a in who}
        if not owner:
            return None
        plural = t.tags[i] == "NNS"
        sides: dict[str, ActorRef] = {}
        for s in self.past.back(i):
            for a in s.actors:
                one = a.principal or a
                if one.id not in owner and one.type in SIDES and s.kind != "adjective":
                    sides.setdefault(one.id, one)
            if sides and s.sentence < self.past.sentence - 1:
                break
        if not sides:
            return None
        chosen = list(sides.values())[: 2 if plural else 1]
        return refer(i, chosen, f"{t.lower[i]}: the other side of the text")
