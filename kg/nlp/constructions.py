"""Constructions that no single entry of the lexicon holds: threats, refusals, mediators, relationships, hyphens."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ActorRef
from kg.nlp.filling import Candidate, Filler
from kg.nlp.governors import infinitive
from kg.nlp.lexicon import Entry
from kg.nlp.mentions import Ment, side
from kg.nlp.phrases import Slots
from kg.nlp.who import End, direct
from kg.nlp.words import inverted, read, vocabulary
from kg.ontology import relations

THREATENING = vocabulary("constructions", "threat", "announcing")
WARNING = vocabulary("constructions", "threat", "warning")
CONDITIONS = vocabulary("constructions", "threat", "conditions")
RECKONING = {verb: frozenset(objects) for verb, objects in read("constructions")["reckoning"].items()}
REFUSING = vocabulary("constructions", "refusal", "verbs")
STOP = vocabulary("stance", "light", "stop")
REFUSED = tuple(read("constructions")["refusal"]["slots"])
FORCING = vocabulary("constructions", "commanding", "forcing")
DECLARING = vocabulary("constructions", "commanding", "declaring")
COMMANDING = vocabulary("constructions", "commanding", "verbs") | FORCING
BEHEST = vocabulary("constructions", "behest", "nouns")
MEDIATING = vocabulary("constructions", "mediation", "verbs")
RELATIONSHIP = vocabulary("constructions", "relationship", "nouns")
# In this order: hostile words count before friendly ones ("close but strained").
QUALITY = {r: vocabulary("relationship", r, "words") for r in ("OPPOSES", "ALLIED_WITH", "COOPERATES_WITH")}
HYPHEN = inverted("constructions", "hyphen")
PREFIX = inverted("constructions", "prefix")
# Labels of a word inside a compound, as the parser gives them to the pieces of "US-backed".
INSIDE = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod", "punct", "advmod", "prep", "pobj", "dep", "intj"})


class Constructions:
    """The constructions of one tree."""

    def __init__(self, filler: Filler) -> None:
        self.filler = filler
        self.tree = filler.tree
        self.framer = filler.framer
        self.who = filler.who

    def threats(self, plain: list[Candidate]) -> Iterator[Candidate]:
        """ "warned that it would retaliate if …", "vowed to march on X": a hostile act announced by who would do it is a threat."""
        t = self.tree
        done: set[tuple[str, str]] = set()
        for c in plain:
            if (
                relations()[c.relation].sign >= 0
                or c.relation in ("OPPOSES", "THREATENS", "ACCUSES")
                or c.stance.modality not in ("intended", "conditional")
                or c.stance.negated
            ):
                continue
            announced = [m.partition(":")[2] for m in c.stance.marks if m.startswith(("by:", "to:", "wish:"))]
            verb = next((v for v in announced if v in THREATENING), "")
            hinge = (
                next((v for v in [c.trigger, *t.ancestors(c.trigger)] if t.lemmas[v] == verb), None) if verb else None
            )
            if hinge is None:
                continue
            conditional = any(t.lower[k] in CONDITIONS for k in t.subtree(hinge))
            if verb in WARNING and not conditional:
                continue
            speakers = [
                End(a, m, m.head, direct(m))
                for k in self.framer.verb(hinge).get("subj")[:1]
                for m in [self.who.at.get(k)]
                if m is not None
                for a in m.actors[:1]
            ]
            for s in speakers:
                own = side(s.actor)
                if (
                    own != side(c.source.actor)
                    or (s.actor.id, c.target.actor.id) in done
                    or s.actor.id == c.target.actor.id
                ):
                    continue
                done.add((s.actor.id, c.target.actor.id))
                e = Entry("THREATENS", f"{verb} to {c.word}", "threat", ("subj",), ("obj",))
                slots = Slots(hinge, how="announced")
                yield self.filler.propose(hinge, e, slots, s, c.target, "announced", None)

    def reckoning(self, v: int) -> Iterator[Candidate]:
        """ "warned that X would pay a heavy price": THREATENS whoever is to pay."""
        t = self.tree
        objects = RECKONING.get(t.lemmas[v])
        slots = self.framer.verb(v)
        if objects is None or (objects and not objects & {t.lemmas[o] for o in slots.get("obj")}):
            return
        hinge = next((h for h in t.ancestors(v) if t.lemmas[h] in THREATENING and t.is_verb(h)), None)
        if hinge is None:
            return
        e = Entry("THREATENS", f"{t.lemmas[hinge]} {t.lemmas[v]}", "threat", ("subj",), ("clause",))
        for s in self.who.all(self.framer.verb(hinge).get("subj"), owners=False):
            for x in self.who.all(slots.get("subj")):
                if s.actor.id != x.actor.id and side(s.actor) != side(x.actor):
                    yield self.filler.propose(hinge, e, Slots(hinge, how="reckoning"), s, x, "clause", None)

    def refusal(self, v: int) -> Iterator[Candidate]:
        """ "refused to recognise X", "declined to meet X": REJECTS whoever the refused act was for."""
        t = self.tree
        if t.lemmas[v] not in REFUSING or self.framer.passive(v):
            return
        for x in t.children(v, "xcomp"):
            inner = self.framer.verb(x)
            sources = self.who.all(self.framer.verb(v).get("subj"))
            targets = self.who.all(k for slot in REFUSED for k in inner.get(slot))
            if not targets and t.lemmas[x] in STOP:  # "refused to lift the sanctions on X"
                nouns = [self.framer.noun(n) for n in inner.get("obj")]
                targets = self.who.all(k for s in nouns for p in ("on", "against") for k in s.get(p))
            e = Entry("REJECTS", f"{t.lemmas[v]} to", "verbs", ("subj",), ("xcomp",))
            yield from self.filler.cross(v, e, Slots(v, how="refusal"), sources, targets, "xcomp")

    def calling(self, v: int) -> Iterator[Candidate]:
        """ "said that Y must withdraw", "told Y to withdraw": REQUESTS of whoever is to do it; "forced Y to": COERCES."""
        t = self.tree
        lemma = t.lemmas[v]
        slots = self.framer.verb(v)
        relation = "COERCES" if lemma in FORCING else "REQUESTS"
        if self.commands(v):
            asked = slots.get("obj") or slots.get("iobj")
        elif lemma in DECLARING and not slots.passive:
            asked = [
                s
                for c in t.children(v, "ccomp")
                if self.filler.climber.governors.owed(c) and not t.children(c, "neg")
                for s in self.framer.verb(c).get("subj")
            ]
        else:
            return
        sources = self.who.all(slots.get("subj"), owners=False)
        targets = [x for x in self.who.all(asked, owners=False) if all(side(x.actor) != side(s.actor) for s in sources)]
        e = Entry(relation, f"{lemma} to", "verbs", ("subj",), ("clause",))
        yield from self.filler.cross(v, e, Slots(v, how="calling"), sources, targets, "clause")

    def commands(self, v: int) -> bool:
        """Whether a verb of telling or forcing stands over an infinitive: "told Y to go", not "told Y that"."""
        t = self.tree
        return t.lemmas[v] in COMMANDING and any(infinitive(t, x) for x in t.children(v, "xcomp", "ccomp", "advcl"))

    def behest(self, n: int) -> Iterator[Candidate]:
        """ "at the request of X": X REQUESTS it of whoever acts."""
        t = self.tree
        p = t.heads[n]
        if t.lemmas[n] not in BEHEST or t.deps[n] != "pobj" or t.lower[p] != "at":
            return
        slots = self.framer.noun(n)
        askers = self.who.all([*slots.get("poss"), *slots.get("of"), *slots.get("from")])
        host = t.heads[p]
        acting = self.framer.verb(host).get("subj") if t.is_verb(host) else self.framer.agents(host)
        if not acting and t.is_verb(host) and not self.framer.passive(host):
            acting = self.framer.subject(host)[0]
        e = Entry("REQUESTS", t.lemmas[n], "nouns", ("of",), ("clause",))
        slots.how = "behest"
        asked = [x for x in self.who.all(acting) if all(side(x.actor) != side(a.actor) for a in askers)]
        yield from self.filler.cross(n, e, slots, askers or self.who.national(slots.get("mod")), asked, "clause")

    def mediation(self, v: int) -> Iterator[Candidate]:
        """ "talks brokered by X (between Y and Z)": the mediator consults each party; parties may be who holds the talks."""
        t = self.tree
        if t.lemmas[v] not in MEDIATING:
            return
        slots = self.framer.verb(v)
        mediators = self.who.all(slots.get("subj"))
        if not mediators:
            return
        own = {m.actor.id for m in mediators}
        parties = [x for p in ("between", "among") for x in self.who.all(slots.get(p))]
        for n in slots.get("obj"):
            noun = self.framer.noun(n)
            for p in ("between", "among", "with"):
                parties += self.who.all(noun.get(p))
            if not parties:
                parties += [
                    x
                    for k in self.framer.agents(n)
                    for x in self.who.of(k)
                    if not x.via.startswith("in:") and x.actor.id not in own
                ]
            if not parties:
                top = next((h for h in t.ancestors(n) if t.is_verb(h) and h != v), None)
                if top is not None and self.framer.verb(top).get("subj"):
                    clause = self.framer.verb(top)
                    parties += self.who.all([*clause.get("subj"), *clause.get("with")])
        e = Entry("CONSULTS", t.lemmas[v], "verbs", ("subj",), ("parties",))
        for m in mediators:
            for x in parties:
                if x.actor.id not in own:
                    yield self.filler.propose(v, e, Slots(v, how="brokered"), m, x, "parties", None)

    def relationship(self, n: int) -> Iterator[Candidate]:
        """ "relations between X and Y are strained": the adjective or verb beside the noun gives the sign."""
        t = self.tree
        if t.lemmas[n] not in RELATIONSHIP:
            return
        near = [t.lower[k] for k in t.children(n, "amod", "compound")]
        h = t.heads[n]
        if t.deps[n] in ("nsubj", "nsubjpass") and t.is_verb(h):
            near += [
                t.lemmas[h],
                *(
                    t.lower[x]
                    for k in t.children(h, "acomp", "attr", "oprd", "prep", "xcomp", "advmod")
                    for x in t.subtree(k)
                ),
            ]
        elif t.deps[n] == "dobj":
            near.append(t.lemmas[h])
        relation = next((r for r in QUALITY for w in near if w in QUALITY[r]), None)
        if relation is None:
            return
        s = self.framer.noun(n)
        left = self.who.all(s.get("between")) or self.who.all(s.get("of"))
        if len(left) < 2:
            mine = self.who.all(s.get("poss")) or self.who.national(s.get("mod")) or left
            if not mine and t.deps[n] == "dobj":
                mine = self.who.all(self.framer.subject(h)[0])
            other = self.who.all(s.get("with")) or self.who.all(s.get("to"))
            left = [*mine[:2], *[o for o in other if o.actor.id not in {m.actor.id for m in mine}]]
        e = Entry(
            relation,
            f"{t.lemmas[n]} {next(w for w in near if w in QUALITY[relation])}",
            "nouns",
            ("agent",),
            ("with",),
            mutual=True,
        )
        if len(left) > 1:
            yield from self.filler.mutual(
                n,
                e,
                Slots(n, how="relationship"),
                left[:2] if not s.get("with") else [left[0], left[-1]],
                h if t.is_verb(h) else None,
                "between",
                both=False,
            )

    def hyphen(self, h: int) -> Iterator[Candidate]:
        """ "US-backed forces", "anti-Iran axis", "the Russia-Iran alliance"."""
        t = self.tree
        if h == 0 or h + 1 >= len(t) or t.starts[h] != t.ends[h - 1] or t.starts[h + 1] != t.ends[h]:
            return
        left, right = t.lower[h - 1], t.lower[h + 1]
        if (relation := HYPHEN.get(right)) and (m := self.who.at.get(h - 1)) is not None:
            e = Entry(relation, f"X-{right}", "hyphen", ("mod",), ("ent",))
            for a, x in self._compound(m, h + 1):
                yield self.filler.propose(
                    h + 1, e, Slots(h + 1, how="hyphen"), End(a, m, h - 1, "hyphen"), x, "hyphen", None
                )
        if (relation := PREFIX.get(left)) and (m := self.who.at.get(h + 1)) is not None:
            e = Entry(relation, f"{left}-X", "hyphen", ("ent",), ("mod",))
            for a, x in self._compound(m, h + 1):
                yield self.filler.propose(
                    h - 1, e, Slots(h - 1, how="hyphen"), x, End(a, m, h + 1, "hyphen"), "hyphen", None
                )

    def _compound(self, m: Ment, word: int) -> Iterator[tuple[ActorRef, End]]:
        """The actors inside a compound, each with those whom the compound describes."""
        noun = self._modified(word)
        if noun is None:
            return
        for x in self.who.all(self.framer.group(noun), owners=False):
            for a in m.actors:
                if a.id != x.actor.id:
                    yield a, x

    def _modified(self, i: int) -> int | None:
        """The noun that a hyphenated word describes."""
        t = self.tree
        for _ in range(4):
            if t.deps[i] not in INSIDE or t.heads[i] == i:
                break
            i = t.heads[i]
        return i if t.is_noun(i) or i in self.who.at else None
