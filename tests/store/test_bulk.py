"""A bulk import makes the graph that an incremental load makes, statement for statement."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from kg.edges import Key
from kg.errors import InputError
from kg.export import neo4j_admin
from kg.model import Article, Statement
from kg.store import open_store
from kg.store.rows import statement_values
from tests.conftest import empty
from tests.store import servers
from tests.store.graphs import everything, nodes
from tests.store.test_copies import OTHER, report
from tests.store.world import CATALOGUE, article, claim

NASTY = "He said: \"No; never\",\nand left\t\\ — «Ḥizb» 🇹🇷, 'really'"


def story() -> list[tuple[Article, list[Statement]]]:
    a, b = article("a1", "Agency, the"), article("a2", "", "")
    c = Article("text", "a3", "", "Daily", NASTY, None, copy_of="a1")
    wrong = claim(a, "TUR OPPOSES NATO", at=9)
    return [
        (a, [
            claim(a, "TUR OPPOSES YPG", by=("PER-TILLERSON", "~new-voice"), sentence=NASTY),
            claim(a, "USA ALLIED_WITH TUR", at=1, confidence=0.33333),
            claim(a, "TUR-MIL ATTACKS ~o'group", at=2, until="2024-03-05"),
            wrong,
        ]),
        (b, [claim(b, "TUR ALLIED_WITH USA"), claim(b, "TUR OPPOSES YPG", at=1, polarity="negated", on="2019-01-01")]),
        (c, [claim(c, "TUR OPPOSES YPG"), claim(c, "RUS ACCUSES NATO", modality="possible", at=1, place="Brussels")]),
        # Near-copies, one of them of a paper whose name comes first; the earliest comes last.
        report("b2", "Daily", "2024-03-03"), report("b3", "A paper", "2024-03-04", "b2", said=(OTHER,)),
        report("b4", "Herald", "2024-03-05", said=(OTHER,)), report("b1", "", "2024-03-02"),
    ]  # fmt: skip


def judge(s: Statement) -> Statement | None:
    return None if s.target.actor.id == "NATO" and s.relation == "OPPOSES" else s


@pytest.mark.neo4j
def test_bulk_equals_incremental(tmp_path: Path) -> None:
    home = tmp_path / "neo4j"
    servers.prepare(home, heap="512m", pages="64m")
    command = neo4j_admin.export(story(), home / "import", actors=CATALOGUE, judge=judge)
    arguments = shlex.split(command)[1:]
    done = servers.admin(home, *arguments, at=home / "import")
    assert done.returncode == 0, done.stdout + done.stderr
    server = servers.launch(home, brief=True)
    try:
        with open_store(server.uri, user=server.user, password=server.password) as store:
            bulk = everything(store)
            copied = {i: a["copy_of"] for i, a in nodes(store, "Article").items() if "copy_of" in a}
            assert copied == {"a3": "a1", "b2": "b1", "b3": "b1"}
            again = store.put_many(story(), judge=judge)
            assert (again.added, again.removed) == (0, 0), "a load after a bulk import finds nothing to do"
            store.load_actors(CATALOGUE)
            assert everything(store) == bulk
            empty(store)
            store.load_actors(CATALOGUE)
            store.put_many(story(), judge=judge)
            assert everything(store) == bulk
    finally:
        server.kill()


def test_an_article_comes_once(tmp_path: Path) -> None:
    a = article()
    with pytest.raises(InputError, match="article a1 comes twice"):
        neo4j_admin.export([(a, []), (replace(a, title="other"), [])], tmp_path)


def test_columns_are_in_the_order_of_the_rows(tmp_path: Path) -> None:
    a = article()
    s = claim(a, "TUR OPPOSES YPG")
    columns = [column.partition(":")[0] for column in neo4j_admin.STATEMENTS]
    assert list(statement_values(s, s.id, Key("TUR", "OPPOSES", "YPG"))) == columns


def test_the_command_names_every_file(tmp_path: Path) -> None:
    command = neo4j_admin.export(story(), tmp_path)
    for path in tmp_path.iterdir():
        assert path.name in command
