"""Servers that are not there, will not have us, get lost on the way, or are busy with another writer."""

from __future__ import annotations

import logging
import threading

import neo4j
import pytest

from kg.errors import AuthFailed, KgError, StoreError, Unreachable
from kg.model import Article, Statement
from kg.store import GraphStore, connection, driver, open_store
from tests.conftest import empty
from tests.store.graphs import everything
from tests.store.servers import Neo4j
from tests.store.world import article, claim


@pytest.mark.parametrize(
    ("uri", "error", "said"),
    [
        (
            "bolt://127.0.0.1:1",
            Unreachable,
            r"no answer from bolt://127.0.0.1:1 \(.+\); start the server, or mend NEO4J_URI",
        ),
        ("bolt://no.such.host.invalid:7687", Unreachable, "no answer from bolt://no.such.host.invalid"),
        ("http://127.0.0.1:7474", StoreError, "is not a server's address; write it as bolt://host:7687"),
        ("localhost", StoreError, "is not a server's address; write it as bolt://host:7687"),
    ],
)
def test_a_wrong_address_is_told_at_once(uri: str, error: type[KgError], said: str) -> None:
    with pytest.raises(error, match=said) as wrong:
        open_store(uri)
    assert "\n" not in str(wrong.value)
    assert wrong.value.exit_code == 1


@pytest.mark.neo4j
def test_a_wrong_password_is_told(neo4j_server: Neo4j) -> None:
    with pytest.raises(AuthFailed, match="refuses the user or the password; set NEO4J_USERNAME and NEO4J_PASSWORD"):
        open_store(neo4j_server.uri, user=neo4j_server.user, password="not " + neo4j_server.password)


@pytest.mark.neo4j
def test_a_missing_database_is_told(neo4j_server: Neo4j) -> None:
    with (
        open_store(
            neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password, database="nowhere"
        ) as store,
        pytest.raises(StoreError, match="has no such database; set NEO4J_DATABASE"),
    ):
        store.query("RETURN 1 AS x")


def test_a_lost_connection_is_tried_again_and_said(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Three writes fail on the way, one of them after the server had taken it."""
    waits: list[float] = []
    monkeypatch.setattr(connection.time, "sleep", waits.append)
    caplog.set_level(logging.WARNING, "kg.store")
    commit, lost = neo4j.Transaction.commit, [True, False, True]

    def flaky(tx: neo4j.Transaction) -> None:
        if lost:
            if lost.pop():
                commit(tx)
            raise neo4j.exceptions.ServiceUnavailable("the line went dead")
        commit(tx)

    monkeypatch.setattr(neo4j.Transaction, "commit", flaky)
    a = article()
    done = store.put(a, [claim(a, "TUR OPPOSES YPG")])
    assert done.articles == 1
    assert store.query("MATCH (s:Statement) RETURN count(s) AS n").rows == [(1,)]
    assert caplog.text.count("the line went dead; trying again in") == 3
    assert len(waits) == 3
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]


def test_patience_ends(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute for who asks, five for who loads."""
    slept: list[float] = []
    clock = iter(range(0, 10_000, 20))
    monkeypatch.setattr(connection.time, "sleep", slept.append)
    monkeypatch.setattr(connection.time, "monotonic", lambda: float(next(clock)))

    def dead(*args: object, **more: object) -> None:
        raise neo4j.exceptions.ServiceUnavailable("the line is dead")

    with pytest.raises(Unreachable, match="the line is dead"):
        store._connection.retrying(dead)
    assert 1 <= len(slept) <= 3
    slept.clear()
    with pytest.raises(Unreachable, match="the line is dead"):
        store._connection.retrying(dead, writes=True)
    assert 12 <= len(slept) <= 15


def test_the_driver_does_not_talk_to_the_user() -> None:
    """What went wrong is told by us, in one line; the driver's own log has handlers where a program wants it."""
    driver.load()
    assert logging.getLogger("neo4j").hasHandlers()


def test_two_loaders_do_not_lose_each_others_counts(store: GraphStore) -> None:
    """Both write the same edges at once, new actors among them; what comes out is what one after the other gives."""
    stories = [_story(f"{name}{n}") for name in "xy" for n in range(12)]
    store.put_many(stories)
    alone = everything(store)
    empty(store)
    failed: list[BaseException] = []

    def load(part: list[tuple[Article, list[Statement]]]) -> None:
        try:
            for a, statements in part:
                store.put(a, statements)
        except Exception as e:  # noqa: BLE001 - told to the thread that asserts
            failed.append(e)

    threads = [threading.Thread(target=load, args=(part,)) for part in (stories[:12], stories[12:][::-1])]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not failed
    assert everything(store) == alone


def _story(name: str) -> tuple[Article, list[Statement]]:
    a = article(name, f"Publisher {name[0]}")
    group = f"TUR-MIL ATTACKS ~group-{name[1:]}"
    claims = ["TUR OPPOSES YPG", "USA ALLIED_WITH TUR", "USA AIDS YPG", group, "RUS ACCUSES USA"]
    return a, [claim(a, c, at=i, by=("RUS",) if i % 2 else ()) for i, c in enumerate(claims)]
