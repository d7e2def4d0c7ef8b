"""``kill -9`` of the loader and of both servers in mid-load: whole articles only, nothing told and lost.

A few moments each in every run; ``KG_FAULT_MOMENTS=20`` for more, ``KG_FAULT_SEED`` to see one again.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.store import GraphStore, embedded, open_store
from tests.conftest import empty
from tests.store import servers
from tests.store.graphs import edges, everything
from tests.store.loader import items
from tests.store.test_write import summed

ROOT = Path(__file__).parents[2]
MOMENTS = int(os.environ.get("KG_FAULT_MOMENTS", "2"))
SEED = int(os.environ.get("KG_FAULT_SEED", "20240301"))


def moments(kind: str, duration: float) -> list[float]:
    """When to strike, in seconds after the first write: anywhere in a load."""
    chance = random.Random(f"{SEED} {kind}")
    return [chance.uniform(0.02, max(duration * 0.95, 0.05)) for _ in range(MOMENTS)]


@contextmanager
def loading(*where: str, password: str = "") -> Iterator[subprocess.Popen[str]]:
    """A loader that has just begun."""
    command = [sys.executable, "-m", "tests.store.loader", *where]
    loader = subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert loader.stdin
    assert loader.stdout
    assert loader.stderr
    try:
        loader.stdin.write(password + "\n")
        loader.stdin.flush()
        assert loader.stdout.readline() == "ready\n", loader.stderr.read()
        yield loader
    finally:
        loader.kill()
        loader.wait()
        for pipe in (loader.stdin, loader.stdout, loader.stderr):
            pipe.close()


def whole_articles_only(store: GraphStore) -> set[str]:
    """Every article has all of its statements with all of their ends, and edges are the sum of just these."""
    rows = store.read(
        "MATCH (d:Article) OPTIONAL MATCH (s:Statement)-[:FROM]->(d) "
        "WITH d, s, COUNT { (s)-[:SOURCE]->(:Actor) } + COUNT { (s)-[:TARGET]->(:Actor) } AS ends "
        "RETURN d.id AS id, count(s) AS n, sum(ends) AS ends"
    )
    present = {row["id"] for row in rows}
    told = {a.id: statements for a, statements in items()}
    assert {row["id"]: (row["n"], row["ends"]) for row in rows} == {
        i: (len(told[i]), 2 * len(told[i])) for i in present
    }
    assert store.read("MATCH (s:Statement) WHERE NOT (s)-[:FROM]->(:Article) RETURN s.id AS id") == []
    assert edges(store) == summed([item for item in items() if item[0].id in present])
    return present


def uninterrupted(store: GraphStore) -> tuple[dict[str, Any], float]:
    """The graph of a load that nothing disturbs, and how long it takes; the store is emptied again."""
    empty(store)
    store.ensure_schema()
    started = time.monotonic()
    for a, statements in items():
        store.put(a, statements)
    duration = time.monotonic() - started
    whole = everything(store)
    empty(store)
    return whole, duration


def test_the_loader_is_killed(store: GraphStore, embedded_directory: Path, request: pytest.FixtureRequest) -> None:
    whole, duration = uninterrupted(store)
    if store.embedded:
        where, password = [str(embedded_directory)], ""
    else:
        server: servers.Neo4j = request.getfixturevalue("neo4j_server")
        where, password = [server.uri, server.user], server.password
    for moment in moments(f"loader {store.embedded}", duration):
        empty(store)
        with loading(*where, password=password) as loader:
            time.sleep(moment)
            loader.kill()
            assert loader.stdout
            told = set(loader.stdout.read().split())
        _settled(store)
        present = whole_articles_only(store)
        assert told <= present, f"after {moment:.3f} s: taken and lost"
        store.put_many(items())
        assert everything(store) == whole, f"after {moment:.3f} s"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_the_embedded_server_is_ended(how: signal.Signals, tmp_path: Path) -> None:
    """However it ends, the loader starts it again and goes on."""
    directory = tmp_path / "graph"
    with open_store(directory=directory, idle=60) as store:
        whole, duration = uninterrupted(store)
        for moment in moments(f"embedded {how}", duration):
            empty(store)
            with loading(str(directory)) as loader:
                time.sleep(moment)
                _end(directory, how)
                _, said = loader.communicate(timeout=600)
                assert loader.returncode == 0, said
            assert everything(store) == whole, f"after {moment:.3f} s"
            assert whole_articles_only(store)
    embedded.stop(directory)


@pytest.mark.neo4j
def test_neo4j_is_killed(tmp_path: Path) -> None:
    server = servers.bring_up(tmp_path / "neo4j", heap="512m", pages="64m", brief=True)
    try:
        with open_store(server.uri, user=server.user, password=server.password) as store:
            whole, duration = uninterrupted(store)
            for moment in moments("neo4j", duration):
                empty(store)
                with loading(server.uri, server.user, password=server.password) as loader:
                    time.sleep(moment)
                    server.kill()
                    server.start()
                    _, said = loader.communicate(timeout=600)
                    assert loader.returncode == 0, said
                assert everything(store) == whole, f"after {moment:.3f} s"
                assert whole_articles_only(store)
    finally:
        server.kill()


def test_two_processes_load_into_one_directory(tmp_path: Path) -> None:
    """Started at once on a directory that has no server: they share one, and neither loses anything."""
    directory = tmp_path / "graph"
    command = [sys.executable, "-m", "tests.store.loader", str(directory)]
    both = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
    ]
    for loader in both:
        _, said = loader.communicate(timeout=600)
        assert loader.returncode == 0, said
    with open_store(directory=directory, idle=60) as store:
        assert len(whole_articles_only(store)) == len(items())
        found = everything(store)
        whole, _ = uninterrupted(store)
        assert found == whole
    embedded.stop(directory)


def _end(directory: Path, how: signal.Signals) -> None:
    server = embedded.find(directory)
    assert server
    os.kill(server.pid, how)


def _settled(store: GraphStore, patience: float = 20.0) -> None:
    """Wait for the server to notice that its client is gone: what was under way is rolled back, or done."""
    deadline, before = time.monotonic() + patience, -1
    while time.monotonic() < deadline:
        (row,) = store.read("MATCH (s:Statement) RETURN count(s) AS n")
        if row["n"] == before:
            return
        before = row["n"]
        time.sleep(0.3)
