"""Frames into candidate statements: the lexicon gives the relation, the mentions who fills the roles.

Every candidate carries what proposed it (``rule``) and the features by which ``kg.nlp.score`` judges it. Nothing is decided
here beyond what is certain: both ends must be actors, and two different ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model import ActorRef, ActorType
from kg.nlp.frames import Framer, Slots
from kg.nlp.lexicon import Entry, Lexicon
from kg.nlp.mentions import Ment
from kg.nlp.stance import Reader, Stance
from kg.nlp.tree import Tree
from kg.nlp.words import read
from kg.ontology import relations

STANCE = frozenset({"ACCUSES", "SUPPORTS", "REJECTS", "OPPOSES", "CONCEDES_TO", "REQUESTS", "AGREES_WITH", "THREATENS"})
OWNER_PREPS = ("of", "by", "from", "in")
RECIPROCAL = (("each", "other"), ("one", "another"))
GOVERNED = frozenset({"aux", "auxpass"})


@dataclass(slots=True)
class End:
    """An end of a candidate: the actor, the mention that names it, the head token, and how it was reached."""

    actor: ActorRef
    ment: Ment
    token: int
    via: str


@dataclass(slots=True)
class Candidate:
    """A statement proposed by a rule, not yet judged."""

    relation: str
    source: End
    target: End
    trigger: int
    stance: Stance
    rule: str
    word: str
    how: str
    slot: str
    entry_kind: str
    features: list[str] = field(default_factory=list)
    score: float = 0.0


class Coder:
    """Codes one tree."""

    def __init__(
        self,
        tree: Tree,
        ments: list[Ment],
        lexicon: Lexicon,
        quoted: set[int],
        speaker: list[ActorRef],
        places: dict[int, ActorRef],
        label: list[ActorRef],
    ) -> None:
        self.tree = tree
        self.ments = ments
        self.lexicon = lexicon
        self.framer = Framer(tree)
        self.places = places
        self.at: dict[int, Ment] = {}
        for m in ments:
            for i in range(m.start, m.end):
                self.at.setdefault(i, m)
        light = read("stance")["light"]
        self.light = frozenset(light["verbs"])
        self.receive = frozenset(light["receive"])
        self.stop = frozenset(light["stop"])
        self.refuse = frozenset(light["refuse"])
        self.request = frozenset(light["request"])
        self.stance = Reader(tree, self.framer, self.speakers, quoted, speaker, label)
        self.event_nouns = lexicon.nouns

    # -- who a token stands for ---------------------------------------------------------------------------------------

    def speakers(self, token: int) -> list[ActorRef]:
        m = self.at.get(token)
        if m is not None and m.kind != "adjective":
            return m.actors
        return [e.actor for e in self.who(token, owners=False)]

    def who(self, token: int, owners: bool = True) -> list[End]:
        """The actors that a head token names, or, for a noun that names none, whose it is ("the camp of the PKK")."""
        t = self.tree
        m = self.at.get(token)
        if m is not None and (m.kind != "adjective" or t.deps[token] not in ("amod", "compound", "nmod")):
            return [End(a, m, token, self._direct(m)) for a in m.actors]
        for k in t.children(token, "appos"):
            a = self.at.get(k)
            if a is not None and a.kind != "adjective":
                return [End(x, a, k, "apposition") for x in a.actors]
        if (
            t.deps[token] == "appos"
            and (host := self.at.get(t.heads[token])) is not None
            and host.kind != "adjective"
            and t.is_noun(token)
        ):
            return [End(x, host, t.heads[token], "apposition") for x in host.actors]
        if not owners or not (t.is_noun(token) or t.tags[token] in ("VBG", "CD", "JJ", "JJS", "DT")):
            return []
        lemma = t.lemmas[token]
        found: list[End] = []
        if lemma in BORDERS:
            for p in t.children(token, "prep"):
                if t.lower[p] == "with":
                    found += [
                        End(a, o, o_, f"with:{lemma}")
                        for o_ in self.framer._prep_objects(p)
                        if (o := self.at.get(o_)) is not None
                        for a in o.actors
                    ]
            if found:
                return found
        for k in t.kids[token]:
            dep = t.deps[k]
            if dep == "poss" or (dep in ("amod", "compound", "nmod") and k < token):
                for c in t.conjuncts(k):
                    o = self.at.get(c)
                    if o is not None and o.actors and (o.kind != "reference" or dep == "poss"):
                        found += [End(a, o, c, f"owner:{lemma}") for a in o.actors]
        if found:
            return found
        for p in t.children(token, "prep"):
            if t.lower[p] in OWNER_PREPS:
                for o_ in self.framer._prep_objects(p):
                    o = self.at.get(o_)
                    if o is not None and o.actors and o.kind != "adjective":
                        found += [End(a, o, o_, f"{t.lower[p]}:{lemma}") for a in o.actors]
                if found:
                    return found
        for v in t.children(token, "relcl"):
            if t.lower[token] not in ("man", "people") and any(
                t.lower[o] in ("which", "that") for o in t.children(v, "dobj")
            ):
                found += [
                    End(x.actor, x.ment, x.token, f"relcl:{lemma}")
                    for x in self.ends(self.framer.subject(v)[0], owners=False)
                ]
        if found:
            return found
        for v in t.children(token, "acl"):
            if t.tags[v] == "VBN":
                for a_ in t.children(v, "agent"):
                    for o_ in self.framer._prep_objects(a_):
                        o = self.at.get(o_)
                        if o is not None and o.actors and o.kind != "adjective":
                            found += [End(x, o, o_, f"by:{lemma}") for x in o.actors]
        return found

    @staticmethod
    def _direct(m: Ment) -> str:
        if m.kind == "reference":
            return "reference"
        if "article's state" in m.via:
            return "bare organ"
        return m.kind

    def _where(self, k: int) -> list[End]:
        """The state hit when a town or something in it is: "shelled Kharkiv", "an apartment block in Ganja"."""
        t = self.tree
        spots = [k] if k in self.places else []
        if not spots and k not in self.at and t.is_noun(k):
            spots = [
                o
                for p in t.children(k, "prep")
                if t.lower[p] in ("in", "of", "near", "at")
                for o in t.children(p, "pobj")
                if o in self.places
            ]
            spots += [c for c in t.children(k, "compound", "nmod", "poss") if c in self.places]
        found = []
        for o in spots[:1]:
            state = self.places[o]
            m = Ment(o, o + 1, o, [state], "catalogue", "place", f"{t.words[o]} lies in {state.name}")
            found.append(End(state, m, o, "place" if o == k else f"place:{t.lemmas[k]}"))
        return found

    def ends(self, tokens: Iterable[int], owners: bool = True) -> list[End]:
        found: list[End] = []
        for k in tokens:
            for e in self.who(k, owners):
                if all(e.actor.id != f.actor.id for f in found):
                    found.append(e)
        return found

    # -- candidates -----------------------------------------------------------------------------------------------------

    def candidates(self) -> Iterator[Candidate]:
        """Every statement that some rule proposes, in the order of the triggers."""
        if len({a.id for m in self.ments for a in m.actors}) < 2:
            return
        plain = list(self._plain())
        yield from plain
        yield from self._threats(plain)

    def _plain(self) -> Iterator[Candidate]:
        t = self.tree
        for i in range(len(t)):
            tag, dep = t.tags[i], t.deps[i]
            if tag in ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ") and dep not in GOVERNED:
                if dep == "amod" and not t.children(i, "agent", "prep", "npadvmod"):
                    continue
                yield from self._verb(i)
                yield from self._refusal(i)
                yield from self._broker(i)
                yield from self._reckoning(i)
                if tag == "VBG" and dep in ("dobj", "nsubj", "pobj", "conj", "attr"):
                    yield from self._noun(i)
            elif tag in ("NN", "NNS") or (tag == "NNP" and i not in self.at):
                yield from self._noun(i)
                yield from self._predicate(i)
                yield from self._relations(i)
            elif tag in ("JJ", "JJR", "JJS", "RB", "VBN"):
                yield from self._adjective(i)
            if tag in ("IN", "JJ", "RB", "VBN") and (
                t.lower[i] in ("at", "in", "on", "beside", "behind", "under") or tag != "IN"
            ):
                if tag == "IN":
                    yield from self._adjective(i)
            if t.words[i] in ("-", "–"):
                yield from self._hyphen(i)

    def _verb(self, v: int) -> Iterator[Candidate]:
        t = self.tree
        entries = self.lexicon.verbs.get(t.lemmas[v])
        if not entries:
            return
        particles = {t.lower[k] for k in t.kids[v] if t.deps[k] in ("prt", "advmod", "prep")}
        slots = self.framer.verb(v)
        objects = {t.lemmas[o] for o in slots.get("obj")}
        sources: list[End] | None = None
        for e in entries:
            if e.particle and e.particle not in particles:
                continue
            if e.object and e.object not in objects:
                continue
            if (
                not e.particle
                and not e.object
                and any(x.particle in particles and x.particle and x.particle not in PREPOSITIONS for x in entries)
            ):
                continue
            if e.attr and not self._has_attr(v, slots, e):
                continue
            if sources is None:
                sources = self.ends(slots.get("subj"))
            yield from self._fill(v, e, slots, self.ends(slots.get("obj")) if e.source == ("obj",) else sources, None)

    def _has_attr(self, v: int, slots: Slots, e: Entry) -> bool:
        t = self.tree
        for k in t.subtree(v):
            if k > v and (t.lemmas[k] in e.attr or t.lower[k] in e.attr) and k - v < 25:
                return True
        return False

    def _fill(self, v: int, e: Entry, slots: Slots, sources: list[End], carrier: int | None) -> Iterator[Candidate]:
        t = self.tree
        if not sources:
            return
        if e.source_types:
            sources = [s for s in sources if str(s.actor.type) in e.source_types]
        stance_like = e.relation in STANCE
        found = False
        for slot in e.targets:
            tokens = slots.get(slot) or slots.get("obj." + slot)
            if not tokens or (e.object and slot == "obj"):
                continue
            if (
                e.needs
                and slot in ("obj",)
                and "obj" not in e.needs
                and not e.object
                and len(e.targets) > 1
                and slot not in e.needs
            ):
                continue
            targets: list[End] = []
            for k in tokens:
                if e.relation in PHYSICAL:
                    targets += [x for x in self._where(k) if all(x.actor.id != y.actor.id for y in targets)]
                owners = (stance_like or not self._is_event(k)) and e.relation != "CONSULTS"
                for x in self.who(k, owners):
                    if slot not in ("obj", "iobj") and x.via.startswith(("in:",)):
                        continue
                    if all(x.actor.id != y.actor.id for y in targets):
                        targets.append(x)
            own = {a.id for s in sources for a in (s.actor, s.actor.principal) if a is not None}
            targets = [
                x
                for x in targets
                if not (
                    x.via.startswith("owner:")
                    and x.ment.kind == "reference"
                    and {x.actor.id, (x.actor.principal or x.actor).id} & own
                )
            ]
            if e.target_types:
                targets = [x for x in targets if str(x.actor.type) in e.target_types]
            if any(self._reciprocal(k) for k in tokens) and len(sources) > 1:
                yield from self._mutual(v, e, slots, sources, carrier, slot, both=True)
                found = True
            for s in sources:
                for x in targets:
                    if s.actor.id != x.actor.id and s.token != x.token:
                        found = True
                        yield self._candidate(v, e, slots, s, x, slot, carrier)
            if found and not slot.startswith("obj."):
                break
        alone = e.kind != "verbs" or e.object or slots.passive or not slots.get("obj") or e.word in SIGNING
        if not found and alone and e.mutual and len(sources) > 1:
            yield from self._mutual(v, e, slots, sources, carrier, "mutual", both=False)

    def _reciprocal(self, k: int) -> bool:
        t = self.tree
        if (
            t.lower[k] in ("other", "others")
            and k > 0
            and t.lower[k - 1] == "the"
            and any(w in ("each", "both", "either") for w in t.lower[:k])
        ):
            return True
        return (t.lower[k] == "other" and k > 0 and t.lower[k - 1] == "each") or (
            t.lower[k] == "another" and k > 0 and t.lower[k - 1] == "one"
        )

    def _mutual(
        self, v: int, e: Entry, slots: Slots, sources: list[End], carrier: int | None, slot: str, both: bool
    ) -> Iterator[Candidate]:
        symmetric = relations()[e.relation].symmetric
        for a in range(len(sources)):
            for b in range(a + 1, len(sources)):
                if sources[a].actor.id == sources[b].actor.id:
                    continue
                yield self._candidate(v, e, slots, sources[a], sources[b], slot, carrier)
                if not symmetric and (both or e.mutual):
                    yield self._candidate(v, e, slots, sources[b], sources[a], slot, carrier)

    # -- constructions that no single entry holds ---------------------------------------------------------------------------

    def _threats(self, plain: list[Candidate]) -> Iterator[Candidate]:
        """ "warned that it would retaliate if …", "vowed to march on X": a hostile act announced by who would do it is a threat."""
        t = self.tree
        done: set[tuple[str, str]] = set()
        for c in plain:
            sign = relations()[c.relation].sign
            if (
                sign >= 0
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
            conditional = any(
                t.lower[k] in ("if", "unless", "until", "otherwise", "should", "once") for k in t.subtree(hinge)
            )
            if verb in WARNING and not conditional and verb not in ("threaten",):
                continue
            speakers = [
                End(a, m, m.head, self._direct(m))
                for k in self.framer.verb(hinge).get("subj")[:1]
                for m in [self.at.get(k)]
                if m is not None
                for a in m.actors[:1]
            ]
            for s in speakers:
                own = (s.actor.principal or s.actor).id
                if (
                    own != (c.source.actor.principal or c.source.actor).id
                    or (s.actor.id, c.target.actor.id) in done
                    or s.actor.id == c.target.actor.id
                ):
                    continue
                done.add((s.actor.id, c.target.actor.id))
                e = Entry("THREATENS", f"{verb} to {c.word}", "threat", ("subj",), ("obj",))
                slots = Slots(hinge, how="announced")
                yield self._candidate(hinge, e, slots, s, c.target, "announced", None)

    def _reckoning(self, v: int) -> Iterator[Candidate]:
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
        for s in self.ends(self.framer.verb(hinge).get("subj"), owners=False):
            for x in self.ends(slots.get("subj")):
                if s.actor.id != x.actor.id and (s.actor.principal or s.actor).id != (x.actor.principal or x.actor).id:
                    yield self._candidate(hinge, e, Slots(hinge, how="reckoning"), s, x, "clause", None)

    def _refusal(self, v: int) -> Iterator[Candidate]:
        """ "refused to recognise X", "declined to meet X": REJECTS whoever the refused act was for."""
        t = self.tree
        if t.lemmas[v] not in ("refuse", "decline") or self.framer.passive(v):
            return
        for x in t.children(v, "xcomp"):
            inner = self.framer.verb(x)
            sources = self.ends(self.framer.verb(v).get("subj"))
            tokens = [
                k
                for slot in (
                    "obj",
                    "iobj",
                    "with",
                    "to",
                    "for",
                    "from",
                    "obj.of",
                    "obj.to",
                    "obj.from",
                    "obj.with",
                    "obj.by",
                )
                for k in inner.get(slot)
            ]
            targets = self.ends(tokens)
            e = Entry("REJECTS", f"{t.lemmas[v]} to", "verbs", ("subj",), ("xcomp",))
            for s in sources:
                for y in targets:
                    if s.actor.id != y.actor.id:
                        yield self._candidate(v, e, Slots(v, how="refusal"), s, y, "xcomp", None)

    def _broker(self, v: int) -> Iterator[Candidate]:
        """ "talks brokered by X (between Y and Z)": the mediator consults each party; parties may be who holds the talks."""
        t = self.tree
        if t.lemmas[v] not in BROKERS:
            return
        slots = self.framer.verb(v)
        mediators = self.ends(slots.get("subj"))
        if not mediators:
            return
        own = {m.actor.id for m in mediators}
        parties: list[End] = []
        for n in slots.get("obj"):
            noun = self.framer.noun(n)
            for p in ("between", "among", "with"):
                parties += self.ends(noun.get(p))
            if not parties:
                parties += [x for k in self.framer.agents(n) for x in self.who(k) if not x.via.startswith("in:")]
            if not parties:
                top = next((h for h in t.ancestors(n) if t.is_verb(h) and h != v), None)
                if top is not None and self.framer.verb(top).get("subj"):
                    clause = self.framer.verb(top)
                    parties += self.ends([*clause.get("subj"), *clause.get("with")])
        e = Entry("CONSULTS", t.lemmas[v], "verbs", ("subj",), ("parties",))
        for m in mediators:
            for x in parties:
                if x.actor.id not in own:
                    yield self._candidate(v, e, Slots(v, how="brokered"), m, x, "parties", None)

    def _relations(self, n: int) -> Iterator[Candidate]:
        """ "relations between X and Y are strained": the adjective or verb beside the noun gives the sign."""
        t = self.tree
        if t.lemmas[n] not in ("relation", "tie", "relationship", "link", "bond"):
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
        words = read("relationship")
        relation = next(
            (r for r in ("OPPOSES", "ALLIED_WITH", "COOPERATES_WITH") for w in near if w in words[r]["words"]), None
        )
        if relation is None:
            return
        s = self.framer.noun(n)
        left = self.ends(s.get("between")) or self.ends(s.get("of"))
        if len(left) < 2:
            mine = self.ends(s.get("poss")) or self.ends(self._national(s)) or left
            if not mine and t.deps[n] == "dobj":
                mine = self.ends(self.framer.subject(h)[0])
            other = self.ends(s.get("with")) or self.ends(s.get("to"))
            left = [*mine[:2], *[o for o in other if o.actor.id not in {m.actor.id for m in mine}]]
        e = Entry(
            relation,
            f"{t.lemmas[n]} {next(w for w in near if w in words[relation]['words'])}",
            "nouns",
            ("agent",),
            ("with",),
            mutual=True,
        )
        if len(left) > 1:
            yield from self._mutual(
                n,
                e,
                Slots(n, how="relationship"),
                left[:2] if not s.get("with") else [left[0], left[-1]],
                h if t.is_verb(h) else None,
                "between",
                both=False,
            )

    def _is_event(self, k: int) -> bool:
        return self.tree.lemmas[k] in self.event_nouns and not self.at.get(k)

    def _match(self, part: dict[str, list[tuple[tuple[str, ...], Entry]]], n: int) -> list[Entry]:
        t = self.tree
        found: list[tuple[int, Entry]] = []
        for phrase, e in (
            part.get(t.lemmas[n], ())
            if t.lemmas[n] == t.lower[n]
            else [*part.get(t.lemmas[n], ()), *part.get(t.lower[n], ())]
        ):
            size = len(phrase)
            if "of" in phrase:
                if tuple(t.lemmas[n : n + size]) == phrase or tuple(t.lower[n : n + size]) == phrase:
                    found.append((size, e))
            elif size == 1 or (n - size + 1 >= 0 and tuple(t.lower[n - size + 1 : n]) == phrase[:-1]):
                found.append((size, e))
        if not found:
            return []
        longest_ = max(s for s, _ in found)
        return [e for s, e in found if s == longest_ or s == longest_ > 1]

    # -- event nouns ------------------------------------------------------------------------------------------------------

    def _noun(self, n: int) -> Iterator[Candidate]:
        t = self.tree
        entries = self._match(self.lexicon.nouns, n)
        if not entries or (n in self.at and self.at[n].kind not in ("organ",)):
            return
        slots = self.framer.noun(n)
        got = self.framer.carrier(n)
        carrier, place = got if got else (None, "")
        verb = t.lemmas[carrier] if carrier is not None else ""
        agents = self.ends(slots.get("poss")) or self.ends(slots.get("by")) or self.ends(self._national(slots))
        how = "nominal"
        operator = ""
        if carrier is not None:
            vs = self.framer.verb(carrier)
            lead = self.ends(vs.get("subj"))
            if (
                (verb in self.light
                and place not in ("nsubj", "nsubjpass"))
                or (verb in self.light
                and place == "nsubjpass")
            ):
                if verb in self.receive and any(p in slots.slots for p in ("from", "by")):
                    from_ = self.ends(slots.get("from")) or self.ends(vs.get("from")) or self.ends(slots.get("by"))
                    if from_ and lead and not agents:
                        for e in entries:
                            for s in from_:
                                for x in lead:
                                    if s.actor.id != x.actor.id:
                                        yield self._candidate(n, e, slots, s, x, "received", carrier)
                        return
                if (
                    verb in self.receive
                    and agents
                    and lead
                    and not any(slots.get(p) for e in entries for p in e.targets)
                ):
                    for e in entries:  # "accepted Chinese loans"
                        for s in agents:
                            for x in lead:
                                if s.actor.id != x.actor.id:
                                    yield self._candidate(n, e, slots, s, x, "received", carrier)
                    return
                if not agents and lead:
                    agents, how = lead, "light verb"
                for p, ks in vs.slots.items():
                    if p not in ("subj", "obj", "iobj", "attr") and not p.startswith("obj."):
                        slots.slots.setdefault(p, list(ks))
                if vs.get("iobj"):
                    slots.slots.setdefault("to", list(vs.get("iobj")))
            if (
                place == "to"
                and verb in ("come", "go", "rush", "spring", "leap", "fly", "hurry", "run", "race")
                and t.lemmas[n] in RESCUE
            ):
                of = self.ends([*slots.get("poss"), *slots.get("of")])
                e = Entry(RESCUE[t.lemmas[n]], f"{verb} to {t.lemmas[n]}", "nouns", ("subj",), ("poss",))
                for s in lead:
                    for x in of:
                        if s.actor.id != x.actor.id:
                            yield self._candidate(n, e, slots, s, x, "rescue", carrier)
                return
            if verb in self.stop or verb in self.refuse:
                operator = "stop" if verb in self.stop else "refuse"
                if lead:
                    if not agents:
                        agents = lead
                    for p, ks in vs.slots.items():
                        if p in ("with", "to", "on", "against", "from", "for"):
                            slots.slots.setdefault(p, list(ks))
                    yield from self._operated(n, carrier, entries, operator, slots, lead, agents)
                    if operator == "refuse" or verb not in ("end", "halt", "break", "suspend", "call"):
                        return
            elif verb in self.request and verb not in self.light and lead:
                return
        if not agents and (adjunct := self._adjunct(n)) is not None:
            agents, how = self.ends(self.framer.verb(adjunct).get("subj")), "adjunct"
        if not agents:
            of = self.ends(slots.get("of"))
            if of and any("of" not in e.targets or self._has_other_target(slots, e) for e in entries):
                agents, how = of, "nominal of"
        slots.how = how
        for e in entries:
            if not agents:
                # "relations between X and Y", "war between X and Y": both ends stand behind one preposition
                if e.mutual:
                    for p in ("between", "among", "of", "with"):
                        ends = self.ends(slots.get(p))
                        if len(ends) > 1:
                            yield from self._mutual(n, e, slots, ends, carrier, p, both=False)
                            break
                continue
            between = self.ends(slots.get("between"))
            if e.mutual and len(between) > 1:
                yield from self._mutual(n, e, slots, between, carrier, "between", both=False)
                continue
            filled = False
            for c in self._fill(n, e, slots, agents, carrier):
                filled = True
                yield c
            if not filled and len(agents) == 1:
                # "the Russian-Iranian alliance", "its closest ally's attack": nothing to add
                continue

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
        return None

    def _national(self, slots: Slots) -> list[int]:
        """National adjectives and names before a noun: "Turkish attack", "US strikes", "rebel attack"."""
        return [k for k in slots.get("mod") if (m := self.at.get(k)) is not None and m.actors]

    def _has_other_target(self, slots: Slots, e: Entry) -> bool:
        return any(slots.get(p) for p in e.targets if p != "of")

    def _operated(
        self, n: int, v: int, entries: list[Entry], operator: str, slots: Slots, lead: list[End], agents: list[End]
    ) -> Iterator[Candidate]:
        """What becomes of a noun's relation when its verb ends or refuses it: "lifted sanctions on", "rejected the call of"."""
        own = {x.actor.id for x in lead}
        for e in entries[:1] if operator == "refuse" else entries:
            relation = OPERATED[operator].get(e.relation)
            if relation is None:
                continue
            others = [a for a in agents if a.actor.id not in own]
            targets: list[End] = []
            if others:
                targets = others
            else:
                for p in (*e.targets, "with", "to", "from", "by", "of"):
                    targets = [x for x in self.ends(slots.get(p)) if x.actor.id not in own]
                    if targets:
                        break
            for s in lead:
                for x in targets:
                    if s.actor.id != x.actor.id:
                        op = Entry(relation, f"{self.tree.lemmas[v]} {e.word}", "operator", ("subj",), ("of",))
                        yield self._candidate(v, op, slots, s, x, operator, v)

    # -- predicate nouns and adjectives -------------------------------------------------------------------------------------

    def _predicate(self, n: int) -> Iterator[Candidate]:
        t = self.tree
        entries = self._match(self.lexicon.predicates, n)
        if not entries:
            return
        slots = self.framer.noun(n)
        tokens, how = self.framer.entity(n)
        if not tokens:
            # "its ally Turkey": the noun is a compound of the name, or the name its apposition
            h = t.heads[n]
            if t.deps[n] == "compound" and h in self.at:
                tokens, how = [h], "compound"
            elif t.deps[n] in ("nsubj", "dobj", "pobj", "conj", "nsubjpass"):
                nxt = n + 1
                m = self.at.get(nxt)
                if m is not None and m.start == nxt and m.kind in ("name", "person", "new"):
                    tokens, how = [m.head], "compound"
        entities = self.ends(tokens, owners=False)
        if not entities and slots.get("poss") and slots.get("in"):
            entities, how = self.ends(slots.get("in"), owners=False), "in"  # "its allies in Sanaa"
        if not entities:
            return
        slots.how = how
        if how == "compound" and t.deps[n] == "compound":
            head = t.heads[n]
            slots.add(
                "mod", [k for k in t.children(head, "compound", "amod", "nmod", "poss") if k < n and k in self.at]
            )
            slots.add("poss", t.children(head, "poss"))
        own = {e.actor.id for e in entities}
        for e in entries:
            if (
                e.relation == "MEMBER_OF"
                and e.word in ("part", "unit", "partner", "component", "front", "arm")
                and how not in ("copula", "apposition")
            ):
                continue
            for slot in e.targets:
                ks = self._national(slots) if slot == "mod" else slots.get(slot)
                targets = [
                    x
                    for x in self.ends(ks, owners=slot != "mod" and e.relation != "MEMBER_OF")
                    if x.actor.id not in own
                ]
                if not targets:
                    continue
                for s in entities:
                    for x in targets:
                        yield self._candidate(
                            n, e, slots, s, x, slot, t.heads[n] if how == "copula" and t.is_verb(t.heads[n]) else None
                        )
                break

    def _adjective(self, a: int) -> Iterator[Candidate]:
        t = self.tree
        for phrase, e in self.lexicon.adjectives.get(t.lower[a], ()):
            size = len(phrase)
            if size > 1 and tuple(t.lower[a : a + size]) != phrase:
                continue
            if size > 1:
                host = t.heads[a]
                last = a + size - 1
                if t.is_verb(host):
                    tokens, how = (
                        (self.framer.subject(host)[0], "copula")
                        if t.lemmas[host] in ("be", "remain", "stay", "seem") or size > 1
                        else ([], "none")
                    )
                else:
                    tokens, how = self.framer._group(host), "attribute"
                    if t.is_verb(t.heads[host]) and t.deps[host] in ("attr", "acomp"):
                        tokens = self.framer.subject(t.heads[host])[0]
                slots = Slots(a, how=how)
                self.framer._preps(last, slots)
                if t.is_verb(host):
                    for p, ks in self.framer.verb(host).slots.items():
                        slots.slots.setdefault(p, list(ks))
                carrier = host if t.is_verb(host) else None
            else:
                if t.tags[a] == "VBN" and t.deps[a] not in (
                    "acomp",
                    "amod",
                    "acl",
                    "ROOT",
                    "attr",
                    "relcl",
                    "ccomp",
                    "conj",
                    "advcl",
                ):
                    continue
                tokens, how = self.framer.entity(a)
                slots = Slots(a, how=how)
                self.framer._preps(a, slots)
                carrier = t.heads[a] if t.is_verb(t.heads[a]) and t.deps[a] in ("acomp", "attr", "oprd") else None
            entities = self.ends(tokens)
            if not entities:
                continue
            own = {x.actor.id for x in entities}
            filled = False
            for slot in e.targets:
                targets = [x for x in self.ends(slots.get(slot)) if x.actor.id not in own]
                for s in entities:
                    for x in targets:
                        filled = True
                        yield self._candidate(a, e, slots, s, x, slot, carrier)
                if filled:
                    break
            if not filled and len(entities) > 1 and relations()[e.relation].symmetric:
                yield from self._mutual(a, e, slots, entities, carrier, "mutual", both=False)

    def _hyphen(self, h: int) -> Iterator[Candidate]:
        """ "US-backed forces", "anti-Iran axis", "the Russia-Iran alliance"."""
        t = self.tree
        if h == 0 or h + 1 >= len(t) or t.starts[h] != t.ends[h - 1] or t.starts[h + 1] != t.ends[h]:
            return
        left, right = t.lower[h - 1], t.lower[h + 1]
        hyphen = HYPHEN.get(right)
        if hyphen and h - 1 in self.at and self.at[h - 1].actors:
            m = self.at[h - 1]
            noun = self._modified(h + 1)
            if noun is None:
                return
            e = Entry(hyphen, f"X-{right}", "hyphen", ("mod",), ("ent",))
            slots = Slots(h + 1, how="hyphen")
            for x in self.ends(self.framer._group(noun), owners=False):
                for a in m.actors:
                    if a.id != x.actor.id:
                        yield self._candidate(h + 1, e, slots, End(a, m, h - 1, "hyphen"), x, "hyphen", None)
        prefix = PREFIX.get(left)
        if prefix and h + 1 in self.at and self.at[h + 1].actors:
            m = self.at[h + 1]
            noun = self._modified(h + 1)
            if noun is None:
                return
            e = Entry(prefix, f"{left}-X", "hyphen", ("ent",), ("mod",))
            slots = Slots(h - 1, how="hyphen")
            for x in self.ends(self.framer._group(noun), owners=False):
                for a in m.actors:
                    if a.id != x.actor.id:
                        yield self._candidate(h - 1, e, slots, x, End(a, m, h + 1, "hyphen"), "hyphen", None)

    def _modified(self, i: int) -> int | None:
        t = self.tree
        for _ in range(4):
            if (
                t.deps[i]
                in ("amod", "compound", "nmod", "npadvmod", "nummod", "punct", "advmod", "prep", "pobj", "dep", "intj")
                and t.heads[i] != i
            ):
                i = t.heads[i]
            else:
                break
        return i if t.is_noun(i) or i in self.at else None

    # -- one candidate ----------------------------------------------------------------------------------------------------

    def _candidate(
        self, trigger: int, e: Entry, slots: Slots, s: End, x: End, slot: str, carrier: int | None
    ) -> Candidate:
        stance = self.stance.read(trigger, carrier)
        how = slots.how
        return Candidate(e.relation, s, x, trigger, stance, f"{e.name}/{how}", e.name, how, slot, e.kind)


