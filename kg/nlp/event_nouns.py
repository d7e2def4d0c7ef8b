"""Event nouns: "a Turkish attack on X", "launched an attack", "received aid", "lifted sanctions", "war between X and Y"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.nlp.filling import Candidate, Filler, match
from kg.nlp.lexicon import Entry
from kg.nlp.phrases import Slots
from kg.nlp.who import End
from kg.nlp.words import inverted, read, vocabulary

LIGHT = vocabulary("stance", "light", "verbs")
RECEIVE = vocabulary("stance", "light", "receive")
STOP = vocabulary("stance", "light", "stop")
REFUSE = vocabulary("stance", "light", "refuse")
REQUEST = vocabulary("stance", "light", "request")
UNSURE_STOP = vocabulary("constructions", "unsure_stop", "verbs")
RUSHING = vocabulary("constructions", "rescue", "verbs")
RESCUE = inverted("constructions", "rescue", "nouns")
QUOTES = frozenset({"“", '"', "``", "«"})
NAMED_ACTS = frozenset({"operation", "campaign", "exercise"})
OPERATED: dict[str, dict[str, str]] = read("constructions")["operated"]


class EventNouns:
    """The event nouns of one tree."""

    def __init__(self, filler: Filler) -> None:
        self.filler = filler
        self.tree = filler.tree
        self.framer = filler.framer
        self.who = filler.who

    def read(self, n: int) -> Iterator[Candidate]:
        """What an event noun proposes, by itself or with the verb that carries it."""
        t = self.tree
        entries = match(t, self.filler.lexicon.nouns, n)
        if not entries or (n in self.who.at and self.who.at[n].kind != "organ"):
            return
        if t.deps[n] == "compound" and t.lemmas[n] in NAMED_ACTS and t.heads[n] > n:
            n = t.heads[n]  # "operation Olive Branch against X": the name has the prepositions
        slots = self.framer.noun(n)
        if t.lower[n - 1] in QUOTES or any(t.words[k] in QUOTES for k in range(max(0, n - 4), n)):
            slots.slots.pop("mod", None)  # what stands before the quotation mark is where, not whose
        got = self.framer.carrier(n)
        carrier, place = got if got else (None, "")
        verb = t.lemmas[carrier] if carrier is not None else ""
        agents = self.who.all(slots.get("poss")) or self.who.all(slots.get("by")) or self.who.national(slots.get("mod"))
        how = "nominal"
        if carrier is not None:
            vs = self.framer.verb(carrier)
            lead = self.who.all(vs.get("subj"))
            if verb in LIGHT and place != "nsubj":
                if verb in RECEIVE and any(p in slots.slots for p in ("from", "by")):
                    from_ = (
                        self.who.all(slots.get("from")) or self.who.all(vs.get("from")) or self.who.all(slots.get("by"))
                    )
                    if from_ and lead and not agents:
                        for e in entries:
                            yield from self.filler.cross(n, e, slots, from_, lead, "received", carrier)
                        return
                if verb in RECEIVE and agents and lead and not any(slots.get(p) for e in entries for p in e.targets):
                    for e in entries:  # "accepted Chinese loans"
                        yield from self.filler.cross(n, e, slots, agents, lead, "received", carrier)
                    return
                if not agents and lead:
                    agents, how = lead, "light verb"
                for p, ks in vs.slots.items():
                    if p not in ("subj", "obj", "iobj", "attr") and not p.startswith("obj."):
                        slots.slots.setdefault(p, list(ks))
                if vs.get("iobj"):
                    slots.slots.setdefault("to", list(vs.get("iobj")))
            if place == "to" and verb in RUSHING and t.lemmas[n] in RESCUE:
                of = self.who.all([*slots.get("poss"), *slots.get("of")])
                e = Entry(RESCUE[t.lemmas[n]], f"{verb} to {t.lemmas[n]}", "nouns", ("subj",), ("poss",))
                yield from self.filler.cross(n, e, slots, lead, of, "rescue", carrier)
                return
            if verb in STOP or verb in REFUSE:
                operator = "stop" if verb in STOP else "refuse"
                if lead:
                    if not agents:
                        agents = lead
                    for p, ks in vs.slots.items():
                        if p in ("with", "to", "on", "against", "from", "for"):
                            slots.slots.setdefault(p, list(ks))
                    yield from self._operated(carrier, entries, operator, slots, lead, agents)
                    if operator == "refuse" or verb not in UNSURE_STOP:
                        return
            elif verb in REQUEST and verb not in LIGHT and lead:
                return
        if not agents and (adjunct := self._adjunct(n)) is not None:
            agents, how = self.who.all(self.framer.verb(adjunct).get("subj")), "adjunct"
        if not agents:
            of = self.who.all(slots.get("of"))
            if of and any("of" not in e.targets or _has_other_target(slots, e) for e in entries):
                agents, how = of, "nominal of"
        slots.how = how
        for e in entries:
            if not agents:
                # "relations between X and Y", "war between X and Y": both ends stand behind one preposition
                if e.mutual:
                    for p in ("between", "among", "of", "with"):
                        ends = self.who.all(slots.get(p))
                        if len(ends) > 1:
                            yield from self.filler.mutual(n, e, slots, ends, carrier, p)
                            break
                continue
            between = self.who.all(slots.get("between"))
            if e.mutual and len(between) > 1:
                yield from self.filler.mutual(n, e, slots, between, carrier, "between")
                continue
            yield from self.filler.fill(n, e, slots, agents, carrier)

    def _adjunct(self, n: int) -> int | None:
        """The verb beside which an event noun stands as an adjunct: "in a show of force against India, Pakistan test-fired …"."""
        t = self.tree
        top = t.first_conjunct(n)
        p = t.heads[top]
        if (
            t.deps[top] == "pobj"
            and t.lower[p] in ("in", "with", "by", "after", "during", "through", "before")
            and t.deps[p] == "prep"
            and t.is_verb(t.heads[p])
        ):
            return t.heads[p]
        if t.deps[top] == "pobj" and t.lower[p] in ("for", "to", "about") and t.deps[t.heads[p]] in ("acomp", "attr"):
            verb = t.heads[t.heads[p]]  # "is ready for cooperation with X"
            return verb if t.is_verb(verb) else None
        return None

    def _operated(
        self, v: int, entries: list[Entry], operator: str, slots: Slots, lead: list[End], agents: list[End]
    ) -> Iterator[Candidate]:
        """What becomes of a noun's relation when its verb ends or refuses it: "lifted sanctions on", "rejected the call of"."""
        own = {x.actor.id for x in lead}
        for e in entries[:1] if operator == "refuse" else entries:
            relation = OPERATED[operator].get(e.relation)
            if relation is None:
                continue
            targets = [a for a in agents if a.actor.id not in own]
            for p in (*e.targets, "with", "to", "from", "by", "of"):
                if targets:
                    break
                targets = [x for x in self.who.all(slots.get(p)) if x.actor.id not in own]
            op = Entry(relation, f"{self.tree.lemmas[v]} {e.word}", "operator", ("subj",), ("of",))
            yield from self.filler.cross(v, op, slots, lead, targets, operator, v)


def _has_other_target(slots: Slots, e: Entry) -> bool:
    return any(slots.get(p) for p in e.targets if p != "of")
