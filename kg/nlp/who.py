"""Whom a token stands for: the actor that it names, or, for a noun that names none, the one whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import ActorRef
from kg.nlp.frames import Framer
from kg.nlp.mentions import Ment
from kg.nlp.phrases import Slots
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

OWNER_PREPS = ("of", "by", "from", "in")
SITES = vocabulary("constructions", "site", "nouns")
BORDER = vocabulary("constructions", "border", "nouns")


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
        found = self.named(token)
        if found or not owners or not (t.is_noun(token) or t.tags[token] in ("VBG", "CD", "JJ", "JJS", "DT")):
            return found
        return (
            self._beyond(token)
            or self._before(token)
            or self._behind(token)
            or self._of_clause(token)
            or self._of_participle(token)
        )

    def named(self, token: int) -> list[End]:
        """The actors that a token names, or that an apposition beside it does."""
        t = self.tree
        m = self.at.get(token)
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
        host = self.at.get(t.heads[token])
        if t.deps[token] == "appos" and host is not None and host.kind != "adjective" and t.is_noun(token):
            return [End(x, host, t.heads[token], "apposition") for x in host.actors]
        return []

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
                if o in self.places
            ]
            spots += [c for c in t.children(k, "compound", "nmod", "poss") if c in self.places]
        return [self._ground(o, "" if o == k else t.lemmas[k]) for o in spots[:1]]

    def site(self, tokens: Iterable[int], slots: Slots) -> list[End]:
        """The state on whose ground a site is hit, where the verb says in which: "stormed a police station in southern Mali"."""
        t = self.tree
        for k in tokens:
            if t.lemmas[k] in SITES and k not in self.at:
                for p in ("in", "at", "inside", "near"):
                    for o in slots.get(p):
                        m = self.at.get(o)
                        if m is not None and m.kind == "name" and len(m.actors) == 1 and m.actors[0].type == "State":
                            return [End(m.actors[0], m, o, f"place:{t.lemmas[k]}")]
                        if o in self.places:
                            return [self._ground(o, t.lemmas[k])]
        return []

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
        """ "X's camp", "the Turkish camp"."""
        t = self.tree
        found: list[End] = []
        for k in t.kids[token]:
            dep = t.deps[k]
            if dep == "compound" and k not in self.at and t.tags[k] == "NNS":  # "all IAEA weapons inspectors"
                found += [End(x.actor, x.ment, x.token, f"owner:{t.lemmas[token]}") for x in self._before(k)]
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
            if t.lower[p] in OWNER_PREPS:
                via = f"{t.lower[p]}:{t.lemmas[token]}"
                if found := [End(a, m, k, via) for k, m in self._objects(p) for a in m.actors]:
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
            if any(t.lower[o] in ("which", "that") for o in t.children(v, "dobj"))
            for x in self.all(self.framer.subject(v)[0], owners=False)
        ]

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
        for k in self.framer.prep_objects(p):
            m = self.at.get(k)
            if m is not None and (adjectives or m.kind != "adjective"):
                yield k, m
