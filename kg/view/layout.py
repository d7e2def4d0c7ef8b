"""Where actors stand: friends near, foes far, in the same places every time.

A force layout in the manner of ForceAtlas2 (Jacomy et al. 2014) whose springs know the sign of a tie: with a friend
twice as strong as a neutral tie and twenty times as strong as a foe, most foes end up farther apart than most friends.
Everything starts from fixed places, so no chance is needed. The largest component is laid out alone; what hangs
together elsewhere is set on a ring around it, where it cannot squeeze the picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from kg.view.forces import Floats, Ints, forces, separate
from kg.view.model import Kind, Pair

PULL: Final[Mapping[Kind, float]] = {"friendly": 2.0, "mixed": 1.0, "neutral": 1.0, "hostile": 0.1}
SPACING: Final = 95.0
SEPARATED: Final = 600
DIRECTIONS: Final = 24
STRIDE: Final = 12.0
GAP: Final = 26.0
WIDER: Final = 1.2
"""Width to height of the drawing's place on the page."""
GOLDEN: Final = math.pi * (3 - math.sqrt(5))

Place = tuple[float, float]
Box = tuple[float, float]


def arrange(
    ids: Sequence[str], pairs: Sequence[Pair], blocs: Mapping[str, int], boxes: Mapping[str, Box] | None = None
) -> dict[str, Place]:
    """A place for each actor, in pixels around (0, 0), wider than high.

    Args:
        ids: Everybody to place; their order decides where they start, strongest first being best.
        pairs: Ties between them.
        blocs: The bloc of each, which is held together.
        boxes: Width and height that each needs with its name; up to 600 of them are moved apart until none overlap.
    """
    if not ids:
        return {}
    at = {actor: n for n, actor in enumerate(ids)}
    ties = _Ties(
        np.array([(at[p.a], at[p.b]) for p in pairs], dtype=np.intp).reshape(-1, 2),
        np.array([PULL[p.kind] * (1 + math.log2(max(1, p.statements))) for p in pairs]),
        _numbered([blocs.get(i, -1 - n) for n, i in enumerate(ids)]),
    )
    sizes = np.array([(boxes or {}).get(i, (SPACING, SPACING)) for i in ids], dtype=float)
    main, *others = _components(len(ids), ties.ends)
    places = np.zeros((len(ids), 2))
    places[main] = _component(main, ties, sizes)
    parts = [(g, _component(g, ties, sizes)) for g in others]
    if len(ids) <= SEPARATED:
        _beside(places, main, parts, sizes)
        places = separate(places, sizes)
    else:
        _ring(places, main, parts, sizes)
    return {i: (round(float(x), 1), round(float(y), 1)) for i, (x, y) in zip(ids, places, strict=True)}


def separation(places: Mapping[str, Place], pairs: Sequence[Pair]) -> float:
    """The share of (foe, friend) ties of which the foes stand farther apart; 0.5 says that the layout knows no sign.

    The area under the ROC curve of distance as a sign of hostility, by ranks (Mann and Whitney 1947). Without one of
    the two kinds there is nothing to tell apart: 1.
    """
    signed = [p for p in pairs if p.kind in ("friendly", "hostile")]
    far = np.array([math.dist(places[p.a], places[p.b]) for p in signed])
    foe = np.array([p.kind == "hostile" for p in signed], dtype=bool)
    foes, friends = int(foe.sum()), int((~foe).sum())
    if not foes or not friends:
        return 1.0
    _, inverse, counts = np.unique(far, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[foe].sum() - foes * (foes + 1) / 2) / (foes * friends))


class _Ties(NamedTuple):
    """Ties as two indexes a row with their springs, and the bloc of each actor."""

    ends: Ints
    pull: Floats
    bloc: Ints


def _component(members: Ints, ties: _Ties, sizes: Floats) -> Floats:
    """Places of one component around its own middle."""
    n = len(members)
    if n == 1:
        return np.zeros((1, 2))
    local = np.full(len(ties.bloc), -1)
    local[members] = np.arange(n)
    inside = local[ties.ends[:, 0]] >= 0
    bloc = _numbered(ties.bloc[members].tolist())
    places = forces(_start(bloc), local[ties.ends[inside]], ties.pull[inside], bloc)
    places = _evened(_turned(places)) if n <= SEPARATED else _turned(places)
    return np.asarray(places * _scale(places, sizes[members]))


def _start(bloc: Ints) -> Floats:
    """Blocs as sunflowers whose middles lie on a sunflower: the same for the same blocs."""
    count = np.bincount(bloc)
    middles = _sunflower(len(count)) * math.sqrt(max(1.0, count.mean())) * 1.6
    places = np.zeros((len(bloc), 2))
    for b, size in enumerate(count):
        places[bloc == b] = middles[b] + _sunflower(int(size))
    return places


