"""Nouns and adjectives that are said of somebody: "Turkey, an ally of X", "X is hostile to Y", "at war with X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ActorType
from kg.nlp.filling import Candidate, Filler, match
from kg.nlp.lexicon import Entry
from kg.nlp.mentions import Ment
from kg.nlp.phrases import Slots
from kg.nlp.who import End
from kg.nlp.words import vocabulary
from kg.ontology import relations

SERVING = vocabulary("constructions", "office", "serving")
# Bodies that a person leads whose name stands beside theirs, and organs: governments and fighting men.
LED = frozenset({ActorType.ARMED_GROUP, ActorType.PARTY})
JOINED = LED | {ActorType.ORGANIZATION}
GOVERNING = frozenset({"GOV"})
RULED = GOVERNING | {"MIL", "REB"}
PERSONAL = ("name", "new", "person")
FORMER = vocabulary("names", "former")
TOPICS = frozenset({"about", "at", "by", "of", "over"})
# "rivals for decades", "allies in the war": how long and where; "mod" is looked at apart.
LASTING = frozenset({"for", "in", "mod"})
LOOSE = vocabulary("constructions", "membership", "loose")
# Labels of a participle that is said of somebody rather than done by them.
SAID = frozenset({"acomp", "amod", "acl", "ROOT", "attr", "relcl", "ccomp", "conj", "advcl"})


class Predicates:
    """The predicate nouns and adjectives of one tree."""

    def __init__(self, filler: Filler) -> None:
        self.filler = filler
        self.tree = filler.tree
        self.framer = filler.framer
        self.who = filler.who

    def noun(self, n: int) -> Iterator[Candidate]:
        """ "Turkey, an ally of X", "its ally Turkey", "X is a member of Y"."""
        t = self.tree
        entries = match(t, self.filler.lexicon.predicates, n)
        if not entries:
            return
        slots = self.framer.noun(n)
        tokens, how = self.framer.entity(n)
        if not tokens:
            # "its ally Turkey": the noun is a compound of the name, or the name its apposition
            h = t.heads[n]
            if t.deps[n] == "compound" and h in self.who.at:
                tokens, how = [h], "compound"
            elif t.deps[n] in ("nsubj", "dobj", "pobj", "conj", "nsubjpass"):
                nxt = n + 1
                m = self.who.at.get(nxt)
                if m is not None and m.start == nxt and m.kind in ("name", "person", "new"):
                    tokens, how = [m.head], "compound"
        entities = self.who.all(tokens, owners=False)
        if not entities and slots.get("poss") and slots.get("in"):
            entities, how = self.who.all(slots.get("in"), owners=False), "in"  # "its allies in Sanaa"
        if not entities:
            return
        slots.how = how
        if how == "compound" and t.deps[n] == "compound":
            head = t.heads[n]
            slots.add(
                "mod", [k for k in t.children(head, "compound", "amod", "nmod", "poss") if k < n and k in self.who.at]
            )
            slots.add("poss", t.children(head, "poss"))
        own = {e.actor.id for e in entities}
        carrier = t.heads[n] if how == "copula" and t.deps[n] == "attr" else None
        for e in entries:
            if e.relation == "MEMBER_OF" and e.word in LOOSE and how not in ("copula", "apposition"):
                continue
            for slot in e.targets:
                fillers = (
                    self.who.national(slots.get("mod"))
                    if slot == "mod"
                    else self.who.all(slots.get(slot), owners=e.relation != "MEMBER_OF")
                )
                targets = [x for x in fillers if x.actor.id not in own]
                if e.relation == "MEMBER_OF":  # "Mr Monti, Mr Berlusconi's successor"
                    targets = [x for x in targets if x.actor.type != ActorType.PERSON]
                if not targets:
                    continue
                for s in entities:
                    for x in targets:
                        yield self.filler.propose(n, e, slots, s, x, slot, carrier)
                break
            else:
                if self._mutual(n, e, slots, how) and len(entities) > 1:
                    yield from self.filler.mutual(n, e, slots, entities, carrier, "mutual")

    def holders(self, n: int) -> list[End]:
        """The persons who are said to hold the office at ``n``, now or from now on: "is", "became", "was elected", "serves as"."""
        t = self.tree
        h = t.heads[n]
        tokens, how = self.framer.entity(n)
        if how == "as":
            h = t.heads[h]
            fits = t.lemmas[h] in SERVING
        else:
            fits = how == "copula" and t.is_verb(h) and (t.lemmas[h] != "be" or t.lower[h] not in ("was", "were"))
        return [x for x in self.who.all(tokens, owners=False) if x.actor.type == ActorType.PERSON] if fits else []

    def heads(self, m: Ment) -> list[End]:
        """Who leads a body by the way it is named: "the government of X", "X's Liberal Party", "a faction under X"."""
        t = self.tree
        party = m.kind in ("name", "new") and m.actors[0].type in LED
        if not party and (m.kind != "organ" or m.organ not in RULED):
            return []
        if any(t.lower[k] in FORMER for k in t.children(m.head, "amod")):
            return []
        preps = ("of", "under") if party or m.organ in GOVERNING else ("under",)
        tokens = [
            k
            for p in t.children(m.head, "prep")
            if t.lower[p] in preps
            for k in t.children(p, "pobj")
            if k < m.head + 12
        ]
        tokens += t.children(m.head, "poss") if party else []
        found = [x for k in tokens if (x := self.who.at.get(k)) is not None and x.kind in PERSONAL]
        return [
            End(x.actors[0], x, x.head, "person")
            for x in found
            if len(x.actors) == 1 and x.actors[0].type == ActorType.PERSON
        ]

    def bodies(self, m: Ment) -> list[End]:
        """To what a person belongs by the way they are named: "Mwai Kibaki of the Democratic Party"."""
        t = self.tree
        if m.kind not in PERSONAL or m.actors[0].type != ActorType.PERSON or m.former:
            return []
        named = [
            x
            for p in t.children(m.head, "prep")
            if t.lower[p] == "of" and p <= m.end
            for k in t.children(p, "pobj")
            if (x := self.who.at.get(k)) is not None and x.kind in ("name", "new")
        ]
        return [End(x.actors[0], x, x.head, "of") for x in named if x.actors[0].type in JOINED]

    def _mutual(self, n: int, e: Entry, slots: Slots, how: str) -> bool:
        """ "X and Y are allies", "old rivals X and Y": of each other, unless it is said of whom."""
        return (
            self.tree.tags[n] == "NNS"
            and relations()[e.relation].symmetric
            and how in ("copula", "apposition", "compound")
            and not any(slots.get(p) for p in e.targets if p not in LASTING)
            and not self.who.national(slots.get("mod"))
        )

    def adjective(self, a: int) -> Iterator[Candidate]:
        """ "hostile to X", "at war with X"."""
        t = self.tree
        for phrase, e in self.filler.lexicon.adjectives.get(t.lower[a], ()):
            size = len(phrase)
            if size > 1 and tuple(t.lower[a : a + size]) != phrase:
                continue
            if size > 1:
                host = t.heads[a]
                last = a + size - 1
                if t.is_verb(host):
                    tokens, how = self.framer.subject(host)[0], "copula"
                else:
                    tokens, how = self.framer.group(host), "attribute"
                    if t.is_verb(t.heads[host]) and t.deps[host] in ("attr", "acomp"):
                        tokens = self.framer.subject(t.heads[host])[0]
                slots = Slots(a, how=how)
                self.framer.preps(last, slots)
                if t.is_verb(host):
                    for p, ks in self.framer.verb(host).slots.items():
                        slots.slots.setdefault(p, list(ks))
                carrier = host if t.is_verb(host) else None
            else:
                if t.tags[a] == "VBN" and t.deps[a] not in SAID:
                    continue
                tokens, how = self.framer.entity(a)
                slots = Slots(a, how=how)
                self.framer.preps(a, slots)
                carrier = t.heads[a] if t.is_verb(t.heads[a]) and t.deps[a] in ("acomp", "attr", "oprd") else None
            entities = self.who.all(tokens)
            if not entities:
                continue
            own = {x.actor.id for x in entities}
            filled = False
            together = len(entities) > 1 and relations()[e.relation].symmetric
            for slot in e.targets:
                if together and slot in TOPICS and len(e.targets) > 1:
                    continue  # "X and Y are at odds over Z": with each other
                targets = [x for x in self.who.all(slots.get(slot)) if x.actor.id not in own]
                for s in entities:
                    for x in targets:
                        filled = True
                        yield self.filler.propose(a, e, slots, s, x, slot, carrier)
                if filled:
                    break
            if not filled and together:
                yield from self.filler.mutual(a, e, slots, entities, carrier, "mutual")
