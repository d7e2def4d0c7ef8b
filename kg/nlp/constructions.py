"""Constructions that no single entry of the lexicon holds: threats, refusals, mediators, relationships, hyphens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model import ActorRef, ActorType
from kg.nlp.deeds import pointing
from kg.nlp.filling import Candidate, Filler, match
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
OPERATED: dict[str, dict[str, str]] = read("constructions")["operated"]
ENDED = vocabulary("stance", "modality", "ended")
STOP = vocabulary("stance", "light", "stop")
REFUSED = tuple(read("constructions")["refusal"]["slots"])
FORCING = vocabulary("constructions", "commanding", "forcing")
BIDDING = vocabulary("constructions", "commanding", "bidding")
DECLARING = vocabulary("constructions", "commanding", "declaring")
COMMANDING = vocabulary("constructions", "commanding", "verbs") | FORCING
BEHEST = vocabulary("constructions", "behest", "nouns")
AGREEING = vocabulary("constructions", "promise", "words")
FRIENDLY = frozenset({"AIDS", "CONCEDES_TO", "CONSULTS", "COOPERATES_WITH", "RETREATS_FROM", "SUPPORTS"})
GRANTING = vocabulary("constructions", "unwilling", "verbs")
WILLING = frozenset({"'ll", "'d", "will", "wo", "would"})
DISOWNING = vocabulary("constructions", "unwilling", "standing")
GIVEN = frozenset({"AIDS", "SUPPORTS"})
FIRING = frozenset({"fire", "open", "shoot"})
AIMED = ("on", "at", "upon", "against", "into", "toward", "towards")
PROTESTED = ("at", "against", "over", "about", "with")
PROTESTERS = vocabulary("constructions", "marching", "crowds")
MARCHING = vocabulary("constructions", "marching", "verbs")
MARCHES = vocabulary("constructions", "marching", "nouns")
OFFICIAL = frozenset({ActorType.GOVERNMENT, ActorType.IGO, ActorType.MILITARY, ActorType.STATE})
STATEHOOD = vocabulary("constructions", "unwilling", "statehood")
REFUSALS = vocabulary("constructions", "refusal", "nouns")
LETTING = vocabulary("constructions", "refusal", "letting")
AWAITING = vocabulary("constructions", "refusal", "awaiting")
CONTACTING = vocabulary("constructions", "errand", "verbs")
ERRANDS = inverted("constructions", "errand", "words")
DENYING = vocabulary("constructions", "denial", "verbs")
ANSWERING = inverted("constructions", "answering")
SERVING_IN = vocabulary("constructions", "helping", "verbs")
HELPERS = vocabulary("constructions", "helping", "nouns")
HELPED_IN = ("in", "to", "into", "at", "along", "across")
MEDIATING = vocabulary("constructions", "mediation", "verbs")
BETWEEN_PARTIES = vocabulary("constructions", "mediation", "persons")
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

    def promises(self, plain: list[Candidate]) -> Iterator[Candidate]:
        """ "agreed to release X", "is willing to lend to X": who says yes to a friendly act AGREES_WITH whom it is for."""
        t = self.tree
        for c in plain:
            if c.relation not in FRIENDLY or c.stance.modality != "intended" or c.stance.negated or c.stance.wish:
                continue
            said = {m.partition(":")[2] for m in c.stance.marks if m.startswith(("to:", "ready:"))} & AGREEING
            hinge = next((v for v in t.ancestors(c.trigger) if {t.lemmas[v], t.lower[v]} & said), None)
            if hinge is not None and c.how != "standing by":
                e = Entry("AGREES_WITH", f"{t.lemmas[hinge]} to", "promise", ("subj",), ("obj",))
                yield self.filler.propose(hinge, e, Slots(hinge, how="promised"), c.source, c.target, c.slot, None)

    def denial(self, v: int) -> Iterator[Candidate]:
        """ "Y says that X arms Z. X denies this": the claim once more, as X has it."""
        t = self.tree
        if t.lemmas[v] not in DENYING:
            return
        slots = self.framer.verb(v)
        for s in self.who.all(slots.get("subj"), owners=False):
            for n in slots.get("obj"):
                for c in self.filler.deeds.charged(t, n, {side(s.actor)}):
                    e = Entry(c.relation, f"{t.lemmas[v]} {t.lower[n]}", "denial", ("subj",), ("obj",))
                    source = End(c.source.actor, s.ment, s.token, "deed")
                    target = End(c.target.actor, pointing(c.target.actor, n, t.lower[n]), n, "deed")
                    found = self.filler.propose(v, e, Slots(v, how="denied"), source, target, "deed", None)
                    found.stance.negate("deny")
                    found.stance.speakers += [s.actor] if s.actor not in found.stance.speakers else []
                    yield found

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
            sources = self.who.all(self.framer.verb(v).get("subj"))
            yield from self._refused(v, x, sources)

    def refusing(self, n: int) -> Iterator[Candidate]:
        """ "X's refusal to meet Y": the same as a noun."""
        t = self.tree
        if t.lemmas[n] not in REFUSALS:
            return
        for x in t.children(n, "acl"):
            if infinitive(t, x):
                yield from self._refused(n, x, self.who.all(self.framer.agents(n)))

    def _refused(self, trigger: int, x: int, sources: list[End]) -> Iterator[Candidate]:
        """Whom the refused act was for."""
        t = self.tree
        inner = self.framer.verb(x)
        targets = self.who.all(k for slot in REFUSED for k in inner.get(slot))
        if t.lemmas[x] in LETTING:
            targets = self.who.all(inner.get("clause")) or targets
        if not targets and t.lemmas[x] in STOP:  # "refused to lift the sanctions on X"
            nouns = [self.framer.noun(n) for n in inner.get("obj")]
            targets = self.who.all(k for s in nouns for p in ("on", "against") for k in s.get(p))
        targets = targets or self._awaited(x) or self._awaited(trigger)
        e = Entry("REJECTS", f"{t.lemmas[trigger]} to", "verbs", ("subj",), ("xcomp",))
        yield from self.filler.cross(trigger, e, Slots(trigger, how="refusal"), sources, targets, "xcomp")

    def unwilling(self, v: int) -> Iterator[Candidate]:
        """ "will not meet X", "does not accept X's verdict": who will not, REJECTS whoever the act is for."""
        t = self.tree
        if t.lemmas[v] not in GRANTING | STOP or self.framer.passive(v):
            return
        no = next((k for k in t.children(v, "neg") if t.lower[k] in ("not", "n't", "never")), None)
        auxiliaries = [t.lower[k] for k in t.children(v, "aux")]
        standing = t.lemmas[v] in DISOWNING and bool({"did", "do", "does"} & set(auxiliaries))
        if no is None or "have" in auxiliaries or not (standing or WILLING & set(auxiliaries)):
            return
        slots = self.framer.verb(v)
        nouns = [self.framer.noun(n) for n in slots.get("obj")]
        sources = self.who.all(slots.get("subj"))
        own = {i for s in sources for i in (s.actor.id, side(s.actor))}
        targets: list[End] = []
        if t.lemmas[v] in GRANTING:
            targets = (
                self.who.all(k for slot in REFUSED for k in slots.get(slot))
                or self.who.all(k for s in nouns for p in ("with", "on", "against", "for", "to") for k in s.get(p))
                or self.who.all(slots.get("clause"))
            )
        targets = [x for x in targets if not {x.actor.id, side(x.actor)} & own]
        if standing:  # a state that is not recognised is only not backed
            targets = [x for x in targets if x.via.partition(":")[1] and x.via.partition(":")[2] not in STATEHOOD]
        targets = targets or [x for x in self._awaited(v) if not {x.actor.id, side(x.actor)} & own]
        if not targets:
            told = [(k, a) for k in slots.get("obj") for a in self.filler.doers(v, k, own)]
            targets = [End(a, pointing(a, k, t.lower[k]), k, "deed") for k, a in told]
        e = Entry("REJECTS", f"not {t.lemmas[v]}", "verbs", ("subj",), ("obj",))
        for c in self.filler.cross(v, e, Slots(v, how="unwilling"), sources, targets, "obj"):
            c.trigger = no  # the act itself is denied by a statement of its own
            c.stance.negate()
            if c.stance.modality == "intended" or "would" in c.stance.marks:
                c.stance.modality = "conditional" if "if" in c.stance.marks else "actual"
            yield c

    def _awaited(self, v: int) -> list[End]:
        """ "will not lift the siege until X disarms": who is to act first."""
        t = self.tree
        return [
            x
            for c in t.children(v, "advcl")
            if any(t.lower[k] in AWAITING for k in t.children(c, "mark"))
            for x in self.who.all(self.framer.verb(c).get("subj"))
        ]

    def fired_upon(self, v: int) -> Iterator[Candidate]:
        """ "X said that Y had fired first", "… opened fire": at X, where nobody else is named."""
        t = self.tree
        slots = self.framer.verb(v)
        if t.lemmas[v] not in FIRING or t.deps[v] != "ccomp" or slots.passive:
            return
        fire = [o for o in slots.get("obj") if t.lower[o] not in ("fire", "shot", "shots")]
        teller = t.heads[v]
        if fire or any(slots.get(p) for p in AIMED) or (t.lemmas[v] == "open" and not slots.get("obj")):
            return
        if t.lemmas[teller] not in DECLARING or self.framer.passive(teller):
            return
        e = Entry("ATTACKS", f"{t.lemmas[v]} fire", "verbs", ("subj",), ("clause",))
        sources = self.who.all(slots.get("subj"))
        own = {i for s in sources for i in (s.actor.id, side(s.actor))}
        for x in self.who.all(self.framer.verb(teller).get("subj")):
            hit = x.actor.principal or x.actor
            if hit.id not in own and hit.type in (ActorType.STATE, ActorType.ARMED_GROUP):
                target = [End(hit, x.ment, x.token, "told by")]
                yield from self.filler.cross(v, e, Slots(v, how="told"), sources, target, "clause")

    def thanking(self, v: int) -> Iterator[Candidate]:
        """ "thanked X for its support": X SUPPORTS whoever thanks."""
        t = self.tree
        if t.lemmas[v] != "thank" or self.framer.passive(v):
            return
        slots = self.framer.verb(v)
        hosts = [v, *t.children(v, "dobj")]
        given = [o for h in hosts for p in t.children(h, "prep") if t.lower[p] == "for" for o in t.children(p, "pobj")]
        for n in (k for o in given for k in t.conjuncts(o)):
            noun = self.framer.noun(n)
            if any(noun.get(p) for p in ("for", "to", "of", "with", "against", "in")):
                continue  # it says itself for whom
            entries = [e for e in match(t, self.filler.lexicon.nouns, n) if e.relation in GIVEN]
            givers = self.who.all(slots.get("obj"), owners=False)
            receivers = self.who.all(slots.get("subj"), owners=False)
            for e in entries[:1]:
                noun.how = "thanked"
                yield from self.filler.cross(n, e, noun, givers, receivers, "thanked")

    def errand(self, v: int) -> Iterator[Candidate]:
        """ "called X to convey support", "wrote to X to apologise": what is done to whoever is called, met or written to."""
        t = self.tree
        if t.lemmas[v] not in CONTACTING or self.framer.passive(v):
            return
        slots = self.framer.verb(v)
        met = self.who.all([*slots.get("obj"), *slots.get("to"), *slots.get("with")], owners=False)
        sources = self.who.all(slots.get("subj"), owners=False)
        for x in t.children(v, "advcl", "xcomp", "ccomp") if met and sources else ():
            if not (infinitive(t, x) or t.tags[x] == "VBG") or t.children(x, "nsubj"):
                continue
            said = [
                x,
                *(k for o in t.children(x, "dobj") for k in t.conjuncts(o)),
            ]  # "to thank him", "to voice support"
            word = next((t.lemmas[k] for k in said if t.lemmas[k] in ERRANDS), None)
            if word is None:
                continue
            inner = self.framer.verb(x)
            if any(self.who.all(inner.get(p), owners=False) for p in ("to", "on", "iobj", "with")):
                continue  # it says itself to whom
            e = Entry(ERRANDS[word], f"{t.lemmas[v]} to {word}", "verbs", ("subj",), ("obj",))
            for c in self.filler.cross(v, e, Slots(v, how="errand"), sources, met, "obj"):
                c.trigger = x
                yield c

    def calling(self, v: int) -> Iterator[Candidate]:
        """ "said that Y must withdraw", "told Y to withdraw": REQUESTS of whoever is to do it; "forced Y to": COERCES."""
        t = self.tree
        lemma = t.lemmas[v]
        slots = self.framer.verb(v)
        relation = "COERCES" if lemma in FORCING else "REQUESTS"
        bidden = lemma in BIDDING and any(infinitive(t, x) for x in t.children(v, "xcomp"))
        if self.commands(v) or bidden:
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

    def helping(self, v: int) -> Iterator[Candidate]:
        """ "X's peacekeepers serve in Y", "X takes part in the peacekeeping mission in Y": X AIDS Y."""
        t = self.tree
        if t.lemmas[v] not in SERVING_IN:
            return
        slots = self.framer.verb(v)
        doers = slots.get("obj") if slots.passive else slots.get("subj")
        places = [k for p in HELPED_IN for k in slots.get(p)]
        tasks = [k for k in [*places, *slots.get("as"), *slots.get("on")] if self._keeps_peace(k)]
        if not tasks and not any(self._keeps_peace(k) for k in doers):
            return
        places += [o for k in tasks for p in HELPED_IN for o in self.framer.noun(k).get(p)]
        sources = [s for s in self.who.all(doers) if s.actor.type != ActorType.PERSON]
        own = {side(s.actor) for s in sources}
        spots = [x for k in places for x in self.who.of(k, owners=False) or self.who.where(k)]
        targets = [x for x in spots if x.actor.type == ActorType.STATE and x.actor.id not in own]
        e = Entry("AIDS", f"{t.lemmas[v]} peacekeeping", "verbs", ("subj",), ("in",))
        yield from self.filler.cross(v, e, Slots(v, how="helping"), sources, targets, "in")

    def _keeps_peace(self, k: int) -> bool:
        t = self.tree
        return t.lemmas[k] in HELPERS or any(t.lower[c] == "peacekeeping" for c in t.children(k, "compound", "amod"))

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

    def answer(self, v: int) -> Iterator[Candidate]:
        """ "…, but the government refused": REJECTS whoever asked, AGREES_WITH who is obeyed."""
        t = self.tree
        if t.lemmas[v] not in ANSWERING or t.children(v, "dobj", "xcomp", "ccomp", "auxpass", "dative"):
            return
        if any(t.lower[p] in ("on", "to", "with") for p in t.children(v, "prep")):
            return
        sources = self.who.all(self.framer.verb(v).get("subj"), owners=False)
        askers = self.filler.deeds.asking(v, {side(s.actor) for s in sources})
        e = Entry(ANSWERING[t.lemmas[v]], t.lemmas[v], "verbs", ("subj",), ("asker",))
        targets = [End(a, pointing(a, v, t.lower[v]), v, "deed") for a in askers]
        yield from self.filler.cross(v, e, Slots(v, how="answer"), sources, targets, "asker")

    def in_protest(self, n: int) -> Iterator[Candidate]:
        """ "walked out in protest at the laws of X": PROTESTS_AGAINST whose laws they are; states and their bodies ACCUSE."""
        t = self.tree
        p = t.heads[n]
        if t.lemmas[n] != "protest" or t.deps[n] != "pobj" or t.lower[p] != "in":
            return
        host = t.heads[p]
        if not t.is_verb(host) and t.deps[host] == "dobj":
            host = t.heads[host]  # "called a strike in protest at …"
        if not t.is_verb(host):
            return
        slots = self.framer.noun(n)
        for q in t.children(host, "prep"):
            if q > n and t.lower[q] in PROTESTED:
                slots.add(t.lower[q], self.framer.prep_objects(q))
        slots.how = "in protest"
        subjects = self.framer.verb(host).get("subj")
        for s in self.who.all(subjects):
            relation = "ACCUSES" if s.actor.type in OFFICIAL else "PROTESTS_AGAINST"
            e = Entry(relation, "in protest", "nouns", ("agent",), PROTESTED)
            yield from self.filler.fill(n, e, slots, [s], host)

    def stopped(self, c: Candidate) -> Candidate:
        """ "stopped selling arms to X": what becomes of the act that is ended, as with a noun ("halted arms sales to X")."""
        t = self.tree
        v = t.heads[t.first_conjunct(c.trigger)]
        relation = OPERATED["stop"].get(c.relation)
        if (
            relation is None
            or not c.stance.negated
            or t.tags[c.trigger] != "VBG"
            or t.deps[t.first_conjunct(c.trigger)] not in ("xcomp", "dobj")
            or t.lemmas[v] not in ENDED
            or t.children(v, "neg")
        ):
            return c
        stance = replace(c.stance, negated=False, marks=[*c.stance.marks, "stopped"])
        word = f"{t.lemmas[v]} {c.word}"
        return replace(c, relation=relation, trigger=v, stance=stance, rule=f"{word}/stopped", word=word, how="stopped")

    def marches(self, plain: list[Candidate]) -> Iterator[Candidate]:
        """ "protesters demanded that X resign", "held a strike to demand pay from X": PROTESTS_AGAINST whoever is to act."""
        t = self.tree
        for c in plain:
            if c.relation != "REQUESTS" or c.source.actor.type in OFFICIAL or c.stance.wish or c.stance.negated:
                continue
            m, h = c.source.ment, t.heads[c.trigger]
            crowd = any(t.lemmas[k] in PROTESTERS for k in range(m.start, m.end))
            march = t.deps[c.trigger] in ("advcl", "xcomp", "acl") and (
                t.lemmas[h] in MARCHING or any(t.lemmas[k] in MARCHES for k in [h, *t.children(h, "dobj", "prep")])
            )
            if crowd or march:
                e = Entry("PROTESTS_AGAINST", f"{c.word} in protest", "promise", ("subj",), ("obj",))
                yield self.filler.propose(
                    c.trigger, e, Slots(c.trigger, how="marching"), c.source, c.target, c.slot, None
                )

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
            if not parties and self._held(n):
                parties += [
                    x
                    for k in self.framer.agents(n)
                    for x in self.who.of(k)
                    if not x.via.startswith("in:") and x.actor.id not in own
                ]
            if not parties and any(self._held(k) for k in [n, *noun.get("of")]):  # "hours of talks chaired by X"
                top = next((h for h in t.ancestors(n) if t.is_verb(h) and h != v), None)
                if top is not None and self.framer.verb(top).get("subj"):
                    clause = self.framer.verb(top)
                    parties += self.who.all([*clause.get("subj"), *clause.get("with")])
        e = Entry("CONSULTS", t.lemmas[v], "verbs", ("subj",), ("parties",))
        for m in mediators:
            for x in parties:
                if x.actor.id not in own:
                    yield self.filler.propose(v, e, Slots(v, how="brokered"), m, x, "parties", None)

    def standing_by(self, p: int) -> Iterator[Candidate]:
        """ "X and Y held talks, with Z as mediator": Z CONSULTS both."""
        t = self.tree
        v = t.heads[p]
        if t.lower[p] != "with" or not t.is_verb(v) or (said := self.framer.bystanders(p)) not in BETWEEN_PARTIES:
            return
        e = Entry("CONSULTS", f"with as {said}", "verbs", ("with",), ("subj",))
        parties = self.who.all(self.framer.verb(v).get("subj"), owners=False)
        mediators = self.who.all(self.framer.prep_objects(p), owners=False)
        yield from self.filler.cross(v, e, Slots(v, how="standing by"), mediators, parties, "subj")

    def _held(self, n: int) -> bool:
        """Whether a noun names what parties hold with each other: talks, no bases."""
        found = {e.relation for _, e in self.filler.lexicon.nouns.get(self.tree.lemmas[n], ())}
        return bool(found & {"AGREES_WITH", "CONSULTS", "COOPERATES_WITH"})

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
