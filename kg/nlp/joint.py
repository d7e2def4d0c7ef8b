"""What is done together: "X visited the front together with Y", "X and Y opened the bridge jointly", "carried out joint searches"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.nlp.filling import Candidate, Filler
from kg.nlp.lexicon import Entry
from kg.nlp.phrases import Slots
from kg.nlp.words import vocabulary

TOGETHER = vocabulary("constructions", "jointly", "adverbs")
GATHERING = vocabulary("constructions", "jointly", "gathering")
TEXTS = vocabulary("constructions", "jointly", "texts")


class Joint:
    """The joint deeds of one tree."""

    def __init__(self, filler: Filler) -> None:
        self.filler = filler
        self.tree = filler.tree
        self.framer = filler.framer
        self.who = filler.who

    def verb(self, v: int) -> Iterator[Candidate]:
        """ "mediated together with X", "X and Y opened it jointly": COOPERATES_WITH."""
        t = self.tree
        if t.lemmas[v] in GATHERING or self.framer.passive(v):
            return
        near = [k for c in (v, *t.children(v, "prep", "dobj", "advmod")) for k in t.kids[c] if t.lower[k] in TOGETHER]
        if not near:
            return
        slots = self.framer.verb(v)
        sources = self.who.all(slots.get("subj"), owners=False)
        e = Entry("COOPERATES_WITH", f"{t.lemmas[v]} {t.lower[near[0]]}", "verbs", ("subj",), ("with",), mutual=True)
        joined = Slots(v, how="joint")
        k = near[0]
        if t.lower[k + 1 : k + 2] == ["with"]:
            company = self.who.all((c for o in t.children(k + 1, "pobj") for c in t.conjuncts(o)), owners=False)
            beside = {x.actor.id for x in company}
            alone = [s for s in sources if s.actor.id not in beside]
            yield from self.filler.cross(v, e, joined, alone, company, "with")
        elif len(sources) > 1:
            yield from self.filler.mutual(v, e, joined, sources, None, "mutual")

    def noun(self, n: int) -> Iterator[Candidate]:
        """ "carried out joint searches (with X)": whoever leads the verb, with each other or with X."""
        t = self.tree
        if t.lemmas[n] in TEXTS or not any(t.lower[k] == "joint" for k in t.children(n, "amod")):
            return
        got = self.framer.carrier(n)
        if got is None or got[1] != "dobj":
            return
        clause, slots = self.framer.verb(got[0]), self.framer.noun(n)
        sources = self.who.all(clause.get("subj"), owners=False)
        others = self.who.all([*slots.get("with"), *clause.get("with")], owners=False)
        e = Entry("COOPERATES_WITH", f"joint {t.lemmas[n]}", "nouns", ("agent",), ("with",), mutual=True)
        slots.how = "joint"
        if others:
            yield from self.filler.cross(n, e, slots, sources, others, "with", got[0])
        elif len(sources) > 1:
            yield from self.filler.mutual(n, e, slots, sources, got[0], "mutual")
