"""Event nouns: "a Turkish attack on X", "launched an attack", "received aid", "lifted sanctions", "war between X and Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.nlp.filling import Candidate, Filler, match
from kg.nlp.frames import COPULA
from kg.nlp.lexicon import Entry
from kg.nlp.mentions import side
from kg.nlp.phrases import Slots
from kg.nlp.who import End
from kg.nlp.words import inverted, read, vocabulary

LIGHT = vocabulary("stance", "light", "verbs")
RECEIVE = vocabulary("stance", "light", "receive")
GIVEN = vocabulary("constructions", "given", "nouns")
LOSING = vocabulary("constructions", "given", "losing")
PUTTING = frozenset({"place", "put", "set"})
STOP = vocabulary("stance", "light", "stop")
REFUSE = vocabulary("stance", "light", "refuse")
REQUEST = vocabulary("stance", "light", "request")
ENDING = vocabulary("stance", "light", "ending")
BEGINNING = vocabulary("stance", "light", "beginning")
ENGAGED = vocabulary("stance", "light", "engaged")
STATES = vocabulary("stance", "light", "states")
UNDERGOING = vocabulary("stance", "light", "undergo")
DEPARTING = vocabulary("constructions", "departing", "verbs")
TREATY_STOP = vocabulary("constructions", "treaty_stop", "verbs")
SHARE = vocabulary("constructions", "share", "nouns")
OWNING = vocabulary("constructions", "share", "owning")
DISOWNING = vocabulary("constructions", "share", "disowning")
ACCUSING = vocabulary("stance", "accusing", "verbs")
ASKING = vocabulary("constructions", "asking", "verbs")
ASKING_FOR = vocabulary("constructions", "asking", "for")
COURTING = vocabulary("constructions", "asking", "courting")
DEMANDING = vocabulary("constructions", "asking", "demanding")
PURSUING = vocabulary("constructions", "pursuing", "verbs")
BEHEST = vocabulary("constructions", "behest", "nouns")
ADJUNCT = {prep: frozenset(given) for prep, given in read("constructions")["adjunct"]["relations"].items()}
ADJUNCT_NOUNS = {prep: frozenset(nouns) for prep, nouns in read("constructions")["adjunct"]["nouns"].items()}
WHEN = frozenset({"after", "before", "during", "following"})
BESIDE = frozenset({"in", "with", "by", "through", *WHEN, *ADJUNCT})
ADDRESSING = vocabulary("constructions", "errand", "addressing")
STATED = vocabulary("constructions", "adjunct", "stated")
LEAVING = vocabulary("constructions", "travel", "leaving")
# Where what a verb ends or refuses stands: "lifted sanctions", "walked out of the talks".
ENDED = frozenset({"dobj", "nsubjpass", "nsubj", "xcomp", "from", "of", "on", "out"})
# "is beyond dispute", "met after the war": no verb carries a noun behind these.
UNCARRIED = vocabulary("constructions", "adjunct", "free")
BETWEEN = ("between", "among")
PUNISHING = frozenset({"ACCUSES", "COERCES", "SANCTIONS"})
HURTING = frozenset({"ATTACKS", "COERCES", "MOBILIZES_AGAINST", "SANCTIONS"})
YIELDING = frozenset({"CONCEDES_TO", "RETREATS_FROM"})
CONCLUDED = frozenset({"AGREES_WITH", "ALLIED_WITH"})  # "proposed a truce": there is none yet
TREATIES = frozenset({"AGREES_WITH", "ALLIED_WITH", "COOPERATES_WITH"})
OCCURRING = vocabulary("stance", "light", "occur")
RUSHING = vocabulary("constructions", "rescue", "verbs")
RESCUE = inverted("constructions", "rescue", "nouns")
QUOTES = frozenset({"“", '"', "``", "«"})
MONTHS = frozenset(month.lower() for month, *_ in read("when")["months"])
NAMED_ACTS = vocabulary("constructions", "named_acts", "nouns")
OPERATED: dict[str, dict[str, str]] = read("constructions")["operated"]


@dataclass(slots=True)
class Event:
    """One event noun, its slots, and the verb that carries it with whoever leads that verb.

    ``outer`` is the noun that begins or ends it ("the lifting of sanctions"; then ``ends``), else the event noun itself.
    """

    token: int
    entries: list[Entry]
    slots: Slots
    carrier: int | None
    place: str
    verb: str
    clause: Slots
    lead: list[End]
    outer: int
    ends: bool
    agents: list[End] = field(default_factory=list)
    how: str = "nominal"

    def has_target(self) -> bool:
        """Whether something stands where one of the entries looks for its target."""
        return any(self.slots.get(p) for e in self.entries for p in e.targets)


class EventNouns:
    """The event nouns of one tree."""

    def __init__(self, filler: Filler) -> None:
        self.filler = filler
        self.tree = filler.tree
        self.framer = filler.framer
        self.who = filler.who

    def read(self, n: int) -> Iterator[Candidate]:
        """What an event noun proposes, by itself or with the verb that carries it."""
        ev = self._event(n)
        if ev is None:
            return
        for construction in (self._spoken_to, self._received, self._behind_name, self._claimed, self._rescued):
            done = construction(ev)
            if done is not None:
                yield from done
                return
        self._lighten(ev)
        operator = self._operator(ev)
        if ev.ends:
            if not ev.agents and ev.place == "nsubjpass" and ev.clause.passive:
                ev.agents = ev.lead
            if ev.verb in REQUEST:
                return
        elif operator is not None:
            if ev.lead and ev.place != "nsubj":
                yield from self._operated(ev, operator)
                return
        elif ev.carrier is not None and ev.verb in REQUEST and self.filler.climber.governors.denied(ev.carrier):
            return  # "does not want a war with X"
        elif (asked := self._asked(ev)) is not None:
            yield from asked
            return
        elif ev.lead and self._only_asked(ev):
            yield from self._called_for(ev)
            return
        self._fall_back(ev)
        ev.slots.how = ev.how
        done = self._ended(ev) if ev.ends else self._undergone(ev)
        if done is not None:
            yield from done
            return
        for e in ev.entries:
            yield from self._propose(ev, e)

    def _event(self, n: int) -> Event | None:
        t = self.tree
        entries = match(t, self.filler.lexicon.nouns, n)
        if not entries or (n in self.who.at and self.who.at[n].kind != "organ"):
            return None
        if t.lower[n] in MONTHS and t.tags[n] == "NNP":
            return None  # "on March 28"
        if t.lemmas[n] in BEHEST and t.deps[n] == "pobj" and t.lower[t.heads[n]] == "at":
            return None  # "at the request of X" asks whoever acts: a construction of its own
        if t.deps[n] == "compound" and t.lemmas[n] in NAMED_ACTS and t.heads[n] > n:
            n = t.heads[n]  # "operation Olive Branch against X": the name has the prepositions
        slots = self.framer.noun(n)
        if t.lower[n - 1] in QUOTES or any(t.words[k] in QUOTES for k in range(max(0, n - 4), n)):
            slots.slots.pop("mod", None)  # what stands before the quotation mark is where, not whose
        outer, ends = self._aspect(n)
        if outer != n:  # "the suspension of aid to X": what stands around the outer noun is said of the inner
            for p, tokens in self.framer.noun(outer).slots.items():
                if p not in ("of", "appos"):
                    slots.slots.setdefault(p, list(tokens))
        carrier, place = self.framer.carrier(outer) or self._state(outer) or (None, "")
        if "between" not in slots.slots and any("mediation" in e.word for e in entries):
            # "mediation to end the rift between X and Y"
            aims = [*t.children(n, "acl"), *(t.children(carrier, "advcl", "xcomp") if carrier is not None else ())]
            inside = (p for v in aims for p in t.subtree(v) if t.lower[p] == "between")
            slots.add("between", [o for p in inside for o in self.framer.prep_objects(p)])
        clause = self.framer.verb(carrier) if carrier is not None else Slots(n)
        verb = t.lemmas[carrier] if carrier is not None else ""
        lead = self.who.all(clause.get("subj"))
        if verb in ENGAGED and place in ("in", "with") and clause.passive:
            lead = self.who.all(clause.get("obj"))  # "locked in a dispute with X"
        if place == "on" and verb in PUTTING and clause.passive:
            lead = self.who.all(clause.get("obj"))  # "was put on alert along the border with X"
        ev = Event(n, entries, slots, carrier, place, verb, clause, lead, outer, ends)
        ev.agents = (
            self.who.all(slots.get("poss"))
            or self.who.all(slots.get("by"))
            or self._united(n)
            or self.who.national(slots.get("mod"))
        )
        return ev

    def _united(self, n: int) -> list[End]:
        """ "the Russia-Iran alliance": no body of either, but what holds between the two."""
        m = self.who.at.get(n)
        if m is None or len(m.owners) < 2:
            return []
        return [End(a, m, m.start + i, "owner") for i, a in enumerate(m.owners)]

    def _received(self, ev: Event) -> list[Candidate] | None:
        """ "received aid from X", "came under attack by X", "accepted Chinese loans": the verb's subject undergoes it."""
        undergoes = ev.verb in UNDERGOING and ev.place == "under"
        if self._has_of(ev) and (of := self.who.all(ev.slots.get("of"))):
            if ev.verb in LOSING:
                e = Entry("REJECTS", f"lose {ev.entries[0].word}", "nouns", ("of",), ("subj",))
                return list(self.filler.cross(ev.token, e, ev.slots, of, ev.lead, "received", ev.carrier))
            return self._crossed(ev, of, ev.lead, "received")
        if not ev.lead or not (undergoes or (ev.verb in RECEIVE and ev.place not in ("nsubj", "nsubjpass", "at"))):
            return None
        own = {x.actor.id for x in ev.lead}
        givers = (
            self.who.all(ev.slots.get("from"))
            or self.who.all(ev.clause.get("from"))
            or self.who.all(ev.slots.get("by"))
            or ([] if ev.clause.passive else self.who.all(ev.clause.get("by")))
        )
        if not givers and not ev.has_target():
            givers = ev.agents
        elif any(a.actor.id not in own for a in ev.agents):
            return None  # "accepted Iran's offer from Monday"
        return self._crossed(ev, givers, ev.lead, "received") if givers else None

    def _has_of(self, ev: Event) -> bool:
        """ "won the endorsement of X", "drew the anger of X", "lost the trust of X": what somebody has of X, X gives or takes."""
        held = ev.verb in RECEIVE or ev.verb in LOSING or ev.verb == "have"
        return bool(ev.lead) and held and ev.place == "dobj" and self.tree.lemmas[ev.token] in GIVEN

    def _spoken_to(self, ev: Event) -> list[Candidate] | None:
        """ "thanked X in a telephone call", "told X during a meeting": with whoever is spoken to."""
        t = self.tree
        e = next((e for e in ev.entries if e.relation == "CONSULTS" and e.mutual), None)
        p = t.heads[ev.token]
        if (
            e is None
            or t.deps[ev.token] != "pobj"
            or t.lower[p] not in ("at", "by", "during", "in", "over")
            or ev.has_target()
        ):
            return None
        verb = next((v for v in t.ancestors(p) if t.is_verb(v)), None)
        if verb is None or t.lemmas[verb] not in ADDRESSING or self.framer.passive(verb) or ev.slots.get("of"):
            return None
        clause = self.framer.verb(verb)
        speakers = self.who.all(clause.get("subj"), owners=False)
        heard = self.who.all([*clause.get("obj"), *clause.get("iobj"), *clause.get("on")], owners=False)
        heard = [x for x in heard if all(side(x.actor) != side(s.actor) for s in speakers)]
        return self._crossed(ev, speakers[:1], heard, "spoken to") if heard else None

    def _behind_name(self, ev: Event) -> list[Candidate] | None:
        """ "with the support of X", "under pressure from X": who does it, does it to the clause's subject."""
        t = self.tree
        verb = self._adjunct(ev.token)
        if verb is None:
            return None
        prep = t.lower[t.heads[t.first_conjunct(ev.token)]]
        entries = [e for e in ev.entries if e.relation in ADJUNCT.get(prep, ())]
        if not entries or t.lemmas[ev.token] not in ADJUNCT_NOUNS.get(prep, {t.lemmas[ev.token]}):
            return None
        givers = self.who.all([*ev.slots.get("from"), *ev.slots.get("of")]) or [
            a for a in ev.agents if a.ment.kind != "reference"
        ]
        subject = self.framer.verb(verb)
        receivers = self.who.all(subject.get("obj") if subject.passive else subject.get("subj"))
        if not givers or not receivers:
            return None
        return self._crossed(ev, givers, receivers, "adjunct")

    def _crossed(self, ev: Event, givers: list[End], receivers: list[End], slot: str) -> list[Candidate]:
        ev.slots.how = slot
        return [
            c
            for e in ev.entries
            for c in self.filler.cross(
                ev.token,
                e,
                ev.slots,
                [x for x in givers if not e.source_types or str(x.actor.type) in e.source_types],
                [x for x in receivers if not e.target_types or str(x.actor.type) in e.target_types],
                slot,
                ev.carrier,
            )
        ]

    def _claimed(self, ev: Event) -> list[Candidate] | None:
        """ "claimed responsibility for the attack on X", "denied a role in it": whose deed it is."""
        t = self.tree
        top = t.first_conjunct(ev.token)
        p = t.heads[top]
        v = t.heads[p]  # the parser hangs "in the attack" on the share, on the verb or on what stands between
        behind = [o for q in t.children(v, "prep") if q < p for o in t.children(q, "pobj")]
        share = next((o for o in (v, *t.children(v, "dobj"), *behind) if t.lemmas[o] in SHARE), None)
        if t.deps[top] != "pobj" or t.lower[p] not in ("for", "in") or share is None:
            return None
        verb, place = self.framer.carrier(share) or (None, "")
        if verb is None:
            return None
        clause = self.framer.verb(verb)
        if t.lemmas[verb] in OWNING or t.lemmas[verb] in DISOWNING:
            doers = self.who.all(clause.get("subj"))
        elif t.lemmas[verb] in ACCUSING and place in ("of", "for"):
            doers = self.who.all(clause.get("obj"))
        else:
            return None
        ev.agents = [] if ev.agents and {a.actor.id for a in ev.agents} - {d.actor.id for d in doers} else doers
        if not ev.agents:
            return None
        ev.slots.how, ev.carrier = "claimed", verb
        found = [c for e in ev.entries for c in self._propose(ev, e)]
        accusers = self.who.all(clause.get("subj"))[:1] if t.lemmas[verb] in ACCUSING else []
        for c in found:
            if t.lemmas[verb] in DISOWNING:
                c.stance.negate("deny")
            c.stance.speakers += [a.actor for a in accusers if a.actor not in c.stance.speakers]
        return found

    def _asked(self, ev: Event) -> list[Candidate] | None:
        """ "called for talks between X and Y", "demanded an end to X's attacks": REQUESTS of whoever is to act, nothing more."""
        if not ev.lead or not (
            ev.verb in (ASKING if ev.place == "dobj" else ASKING_FOR) and ev.place in ("dobj", "for")
        ):
            return None
        own = {side(x.actor) for x in ev.lead}
        undergone = any("of" in e.targets for e in ev.entries)  # "their release" is theirs to undergo
        doers = [a for a in ev.agents if not (undergone and a.token in ev.slots.get("poss"))]
        parties = next((ends for p in BETWEEN if (ends := self.who.all(ev.slots.get(p)))), doers)
        if not parties and ev.verb in DEMANDING:  # "demanded the withdrawal of X", "the release of them by X"
            parties = self.who.all(ev.slots.get("by" if undergone else "of"))
        parties = [x for x in parties if side(x.actor) not in own]
        if not parties and all(e.mutual for e in ev.entries) and ev.verb in COURTING:
            parties = self.who.all([*ev.slots.get("with"), *ev.clause.get("with")])  # "proposed talks with X"
        if not parties:  # "demanded the release of X": whoever demands it releases nobody
            return [] if ev.verb in DEMANDING and all(e.relation in YIELDING for e in ev.entries) else None
        e = Entry("REQUESTS", f"{ev.verb} {ev.entries[0].word}", "nouns", ("subj",), ("between",))
        ev.slots.how = "asked"
        return list(self.filler.cross(ev.token, e, ev.slots, ev.lead, parties, "between", ev.carrier))

    def _only_asked(self, ev: Event) -> bool:
        """Whether the verb asks for what the noun says, which then nobody has done yet."""
        if ev.verb not in REQUEST:
            return False
        wanted = ev.place == "dobj" and any(e.relation in PUNISHING or e.relation in CONCLUDED for e in ev.entries)
        return ev.verb not in LIGHT or ev.place == "for" or wanted

    def _called_for(self, ev: Event) -> Iterator[Candidate]:
        """ "called for sanctions on X", "demanded the arrest of X": imposes none, but ACCUSES X."""
        ev.slots.how = "called for"
        for e in ev.entries:
            if e.relation in PUNISHING:
                for p in e.targets:
                    if targets := self.who.all([*ev.slots.get(p), *ev.clause.get(p)]):
                        op = Entry("ACCUSES", f"{ev.verb} for {e.word}", "nouns", ("subj",), ("against",))
                        yield from self.filler.cross(ev.token, op, ev.slots, ev.lead, targets, "against", ev.carrier)
                        return

    def _rescued(self, ev: Event) -> list[Candidate] | None:
        """ "came to the rescue of X"."""
        lemma = self.tree.lemmas[ev.token]
        if ev.place != "to" or ev.verb not in RUSHING or lemma not in RESCUE:
            return None
        of = self.who.all([*ev.slots.get("poss"), *ev.slots.get("of")])
        e = Entry(RESCUE[lemma], f"{ev.verb} to {lemma}", "nouns", ("subj",), ("poss",))
        return list(self.filler.cross(ev.token, e, ev.slots, ev.lead, of, "rescue", ev.carrier))

    def _lighten(self, ev: Event) -> None:
        """Let the noun inherit from a light verb: its subject as the agent, what stands behind its prepositions."""
        if ev.place == "nsubj":
            # "fighting broke out between X and Y", "talks with X will resume"
            for p in (*BETWEEN, *(("with", "against", "on") if ev.verb in OCCURRING else ())):
                if ev.clause.get(p):
                    ev.slots.slots.setdefault(p, list(ev.clause.get(p)))
            return
        carried = ev.verb in LIGHT or ev.verb in COPULA or (ev.verb in ENGAGED and ev.place in ("in", "with"))
        if not carried or ev.place in UNCARRIED or (ev.place == "at" and ev.verb not in UNDERGOING):
            return
        if not ev.agents and ev.lead:
            ev.agents, ev.how = ev.lead, "light verb"
        for p, tokens in ev.clause.slots.items():
            if p not in ("subj", "obj", "iobj", "attr") and not p.startswith("obj."):
                ev.slots.slots.setdefault(p, list(tokens))
        if ev.clause.get("iobj"):
            ev.slots.slots.setdefault("to", list(ev.clause.get("iobj")))

    def _fall_back(self, ev: Event) -> None:
        """Without an agent: the subject of the verb beside which the noun stands, or whoever is behind "of"."""
        adjunct = self._adjunct(ev.outer)
        if not ev.agents and adjunct is not None and self._shares(ev, adjunct):
            ev.agents, ev.how = self.who.all(self.framer.verb(adjunct).get("subj")), "adjunct"
        if not ev.agents:
            of = self.who.all(ev.slots.get("of"))
            if of and any("of" not in e.targets or _has_other_target(ev.slots, e) for e in ev.entries):
                ev.agents, ev.how = of, "nominal of"

    def _shares(self, ev: Event, verb: int) -> bool:
        """After talks or clashes the subject took part itself; after an attack it may be anybody's, and whoever tries one had none."""
        if self.tree.lemmas[verb] in PURSUING and ev.entries[0].relation == "ATTACKS":
            return False  # "detained suspects in the attack on X"
        prep = self.tree.lower[self.tree.heads[self.tree.first_conjunct(ev.outer)]]
        return prep not in UNCARRIED or ev.entries[0].mutual

    def _propose(self, ev: Event, e: Entry) -> Iterator[Candidate]:
        """One entry: both ends behind "between", or the agents with whoever fills a target slot."""
        for p in BETWEEN if ev.agents else (*BETWEEN, "of", "with"):
            ends = self.who.all(ev.slots.get(p)) if e.mutual else []
            if len(ends) > 1:
                yield from self.filler.mutual(ev.token, e, ev.slots, ends, ev.carrier, p)
                return
        if ev.agents:
            yield from self.filler.fill(ev.token, e, ev.slots, ev.agents, ev.carrier)
        if (
            ev.agents
            and ev.carrier is not None
            and ev.place == "dobj"
            and e.relation in HURTING
            and not ev.has_target()
        ):
            own = {i for a in ev.agents for i in (a.actor.id, side(a.actor))}
            hurt = self.filler.accuser(ev.carrier, own)  # "X accused Y of imposing a blockade"
            yield from self.filler.cross(ev.token, e, ev.slots, ev.agents, hurt, "accuser", ev.carrier)

    def _state(self, n: int) -> tuple[int, str] | None:
        """ "remains locked in a dispute": the copula over a participle that the tagger takes for an adjective."""
        t = self.tree
        p = t.heads[n]
        state = t.heads[p]
        if t.deps[n] == "pobj" and t.lower[p] == "in" and t.deps[state] == "acomp" and t.lower[state] in STATES:
            return t.heads[state], "in"
        return None

    def _aspect(self, n: int) -> tuple[int, bool]:
        """The noun that begins or ends an event ("the lifting of sanctions on X") and whether it ends it; else the event itself."""
        t = self.tree
        p = t.heads[n]
        outer = t.heads[p]
        if t.deps[n] == "pobj" and t.deps[p] == "prep" and t.tags[outer] in ("NN", "NNS"):
            if t.lemmas[outer] in ENDING and t.lower[p] in ("of", "to", "in"):
                return outer, True
            if t.lemmas[outer] in BEGINNING and t.lower[p] == "of":
                return outer, False
        return n, False

    def _operator(self, ev: Event) -> str | None:
        """Whether a verb ends or refuses what its object names; some do with a particle only ("called off the talks")."""
        t = self.tree
        if ev.carrier is None or (ev.verb in TREATY_STOP and not any(e.relation in TREATIES for e in ev.entries)):
            return None
        if ev.place not in ENDED:
            return None  # "ended with an agreement" ends none
        particles = [t.lower[k] for k in t.children(ev.carrier, "prt", "advmod", "prep")]
        words = {ev.verb, *(f"{ev.verb}+{p}" for p in particles)}
        return "stop" if words & STOP else "refuse" if words & REFUSE else None

    def _ended(self, ev: Event) -> list[Candidate]:
        """ "the lifting of sanctions on X": whoever is behind the noun ends it."""
        ev.lead, ev.agents = ev.agents, []
        return list(self._operated(ev, "stop", ev.outer))

    def _undergone(self, ev: Event) -> list[Candidate] | None:
        """ "killed in clashes with X", "wounded in a Turkish air strike": who was hurt, where a passive verb says so."""
        verb = self._adjunct(ev.outer)
        if verb is None or not (self.framer.passive(verb) or self.tree.lemmas[verb] == "die"):
            return None
        if not any(e.relation == "ATTACKS" for e in self.filler.lexicon.verbs.get(self.tree.lemmas[verb], ())):
            return None
        if any(len(self.who.all(ev.slots.get(p))) > 1 for p in BETWEEN):
            return None  # "killed in a clash between X and Y": each other's
        clause = self.framer.verb(verb)
        hit = self.who.all(clause.get("obj")) if not clause.get("subj") else []
        for e in ev.entries if hit else ():
            if e.relation == "ATTACKS":
                sources = ev.agents or (self.who.all(ev.slots.get("with")) if e.mutual else [])
                return list(self.filler.cross(ev.token, e, ev.slots, sources, hit, "undergoer"))
        return None

    def _adjunct(self, n: int) -> int | None:
        """The verb beside which an event noun stands as an adjunct: "in a show of strength against India, Pakistan launched …"."""
        t = self.tree
        top = t.first_conjunct(n)
        p = t.heads[top]
        host = t.heads[p]
        if t.deps[top] == "pobj" and t.lower[p] in BESIDE and t.deps[p] == "prep":
            if t.is_verb(host):
                return host
            # "announced the decision after talks with X", "issued a statement in support of X"
            beside = t.lower[p] in WHEN or (t.lower[p] == "in" and t.lemmas[top] in STATED)
            if beside and t.deps[host] == "dobj" and t.is_verb(t.heads[host]):
                return t.heads[host]
        if t.deps[top] == "pobj" and t.lower[p] == "for" and t.is_verb(host) and t.lemmas[host] in LEAVING:
            return host  # "left for talks with X"
        if t.deps[top] == "pobj" and t.lower[p] in ("for", "to", "about") and t.deps[t.heads[p]] in ("acomp", "attr"):
            verb = t.heads[t.heads[p]]  # "is ready for cooperation with X"
            return verb if t.is_verb(verb) else None
        return None

    def _operated(self, ev: Event, operator: str, trigger: int | None = None) -> Iterator[Candidate]:
        """What becomes of a noun's relation when something ends or refuses it: "lifted sanctions on", "rejected the call of"."""
        trigger = ev.clause.token if trigger is None else trigger
        agents = ev.agents or ([] if ev.ends else ev.lead)
        ev.agents = agents
        for p in ("with", "to", "on", "against", "from", "for"):
            if ev.clause.get(p) and not ev.ends:
                ev.slots.slots.setdefault(p, list(ev.clause.get(p)))
        own = {i for x in ev.lead for i in (x.actor.id, side(x.actor))}
        others = [x for x in agents if not {x.actor.id, side(x.actor)} & own]
        for e in ev.entries[:1] if operator == "refuse" else ev.entries:
            relation = OPERATED[operator].get(e.relation)
            if relation is None or (e.source_types and not any(str(x.actor.type) in e.source_types for x in ev.lead)):
                continue
            behind: list[End] = []
            for p in (*e.targets, "with", "to", "from", "by", "of", *(("in",) if e.relation == "AIDS" else ())):
                tokens = ev.slots.get(p)
                found = self.who.all(tokens) or self.filler.beyond(tokens, relation)
                if not found and p == "in":  # "suspended aid in Darfur"
                    found = [x for k in tokens for x in self.who.where(k)]
                if p == "between" and len(found) > 1 and not own & {x.actor.id for x in found}:
                    return  # "a mission to end the rift between X and Y" is neither's
                if behind := [x for x in found if x.actor.id not in own]:
                    break
            targets = others or behind if operator == "refuse" else behind or others
            op = Entry(relation, f"{self.tree.lemmas[trigger]} {e.word}", "operator", ("subj",), ("of",))
            if (
                not targets and e.mutual and operator == "stop" and ev.verb not in DEPARTING
            ):  # "Canada and Denmark ended their dispute"
                yield from self.filler.mutual(trigger, op, ev.slots, ev.lead, ev.carrier, operator)
            yield from self.filler.cross(trigger, op, ev.slots, ev.lead, targets, operator, ev.carrier)


def _has_other_target(slots: Slots, e: Entry) -> bool:
    return any(slots.get(p) for p in e.targets if p != "of")
