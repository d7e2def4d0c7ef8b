"""Finding an actor by a name, an alias or a part of one, as ``static/js/find.js`` does."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kg.server.columns import Columns

MISS: Final = 4.0


def search(c: Columns, text: str, most: int) -> list[dict[str, Any]]:
    """Descriptions of actors, best match first; of equal ones, and without a text, the most talked about."""
    talk = np.bincount(np.concatenate([c["source"], c["target"]]), minlength=len(c.actors.of))
    wanted = folded(text.strip())
    hits = []
    for n, actor in enumerate(c.actors.of):
        if not talk[n]:
            continue
        about = c.describe(actor)
        rank = match([about["name"], *about["aliases"], actor], wanted) if wanted else 0.0
        if rank < MISS:
            hits.append((rank, -int(talk[n]), about["name"], actor))
    return [c.describe(actor) for *_, actor in sorted(hits)[:most]]


def folded(text: str) -> str:
    """For search: no case, no accents."""
    plain = "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))
    return plain.replace("ı", "i").lower()


def match(names: Sequence[str], text: str) -> float:
    """How well one of the names matches, 0 best, 4 not; an alias counts half a step less than the name."""
    best = MISS
    for k, name in enumerate(map(folded, names)):
        at = name.find(text)
        if at < 0:
            continue
        rank = 0 if name == text else 1 if at == 0 else 2 if name[at - 1] in " -'’(" else 3
        best = min(best, rank + (0.5 if k else 0.0))
    return best
