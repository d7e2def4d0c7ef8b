"""How much room an actor needs with its name: an estimate, for only the browser knows its fonts."""

from __future__ import annotations

import math
from typing import Final

SMALLEST: Final = 8.0
LARGEST: Final = 25.0
CHARACTER: Final = 7.1
LINE: Final = 15.0
LONGEST_LINE: Final = 20
MARGIN: Final = 14.0


def radius(share: float) -> float:
    """Pixels, for an actor with this share of the heaviest one's weight: areas compare, not widths."""
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(share)


def box(name: str, share: float) -> tuple[float, float]:
    """Width and height of an actor with its name below it, in one line or two, and a margin."""
    lines = 1 if len(name) <= LONGEST_LINE else 2
    width = min(len(name) if lines == 1 else 0.62 * len(name), 26) * CHARACTER
    r = radius(share)
    return max(2 * r, width) + MARGIN, 2 * r + lines * LINE + MARGIN
