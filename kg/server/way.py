"""The shortest way between two actors, as ``static/js/paths.js`` finds it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

FARTHEST: Final = 8


def shortest(a: Numbers, b: Numbers, worth: Numbers, start: int, goal: int) -> list[tuple[int, int]]:
    """Steps from start to goal; none where there is no way, or nothing to go.

    Breadth first, a ring at a time; into each actor the best attested of the ways in.

    Args:
        a: One end of each pair.
        b: The other.
        worth: How well each pair is attested.
        start: The number of the first actor, -1 where it is unknown.
        goal: Of the last.
    """
    if start < 0 or goal < 0 or start == goal:
        return []
    size = 1 + max(start, goal, int(a.max(initial=0)), int(b.max(initial=0)))
    ring, best, before = np.full(size, -1), np.zeros(size, dtype=np.int64), np.full(size, -1)
    ring[start], best[start] = 0, np.iinfo(np.int64).max
    for step in range(FARTHEST):
        into = [np.flatnonzero((ring[x] == step) & (ring[y] < 0)) for x, y in ((a, b), (b, a))]
        x, y, w = (np.concatenate([p[into[0]], q[into[1]]]) for p, q in ((a, b), (b, a), (worth, worth)))
        value = np.minimum(best[x], w)
        order = np.lexsort((-value, y))
        reached, first = np.unique(y[order], return_index=True)
        ring[reached], best[reached], before[reached] = step + 1, value[order][first], x[order][first]
        if ring[goal] >= 0 or not len(reached):
            break
    way: list[tuple[int, int]] = []
    at = goal
    while before[at] >= 0:
        way.insert(0, (int(before[at]), at))
        at = int(before[at])
    return way
