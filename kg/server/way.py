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
    best = {start: np.iinfo(np.int64).max}
    before: dict[int, int] = {}
    edge = np.array([start])
    for _ in range(FARTHEST):
        found: dict[int, tuple[int, int]] = {}
        for here, there in ((a, b), (b, a)):
            hit = np.isin(here, edge)
            for x, y, w in zip(here[hit].tolist(), there[hit].tolist(), worth[hit].tolist(), strict=True):
                value = min(best[x], w)
                if y not in best and value > found.get(y, (-1, 0))[0]:
                    found[y] = (value, x)
        for y, (value, x) in found.items():
            best[y], before[y] = value, x
        if goal in found or not found:
            break
        edge = np.array(list(found))
    way: list[tuple[int, int]] = []
    at = goal
    while at in before:
        way.insert(0, (before[at], at))
        at = before[at]
    return way
