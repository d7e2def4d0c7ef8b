"""Blocs: communities of a signed graph, friends inside and foes outside.

Signed modularity (Gómez, Jensen and Arenas 2009, eq. 10) is raised by moving actors one by one and then whole groups,
as Louvain does (Blondel et al. 2008); networkx's own Louvain does not take negative weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Links = list[dict[int, float]]
# A move must raise the modularity by more than rounding does, or two actors could trade places for ever.
LEAST_GAIN = 1e-9


def blocs(actors: Sequence[str], ties: Iterable[tuple[str, str, float]], *, resolution: float = 1.0) -> dict[str, int]:
    """The number of each actor's bloc, 0 for the one with the most actors.

    Args:
        actors: Everybody; their order decides between equal moves, and so the result is always the same.
        ties: Two actors and how they stand: above zero friendly, below zero hostile. Zero says nothing.
        resolution: Above one gives more and smaller blocs.

    An actor without friends is a bloc of its own.
    """
    at = {actor: n for n, actor in enumerate(actors)}
    friends: Links = [{} for _ in actors]
    foes: Links = [{} for _ in actors]
    for a, b, weight in ties:
        links = friends if weight > 0 else foes
        if weight and a != b:
            for i, j in ((at[a], at[b]), (at[b], at[a])):
                links[i][j] = links[i].get(j, 0.0) + abs(weight)
    of = list(range(len(actors)))
    while True:
        moved, groups = _move(friends, foes, resolution)
        of = [groups[g] for g in of]
        if not moved:
            break
        friends, foes = _merge(friends, groups), _merge(foes, groups)
    return dict(zip(actors, _by_size(of), strict=True))


def _move(friends: Links, foes: Links, resolution: float) -> tuple[bool, list[int]]:
    """Move each node to its best group until none gains; whether any moved, and the groups numbered from 0."""
    n = len(friends)
    group = list(range(n))
    degrees = [[sum(links.values()) for links in side] for side in (friends, foes)]
    totals = [list(d) for d in degrees]
    sums = [sum(d) or 1.0 for d in degrees]
    moved = False
    for _ in range(50):
        still = True
        for i in range(n):
            here = group[i]
            gain: dict[int, float] = {here: 0.0}
            for sign, side in ((1.0, friends), (-1.0, foes)):
                for j, weight in side[i].items():
                    if j != i:
                        gain[group[j]] = gain.get(group[j], 0.0) + sign * weight
            for k in (0, 1):
                totals[k][here] -= degrees[k][i]
            for g in gain:
                gain[g] -= resolution * degrees[0][i] * totals[0][g] / sums[0]
                gain[g] += degrees[1][i] * totals[1][g] / sums[1]
            best = max(gain, key=lambda g: (gain[g], g == here, -g))
            if gain[best] <= gain[here] + LEAST_GAIN:
                best = here
            for k in (0, 1):
                totals[k][best] += degrees[k][i]
            if best != here:
                group[i] = best
                still, moved = False, True
        if still:
            break
    number = {g: k for k, g in enumerate(dict.fromkeys(group))}
    return moved, [number[g] for g in group]


def _merge(links: Links, groups: list[int]) -> Links:
    """The same links between groups; what is inside one becomes a link to itself."""
    merged: Links = [{} for _ in range(max(groups, default=-1) + 1)]
    for i, row in enumerate(links):
        into = merged[groups[i]]
        for j, weight in row.items():
            into[groups[j]] = into.get(groups[j], 0.0) + weight
    return merged


def _by_size(of: list[int]) -> list[int]:
    sizes: dict[int, int] = {}
    for g in of:
        sizes[g] = sizes.get(g, 0) + 1
    rank = {g: k for k, g in enumerate(sorted(sizes, key=lambda g: -sizes[g]))}
    return [rank[g] for g in of]
