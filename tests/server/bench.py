"""What the live page costs over a large graph, on both servers: ``python -m tests.view.bench --live 1000000``."""

from __future__ import annotations

import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from neo4j import ManagedTransaction, Transaction
from playwright.sync_api import Browser

from kg.server import Server, serve
from kg.store import GraphStore, bench, embedded, open_store
from kg.store.batch import Batch
from kg.store.rows import Properties, label
from kg.store.text import cypher, statements_of
from tests.store import servers
from tests.view.browser import opened, until
from tests.view.figure import Figure

FEW = 1_000
OPEN = 2.0
ASK = 1.0
PART = 50
"""Articles a transaction."""

# What a reader does, as the page asks it.
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "first view": ("subgraph", ""),
    "confidence": ("subgraph", "confidence=50"),
    "a year": ("subgraph", "from=2022-01-01&to=2022-12-31"),
    "hostile only": ("subgraph", "signs=h"),
    "without a publisher": ("subgraph", "noPublishers=Publisher+3"),
    "without states": ("subgraph", "noTypes=State"),
    "each alone": ("subgraph", "level=actors&places=1"),
    "300 actors": ("subgraph", "actors=300&ties=700"),
    "evidence of an actor": ("evidence", "a=A00000"),
    "evidence of a pair": ("evidence", "a=A00000&b=A00001"),
    "neighbours": ("neighbours", "a=A00000"),
    "path": ("path", "a=A00050&b=A19001"),
    "changes": ("changes", "before=2021-01-01&after=2024-01-01&window=365"),
    "changes, everything before": ("changes", "before=2021-01-01&after=2024-01-01&window=36500"),
    "search": ("search", "q=state+1"),
}


def live(statements: int, browser: Browser) -> Iterator[Figure]:
    """All figures for a small graph and one of this many statements, on Neo4j and on the embedded server."""
    with tempfile.TemporaryDirectory(prefix="kg-live-") as place:
        for name, stored in (("Neo4j", _neo4j), ("embedded", _embedded)):
            for count in (FEW, statements):
                with stored(Path(place) / f"{name}{count}") as store:
                    fill(store, count)
                    yield from measured(store, f"{name}, {count:,} statements: ", browser)


def measured(store: GraphStore, name: str, browser: Browser) -> list[Figure]:
    """Serving it, opening it, and every question, while the graph is being read and after that."""
    began = time.perf_counter()
    server = serve(store, port=0)
    listening = time.perf_counter() - began
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        asked = time.perf_counter()
        opened(page, server.url)
        shown = time.perf_counter() - asked
        early = _asked(server) if not server.api.columns.whole else {}
        until(page, "!(kg.view.read.done < kg.view.read.of)", 600)
        whole = time.perf_counter() - began
        late = _asked(server)
        page.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    return [
        Figure(name + "kg serve listens", listening, "s", OPEN),
        Figure(name + "first view drawn", shown, "s", OPEN),
        Figure(name + "all of it read and drawn", whole, "s"),
        *([_slowest(name + "while reading, slowest", early)] if early else []),
        _slowest(name + "slowest", late),
    ]


def fill(store: GraphStore, statements: int) -> None:
    """Write the synthetic articles into an empty graph: everything that the page reads, without the edges."""
    schema = statements_of(cypher("schema"))
    for text in schema:
        if "CONSTRAINT" in text:  # indexes come last: kept up to date row by row they take most of the time
            store.query(text, write=True)
    actors: set[str] = set()
    items = bench.synthetic(0, statements // bench.EACH)
    while some := list(islice(items, PART)):
        batch = Batch()
        for article, told in some:
            batch.add(article, told, None)
        fresh = sorted((row for i, row in batch.actors.items() if i not in actors), key=label)
        actors |= set(batch.actors)
        store._connection.write(_create, batch, fresh)
    store.ensure_schema()


def _create(tx: ManagedTransaction | Transaction, batch: Batch, actors: list[Properties]) -> None:
    for kind, group in groupby(actors, key=label):
        tx.run(f"UNWIND $rows AS row CREATE (a:Actor:{kind}) SET a = row", rows=list(group)).consume()
    tx.run("UNWIND $rows AS row CREATE (d:Article) SET d = row", rows=list(batch.articles.values())).consume()
    rows = [(article, row) for article, of in batch.statements.items() for row in of.values()]
    ends = [
        {"article": d, "source": r.properties["source"], "target": r.properties["target"], "properties": r.properties}
        for d, r in rows
    ]
    said = [{"statement": r.properties["id"], **s._asdict()} for _, r in rows for s in r.speakers]
    tx.run(cypher("create_statements"), rows=ends).consume()
    tx.run(cypher("create_speakers"), rows=said).consume()


def _asked(server: Server) -> dict[str, float]:
    """Seconds of each question over HTTP."""
    return {what: _timed(partial(_get, server, *question)) for what, question in QUESTIONS.items()}


def _get(server: Server, path: str, query: str) -> None:
    with urllib.request.urlopen(f"{server.url}api/{path}?{query}", timeout=60) as answer:
        assert answer.status == 200
        answer.read()


def _slowest(name: str, times: Mapping[str, float]) -> Figure:
    what = max(times, key=times.__getitem__)
    return Figure(f"{name} of {len(times)} questions ({what})", times[what], "s", ASK)


def _timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@contextmanager
def _neo4j(home: Path) -> Iterator[GraphStore]:
    server = servers.bring_up(home, heap="2g", pages="2g")
    try:
        with open_store(server.uri, user=server.user, password=server.password) as store:
            yield store
    finally:
        server.kill()


@contextmanager
def _embedded(directory: Path) -> Iterator[GraphStore]:
    try:
        with open_store(directory=directory, heap="3g") as store:
            yield store
    finally:
        embedded.stop(directory)
