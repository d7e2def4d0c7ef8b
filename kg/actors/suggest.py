"""Names that look alike, for a person to confirm; nothing here merges anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from kg.actors.catalogue import Catalogue
from kg.model import ActorType

# Below this, "Ahmed Ali" looks like "Ahmed Aliyev"; above it, North Korea still looks like South Korea.
ALIKE = 0.6


class Suggestion(NamedTuple):
    """A catalogue actor whose ``name`` (or alias) looks like another; ``likeness`` is from 0 to 1."""

    id: str
    name: str
    likeness: float


def known_names(catalogue: Catalogue) -> dict[str, tuple[str, ActorType]]:
    """Every name and alias of the catalogue, with the id and the type of its actor."""
    return {name: (e.actor.id, e.actor.type) for e in catalogue for name in (*e.actor.aliases, e.actor.name)}


def suggest(
    name: str, kind: ActorType, known: Mapping[str, tuple[str, ActorType]], refused: Collection[str] = ()
) -> list[Suggestion]:
    """Catalogue actors whose name looks like this one, most alike first.

    Args:
        name: Of an actor that nobody has listed.
        kind: Its type; a person is never suggested for anything else, nor the other way round.
        known: See :func:`known_names`.
        refused: Ids that were judged different.
    """
    low = name.lower()
    words, best = set(low.split()), dict[str, Suggestion]()
    matcher = SequenceMatcher(b=low)
    for other, (actor, other_kind) in known.items():
        if (kind == ActorType.PERSON) != (other_kind == ActorType.PERSON) or actor in refused:
            continue
        there = other.lower()
        # Comparing every pair takes seconds; names without a word or a beginning in common are not alike.
        if not words.intersection(there.split()) and there[:4] != low[:4]:
            continue
        matcher.set_seq1(there)
        if matcher.quick_ratio() < ALIKE or (likeness := round(matcher.ratio(), 2)) < ALIKE:
            continue
        if actor not in best or likeness > best[actor].likeness:
            best[actor] = Suggestion(actor, other, likeness)
    return sorted(best.values(), key=lambda s: (-s.likeness, s.id))
