"""Who is named where: catalogue names, composed organs and offices, and new actors.

Names come from the catalogue (``kg.actors.names``); what needs syntax is added here. References back ("he", "the group") are
left to ``kg.nlp.reference``.
"""

from __future__ import annotations

from dataclasses import replace

from kg.actors.names import Hit, Names
from kg.model import Actor, ActorRef, ActorType
from kg.nlp.directory import Directory, fold_name
from kg.nlp.listed import Listed
from kg.nlp.mentions import Ment, Sight, side
from kg.nlp.newcomers import Newcomers
from kg.nlp.organs import Organs
from kg.nlp.titles import Titles
from kg.nlp.tree import Tree
from kg.nlp.words import read, vocabulary

DIRECTIONS = vocabulary("names", "directions")
TWINS: dict[str, list[str]] = read("reference")["twins"]


class Finder:
    """Finds the mentions of one article, sentence by sentence."""

    def __init__(self, names: Names, directory: Directory) -> None:
        self.names = names
        self.dir = directory
        self.places: dict[int, ActorRef] = {}
        """Of the sentence last read: tokens of a town's or region's name → the state it lies in."""

    def survey(self, text: str) -> list[Hit]:
        """All catalogue names of the article; persons named in full lend their surname to the rest of it."""
        self.dir.text = text
        hits = self.names.find(text, self.dir.on)
        for h in hits:
            if h.kind not in ("place", "surname", "weak", "nobody") and h.actors[0] in self.names.catalogue:
                self.dir.about[side(self.dir.ref(h.actors[0]))] += 1
            if h.kind == "name":
                self.dir.seen.add(h.actors[0])
                e = self.names.catalogue.entries[h.actors[0]]
                if e.actor.type == ActorType.PERSON and " " in h.text:
                    person = self.dir.ref(e.actor.id)
                    for surname in {e.surname or h.text.split()[-1], h.text.split()[-1], *_variants(e.actor)}:
                        self.dir.name(fold_name(surname), person, h.start)
            elif h.kind in ("adjective", "demonym", "capital", "seat"):
                self.dir.seen.add(h.actors[0])
        return hits

    def find(self, tree: Tree, hits: list[Hit]) -> list[Ment]:
        """The mentions of a sentence, left to right, none overlapping; ``hits`` are the names inside it."""
        sight = Sight(tree, self.names, self.dir)
        self.places = sight.places
        found: list[Ment] = []
        listed = Listed(sight)
        for h in map(self._meant, hits):
            if h.kind == "nobody":
                if not h.actors:  # a cue says so; "Supreme Court" without one is left to whose it is
                    sight.nobody.update(i for i in range(len(tree)) if h.start <= tree.starts[i] < h.end)
                continue
            if h.kind == "place":
                first, last = tree.at(h.start), tree.at(h.end - 1)
                if first is not None and last is not None and tree.tags[last] in ("NNP", "NNPS", "NN"):
                    sight.places.update(dict.fromkeys(range(first, last + 1), self.dir.ref(h.actors[0])))
                continue
            m = listed.read(h)
            if m is not None and not any(i in sight.taken for i in range(m.start, m.end)):
                found.append(sight.add(m))
        for m in found:
            self._halves(sight, m)
        found += self._twins(sight)
        found += Newcomers(sight).find()
        found += Organs(sight).find()
        titles = Titles(sight)
        titles.titles(found)
        titles.appositions(found)
        return sorted((m for m in found if m.start < m.end), key=lambda m: (m.start, -m.end))

    def _twins(self, sight: Sight) -> list[Ment]:
        """ "the two Koreas", "both Sudans"."""
        found = []
        for i, word in enumerate(sight.tree.lower):
            ids = [a for a in TWINS.get(word, ()) if a in self.names.catalogue]
            if ids and i not in sight.taken:
                refs = [self.dir.ref(a) for a in ids]
                found.append(sight.add(Ment(i, i + 1, i, refs, "catalogue", "name", "both of that name")))
        return found

    def _halves(self, sight: Sight, m: Ment) -> None:
        """ "North and South Korea": the first named by its half only."""
        t = sight.tree
        first = m.start - 2
        if first < 0 or t.lower[m.start - 1] != "and" or t.lower[first] not in DIRECTIONS or first in sight.taken:
            return
        if t.lower[m.start] not in DIRECTIONS or len(m.actors) != 1 or m.actors[0].type != ActorType.STATE:
            return
        other = self.names.only(" ".join([t.words[first], *t.words[m.start + 1 : m.end]]))
        if other is not None and other in self.names.catalogue:
            m.actors = [self.dir.ref(other), *m.actors]
            m.start = first
            sight.add(m)

    def _meant(self, h: Hit) -> Hit:
        """ "the Guards" are the Revolutionary Guards where the article names these."""
        meant = tuple(a for a in h.actors if a in self.dir.seen) if h.kind == "nobody" else ()
        return replace(h, kind="name", actors=meant) if meant else h


def _variants(person: Actor) -> set[str]:
    """Other spellings of a surname: "Dudaev" of somebody also called Dzhokhar Dudaev."""
    given = fold_name(person.name).split()[0]
    names = (n.split() for n in person.aliases)
    return {words[-1] for words in names if len(words) > 1 and fold_name(words[0]) == given and len(words[-1]) > 3}
