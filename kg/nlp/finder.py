"""Who is named where: catalogue names, composed organs and offices, and new actors.

Names come from the catalogue (``kg.actors.names``); what needs syntax is added here. References back ("he", "the group") are
left to ``kg.nlp.reference``.
"""

from __future__ import annotations

from kg.actors.names import Hit, Names
from kg.model import ActorRef, ActorType
from kg.nlp.directory import Directory, fold_name
from kg.nlp.listed import Listed
from kg.nlp.mentions import Ment, Sight
from kg.nlp.newcomers import Newcomers
from kg.nlp.organs import Organs
from kg.nlp.titles import Titles
from kg.nlp.tree import Tree


class Finder:
    """Finds the mentions of one article, sentence by sentence."""

    def __init__(self, names: Names, directory: Directory) -> None:
        self.names = names
        self.dir = directory
        self.places: dict[int, ActorRef] = {}
        """Of the sentence last read: tokens of a town's or region's name → the state it lies in."""

    def survey(self, text: str) -> list[Hit]:
        """All catalogue names of the article; persons named in full lend their surname to the rest of it."""
        hits = self.names.find(text, self.dir.on)
        for h in hits:
            if h.kind == "name":
                self.dir.seen.add(h.actors[0])
                e = self.names.catalogue.entries[h.actors[0]]
                if e.actor.type == ActorType.PERSON and " " in h.text:
                    self.dir.surnames[fold_name(e.surname or h.text.split()[-1])] = self.dir.ref(e.actor.id)
                    self.dir.surnames.setdefault(fold_name(h.text.split()[-1]), self.dir.ref(e.actor.id))
            elif h.kind in ("adjective", "demonym", "capital", "seat"):
                self.dir.seen.add(h.actors[0])
        return hits

    def find(self, tree: Tree, hits: list[Hit]) -> list[Ment]:
        """The mentions of a sentence, left to right, none overlapping; ``hits`` are the names inside it."""
        sight = Sight(tree, self.names, self.dir)
        self.places = sight.places
        found: list[Ment] = []
        listed = Listed(sight)
        for h in hits:
            if h.kind == "place":
                first, last = tree.at(h.start), tree.at(h.end - 1)
                if first is not None and last is not None and tree.tags[last] in ("NNP", "NNPS", "NN"):
                    sight.places.update(dict.fromkeys(range(first, last + 1), self.dir.ref(h.actors[0])))
                continue
            m = listed.read(h)
            if m is not None and not any(i in sight.taken for i in range(m.start, m.end)):
                found.append(sight.add(m))
        found += Newcomers(sight).find()
        found += Organs(sight).find()
        titles = Titles(sight)
        titles.titles(found)
        titles.appositions(found)
        return sorted((m for m in found if m.start < m.end), key=lambda m: (m.start, -m.end))