def _sunflower(n: int) -> Floats:
    k = np.arange(n)
    return np.asarray((np.sqrt(k + 0.5) * np.array([np.cos(k * GOLDEN), np.sin(k * GOLDEN)])).T)


def _turned(places: Floats) -> Floats:
    """Turned so that the longest way through lies across, for screens are wider than high."""
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    long, short = axes[:, 1], axes[:, 0]
    # An eigenvector may come with either sign; the first actor is put in the upper left.
    turned = np.column_stack([centred @ long, centred @ short])
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _evened(places: Floats) -> Floats:
    """Partly as they are, partly by rank: a group flung far out by its foes comes nearer, and gaps close."""
    n = len(places)
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable") / max(1, n - 1) - 0.5
    extent = np.ptp(places, axis=0)
    extent[1] = np.clip(extent[1], 0.65 * extent[0], 0.85 * extent[0])
    centred = (places - (places.max(axis=0) + places.min(axis=0)) / 2) / np.maximum(np.ptp(places, axis=0), 1e-9)
    return np.asarray((0.4 * centred + 0.6 * ranks) * extent)


def _scale(places: Floats, sizes: Floats) -> float:
    """Pixels to a unit of length, so that the boxes take about a third of the area that they are spread over."""
    low, high = np.quantile(places, 0.05, axis=0), np.quantile(places, 0.95, axis=0)
    extent = np.maximum(high - low, 1e-6)
    wanted = 3.0 * float((sizes[:, 0] * sizes[:, 1]).sum())
    return math.sqrt(wanted / float(extent[0] * max(extent[1], 0.3 * extent[0])))


def _beside(places: Floats, main: Ints, parts: list[tuple[Ints, Floats]], sizes: Floats) -> None:
    """Set each other component where it comes closest to the others and makes the picture grow least."""
    done = main
    for group, own in parts:
        low, high = _bounds(places[done], sizes[done])
        found: list[tuple[float, int, Floats]] = []
        for k in range(DIRECTIONS):
            way = np.array([math.cos(2 * math.pi * k / DIRECTIONS), math.sin(2 * math.pi * k / DIRECTIONS)])
            far = float(np.hypot(*(high - low))) + float(np.hypot(*np.ptp(own, axis=0))) + float(sizes[group].max())
            while far > 0 and not _touching(own + way * (far - STRIDE), sizes[group], places[done], sizes[done]):
                far -= STRIDE
            bounds = _bounds(np.vstack([places[done], own + way * far]), sizes[np.concatenate([done, group])])
            width, height = bounds[1] - bounds[0]
            found.append((max(float(width) / WIDER, float(height)), k, own + way * far))
        places[group] = min(found, key=lambda f: f[:2])[2]
        done = np.concatenate([done, group])


def _bounds(places: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    return (places - sizes / 2).min(axis=0), (places + sizes / 2).max(axis=0)


def _touching(a: Floats, a_sizes: Floats, b: Floats, b_sizes: Floats) -> bool:
    apart = np.abs(a[:, None, :] - b[None, :, :]) - (a_sizes[:, None, :] + b_sizes[None, :, :]) / 2
    return bool((apart < GAP).all(axis=2).any())


def _ring(places: Floats, main: Ints, parts: list[tuple[Ints, Floats]], sizes: Floats) -> None:
    """Set all other components around the main one, each at an angle as wide as it needs."""
    half = np.abs(places[main]).max(axis=0) + sizes[main].max(axis=0)
    radii = [float(np.hypot(*np.abs(p).max(axis=0)) + sizes[g].max()) for g, p in parts]
    turn, k = 0.0, 0
    while k < len(parts):
        reach = half + max(radii[k:])
        while k < len(parts) and turn < 2 * math.pi:
            angle = turn - math.pi / 2
            places[parts[k][0]] = parts[k][1] + reach * (math.cos(angle), math.sin(angle))
            turn += 2.2 * radii[k] / float(reach.min())
            k += 1
        half, turn = reach, 0.0


def _components(n: int, ends: Ints) -> list[Ints]:
    """Who hangs together, largest first, ties by who comes first."""
    root = np.arange(n)
    while len(ends):
        low = np.minimum(root[ends[:, 0]], root[ends[:, 1]])
        before = root.copy()
        np.minimum.at(root, root[ends[:, 0]], low)
        np.minimum.at(root, root[ends[:, 1]], low)
        root = root[root]
        if (before == root).all():
            break
    order = np.argsort(root, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(root[order])) + 1)
    return sorted(groups, key=lambda g: (-len(g), int(g[0])))


def _numbered(values: Sequence[int]) -> Ints:
    """The same values as numbers from 0, in the order in which they come."""
    number = {v: k for k, v in enumerate(dict.fromkeys(values))}
    return np.array([number[v] for v in values], dtype=np.intp)
