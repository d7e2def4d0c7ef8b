"""Whom a token stands for: the actor that it names, or, for a noun that names none, the one whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import ActorRef, ActorType
from kg.nlp.frames import Framer
from kg.nlp.mentions import Ment
from kg.nlp.phrases import Slots
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

# "the JEM, a Darfur rebel group": what such a body is said to be, is no other actor.
GROUPS = frozenset({ActorType.ARMED_GROUP, ActorType.COMPANY, ActorType.MEDIA, ActorType.ORGANIZATION, ActorType.PARTY})
OWNER_PREPS = ("of", "by", "from", "in")
JOINT_PREPS = (*OWNER_PREPS, "between")  # "the agreement between X and Y" is both's
SITES = vocabulary("constructions", "site", "nouns")
VICTIMS = vocabulary("constructions", "site", "victims")
KNOWN = frozenset({"call", "dub", "know", "name", "style"})
EDGES = vocabulary("constructions", "border", "edges")
BORDER = vocabulary("constructions", "border", "nouns")
DECIDING = vocabulary("constructions", "matter", "verbs")
MATTERS = vocabulary("constructions", "matter", "nouns")
LANDMARKS = vocabulary("constructions", "landmark", "nouns")
HELD = vocabulary("constructions", "held", "participles")
DEEDS = vocabulary("constructions", "deeds", "nouns")
TRADED = vocabulary("constructions", "traded", "nouns")


@dataclass(slots=True)
class End:
    """An end of a candidate: the actor, the mention that names it, the head token, and how it was reached."""

    actor: ActorRef
    ment: Ment
    token: int
    via: str


def direct(m: Ment) -> str:
    """How a mention stands for its actor, in one word."""
    if m.kind == "reference":
        return "reference"
    return "bare organ" if "article's state" in m.via else m.kind


class Who:
    """Answers for one tree."""

    def __init__(self, tree: Tree, framer: Framer, ments: list[Ment], places: dict[int, ActorRef]) -> None:
        self.tree = tree
        self.framer = framer
        self.places = places
        self.at: dict[int, Ment] = {}
        for m in ments:
            for i in range(m.start, m.end):
                self.at.setdefault(i, m)

    def actors(self, token: int) -> list[ActorRef]:
        """Who a token names itself, with all that are meant by one mention."""
        m = self.at.get(token)
        if m is not None and m.kind != "adjective":
            return m.actors
        return [e.actor for e in self.named(token)]

    def all(self, tokens: Iterable[int], *, owners: bool = True) -> list[End]:
        """The ends of several tokens, each actor once."""
        found: list[End] = []
        for k in tokens:
            for e in self.of(k, owners=owners):
                if all(e.actor.id != f.actor.id for f in found):
                    found.append(e)
        return found

    def of(self, token: int, *, owners: bool = True) -> list[End]:
        """The actors that a head token names, or, for a noun that names none, whose it is ("the camp of the PKK")."""
        t = self.tree
        if (matter := self._matter(token)) is not None:
            return self.of(matter)
        found = self.named(token)
        if found or not owners or not (t.is_noun(token) or t.tags[token] in ("VBG", "CD", "JJ", "JJS", "DT")):
            return found
        return (
            self._beyond(token)
            or self._before(token)
            or self._behind(token)
            or self._of_clause(token)
            or self._of_sentence(token)
            or self._of_participle(token)
        )

    def _matter(self, token: int) -> int | None:
        """ "Chad accepted the UN's plan, but Sudan rejected it": the plan, not a state."""
        t = self.tree
        if t.lower[token] != "it" or t.deps[token] not in ("dobj", "pobj", "nsubjpass"):
            return None
        verb = next((v for v in t.ancestors(token) if t.is_verb(v)), None)
        if verb is None or t.lemmas[verb] not in DECIDING:
            return None
        return next((k for k in range(token - 1, -1, -1) if t.lemmas[k] in MATTERS and t.is_noun(k)), None)

    def named(self, token: int) -> list[End]:
        """The actors that a token names, or that an apposition beside it does."""
        t = self.tree
        m = self.at.get(token)
        if m is not None and m.kind == "organ" and (name := self._name_behind(m)) is not None:
            return [End(a, name, name.head, "apposition") for a in name.actors]
        if m is not None and m.kind == "organ" and t.deps[token] == "appos":
            body = self.at.get(t.heads[token])
            if body is not None and body.kind in ("name", "new") and body.actors[0].type in GROUPS:
                return [End(a, body, t.heads[token], "apposition") for a in body.actors]
        if m is not None and m.kind == "organ" and t.tags[token] == "NN":  # "Macron's lawyer, Jean Dupont,"
            for k in t.children(token, "appos"):
                person = self.at.get(k)
                if person is not None and any(a.type == ActorType.PERSON for a in person.actors):
                    return [End(a, person, k, "apposition") for a in person.actors]
        if m is not None and (m.kind != "adjective" or t.deps[token] not in ("amod", "compound", "nmod")):
            return [End(a, m, token, direct(m)) for a in m.actors]
        for k in t.children(token, "appos"):
            found = [
                End(x, a, c, "apposition")
                for c in (t.conjuncts(k) if t.tags[token] == "NNS" else [k])
                if (a := self.at.get(c)) is not None and a.kind != "adjective"
                for x in a.actors
            ]
            if found:
                return found
        if token not in self.at and (listed := self._including(token)):
            return listed
        for v in t.children(token, "acl"):
            if t.lemmas[v] in KNOWN:  # "a gang known as X", "a group calling itself X"
                called = [o for p in t.children(v, "prep") for o in t.children(p, "pobj")]
                called += t.children(v, "oprd", "attr", "dobj", "ccomp", "xcomp")
                for k in called:
                    m = self.at.get(k)
                    if m is not None and m.kind not in ("adjective", "reference"):
                        return [End(a, m, k, "apposition") for a in m.actors]
        host = self.at.get(t.heads[token])
        if t.deps[token] == "appos" and host is not None and host.kind != "adjective" and t.is_noun(token):
            return [End(x, host, t.heads[token], "apposition") for x in host.actors]
        return []

    def _name_behind(self, m: Ment) -> Ment | None:
        """ "the exile group Brothers to the Rescue": the name that stands in apposition right behind a description."""
        t = self.tree
        name = self.at.get(m.end)
        if name is None or name.kind not in ("name", "new") or name.start != m.end or not name.actors:
            return None
        apposed = any(t.deps[k] == "appos" and t.heads[k] == m.head for k in range(name.start, name.end))
        return name if apposed else None

    def _including(self, token: int) -> list[End]:
        """ "aid groups including X", "countries such as X": those of them who are named."""
        t = self.tree
        preps = [
            p
            for p in t.children(token, "prep")
            if t.lower[p] == "including" or (t.lower[p] == "as" and t.lower[p - 1] == "such")
        ]
        ends = [
            (a, self.at[k], k)
            for p in preps
            for k in self.framer.prep_objects(p)
            if k in self.at
            for a in self.at[k].actors
        ]
        return [End(a, m, k, "including") for a, m, k in ends if m.kind != "adjective"]

    def national(self, tokens: Iterable[int]) -> list[End]:
        """Who a noun's modifiers name: "Turkish attack", "US strikes", "rebel attack"."""
        found: list[End] = []
        for k in tokens:
            m = self.at.get(k)
            if m is not None:
                found += [End(a, m, k, direct(m)) for a in m.actors if all(a.id != e.actor.id for e in found)]
        return found

    def where(self, k: int) -> list[End]:
        """The state hit when a town or something in it is: "shelled Kharkiv", "an apartment block in Ganja"."""
        t = self.tree
        spots = [k] if k in self.places else []
        if not spots and k not in self.at and t.is_noun(k):
            spots = [
                o
                for p in t.children(k, "prep")
                if t.lower[p] in ("in", "of", "near", "at")
                for o in t.children(p, "pobj")
                for o in (o, *t.children(o, "appos"))
                if o in self.places
            ]
            spots += [c for c in t.children(k, "compound", "nmod", "poss") if c in self.places]
        return [self._ground(o, "" if o == k else t.lemmas[k]) for o in spots[:1]]

    def site(self, tokens: Iterable[int], slots: Slots) -> list[End]:
        """The state on whose ground a site is hit, where the verb says in which: "stormed a police station in southern Mali"."""
        t = self.tree
        for k in tokens:
            if (t.lemmas[k] in SITES or t.lemmas[k] in VICTIMS or t.tags[k] == "CD") and k not in self.at:
                own = self.framer.noun(k)
                for p in ("in", "at", "inside", "near", "outside"):
                    spots = [*own.get(p), *slots.get(p)]
                    spots += [x for o in spots if o not in self.at for x in self.framer.noun(o).get("in")]
                    for o in (c for q in spots for c in (q, *t.children(q, "appos"))):  # "in two attacks in Mali"
                        m = self.at.get(o)
                        if m is not None and m.kind == "name" and len(m.actors) == 1 and m.actors[0].type == "State":
                            return [End(m.actors[0], m, o, f"place:{t.lemmas[k]}")]
                        if o in self.places:
                            return [self._ground(o, t.lemmas[k])]
        return []

    def across(self, tokens: Iterable[int], own: set[str]) -> list[End]:
        """Who is on the other side of "the border": the one other state of the sentence."""
        t = self.tree
        spots = [k for k in tokens if t.lemmas[k] in EDGES and not self.of(k)]
        states = {
            m.actors[0].id: m
            for m in self.at.values()
            if m.kind == "name" and len(m.actors) == 1 and m.actors[0].type == "State" and m.actors[0].id not in own
        }
        if not spots or len(states) != 1:
            return []
        ((_, m),) = states.items()
        return [End(m.actors[0], m, m.head, f"across:{t.lemmas[spots[0]]}")]

    def _ground(self, place: int, noun: str) -> End:
        """The state in which a town or region lies."""
        state = self.places[place]
        via = f"{self.tree.words[place]} lies in {state.name}"
        return End(
            state,
            Ment(place, place + 1, place, [state], "catalogue", "place", via),
            place,
            f"place:{noun}" if noun else "place",
        )

    # -- whose a noun is ----------------------------------------------------------------------------------------------

    def _beyond(self, token: int) -> list[End]:
        """ "its border with X": X."""
        t = self.tree
        lemma = t.lemmas[token]
        if lemma not in BORDER:
            return []
        return [
            End(a, m, k, f"with:{lemma}")
            for p in t.children(token, "prep")
            if t.lower[p] == "with"
            for k, m in self._objects(p, adjectives=True)
            for a in m.actors
        ]

    def _before(self, token: int) -> list[End]:
        """ "X's camp", "the Turkish camp"; not a river, which only bears the name."""
        t = self.tree
        found: list[End] = []
        if t.lemmas[token] in LANDMARKS:
            return found
        for k in t.kids[token]:
            dep = t.deps[k]
            if dep == "compound" and k not in self.at and t.tags[k] in ("NN", "NNS"):  # "all IAEA weapons inspectors"
                found += [End(x.actor, x.ment, x.token, f"owner:{t.lemmas[token]}") for x in self._before(k)]
            if t.lower[k] in HELD and t.words[k - 1] == "-" and (m := self.at.get(k - 2)) is not None:
                return [End(a, m, k - 2, f"owner:{t.lemmas[token]}") for a in m.actors]  # "the rebel-held town"
            if dep == "poss" or (dep in ("amod", "compound", "nmod") and k < token):
                owners = self.framer.whose(token) if t.tags[k] == "WP$" else t.conjuncts(k)
                for c in owners:
                    m = self.at.get(c)
                    if m is not None and (m.kind != "reference" or dep == "poss"):
                        found += [End(a, m, c, f"owner:{t.lemmas[token]}") for a in m.actors]
        return found

    def _behind(self, token: int) -> list[End]:
        """ "the camp of X": of the first preposition with an actor behind it."""
        t = self.tree
        affected = [
            p
            for v in t.children(token, "acl")
            if t.tags[v] == "VBN"
            for p in t.children(v, "prep")
            if t.lower[p] == "in"
        ]
        preps = sorted(t.children(token, "prep"), key=lambda p: t.lower[p] != "by")  # the killing of X by Y is Y's
        for p in [*preps, *affected]:
            if t.lower[p] in (JOINT_PREPS if t.lemmas[token] in MATTERS else OWNER_PREPS):
                via = f"{t.lower[p]}:{t.lemmas[token]}"
                found = [End(a, m, k, via) for k, m in self._objects(p) for a in m.actors]
                if not found and t.lemmas[token] in TRADED:  # "imports of Australian wine"
                    found = [x for o in self.framer.prep_objects(p) for x in self._before(o)]
                if found:
                    return found
        return []

    def _of_clause(self, token: int) -> list[End]:
        """ "the camp that X built"."""
        t = self.tree
        if t.lower[token] in ("man", "people"):
            return []
        return [
            End(x.actor, x.ment, x.token, f"relcl:{t.lemmas[token]}")
            for v in t.children(token, "relcl")
            if any(t.lower[o] in ("which", "that") for o in t.children(v, "dobj")) or self._object_unsaid(v)
            for x in self.all(self.framer.subject(v)[0], owners=False)
        ]

    def _of_sentence(self, token: int) -> list[End]:
        """ "X seized the ship, a move that Y condemned": X's."""
        t = self.tree
        if t.lemmas[token] not in DEEDS or t.deps[token] not in ("appos", "npadvmod", "dep", "dobj", "conj"):
            return []
        start = min(t.subtree(token))
        v = next((v for v in t.ancestors(token) if t.is_verb(v)), None)
        if (
            v is None
            or start == 0
            or t.lower[start - 1] not in (",", "-", "–", "—")
            or t.lower[start] not in ("a", "an")
        ):
            return []
        return [
            End(x.actor, x.ment, x.token, f"clause:{t.lemmas[token]}")
            for x in self.all(self.framer.verb(v).get("subj"), owners=False)
        ]

    def _object_unsaid(self, v: int) -> bool:
        """ "the camp X built": nothing between the two, and no object of the clause's own."""
        t = self.tree
        said = t.children(v, "dobj", "ccomp", "xcomp", "mark")
        return not said and not any(t.tags[k].startswith("W") or t.lower[k] == "that" for k in t.subtree(v) if k < v)

    def _of_participle(self, token: int) -> list[End]:
        """ "the camp built by X"."""
        t = self.tree
        return [
            End(a, m, k, f"by:{t.lemmas[token]}")
            for v in t.children(token, "acl")
            if t.tags[v] == "VBN"
            for p in t.children(v, "agent")
            for k, m in self._objects(p)
            for a in m.actors
        ]

    def _objects(self, p: int, *, adjectives: bool = False) -> Iterator[tuple[int, Ment]]:
        for o in self.framer.prep_objects(p):
            k = o
            if o not in self.at and self.tree.tags[o] in ("NN", "NNS"):  # "in the Eritrean capital Asmara"
                k = next((c for c in self.tree.children(o, "appos") if c in self.at), o)
            m = self.at.get(k)
            if m is not None and (adjectives or m.kind != "adjective"):
                yield k, m
