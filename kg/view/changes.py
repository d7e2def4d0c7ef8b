"""What differs between two pictures of the graph, as ``static/js/changes.js`` finds it."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from kg.view.model import Pair, Pairs

How = Literal["turned", "appeared", "ended"]
HOWS: Final[tuple[How, ...]] = ("turned", "appeared", "ended")


class Change(NamedTuple):
    """``pair`` is as it is now, or as it was when it ended; ``was`` is as it was before, if at all."""

    how: How
    pair: Pair
    was: Pair | None


def changes_between(before: Pairs, after: Pairs) -> list[Change]:
    """Pairs that turned from one kind to another, appeared or ended, in this order and strongest first.

    What was or becomes neutral has not turned: the sign of a membership is no news.
    """
    found = [Change("ended", p, p) for ends, p in before.items() if ends not in after]
    for ends, pair in after.items():
        was = before.get(ends)
        if was is None:
            found.append(Change("appeared", pair, None))
        elif was.kind != pair.kind and "neutral" not in (was.kind, pair.kind):
            found.append(Change("turned", pair, was))
    return sorted(found, key=lambda c: (HOWS.index(c.how), -c.pair.weight, c.pair.ends))
