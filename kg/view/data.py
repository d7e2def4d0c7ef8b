"""Everything that one offline page carries: statements as columns, where the first actors stand, who is in a bloc."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.analysis.blocs import blocs
from kg.model import Article, Statement
from kg.ontology import relations
from kg.view.bins import span_of
from kg.view.caption import caption, spelled
from kg.view.columns import columns, ordinal, vocabulary
from kg.view.labels import box
from kg.view.layout import Place, arrange
from kg.view.model import Level, Pair, Pairs, View, side, status
from kg.view.reduce import cells, pairs_of, reduce

LEVELS: Final[tuple[Level, ...]] = ("sides", "actors")
MOST_STATEMENTS: Final = 50_000


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page shows first, in words and in places, and the JSON that it reads."""

    caption: str
    view: View
    json: Mapping[str, Any]


def page_data(
    statements: Iterable[Statement],
    articles: Iterable[Article],
    *,
    most: int = MOST_STATEMENTS,
    confidence: float = 0.0,
) -> PageData:
    """Reduce statements to what one file can carry.

    Args:
        statements: In any order; of one id the most confident counts.
        articles: Where they come from; one that is missing is shown without title and link.
        most: How many statements the page carries. Beyond it those between the weakest pairs are left out, and the
            page says how many.
        confidence: Statements below are left out, and counted as such.
    """
    given = _unique(statements)
    kept = _strongest([s for s in given if s.confidence >= confidence], most)
    names = {a.id: a.name for s in kept for end in (s.source.actor, s.target.actor) for a in (end, side(end))}
    places: dict[str, dict[str, Place]] = {}
    groups: dict[str, dict[str, int]] = {}
    views: dict[str, View] = {}
    for level in LEVELS:
        pairs = pairs_of(cells(kept, level))
        views[level] = reduce(pairs)
        groups[level] = numbered_blocs(pairs)
        places[level] = first_places(views[level], groups[level], names)
    days = [ordinal(s.time.start) for s in kept]
    first, last = span_of(days)
    table = columns(kept, {a.id: a for a in articles})
    view = views["sides"]
    json = {
        "live": False,
        **vocabulary(),
        **table,
        "first": first,
        "last": max(last, *(ordinal(s.time.end) for s in kept)) if kept else 0,
        "older": sum(0 < day < first for day in days),
        "places": places,
        "blocs": {level: [groups[level].get(i, -1) for i in table["actors"]["id"]] for level in LEVELS},
        "facets": facets(kept, {a.id: a for a in articles}),
        "left": _left_out(given, kept, confidence),
    }
    return PageData(caption(view, names, first), view, json)


def numbered_blocs(pairs: Pairs) -> dict[str, int]:
    """The bloc of each actor, 0 for the one that is talked about most; -1 for those who stand alone."""
    weight: Counter[str] = Counter()
    for p in pairs.values():
        weight.update({p.a: p.weight, p.b: p.weight})
    ranked = sorted(weight, key=lambda i: (-weight[i], i))
    found = blocs(ranked, ((p.a, p.b, stance(p)) for p in pairs.values()))
    size, heat = Counter(found.values()), Counter[int]()
    for actor, bloc in found.items():
        heat[bloc] += weight[actor]
    order = {b: n for n, b in enumerate(sorted((b for b in size if size[b] > 1), key=lambda b: (-heat[b], b)))}
    return {actor: order.get(found[actor], -1) for actor in ranked}


def stance(p: Pair) -> float:
    """From foe below zero to friend above it; more statements say it louder, but a hundred not ten times ten."""
    return (p.plus - p.minus) / max(1, p.plus + p.minus) * math.log2(1 + p.statements)


def first_places(view: View, groups: Mapping[str, int], names: Mapping[str, str]) -> dict[str, Place]:
    """Where the actors of a reduced view stand, with room for their names."""
    weight: Counter[str] = Counter()
    for p in view.shown:
        weight.update({p.a: p.weight, p.b: p.weight})
    heaviest = max(weight.values(), default=1)
    boxes = {i: box(names.get(i, i), weight[i] / heaviest) for i in view.ids}
    alone = {i: b if b >= 0 else -1 - n for n, (i, b) in enumerate((i, groups.get(i, -1)) for i in view.ids)}
    return arrange(view.ids, view.shown, alone, boxes)


def facets(statements: Sequence[Statement], articles: Mapping[str, Article]) -> dict[str, dict[str, int]]:
    """How many statements each relation, status and publisher has, and how many actors each type."""
    codes = Counter(s.relation for s in statements)
    publishers = Counter(articles[s.article_id].publisher if s.article_id in articles else "" for s in statements)
    types = Counter(
        str(a.type) for a in {e.actor.id: e.actor for s in statements for e in (s.source, s.target)}.values()
    )
    return {
        "relations": {code: codes[code] for code in relations() if codes[code]},
        "statuses": dict(sorted(Counter(map(status, statements)).items())),
        "types": dict(sorted(types.items(), key=lambda kv: (-kv[1], kv[0]))),
        "publishers": dict(sorted(publishers.items(), key=lambda kv: (-kv[1], kv[0]))[:60]),
    }


def _unique(statements: Iterable[Statement]) -> list[Statement]:
    """One statement an id, in an order that does not depend on that of the input."""
    best: dict[str, Statement] = {}
    for s in statements:
        i = s.id
        if i not in best or (s.confidence, s.rule) > (best[i].confidence, best[i].rule):
            best[i] = s
    return [best[i] for i in sorted(best, key=lambda i: (best[i].time.start, i))]


def _strongest(statements: list[Statement], most: int) -> list[Statement]:
    """Those between the strongest pairs, whole pairs at a time."""
    if len(statements) <= most:
        return statements
    count: Counter[tuple[str, ...]] = Counter(_ends(s) for s in statements)
    room, kept = most, set[tuple[str, ...]]()
    for ends, n in sorted(count.items(), key=lambda kv: (-kv[1], kv[0])):
        if n <= room:
            kept.add(ends)
            room -= n
    return [s for s in statements if _ends(s) in kept]


def _ends(s: Statement) -> tuple[str, ...]:
    return tuple(sorted((s.source.actor.id, s.target.actor.id)))


def _left_out(given: Sequence[Statement], kept: Sequence[Statement], confidence: float) -> str:
    if len(given) == len(kept):
        return ""
    below = sum(s.confidence < confidence for s in given)
    parts = [f"{below:,} below confidence {confidence:.0%}"] if below else []
    weak = len(given) - len(kept) - below
    parts += [f"{weak:,} between the weakest pairs"] if weak else []
    return (
        f"This file leaves out {spelled(len(given) - len(kept), 'statement')} of {len(given):,}: {' and '.join(parts)}."
    )
