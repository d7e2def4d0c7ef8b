"""Who "he", "the group", "both sides" and "the army" refer to. Precision first: without a clear antecedent, nobody.

Every resolution is a mention of its own that says in words how it was reached (``via``).
"""

from __future__ import annotations

from kg.model import ActorRef
from kg.nlp.antecedents import Antecedents
from kg.nlp.descriptions import Descriptions
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
        self.descriptions = Descriptions(self.past, self.pronouns)
        self.unowned = Unowned(directory, self.past, self.pronouns)

    def resolve(self, tree: Tree, ments: list[Ment], speaker: list[ActorRef]) -> list[Ment]:
        """Fill the open mentions of a sentence and add those of pronouns and descriptions; left to right."""
        self.past.turn_to(tree, speaker)
        taken = {i: m for m in ments for i in range(m.start, m.end)}
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
            if made is None or any(k in taken and taken[k].actors for k in range(made.start, made.end)):
                i += 1
                continue
            out.append(made)
            self.past.note(made)
            i = made.end
        return out

    def heard(self, speaker: list[ActorRef]) -> None:
        """Who spoke in the sentence just read, known better once its references are."""
        self.past.speaker = speaker

    def _made(self, i: int) -> Ment | None:
        return (
            self.descriptions.pair(i)
            or self.pronouns.read(i)
            or self.descriptions.description(i)
            or self.descriptions.opponent(i)
        )
