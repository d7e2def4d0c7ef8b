"""Whether "he" or "she" may mean somebody, by the given name."""

from __future__ import annotations

from typing import Literal

from kg.actors.names import fold
from kg.model import ActorRef
from kg.nlp.words import vocabulary

# What a title says of whoever bears it.
TITLED: dict[str, Literal["f", "m"]] = {"miss": "f", "mr": "m", "mrs": "f", "ms": "f"}
FEMALE = frozenset(fold(name) for name in vocabulary("names", "female"))


def gender(person: ActorRef) -> Literal["f", "m", ""]:
    """Female by a given name (or a whole one, where the surname comes first); else male if listed, and unknown if not.

    The list has the given names of all women in the catalogue, so that its other persons are men.
    """
    words = fold(person.name.replace("-", " ")).split()
    if words and (words[0] in FEMALE or " ".join(words) in FEMALE):
        return "f"
    return "m" if person.linked else ""
