"""Asking: read-only unless allowed, limits, errors in one line, plain values; on both servers."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from kg.errors import QueryError, WriteRefused
from kg.store import GraphStore
from kg.store.result import Node, Path, Relationship
from tests.store.graphs import everything
from tests.store.world import article, claim

WRITES = [
    "CREATE (n:Thing {id: 1})",
    "CREATE (n:Thing {id: 1}) RETURN n",
    "MERGE (a:Actor {id: 'XXX'})",
    "MATCH (a:Actor) SET a.name = 'x'",
    "MATCH (a:Actor) SET a:Renamed RETURN a",
    "MATCH (a:Actor) REMOVE a.name",
    "MATCH (s:Statement) DETACH DELETE s",
    "MATCH ()-[r]->() DELETE r",
    "MATCH (a:Actor {id: 'TUR'}), (b:Actor {id: 'YPG'}) CREATE (a)-[:BRAND_NEW]->(b)",
    "MATCH (a:Actor) FOREACH (x IN [1] | SET a.x = x)",
    "MATCH (a:Actor) CALL (a) { SET a.x = 1 } RETURN a.id",
    "UNWIND [1, 2] AS x CREATE (:Thing {x: x})",
    "/* MATCH */ MATCH (a:Actor) WITH a SET a.name = 'RETURN' RETURN a.name",
    "CREATE INDEX thing IF NOT EXISTS FOR (t:Actor) ON (t.sector)",
    "DROP CONSTRAINT actor_id IF EXISTS",
    "CREATE USER mallory SET PASSWORD 'long enough'",
    "PROFILE MATCH (a:Actor) SET a.x = 1",
]
READS = [
    "MATCH (a:Actor) WHERE a.name <> 'CREATE' RETURN a.id",
    "MATCH (s:Statement) WHERE s.sentence CONTAINS 'DELETE' OR s.trigger = 'SET' RETURN count(s)",
    "RETURN 'MERGE (a)' AS text, 1 AS `CREATE`",
    "// DELETE everything\nMATCH (a:Actor) RETURN count(a) AS set",
    "CALL db.labels() YIELD label RETURN label",
    "SHOW INDEXES",
]


@pytest.fixture
def told(store: GraphStore) -> GraphStore:
    a = article()
    store.put(a, [claim(a, "TUR OPPOSES YPG"), claim(a, "USA ALLIED_WITH TUR", at=1), claim(a, "USA AIDS YPG", at=2)])
    return store


@pytest.mark.parametrize("text", WRITES)
def test_a_query_may_not_write(told: GraphStore, text: str) -> None:
    before = everything(told)
    indexes = len(told.query("SHOW INDEXES").rows)
    with pytest.raises((WriteRefused, QueryError)) as refused:
        told.query(text)
    if not text.startswith("PROFILE"):  # the embedded server does not know the word
        assert refused.type is WriteRefused, refused.value
    assert everything(told) == before
    assert len(told.query("SHOW INDEXES").rows) == indexes


def test_a_limit_does_not_hide_a_write(told: GraphStore) -> None:
    told.query("UNWIND range(1, 3000) AS x CREATE (:Thing {x: x})", write=True)
    with pytest.raises(WriteRefused):
        told.query("MATCH (t:Thing) SET t.y = 1 RETURN t", limit=2)
    assert told.query("MATCH (t:Thing) RETURN count(t.y)").rows == [(0,)]


@pytest.mark.parametrize("text", READS)
def test_words_do_not_make_a_write(told: GraphStore, text: str) -> None:
    assert told.query(text).rows


def test_a_write_goes_through_when_allowed(told: GraphStore) -> None:
    found = told.query(
        "MERGE (n:Actor:Media {id: 'NEWS'}) SET n.name = $name RETURN n.name AS name", {"name": "News"}, write=True
    )
    assert found.maps() == [{"name": "News"}]
    assert told.query("MATCH (a:Actor {id: 'NEWS'}) RETURN a.name").rows == [("News",)]


def test_an_analyst_asks(told: GraphStore) -> None:
    found = told.query(
        "MATCH (:Actor {name: $who})-[r:OPPOSES]->(b) RETURN b.name AS name, r.last AS last", {"who": "Turkey"}
    )
    assert found.columns == ("name", "last")
    assert found.rows == [("YPG", date(2024, 3, 1))]
    assert found.json() == [{"name": "YPG", "last": "2024-03-01"}]


def test_values_are_plain(told: GraphStore) -> None:
    text = "MATCH p = (a:Actor {id: 'USA'})-[r:AIDS]->(b) RETURN a, r, p, [a.id, 1.5, true, null] AS l, {k: date('2024-03-01')} AS m"
    ((a, r, p, some, m),) = told.query(text).rows
    assert isinstance(a, Node)
    assert a.labels == ("Actor", "State")
    assert a.properties["name"] == "United States"
    assert isinstance(r, Relationship)
    assert (r.source, r.type, r.target, r.properties["statements"]) == ("USA", "AIDS", "YPG", 1)
    assert isinstance(p, Path)
    assert [n.properties["id"] for n in p.nodes] == ["USA", "YPG"]
    assert some == ["USA", 1.5, True, None]
    assert m == {"k": date(2024, 3, 1)}


def test_json_has_what_json_has(told: GraphStore) -> None:
    text = "MATCH (a:Actor {id: 'USA'})-[r:AIDS]->() RETURN r, datetime('2024-03-01T10:00:00Z') AS t, duration({days: 2}) AS d"
    (row,) = told.query(text).json()
    assert row["r"]["type"] == "AIDS"
    assert row["t"].startswith("2024-03-01T10:00:00")
    assert row["d"] == "P2D"


def test_a_limit_says_that_there_is_more(told: GraphStore) -> None:
    some = told.query("UNWIND range(1, 5000) AS x RETURN x", limit=3)
    assert (some.rows, some.more) == ([(1,), (2,), (3,)], True)
    assert not told.query("UNWIND range(1, 3) AS x RETURN x", limit=3).more


def test_an_answer_is_read_page_by_page(told: GraphStore) -> None:
    text = "UNWIND range(1, 5) AS x RETURN x ORDER BY x"
    pages = [told.query(text, limit=2, skip=skip) for skip in (0, 2, 4, 6)]
    assert [(page.rows, page.more) for page in pages] == [
        ([(1,), (2,)], True), ([(3,), (4,)], True), ([(5,)], False), ([], False),
    ]  # fmt: skip


def test_a_long_query_is_stopped(told: GraphStore) -> None:
    endless = "UNWIND range(1, 3000) AS a UNWIND range(1, 30000) AS b WITH a * b AS c WHERE c = -1 RETURN count(*) AS n"
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"stopped after 1 s; ask for less, or give it more time"):
        told.query(endless, timeout=1.0)
    assert time.monotonic() - started < 10
    assert told.query("RETURN 1 AS x", timeout=5.0).rows == [(1,)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n RETURN n", r"line 1, column \d+: "),
        ("MATCH (n)\nRETURNN n", r"line 2, column \d+: "),
        ("RETURN missing", r"[Vv]ariable [`']missing[`'] not defined"),
        ("RETURN $missing", r"missing"),
        ("", r"Cypher: "),
        ("MATCH (n) RETURN n; MATCH (m) RETURN m", r"Cypher: "),
    ],
)
def test_a_wrong_text_is_told_in_one_line(told: GraphStore, text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as wrong:
        told.query(text)
    assert "\n" not in str(wrong.value)
    assert wrong.value.exit_code == 2


def test_a_trap_is_warned_of_where_it_snaps(told: GraphStore) -> None:
    trap = "MATCH (a:Actor)-[r]->(b) MATCH (s:Statement {sign: r.sign}) RETURN count(s) AS n"
    found = told.query(trap)
    if told.embedded:
        assert found.rows == [(0,)]
        assert "r.sign is a relationship's property inside {…}" in found.warnings[0]
    else:
        assert found.rows[0][0] > 0
        assert found.warnings == ()
    right = told.query("MATCH (a:Actor)-[r]->(b) MATCH (s:Statement) WHERE s.sign = r.sign RETURN count(s) > 0 AS n")
    assert (right.rows, right.warnings) == ([(True,)], ())


def test_a_plan_is_shown_and_nothing_is_run(told: GraphStore) -> None:
    before = everything(told)
    assert "Actor" in told.explain_plan("MATCH (a:Actor {id: $id}) RETURN a", {"id": "TUR"})
    assert "Actor" in told.explain_plan("explain MATCH (a:Actor) RETURN a")
    assert everything(told) == before


def test_answers_are_streamed(told: GraphStore) -> None:
    rows = told.stream("UNWIND range(1, 3000) AS x RETURN x, date('2024-01-01') + duration({days: x}) AS day")
    first = next(rows)
    assert first == {"x": 1, "day": date(2024, 1, 1) + timedelta(days=1)}
    assert sum(1 for _ in rows) == 2999
