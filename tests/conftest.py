"""Fixtures that more than one room's tests use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import GraphStore, embedded, open_store
from tests.store import servers

BOTH = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Neo4j]:
    """A real Neo4j 5 that the tests may empty."""
    server = servers.given()
    if server:
        yield server
        return
    server = servers.bring_up(tmp_path_factory.mktemp("neo4j"), brief=True)
    yield server
    server.kill()  # nothing of it is kept, and an orderly stop takes ten seconds


@pytest.fixture(scope="session")
def embedded_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory of the embedded server, which is stopped at the end."""
    directory = tmp_path_factory.mktemp("embedded")
    yield directory
    embedded.stop(directory)


@pytest.fixture(scope="session")
def opened(request: pytest.FixtureRequest) -> Iterator[dict[str, GraphStore]]:
    """Stores by kind, opened when first asked for and shared by the session's tests."""
    stores: dict[str, GraphStore] = {}
    yield stores
    for store in stores.values():
        store.close()


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, opened: dict[str, GraphStore]) -> GraphStore:
    """An empty graph: each test that uses it runs on both servers."""
    found = store_of(request, opened)
    empty(found)
    return found


def store_of(request: pytest.FixtureRequest, opened: dict[str, GraphStore]) -> GraphStore:
    """The session's store of the kind that a fixture's parameter names."""
    kind = request.param
    if kind not in opened:
        if kind == "embedded":
            opened[kind] = open_store(directory=request.getfixturevalue("embedded_directory"))
        else:
            server: servers.Neo4j = request.getfixturevalue("neo4j_server")
            opened[kind] = open_store(server.uri, user=server.user, password=server.password)
    return opened[kind]


def empty(store: GraphStore) -> None:
    store.query("MATCH (n) DETACH DELETE n", write=True)
