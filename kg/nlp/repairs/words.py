"""What the repairs ask of single words."""

from __future__ import annotations

from kg.nlp.tree import Tree
from kg.nlp.words import read

CALENDAR = frozenset(word.lower() for words in [*read("when")["months"], read("when")["weekdays"]] for word in words)


def is_name(tree: Tree, k: int) -> bool:
    """Whether a word is a proper name, and no month or day."""
    return tree.tags[k].startswith("NNP") and tree.lower[k] not in CALENDAR
