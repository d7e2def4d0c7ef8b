"""Who says what a sentence tells: subjects of verbs of saying, "according to X", "in the view of X"."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import ActorRef
from kg.nlp.frames import Framer
from kg.nlp.stance import SAYING, Stance
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

Inner = list[list[ActorRef]]
"""The speakers of one claim, innermost first; of each voice only the first actor speaks."""
TEXTS = vocabulary("stance", "standpoint", "texts")
PUTTING = vocabulary("stance", "standpoint", "putting")
STANDPOINT = vocabulary("stance", "standpoint", "nouns")


class Voices:
    """The voices of one tree; ``who`` gives the actors that a token names."""

    def __init__(self, tree: Tree, framer: Framer, who: Callable[[int], list[ActorRef]]) -> None:
        self.tree = tree
        self.framer = framer
        self.who = who

    def speak(self, h: int, inner: Inner, s: Stance) -> None:
        """The subject of a verb of saying; a passive without one hides its speaker."""
        t = self.tree
        tokens = self.framer.verb(h).get("subj")
        if self.framer.passive(h) and not tokens:
            return
        actors = [a for k in tokens[:1] for a in self.who(k)]
        if actors:
            inner.append(actors[:1])
            s.marks.append(f"by:{t.lemmas[h]}")
        elif tokens:
            s.marks.append("by:nobody")

    def noun(self, n: int, inner: Inner, s: Stance) -> None:
        """Whose claim a noun of saying is: "X's accusation that …"."""
        actors = [a for k in self.framer.agents(n)[:1] for a in self.who(k)]
        if actors:
            inner.append(actors[:1])
            s.marks.append(f"by:{self.tree.lower[n]}")

    def sources(self, start: int, s: Stance, inner: Inner) -> None:
        """Voices beside the claim and the clauses over it, up to a relative clause."""
        t = self.tree
        chain = [start, *t.ancestors(start)]
        stops = [i for i, w in enumerate(t.words) if w == ";"]
        mine = sum(i < start for i in stops)
        for p in range(len(t)):
            # beside a semicolon the parser hangs "according to" on the wrong clause
            if stops and t.lower[p] == "according" and sum(i < p for i in stops) == mine and t.heads[p] not in chain:
                self.according(p, s, inner)
        for v in chain:
            for p in t.kids[v]:
                if t.lower[p] == "according" and sum(i < p for i in stops) != mine:
                    continue
                if t.lower[p] == "according" or (t.lower[p] == "per" and t.deps[p] == "prep"):
                    self.according(p, s, inner)
                elif t.deps[p] == "prep" and t.lower[p] in ("in", "by", "from", "for"):
                    for o in t.children(p, "pobj"):
                        if t.lemmas[o] in STANDPOINT:
                            actors = [a for k in self.framer.agents(o)[:1] for a in self.who(k)]
                            _add(actors, "in the words of", inner, s)
                elif (
                    t.deps[p] in ("advcl", "parataxis")
                    and (t.lemmas[p] in SAYING or t.lemmas[p] in PUTTING)
                    and p not in chain
                    and not t.children(p, "ccomp", "xcomp")
                    and all(t.lemmas[p] in PUTTING and t.lower[o] == "it" for o in t.children(p, "dobj"))
                ):
                    marked = any(t.lower[k] == "as" for k in t.children(p, "mark", "advmod"))
                    relative = any(t.lower[k] in ("which", "who", "whom", "that") for k in t.subtree(p))
                    if marked or (t.deps[p] == "parataxis" and not relative):
                        actors = [a for k in t.children(p, "nsubj")[:1] for a in self.who(k)]
                        _add(actors, "as X said", inner, s)
            if t.deps[v] == "relcl":
                break

    def according(self, p: int, s: Stance, inner: Inner) -> None:
        """ "according to X", "per X"."""
        t = self.tree
        objects = [o for q in (p, *t.children(p, "prep")) for o in t.children(q, "pobj")]
        actors = [a for o in objects[:1] for a in self.who(o) or self._author(o)]
        _add(actors, "according to", inner, s)

    def inside(self, v: int, s: Stance, inner: Inner) -> None:
        """ "said that Russia, according to Belarus, attacked": between subject and verb the voice is of that clause."""
        t = self.tree
        for p in t.children(v, "prep"):
            if t.lower[p] == "according" and any(k < p < v for k in t.children(v, "nsubj", "nsubjpass")):
                self.according(p, s, inner)

    def _author(self, o: int) -> list[ActorRef]:
        """Whose a text is: "a report by X", "X's statement"."""
        t = self.tree
        if t.lemmas[o] not in TEXTS:
            return []
        noun = self.framer.noun(o)
        authors = next((noun.get(p) for p in ("poss", "by", "from", "of") if noun.get(p)), [])
        return [a for k in authors[:1] for a in self.who(k)]


def _add(actors: list[ActorRef], mark: str, inner: Inner, s: Stance) -> None:
    if actors and actors[:1] not in inner:
        inner.append(actors[:1])
        s.marks.append(mark)
