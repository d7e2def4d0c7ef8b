"""Real graphs on both servers, served live, and the browser of the page's tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.actors.judgements import Judgements
from kg.model import Article, Statement
from kg.server import Review, Server, serve
from kg.store import GraphStore
from tests.conftest import BOTH, empty, store_of
from tests.view.conftest import browser, watched
from tests.view.synthetic import statements

__all__ = ["browser", "watched"]

Rows = list[tuple[Article, Statement]]

ROWS: Rows = list(statements(60, 400))


@pytest.fixture(scope="module", params=BOTH)
def graph(request: pytest.FixtureRequest, opened: dict[str, GraphStore]) -> GraphStore:
    """A graph of sixty actors, which a module's tests share: each leaves it as it was."""
    found = store_of(request, opened)
    fill(found, ROWS)
    return found


@pytest.fixture(scope="module")
def live(graph: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes judgements."""
    with served(graph, tmp_path_factory.mktemp("judged")) as server:
        yield server


@contextmanager
def served(graph: GraphStore, directory: Path) -> Iterator[Server]:
    judgements = Judgements.read(directory / "judgements.jsonl")
    with running(serve(graph, port=0, review=Review(judgements, "ana", lambda: "2026-01-02T03:04:05+00:00"))) as server:
        yield server


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fill(store: GraphStore, rows: Rows) -> None:
    empty(store)
    by_article: dict[str, tuple[Article, list[Statement]]] = {}
    for a, s in rows:
        by_article.setdefault(a.id, (a, []))[1].append(s)
    store.put_many(by_article.values())