PHYSICAL = frozenset({"ATTACKS", "MOBILIZES_AGAINST", "COERCES", "RETREATS_FROM", "AIDS"})
RECKONING: dict[str, frozenset[str]] = {
    "pay": frozenset({"price", "cost"}),
    "face": frozenset(
        {
            "consequence",
            "retaliation",
            "response",
            "annihilation",
            "destruction",
            "fate",
            "wrath",
            "reprisal",
            "sanction",
            "war",
        }
    ),
    "suffer": frozenset({"consequence", "fate"}),
    "regret": frozenset(),
    "bear": frozenset({"consequence", "responsibility", "cost"}),
    "answer": frozenset(),
}
BORDERS = frozenset({"border", "frontier", "boundary", "talk", "negotiation", "war", "conflict"})
PREPOSITIONS = frozenset({"with", "to", "on", "at", "against", "for", "from", "of", "in", "into", "by", "over", "as"})
SIGNING = frozenset({"sign", "initial", "ratify", "ink", "exchange", "trade"})
THREATENING = frozenset(
    ["threaten", "warn", "vow", "say", "swear", "promise", "pledge", "declare", "announce", "caution", "tell", "insist", "retort", "add"]
)
WARNING = frozenset(["say", "declare", "announce", "tell", "insist", "warn", "promise", "pledge", "retort", "add", "caution"])
BROKERS = frozenset(["broker", "mediate", "chair", "host", "facilitate", "sponsor", "convene", "moderate", "oversee", "arbitrate"])
RESCUE = {
    "rescue": "AIDS",
    "aid": "AIDS",
    "assistance": "AIDS",
    "help": "AIDS",
    "relief": "AIDS",
    "defence": "SUPPORTS",
    "defense": "SUPPORTS",
    "side": "SUPPORTS",
    "support": "SUPPORTS",
}
OPERATED: dict[str, dict[str, str]] = {
    "stop": {
        "SANCTIONS": "CONCEDES_TO",
        "AIDS": "SANCTIONS",
        "COOPERATES_WITH": "SANCTIONS",
        "CONSULTS": "REJECTS",
        "AGREES_WITH": "REJECTS",
        "ATTACKS": "RETREATS_FROM",
        "MOBILIZES_AGAINST": "RETREATS_FROM",
        "ALLIED_WITH": "REJECTS",
        "SUPPORTS": "REJECTS",
        "COERCES": "CONCEDES_TO",
        "OPPOSES": "AGREES_WITH",
    },
    "refuse": dict.fromkeys(("REQUESTS", "AGREES_WITH", "CONSULTS", "AIDS", "COOPERATES_WITH", "ACCUSES", "THREATENS", "CONCEDES_TO", "SANCTIONS", "SUPPORTS"), "REJECTS"),
}
HYPHEN = {
    "backed": "SUPPORTS",
    "supported": "SUPPORTS",
    "sponsored": "SUPPORTS",
    "armed": "AIDS",
    "funded": "AIDS",
    "trained": "AIDS",
    "financed": "AIDS",
    "equipped": "AIDS",
    "led": "LEADS",
    "aligned": "ALLIED_WITH",
    "allied": "ALLIED_WITH",
    "affiliated": "MEMBER_OF",
    "linked": "MEMBER_OF",
    "supplied": "AIDS",
    "controlled": "SUPPORTS",
    "recognised": "SUPPORTS",
    "recognized": "SUPPORTS",
    "occupied": "COERCES",
    "installed": "SUPPORTS",
    "bankrolled": "AIDS",
    "protected": "SUPPORTS",
}
PREFIX = {"anti": "OPPOSES", "pro": "SUPPORTS"}
assert ActorType
