"""Judgements on a loaded graph: the same as a load with them, and after an undo as if they had never been."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.actors.catalogue import Catalogue, Entry
from kg.actors.judgements import Judgement, Judgements
from kg.actors.ledger import actors_called, apply, load, unlinked
from kg.model import Actor, Article, Statement
from kg.record import to_json
from kg.store import GraphStore
from kg.store.recall import recall
from tests.store.graphs import edges, everything, nodes
from tests.store.world import CATALOGUE, article, claim, ref

Items = list[tuple[Article, list[Statement]]]


def story() -> Items:
    """Three articles; the fighters of the first are the YPG by another name."""
    one, two, three = article("a1"), article("a2", "Daily"), article("a3", "Weekly")
    return [
        (one, [claim(one, "TUR ATTACKS ~fighters"), claim(one, "~fighters OPPOSES SYR", at=1, by=("~fighters",))]),
        (two, [claim(two, "TUR ATTACKS YPG"), claim(two, "USA AIDS YPG", at=1, by=("PER-TILLERSON",))]),
        (three, [claim(three, "~fighters ALLIED_WITH YPG"), claim(three, "RUS SUPPORTS SYR", at=1)]),
    ]


def judge(judgements: Judgements, act: Any, **what: Any) -> Judgement:
    return judgements.add(Judgement(act, "ana", f"2026-11-22T18:00:{len(judgements.entries):02}+00:00", **what))


@pytest.fixture
def judgements(tmp_path: Path) -> Judgements:
    return Judgements.read(tmp_path / "judgements.jsonl")


JUDGED: dict[str, dict[str, Any]] = {
    "same": {"act": "same", "actor": "~fighters", "other": ref("YPG")},
    "mention": {"act": "different", "actor": "YPG", "other": ref("~other-force"), "text": "YPG", "article": "a2"},
    "rename": {"act": "rename", "actor": "~fighters", "name": "Zagros Fighters"},
    "retype": {"act": "retype", "actor": "~fighters", "type": "ArmedGroup"},
    "wrong": {"act": "wrong", "statement": story()[1][1][0].id},
    "right": {"act": "right", "statement": story()[1][1][1].id},
}


def plainly(item: tuple[Article, list[Statement]]) -> list[Any]:
    """As the contract writes statements, whatever the order of aliases; the graph has no text, but its digest."""
    described = replace(item[0], text="", text_sha256=item[0].sha256)
    return [_sorted(to_json(s, described)) for s in item[1]]


def _sorted(row: Any) -> Any:
    match row:
        case dict():
            return {k: sorted(v) if k == "aliases" else _sorted(v) for k, v in row.items()}
        case list():
            return list(map(_sorted, row))
    return row


@pytest.mark.parametrize("kind", JUDGED)
def test_applied_at_once_equals_a_new_load_and_undone_equals_none(
    store: GraphStore, judgements: Judgements, kind: str
) -> None:
    load(store, story(), judgements)
    before = everything(store)
    made = judge(judgements, **JUDGED[kind])
    apply(store, judgements, made)
    applied = everything(store)
    assert applied != before
    apply(store, judgements, judge(judgements, "undo", of=made.id))
    assert everything(store) == before
    assert not store.read("MATCH (k:AsRead) RETURN k.id AS id")

    store.query("MATCH (n) DETACH DELETE n", write=True)
    again = Judgements.read(judgements.path)
    again.add(Judgement("undo", "ana", "2026-11-23", of=again.entries[-1].id))
    load(store, story(), again)
    assert everything(store) == applied


def test_a_merge_moves_the_edges(store: GraphStore, judgements: Judgements) -> None:
    load(store, story(), judgements)
    assert edges(store)["TUR ATTACKS YPG"]["articles"] == 1
    done = apply(store, judgements, judge(judgements, "same", actor="~fighters", other=ref("YPG")))
    assert done.articles == 2, "the article without them is left alone"
    assert edges(store)["TUR ATTACKS YPG"]["articles"] == 2
    assert not [e for e in edges(store) if "~fighters" in e or e == "YPG ALLIED_WITH YPG"]
    assert "~fighters" not in nodes(store, "Actor")


def test_merges_on_merges_come_apart_again(store: GraphStore, judgements: Judgements) -> None:
    load(store, story(), judgements)
    before = everything(store)
    first = judge(judgements, "same", actor="~fighters", other=ref("YPG"))
    apply(store, judgements, first)
    second = judge(judgements, "same", actor="YPG", other=ref("NATO"))
    apply(store, judgements, second)
    assert "TUR ATTACKS NATO" in edges(store)
    apply(store, judgements, judge(judgements, "undo", of=first.id))
    assert {e for e in edges(store) if "ATTACKS" in e} == {"TUR ATTACKS NATO", "TUR ATTACKS ~fighters"}
    apply(store, judgements, judge(judgements, "undo", of=second.id))
    assert everything(store) == before


def test_a_catalogue_actor_is_renamed_too(store: GraphStore, judgements: Judgements) -> None:
    catalogue = Catalogue({a.id: Entry(a) for a in CATALOGUE})
    load(store, story(), judgements, catalogue)
    before = everything(store)
    made = judge(judgements, "rename", actor="YPG", name="People's Protection Units")
    apply(store, judgements, made)
    assert nodes(store, "Actor")["YPG"]["name"] == "People's Protection Units"
    load(store, story(), judgements, catalogue)
    assert nodes(store, "Actor")["YPG"]["name"] == "People's Protection Units"
    apply(store, judgements, judge(judgements, "undo", of=made.id))
    assert everything(store) == before


def test_the_catalogue_comes_with_whoever_is_named(store: GraphStore, judgements: Judgements) -> None:
    actors: list[Actor] = [*CATALOGUE, Actor("CHL", "Chile", CATALOGUE[0].type)]
    load(store, story()[1:2], judgements, Catalogue({a.id: Entry(a) for a in actors}))
    there = nodes(store, "Actor")
    assert there["PER-TILLERSON"]["catalogue"]
    assert "CHL" not in there
    [office] = store.read("MATCH (:Actor {id: 'PER-TILLERSON'})-[r:HOLDS]->(b) RETURN b.id AS of, r.office AS office")
    assert office == {"of": "USA", "office": "foreign minister"}


def test_statements_come_back_as_they_were_put(store: GraphStore, judgements: Judgements) -> None:
    load(store, story(), judgements)
    assert list(map(plainly, recall(store))) == list(map(plainly, story()))
    assert [a.id for a, _ in recall(store, ["a2", "none"])] == ["a2"]


def test_who_is_unlinked_and_who_is_called_so(store: GraphStore, judgements: Judgements) -> None:
    load(store, story(), judgements)
    assert unlinked(store, 5) == [{"id": "~fighters", "name": "Fighters", "type": "Organization", "statements": 3}]
    assert [a.id for a in actors_called(store, "Fighters")] == ["~fighters"]
    assert actors_called(store, "Nobody") == []
