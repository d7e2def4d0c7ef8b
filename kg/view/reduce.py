"""From statements to pairs, and from many pairs to the few that a picture can show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from kg.model import Statement
from kg.view.model import Cell, Level, Pair, Pairs, View, side, status

ACTORS = 40
RELATIONS = 90
# Each actor keeps its two strongest ties however weak, so that nobody floats; one asked for keeps what a card lists.
TIES_KEPT = 2
TIES_ASKED = 15


def cells(
    statements: Iterable[Statement],
    level: Level = "sides",
    *,
    confidence: float = 0.0,
    statuses: Collection[str] = ("actual",),
    since: str = "",
    until: str = "",
) -> Iterable[Cell]:
    """Each statement as a cell between the actors that are drawn at this level.

    Args:
        statements: In any order.
        level: Whether those that act for a principal count under it; what is inside one side is left out.
        confidence: The least that counts.
        statuses: The statuses that count.
        since: First ISO day; a statement without a date does not count then.
        until: Last ISO day, likewise.
    """
    for s in statements:
        if s.confidence < confidence or status(s) not in statuses:
            continue
        if not within(s.time.start, s.time.end, since, until):
            continue
        source, target = s.source.actor, s.target.actor
        if level == "sides":
            source, target = side(source), side(target)
        if source.id != target.id:
            last = s.time.end or s.time.start
            affirmed = s.polarity == "affirmed"
            yield Cell(source.id, target.id, s.relation, affirmed, 1, s.time.start, last, s.confidence)


def within(start: str, end: str, since: str, until: str) -> bool:
    """Whether a time touches a range of ISO days, whose open ends are empty."""
    if not since and not until:
        return True
    return bool(start) and (not until or start <= until) and (not since or (end or start) >= since)


def pairs_of(found: Iterable[Cell]) -> dict[tuple[str, str], Pair]:
    """One pair for each two actors, in the order of their ids."""
    pairs: dict[tuple[str, str], Pair] = {}
    for cell in found:
        ends = (cell.source, cell.target) if cell.source < cell.target else (cell.target, cell.source)
        pair = pairs.get(ends)
        if pair is None:
            pair = pairs[ends] = Pair(*ends)
        pair.add(cell)
    return dict(sorted(pairs.items()))


def reduce(
    pairs: Pairs,
    actors: int = ACTORS,
    relations: int = RELATIONS,
    keep: Collection[str] = (),
) -> View:
    """The strongest actors and the strongest pairs between them.

    Args:
        pairs: Everything that counts.
        actors: How many actors to show besides those in ``keep``.
        relations: How many pairs; more come where an actor would lose its strongest two.
        keep: Actors that somebody asked for, shown whatever their weight.
    """
    near: defaultdict[str, set[str]] = defaultdict(set)
    weight: Counter[str] = Counter()
    for a, b in pairs:
        weight.update({a: pairs[a, b].weight, b: pairs[a, b].weight})
        near[a].add(b)
        near[b].add(a)
    ranked = sorted(weight, key=lambda i: (-weight[i], i))
    kept = {i for i in keep if i in weight}
    first = kept | set(ranked[:actors])
    chosen = kept | {i for i in first if near[i] & first}
    for i in ranked[actors:]:
        if len(chosen) >= actors + len(kept):
            break
        if near[i] & chosen:
            chosen.add(i)
    inside = sorted((p for p in pairs.values() if p.a in chosen and p.b in chosen), key=lambda p: (-p.weight, p.a, p.b))
    ties: Counter[str] = Counter()
    shown: list[Pair] = []
    for rank, pair in enumerate(inside):
        needed = any(ties[i] < (TIES_ASKED if i in kept else TIES_KEPT) for i in pair.ends)
        if rank < relations or needed:
            shown.append(pair)
            ties.update(pair.ends)
    ids = [i for i in ranked if i in chosen]
    return View(ids, shown, len(weight), len(pairs), sum(p.statements for p in pairs.values()))
