"""How fast a store is: ``kg bench store``. Everything is measured against what the bare driver does with the same rows.

The articles are made up, the same on every machine: actors named as unevenly as in news, a few of them unlinked, one
statement in twenty denied, one in ten planned.
"""

from __future__ import annotations

import os
import sys
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from itertools import accumulate, groupby
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, run
from tempfile import TemporaryDirectory
from typing import Any, Final

from kg.edges import collapse
from kg.errors import StoreError
from kg.model import ActorRef, ActorType, Article, Mention, Span, Statement, Time
from kg.ontology import relations
from kg.store.ask import ask, questions
from kg.store.batch import Batch
from kg.store.embedded import stop
from kg.store.graphstore import GraphStore
from kg.store.rows import label

ACTORS: Final = 20_000
EACH: Final = 20
PART: Final = 1000
"""Rows a transaction of the bare driver, as many as ours."""

SENTENCE: Final = "Sentence {} of {}: the government said on Monday that talks would go on despite the tensions."
WORDS: Final[dict[str, dict[str, str]]] = {
    "actor": {"actor": "A00000"},
    "opposes": {"actor": "A00000"},
    "supports": {"actor": "A00000"},
    "dyad": {"a": "A00000", "b": "A00001"},
    "timeline": {"a": "A00000", "b": "A00001"},
    "who": {"a": "A00000", "relation": "ACCUSES", "b": "A00001"},
    "paths": {"a": "A00050", "b": "A00999"},
}
YEAR: Final = {"since": date(2023, 1, 1), "until": date(2023, 12, 31)}
FILTERS: Final[tuple[dict[str, Any], ...]] = (
    {},
    YEAR,
    {"min_confidence": 0.7},
    {"publisher": "Publisher 3"},
    {"level": "principal"},
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. ``target`` is the most that it may be, 0 where there is none."""

    what: str
    value: float
    unit: str = "s"
    target: float = 0.0

    @property
    def met(self) -> bool:
        return not self.target or self.value <= self.target

    def __str__(self) -> str:
        bound = f" (at most {self.target:g} {self.unit})" if self.target else ""
        return f"{self.what}: {self.value:.3g} {self.unit}{bound}{'' if self.met else ' — missed'}"


def synthetic(first: int, articles: int, each: int = EACH) -> Iterator[tuple[Article, list[Statement]]]:
    """Made-up articles, numbered from ``first``, of ``each`` statements; any of them comes out the same again."""
    for n in range(first, first + articles):
        chance = _chance(n)
        day = date(2020, 1, 1) + timedelta(days=n % 2000)
        a = Article("", f"article-{n}", f"https://example.org/{n}", f"Publisher {n % 50}", f"Title {n}", day)
        yield a, [_statement(a, k, chance) for k in range(each)]


def incremental(store: GraphStore, articles: int = 500, rounds: int = 3) -> list[Measure]:
    """The first load, its repeat, and the bare driver's load of the same rows; the graph has to be empty.

    Medians of rounds in which they take turns, after a small load by each that is not counted: a server that has just
    been started would be slow for whoever comes first. The graph holds the articles at the end.

    Raises:
        StoreError: It is not; nothing of it was touched.
    """
    if store.read("MATCH (n) RETURN 1 AS x LIMIT 1"):
        raise StoreError(f"{store.where}: the graph is not empty; measure on an empty one")
    items = list(synthetic(0, articles))
    rows = articles * EACH
    times: dict[str, list[float]] = {"bare": [], "first": [], "repeat": []}
    for n in range(rounds + 1):
        some = items if n else items[: max(articles // 5, 1)]
        empty(store)
        bare = _timed(partial(_bare, store, some))
        empty(store)
        first = _timed(partial(store.put_many, some))
        repeat = _timed(partial(store.put_many, some))
        if n:
            for name, value in (("bare", bare), ("first", first), ("repeat", repeat)):
                times[name].append(value)
    bare, first, repeat = (median(times[name]) for name in ("bare", "first", "repeat"))
    return [
        Measure(f"bare driver, {rows:,} statements", bare),
        Measure(f"put, {rows:,} statements", first),
        Measure("put against the bare driver", first / bare, "×", 2.5),
        Measure("repeat against the first put", repeat / first, "×", 1.0),
    ]


def per_article(store: GraphStore, first: int, articles: int = 50, warm: int = 300) -> float:
    """Seconds to put one more article of twenty statements, the median of some; numbers from ``first`` must be new.

    ``warm`` articles are put before: a server makes its plans, compiles its code and fills its caches with these.
    """
    items = list(synthetic(first, warm + articles))
    for item in items[:warm]:
        store.put(*item)
    return median(_timed(partial(store.put, *item)) for item in items[warm:])


def asking(store: GraphStore, repeats: int = 5, target: float = 1.0) -> list[Measure]:
    """Median time of each named question, asked plainly and with each filter, twice before; the slowest of these counts."""
    found = []
    for name in questions():
        times = {}
        for chosen in FILTERS:
            given = {**YEAR, **chosen} if name == "changes" else chosen
            once = partial(ask, store, name, WORDS.get(name, {}), **given)
            once()
            once()
            times[" ".join(chosen) or "plain"] = median(_timed(once) for _ in range(repeats))
        slowest = max(times, key=lambda how: times[how])
        found.append(Measure(f"ask {name}: {times['plain']:.3f} s; {slowest}", times[slowest], "s", target))
    return found


def commands(directory: Path) -> list[Measure]:
    """Whole processes: the first ``kg query`` on a directory whose server does not run, and the next ones.

    Compiled code is kept, as an installation keeps it.
    """
    stop(directory)
    code = "import sys; from kg.cli import main; sys.argv[0] = 'kg'; main()"
    query = [sys.executable, "-c", code, "query", "MATCH (a:Actor) RETURN a.name LIMIT 5", "--store", str(directory)]

    with TemporaryDirectory() as cache:

        def once() -> None:
            run(query, check=True, stdout=DEVNULL, stderr=DEVNULL, env={"PYTHONPYCACHEPREFIX": cache})

        once()
        stop(directory)
        first = _timed(once)
        before = os.times()
        later = median(_timed(once) for _ in range(7))
        after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return [
        Measure("first kg query, server not running", first, "s", 4.0),
        Measure("next kg query", later, "s", 0.4),
        Measure("next kg query, mean of CPU time", spent / 7, "CPU-s"),
    ]


def empty(store: GraphStore) -> None:
    """Take everything out of a graph."""
    store.query("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS", write=True)


def _bare(store: GraphStore, items: Sequence[tuple[Article, list[Statement]]]) -> None:
    """What a script would do: ``UNWIND … MERGE`` of actors, articles, statements and edges, in parts."""
    store.ensure_schema()
    batch = Batch()
    for article, statements in items:
        batch.add(article, statements, None)

    def merge(text: str, rows: Sequence[Any]) -> None:
        for i in range(0, len(rows), PART):
            store.query(f"UNWIND $rows AS row {text}", {"rows": rows[i : i + PART]}, write=True)

    merge("MERGE (d:Article {id: row.id}) SET d = row", list(batch.articles.values()))
    for kind, group in groupby(sorted(batch.actors.values(), key=label), key=label):
        merge(f"MERGE (a:Actor:{kind} {{id: row.id}}) SET a = row", list(group))
    stored = [(article_id, r) for article_id, rows in batch.statements.items() for r in rows.values()]
    merge(
        "MATCH (d:Article {id: row.article}) MATCH (a:Actor {id: row.p.source}) MATCH (b:Actor {id: row.p.target}) "
        "MERGE (s:Statement {id: row.p.id}) SET s = row.p "
        "MERGE (s)-[:FROM]->(d) MERGE (s)-[:SOURCE]->(a) MERGE (s)-[:TARGET]->(b)",
        [{"article": article_id, "p": r.properties} for article_id, r in stored],
    )
    merge(
        "MATCH (s:Statement {id: row.id}) MATCH (w:Actor {id: row.actor}) MERGE (s)-[:SAID_BY {position: row.at}]->(w)",
        [{"id": r.properties["id"], "actor": w.actor, "at": w.position} for _, r in stored for w in r.speakers],
    )
    edges = collapse((article, s) for article, statements in items for s in statements)
    for code, of in groupby(sorted(edges, key=lambda e: e.relation), key=lambda e: e.relation):
        merge(
            f"MATCH (a:Actor {{id: row.a}}) MATCH (b:Actor {{id: row.b}}) MERGE (a)-[r:{code}]->(b) SET r = row.p",
            [
                {"a": e.source, "b": e.target, "p": {"statements": e.statements, "sign": e.sign, "last": e.last}}
                for e in of
            ],
        )


def _statement(a: Article, k: int, chance: Iterator[float]) -> Statement:
    source, target = _actor(next(chance)), _actor(next(chance))
    start, day = k * 120, str(a.published)
    text, codes = SENTENCE.format(k, a.id), _codes()
    return Statement(
        a.id,
        Span(text, start, start + len(text)),
        Mention(start, start + 8, source.name, source, "catalogue"),
        codes[int(next(chance) * len(codes))],
        Mention(start + 20, start + 28, target.name, target, "catalogue"),
        Span("said", start + 9, start + 13),
        "negated" if next(chance) < 0.05 else "affirmed",
        "intended" if next(chance) < 0.1 else "actual",
        (_actor(next(chance)),) if next(chance) < 0.3 else (),
        Time(day, day, "day", "article"),
        "",
        round(next(chance), 3),
        "rule/active",
    )


@cache
def _codes() -> list[str]:
    """Relations that events have; structure is not news."""
    return [code for code, r in relations().items() if r.quad]


@cache
def _weights() -> list[float]:
    """Running sums of how often each actor is named, the nth in proportion to n ** -0.8."""
    return list(accumulate((n + 1) ** -0.8 for n in range(ACTORS)))


def _actor(at: float) -> ActorRef:
    return _nth(bisect(_weights(), at * _weights()[-1]))


@cache
def _nth(n: int) -> ActorRef:
    """The nth actor: two hundred states, and others of all kinds of whom every third acts for one of these."""
    if n < 200:
        return ActorRef(f"A{n:05}", f"State {n}", ActorType.STATE, "GOV", (f"Alias {n}",), f"Q{n}")
    side = _nth(n % 200) if n % 3 == 0 else None
    kind = list(ActorType)[n % len(ActorType)]
    return ActorRef(f"A{n:05}", f"Actor {n}", kind, "GOV", (f"Alias {n}",), f"Q{n}", side, linked=n % 20 != 1)


def _chance(seed: int) -> Iterator[float]:
    """Numbers from 0 to 1 that look random and are the same everywhere: Knuth's linear congruential generator."""
    x = seed * 2654435761 + 1
    while True:
        x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (x >> 11) / 2**53


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
