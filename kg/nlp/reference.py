"""Who "he", "the group", "both sides" and "the army" refer to. Precision first: without a clear antecedent, nobody.

Every resolution is a mention of its own that says in words how it was reached (``via``).
"""

from __future__ import annotations

from kg.model import ActorRef
from kg.nlp.antecedents import Antecedents
from kg.nlp.descriptions import DESCRIBING, Descriptions
from kg.nlp.directory import Directory
from kg.nlp.mentions import Ment
from kg.nlp.pronouns import Pronouns
from kg.nlp.tree import Tree
from kg.nlp.unowned import Unowned


class Resolver:
    """Carries the actors of one article from sentence to sentence."""

    def __init__(self, directory: Directory) -> None:
        self.past = Antecedents()
        self.pronouns = Pronouns(self.past)
        self.unowned = Unowned(directory, self.past, self.pronouns)
        self.descriptions = Descriptions(directory, self.past, self.pronouns, self.unowned)

    def resolve(self, tree: Tree, ments: list[Ment], speaker: list[ActorRef]) -> list[Ment]:
        """Fill the open mentions of a sentence and add those of pronouns and descriptions; left to right."""
        self.past.turn_to(tree, speaker)
        taken = self.past.taken = {i: m for m in ments for i in range(m.start, m.end)}
        out: list[Ment] = []
        i = 0
        while i < len(tree):
            m = taken.get(i)
            if m is not None:
                if m.start == i:
                    self.unowned.complete(m)
                    if m.role == "counterpart":
                        self.unowned.counterpart(m)
                    if m.actors:
                        out.append(m)
                        if m.kind != "adjective":
                            self.past.note(m)
                i += 1
                continue
            made = self._made(i)
            if made is not None and len(made.actors) == 1:
                self._complete_inside(made, taken)
            if made is None or any(k in taken and self._stands(taken[k], made) for k in range(made.start, made.end)):
                i += 1
                continue
            for k in range(made.start, made.end):
                if k in taken:
                    taken[k].end = taken[k].start  # "Lebanese" in "the Lebanese group" says which group
            out.append(made)
            self.past.note(made)
            i = made.end
        return out

    def _complete_inside(self, made: Ment, taken: dict[int, Ment]) -> None:
        """ "The president": who holds the office goes before the last person of the text."""
        if made.start + 1 < made.end:
            for k in range(made.start + 1, made.end):
                if k in taken and taken[k].start == k and taken[k].kind == "role" and not taken[k].actors:
                    self.unowned.complete(taken[k])

    def _stands(self, m: Ment, made: Ment) -> bool:
        """Whether a mention keeps its place against a reference around it; an adjective before the noun does not."""
        if not m.actors:
            return False
        return not (m.organ in DESCRIBING and made.start < m.start and m.end < made.end)

    def heard(self, speaker: list[ActorRef]) -> None:
        """Who spoke in the sentence just read, known better once its references are."""
        self.past.speaker = speaker

    def _made(self, i: int) -> Ment | None:
        return (
            self.descriptions.pair(i)
            or self.descriptions.several(i)
            or self.descriptions.homeland(i)
            or self.pronouns.read(i)
            or self.descriptions.description(i)
            or self.descriptions.following(i)
            or self.descriptions.opponent(i)
        )
