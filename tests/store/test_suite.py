"""One Cypher text, two servers: the same rows, query by query; the differences that are known stay as documented."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import KgError, QueryError
from kg.store import GraphStore, open_store
from kg.store.embedded import stop
from kg.store.lint import inline_map_traps
from tests.conftest import empty
from tests.store.servers import Neo4j
from tests.store.suite import QUERIES, story
from tests.store.world import CATALOGUE

pytestmark = pytest.mark.neo4j

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "stores" / "cypher-suite" / "suite.py"
# Of the shared suite: what the embedded server answers otherwise, and what a user sees. Told in docs/cypher-differences.md.
KNOWN = {
    "provenance_join": "no rows: a relationship's property in an inline map",
    "fulltext_create": "an error: no full-text index",
    "fulltext_query": "an error: no full-text index",
}

OWN = {
    "db_labels": ["Actor", "Article", "Country", "Event", "Source"],
    "db_reltypes": ["ATTACKS", "BRAND_NEW_TYPE", "DENIES CLAIM", "LEADS", "MEETS", "MENTIONS", "SANCTIONS", "SEEN_IN"],
}

Both = tuple[GraphStore, GraphStore]


@pytest.fixture(scope="module")
def both(embedded_directory: Path, neo4j_server: Neo4j) -> Iterator[Both]:
    """The same story in both servers."""
    with (
        open_store(directory=embedded_directory) as one,
        open_store(neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password) as other,
    ):
        for store in (one, other):
            empty(store)
            store.load_actors(CATALOGUE)
            store.put_many(story())
        yield one, other


@pytest.mark.parametrize("name", QUERIES)
def test_both_answer_alike(both: Both, name: str) -> None:
    text, parameters = QUERIES[name]
    assert inline_map_traps(text) == []
    here, there = (store.query(text, parameters).json() for store in both)
    assert here == there
    assert here, "a query that finds nothing proves nothing"


def test_the_suite_is_large_enough() -> None:
    assert len(QUERIES) >= 60


def documented() -> list[tuple[str, str]]:
    """The Cypher of README and docs, except what is shown as wrong or takes parameters."""
    found = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        if path.name == "cypher-differences.md" or not path.exists():
            continue
        for block in re.findall(r"```cypher\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            found += [(path.name, text.strip()) for text in block.split(";\n") if text.strip()]
    return found


@pytest.mark.parametrize(("where", "text"), documented())
def test_what_the_documentation_shows_runs_on_both(both: Both, where: str, text: str) -> None:
    assert inline_map_traps(text) == []
    if "$" in text:
        for store in both:
            store.explain_plan(text)
        return
    here, there = (store.query(text.rstrip(";")).json() for store in both)
    assert sorted(map(str, here)) == sorted(map(str, there))


# What docs/cypher-differences.md says: query, whether Neo4j answers, whether the embedded server does.
DIFFERENCES = {
    "full-text index": ("CALL db.index.fulltext.listAvailableAnalyzers() YIELD analyzer RETURN analyzer", True, False),
    "schema procedures": ("CALL db.schema.nodeTypeProperties() YIELD nodeLabels RETURN nodeLabels", True, False),
    "procedures shown": ("SHOW PROCEDURES YIELD name RETURN name LIMIT 1", True, False),
    "profile": ("PROFILE MATCH (a:Actor) RETURN count(a)", True, False),
    "apoc": ("RETURN apoc.text.capitalize('a') AS x", False, True),
    "gds": ("RETURN gds.version() AS x", False, False),
}


@pytest.mark.parametrize("what", DIFFERENCES)
def test_known_differences_stay_as_documented(both: Both, what: str) -> None:
    text, there, here = DIFFERENCES[what]
    assert _answered(both[1], text) == there
    assert _answered(both[0], text) == here


def test_an_answer_without_rows_has_columns_on_neo4j_only(both: Both) -> None:
    embedded, neo4j = (store.query("MATCH (a:Actor {id: 'none'}) RETURN a.id AS id") for store in both)
    assert (embedded.columns, neo4j.columns) == ((), ("id",))


def test_the_embedded_server_reads_no_files(both: Both) -> None:
    for source in ("file:///etc/hostname", "http://127.0.0.1:1/x", "https://example.org/x"):
        with pytest.raises(KgError):
            both[0].query(f"LOAD CSV FROM '{source}' AS line RETURN line")
        with pytest.raises(QueryError, match="does not let this account do that"):
            both[0].query(f"LOAD CSV FROM '{source}' AS line RETURN line", write=True)


def _answered(store: GraphStore, text: str) -> bool:
    try:
        return bool(store.query(text).rows)
    except KgError:
        return False


def test_the_shared_suite(tmp_path: Path, neo4j_server: Neo4j) -> None:
    """The 75 queries that Neo4j's users write, on Neo4j's answers."""
    if not SHARED.exists():
        assert os.environ.get("CI") != "true", f"CI needs {SHARED}"
        pytest.skip("the shared suite is not beside this checkout")
    suite = _module(SHARED)
    # A directory of its own: the embedded server goes on listing labels that nothing carries any more.
    with (
        open_store(directory=tmp_path / "graph", idle=60) as embedded,
        open_store(neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password) as neo4j,
    ):
        here, there = _answers(embedded, suite), _answers(neo4j, suite)
        empty(neo4j)
        neo4j.query("DROP INDEX ft IF EXISTS", write=True)
    stop(tmp_path / "graph")
    assert {name for name in there if here[name] != there[name]} == set(KNOWN)
    assert there["provenance_join"]
    assert here["provenance_join"] == []
    assert here["fulltext_create"] == here["fulltext_query"] == "refused"


def _answers(store: GraphStore, suite: ModuleType) -> dict[str, Any]:
    empty(store)
    store.query(suite.SETUP[0], write=True)
    for text, rows in zip(suite.SETUP[1:], (suite.ACT, suite.ART), strict=True):
        store.query(text, {"rows": rows}, write=True)
    for source, kind, target, day, polarity, of in suite.REL:
        values = {"s": source, "o": target, "d": day, "p": polarity, "art": of}
        store.query(suite.RELSETUP % kind, values, write=True)
    for of, actor in suite.MENTS:
        store.query(suite.MENT, {"t": of, "a": actor}, write=True)
    found: dict[str, Any] = {}
    for name, text, parameters in suite.Q:
        try:
            rows = store.query(text, parameters, write=True).json()
        except KgError:
            found[name] = "refused"
        else:
            if name.startswith("db_"):  # a server that was used before lists more
                rows = [row for row in rows if set(row.values()) <= set(OWN[name])]
            # One query of the suite does not order its rows, and a node's labels have no order anywhere.
            found[name] = sorted(rows, key=str) if name == "triangle" else rows
    return found


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_suite", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
