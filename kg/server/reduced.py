"""The strongest actors and pairs of a choice: what ``kg.view.reduce.reduce`` picks, out of counted pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from kg.server.pairs import Numbers, Pairs
from kg.view.reduce import TIES_ASKED, TIES_KEPT


def reduced(
    pairs: Pairs, ranked: Sequence[int], kept: Collection[int], actors: int, relations: int
) -> tuple[list[int], Numbers]:
    """Whom to show, strongest first, and which of the pairs, by their places, strongest first.

    Args:
        pairs: Those between the strongest actors, and some more than will be shown.
        ranked: The ranks of everybody that has a weight, heaviest first.
        kept: The ranks of those that somebody asked for and that have a weight.
        actors: How many to show besides.
        relations: How many pairs; more come where an actor would lose its strongest.
    """
    a, b = pairs.ends()
    first = np.zeros(pairs.size, dtype=bool)
    first[[*kept, *ranked[:actors]]] = True
    inside = first[a] & first[b]
    chosen = np.zeros(pairs.size, dtype=bool)
    chosen[[*kept, *a[inside].tolist(), *b[inside].tolist()]] = True
    room = actors + len(kept) - int(chosen.sum())
    for actor in ranked[actors:]:
        if room <= 0 or not len(pairs):
            break
        near = np.concatenate([b[a == actor], a[b == actor]])
        if not chosen[actor] and chosen[near].any():
            chosen[actor] = True
            room -= 1
    among = np.flatnonzero(chosen[a] & chosen[b])
    order = among[np.argsort(-pairs.weight[among], kind="stable")]
    shown = order[:relations].tolist()
    lacking = Counter({int(n): TIES_ASKED if n in kept else TIES_KEPT for n in np.flatnonzero(chosen)})
    for end in (*a[shown].tolist(), *b[shown].tolist()):
        lacking[end] -= 1
    open_ends = {n for n, lack in lacking.items() if lack > 0}
    for place, x, y in zip(order[relations:].tolist(), *(e[order[relations:]].tolist() for e in (a, b)), strict=True):
        if not open_ends:
            break
        if x in open_ends or y in open_ends:
            shown.append(place)
            for end in (x, y):
                lacking[end] -= 1
                if lacking[end] <= 0:
                    open_ends.discard(end)
    return [n for n in ranked if chosen[n]], np.array(shown, dtype=np.int64)
