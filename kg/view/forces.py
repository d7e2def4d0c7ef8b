"""The forces of the layout, in numpy: springs, repulsion, blocs that hold together, boxes that do not overlap."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[Any]

STEPS: Final = 320
STEPS_MANY: Final = 140
# Above this many actors all pairs no longer fit in the cache, and the repulsion is read from a mesh.
EXACT: Final = 500
MESH: Final = 128
COHESION: Final = 0.6
GRAVITY: Final = 0.02


def forces(places: Floats, links: Ints, pull: Floats, bloc: Ints) -> Floats:
    """Places after the forces have come to rest; the same input gives the same output.

    Args:
        places: Where everybody starts, one apart or more.
        links: Two indexes a row.
        pull: The strength of each link's spring.
        bloc: The bloc of each, as numbers from 0.
    """
    n = len(places)
    degree = np.bincount(links.ravel(), np.repeat(pull, 2), n)
    mass = 1.0 + np.sqrt(degree)
    steps = STEPS if n <= EXACT else STEPS_MANY
    reach = 0.12 * float(np.ptp(places, axis=0).max() + 1.0)
    count = np.bincount(bloc)
    for step in range(steps):
        push = _repulsion(places, mass) if n <= EXACT else _mesh_repulsion(places, mass)
        apart = places[links[:, 1]] - places[links[:, 0]]
        spring = apart * pull[:, None]
        for axis in (0, 1):
            push[:, axis] += np.bincount(links[:, 0], spring[:, axis], n) - np.bincount(links[:, 1], spring[:, axis], n)
            middle = np.bincount(bloc, places[:, axis]) / count
            push[:, axis] += COHESION * mass * (middle[bloc] - places[:, axis])
        push -= GRAVITY * mass[:, None] * places
        length = np.hypot(push[:, 0], push[:, 1]) / mass
        limit = reach * (1.0 - step / steps) ** 1.5 + 1e-3
        places = places + push / mass[:, None] * (np.minimum(0.12 * length, limit) / np.maximum(length, 1e-9))[:, None]
    return np.asarray(places - places.mean(axis=0))


def _repulsion(places: Floats, mass: Floats) -> Floats:
    """Everybody pushes everybody with the product of their masses over the distance."""
    across = places[:, None, 0] - places[None, :, 0]
    down = places[:, None, 1] - places[None, :, 1]
    strength = mass / (across * across + down * down + 0.01)
    return np.column_stack([(across * strength).sum(axis=1), (down * strength).sum(axis=1)]) * mass[:, None]


def _mesh_repulsion(places: Floats, mass: Floats) -> Floats:
    """The same from a mesh: masses are spread on it, their field is one convolution (Hockney and Eastwood 1981)."""
    low = places.min(axis=0)
    cell = float(np.ptp(places, axis=0).max()) / (MESH - 2) + 1e-9
    at = (places - low) / cell
    base = np.floor(at).astype(np.intp)
    part = at - base
    corners = [((dx, dy), np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])) for dx in (0, 1) for dy in (0, 1)]
    density = np.zeros((2 * MESH, 2 * MESH))
    for (dx, dy), share in corners:
        np.add.at(density, (base[:, 0] + dx, base[:, 1] + dy), mass * share)
    offset = np.fft.fftfreq(2 * MESH, 1 / (2 * MESH))
    x, y = np.meshgrid(offset, offset, indexing="ij")
    near = x**2 + y**2 + 0.25
    spread = np.fft.rfft2(density)
    push = np.zeros_like(places)
    for axis, way in enumerate((x, y)):
        field = np.fft.irfft2(spread * np.fft.rfft2(way / near), density.shape) / cell
        for (dx, dy), share in corners:
            push[:, axis] += share * field[base[:, 0] + dx, base[:, 1] + dy]
    return push * mass[:, None]


def separate(places: Floats, sizes: Floats, rounds: int = 400) -> Floats:
    """Push boxes apart, along the way where they overlap least, until none do or the rounds are over.

    Args:
        places: Middles of the boxes.
        sizes: Width and height of each.
        rounds: How often everybody is pushed at most.
    """
    places = places.copy()
    i, j = np.triu_indices(len(places), 1)
    need = (sizes[i] + sizes[j]) / 2
    for _ in range(rounds):
        apart = places[i] - places[j]
        over = need - np.abs(apart)
        hit = np.flatnonzero((over[:, 0] > 0.5) & (over[:, 1] > 0.5))
        if not len(hit):
            break
        across = (over[hit, 0] < over[hit, 1]).astype(np.intp)
        axis = 1 - across
        push = 0.35 * over[hit, axis] * np.where(apart[hit, axis] < 0, -1.0, 1.0)
        np.add.at(places, (i[hit], axis), push)
        np.add.at(places, (j[hit], axis), -push)
    return np.asarray(places - places.mean(axis=0))
