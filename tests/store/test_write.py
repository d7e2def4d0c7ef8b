"""What loading does to a graph, on both servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.edges import collapse
from kg.errors import InputError, OntologyError
from kg.model import Actor, ActorType, Article, Statement
from kg.record import article_from, dump, load
from kg.store import GraphStore
from kg.store.batch import settle
from tests.conftest import empty
from tests.store.graphs import edges, everything, nodes, relationships
from tests.store.world import CATALOGUE, article, claim


def test_an_article_becomes_statements_and_an_edge(store: GraphStore) -> None:
    a = article()
    done = store.put(a, [claim(a, "TUR OPPOSES YPG", on="2024-02-28", by=("PER-TILLERSON", "USA"), confidence=0.87)])
    assert (done.articles, done.statements, done.added, done.edges) == (1, 1, 1, 1)
    assert edges(store) == {
        "TUR OPPOSES YPG": {
            "sign": -1, "statements": 1, "articles": 1, "publishers": 1, "negated": 0, "planned": 0, "possible": 0,
            "first": date(2024, 2, 28), "last": date(2024, 2, 28), "confidence": 0.87,
        }
    }  # fmt: skip
    (statement,) = nodes(store, "Statement").values()
    assert statement["relation"] == "OPPOSES"
    assert statement["date"] == date(2024, 2, 28)
    assert statement["source_text"] == "Turkey"
    (said,) = store.read(
        "MATCH (:Statement)-[r:SAID_BY]->(w) WITH r, w ORDER BY r.position RETURN collect(w.id) AS ids"
    )
    assert said["ids"] == ["PER-TILLERSON", "USA"]
    assert nodes(store, "Actor")["YPG"]["labels"] == ["Actor", "ArmedGroup"]
    assert nodes(store, "Article")["a1"]["published"] == date(2024, 3, 1)


def test_an_edge_adds_up_its_statements(store: GraphStore) -> None:
    one, two = article("a1", "Agency", "2024-03-01"), article("a2", "Daily", "2024-04-01")
    store.put(one, [claim(one, "TUR ATTACKS YPG", confidence=0.6), claim(one, "TUR ATTACKS YPG", at=1, confidence=0.8)])
    store.put(two, [
        claim(two, "TUR ATTACKS YPG", confidence=0.7, until="2024-04-09"),
        claim(two, "TUR ATTACKS YPG", at=1, polarity="negated"),
        claim(two, "TUR ATTACKS YPG", at=2, modality="intended"),
        claim(two, "TUR ATTACKS YPG", at=3, modality="possible"),
        claim(two, "TUR ATTACKS YPG", at=4, modality="conditional", confidence=1.0),
    ])  # fmt: skip
    assert edges(store) == {
        "TUR ATTACKS YPG": {
            "sign": -1, "statements": 3, "articles": 2, "publishers": 2, "negated": 1, "planned": 1, "possible": 2,
            "first": date(2024, 3, 1), "last": date(2024, 4, 9), "confidence": 0.8,
        }
    }  # fmt: skip


@pytest.mark.parametrize("how", [{"polarity": "negated"}, {"modality": "intended"}, {"modality": "possible"}])
def test_what_is_only_denied_or_planned_makes_no_edge(store: GraphStore, how: dict[str, str]) -> None:
    a = article()
    store.put(a, [claim(a, "RUS ACCUSES NATO", **how)])  # type: ignore[arg-type]
    assert edges(store) == {}
    assert len(nodes(store, "Statement")) == 1


def test_without_dates_and_publisher_an_edge_has_none(store: GraphStore) -> None:
    a = article(publisher="", published="")
    store.put(a, [claim(a, "TUR OPPOSES YPG")])
    edge = edges(store)["TUR OPPOSES YPG"]
    assert "first" not in edge
    assert "last" not in edge
    assert (edge["articles"], edge["publishers"]) == (1, 0)


def test_a_symmetric_relation_is_one_edge_in_either_order(store: GraphStore) -> None:
    one, two = article("a1"), article("a2")
    store.put(two, [claim(two, "TUR ALLIED_WITH USA", on="2024-03-02")])
    store.put(one, [claim(one, "USA ALLIED_WITH TUR", on="2024-03-01")])
    assert list(edges(store)) == ["USA ALLIED_WITH TUR"], "of two as the earlier has it"
    assert edges(store)["USA ALLIED_WITH TUR"]["statements"] == 2
    ends = store.read("MATCH (a)<-[:SOURCE]-(s)-[:TARGET]->(b) RETURN a.id + b.id AS ends ORDER BY ends")
    assert [r["ends"] for r in ends] == ["TURUSA", "USATUR"], "a statement keeps the order of its text"
    three = article("a3")
    store.put(three, [claim(three, "TUR ALLIED_WITH USA", on="2024-03-03")])
    assert list(edges(store)) == ["TUR ALLIED_WITH USA"], "of three as most have it"
    store.put(three, [])
    assert list(edges(store)) == ["USA ALLIED_WITH TUR"]
    store.delete_article("a1")
    assert list(edges(store)) == ["TUR ALLIED_WITH USA"]
    store.delete_article("a2")
    assert edges(store) == {}


def test_an_edge_may_end_where_it_begins(store: GraphStore) -> None:
    a = article()
    store.put(a, [claim(a, "TUR OPPOSES TUR"), claim(a, "TUR ACCUSES TUR", at=1)])
    assert set(edges(store)) == {"TUR OPPOSES TUR", "TUR ACCUSES TUR"}


def test_a_report_and_its_copies_count_once(store: GraphStore) -> None:
    original = article("a1", "Agency")
    copy = _copy("a2", "Daily", "a1")
    other = article("a3", "Herald")
    for a in (copy, original, other):
        store.put(a, [claim(a, "TUR OPPOSES YPG")])
    edge = edges(store)["TUR OPPOSES YPG"]
    assert (edge["statements"], edge["articles"], edge["publishers"]) == (3, 2, 2)
    store.delete_article("a1")
    assert (edges(store)["TUR OPPOSES YPG"]["articles"], edges(store)["TUR OPPOSES YPG"]["publishers"]) == (2, 2)
    store.put(article("a2", "Daily"), [claim(article("a2", "Daily"), "TUR OPPOSES YPG")])
    store.put(article("a1", "Daily"), [claim(article("a1", "Daily"), "TUR OPPOSES YPG")])
    assert (edges(store)["TUR OPPOSES YPG"]["articles"], edges(store)["TUR OPPOSES YPG"]["publishers"]) == (3, 2)


def test_a_new_publisher_counts_without_new_statements(store: GraphStore) -> None:
    a, b = article("a1", "Agency"), article("a2", "Agency")
    store.put_many([(a, [claim(a, "TUR OPPOSES YPG")]), (b, [claim(b, "TUR OPPOSES YPG")])])
    assert edges(store)["TUR OPPOSES YPG"]["publishers"] == 1
    renamed = replace(b, publisher="Daily")
    done = store.put(renamed, [claim(b, "TUR OPPOSES YPG")])
    assert (done.added, done.removed) == (0, 0)
    assert edges(store)["TUR OPPOSES YPG"]["publishers"] == 2


def test_a_rerun_leaves_nothing_stale(store: GraphStore) -> None:
    a, other = article("a1"), article("a2")
    better = [claim(a, "TUR ACCUSES YPG", by=("USA",)), claim(a, "TUR OPPOSES YPG", at=1, confidence=0.95)]
    store.put(other, [claim(other, "TUR OPPOSES YPG")])
    store.put(a, better)
    clean = everything(store)
    empty(store)
    store.put(other, [claim(other, "TUR OPPOSES YPG")])
    worse = [claim(a, "TUR-MIL ATTACKS ~the-wrong-people", by=("PER-LAVROV",)), claim(a, "TUR OPPOSES YPG", at=1)]
    store.put(a, worse)
    assert "~the-wrong-people" in nodes(store, "Actor")
    done = store.put(a, better)
    assert (done.added, done.removed) == (2, 2)
    assert everything(store) == clean


def test_a_repeat_writes_nothing(store: GraphStore) -> None:
    items = _story()
    store.put_many(items)
    before = everything(store)
    done = store.put_many(items)
    assert (done.added, done.removed, done.edges) == (0, 0, 0)
    assert everything(store) == before


def test_a_damaged_graph_is_mended_by_loading_again(store: GraphStore) -> None:
    items = _story()
    store.put_many(items)
    whole = everything(store)
    store.query("MATCH (s:Statement)-[r:SAID_BY]->() DELETE r", write=True)
    store.query("MATCH (s:Statement {target: 'YPG'}) DETACH DELETE s", write=True)
    assert everything(store) != whole
    store.put_many(items)
    assert everything(store) == whole


def test_deleting_an_article_takes_along_what_stands_on_it(store: GraphStore) -> None:
    a, b = article("a1"), article("a2")
    store.put(a, [claim(a, "TUR OPPOSES YPG")])
    alone = everything(store)
    store.put(b, [claim(b, "PER-ERDOGAN ACCUSES ~new-group", by=("RUS",)), claim(b, "TUR OPPOSES YPG", at=1)])
    done = store.delete_article("a2")
    assert (done.articles, done.removed) == (1, 2)
    assert everything(store) == alone
    assert store.delete_article("nothing").articles == 0


def test_deleting_a_publisher_takes_its_articles(store: GraphStore) -> None:
    items = [
        (a, [claim(a, "TUR OPPOSES YPG")]) for n in range(7) if (a := article(f"a{n}", "Agency" if n % 2 else "Daily"))
    ]
    store.put_many(items)
    done = store.delete_publisher("Agency")
    assert done.articles == 3
    assert set(nodes(store, "Article")) == {"a0", "a2", "a4", "a6"}
    assert edges(store)["TUR OPPOSES YPG"]["statements"] == 4
    store.delete_publisher("Daily")
    assert everything(store) == {"Actor": {}, "Article": {}, "Statement": {}, "relationships": []}


def test_judgements_are_applied_on_writing(store: GraphStore) -> None:
    a = article()
    wrong, right = claim(a, "TUR OPPOSES NATO"), claim(a, "TUR OPPOSES YPG", at=1)
    merged = claim(a, "TUR OPPOSES ~ypg-militia", at=2)

    def judge(s: Statement) -> Statement | None:
        if s.id == wrong.id:
            return None
        return replace(s, target=replace(s.target, actor=right.target.actor)) if s.id == merged.id else s

    done = store.put(a, [wrong, right, merged], judge=judge)
    assert done.statements == 2
    assert list(edges(store)) == ["TUR OPPOSES YPG"]
    assert set(nodes(store, "Actor")) == {"TUR", "YPG"}


def test_of_one_statement_twice_the_surer_counts(store: GraphStore) -> None:
    a = article()
    twice = [claim(a, "TUR OPPOSES YPG", confidence=0.5, rule="nominal"), claim(a, "TUR OPPOSES YPG", confidence=0.9)]
    assert twice[0].id == twice[1].id
    store.put(a, twice)
    (statement,) = nodes(store, "Statement").values()
    assert (statement["confidence"], statement["rule"]) == (0.9, "active")
    before = everything(store)
    store.put(a, twice[::-1])
    assert everything(store) == before


def test_an_article_that_comes_twice_stands_as_it_came_last(store: GraphStore) -> None:
    a = article()
    store.put_many([(a, [claim(a, "TUR OPPOSES YPG")]), (a, [claim(a, "TUR ATTACKS YPG")])])
    assert list(edges(store)) == ["TUR ATTACKS YPG"]


def test_an_actor_without_a_catalogue_acts_for_whom_texts_say(store: GraphStore) -> None:
    a = article()
    store.put(a, [claim(a, "TUR-MIL ATTACKS YPG", by=("PER-TILLERSON",))])
    links = [(s, t) for s, kind, t, _ in relationships(store) if kind == "ACTS_FOR"]
    assert links == [("PER-TILLERSON", "USA"), ("TUR-MIL", "TUR")]


def test_the_catalogue_is_not_changed_by_texts(store: GraphStore) -> None:
    a = article()
    statements = [claim(a, "TUR-MIL ATTACKS YPG", by=("PER-TILLERSON",))]
    store.load_actors(CATALOGUE)
    store.put(a, statements)
    one = everything(store)
    empty(store)
    store.put(a, statements)
    store.load_actors(CATALOGUE)
    assert everything(store) == one
    person = one["Actor"]["PER-TILLERSON"]
    assert person["aliases"] == ["Tillerson"]
    facts = [(s, kind, t, dict(p)) for s, kind, t, p in one["relationships"] if s == "PER-TILLERSON"]
    term = {"since": "2017-02-01", "until": "2018-03-31"}
    assert facts == [
        ("PER-TILLERSON", "ACTS_FOR", "USA", term),
        ("PER-TILLERSON", "HOLDS", "USA", {**term, "office": "foreign minister"}),
    ]


def test_the_catalogue_is_replaced_by_a_better_one(store: GraphStore) -> None:
    store.load_actors(CATALOGUE)
    before = everything(store)
    assert store.load_actors(CATALOGUE) == 0
    assert everything(store) == before
    moved = Actor("TUR-MIL", "Turkish Armed Forces", ActorType.ORGANIZATION, "MIL", principal="NATO")
    assert store.load_actors([moved]) == 1
    assert nodes(store, "Actor")["TUR-MIL"]["labels"] == ["Actor", "Organization"]
    assert [(s, k, t) for s, k, t, _ in relationships(store) if s == "TUR-MIL"] == [("TUR-MIL", "ACTS_FOR", "NATO")]


def test_facts_about_nobody_are_left_out_and_said(store: GraphStore, caplog: pytest.LogCaptureFixture) -> None:
    store.load_actors([Actor("XYZ-GOV", "Its government", ActorType.GOVERNMENT, principal="XYZ")])
    assert relationships(store) == []
    assert "XYZ" in caplog.text


def test_names_that_would_break_a_query_are_just_names(store: GraphStore) -> None:
    a = article("a'1\"}) DETACH DELETE d //", "O'Agency `x` \\")
    store.put(
        a, [claim(a, 'TUR OPPOSES ~o\'neil`s-"group"', sentence="Ünïcödé — «Ḥizb» 🇹🇷 '; MATCH (n) DETACH DELETE n")]
    )
    (statement,) = nodes(store, "Statement").values()
    assert statement["sentence"].startswith("Ünïcödé — «Ḥizb» 🇹🇷 ';")
    assert set(nodes(store, "Article")) == {a.id}
    store.delete_publisher("O'Agency `x` \\")
    assert nodes(store, "Actor") == {}


def test_what_cannot_be_stored_is_refused_whole(store: GraphStore) -> None:
    a = article()
    good = claim(a, "TUR OPPOSES YPG")
    with pytest.raises(OntologyError, match="'LIKES' is not a relation"):
        store.put(a, [good, replace(good, relation="LIKES")])
    with pytest.raises(InputError, match="of article a9"):
        store.put(a, [good, replace(good, article_id="a9")])
    with pytest.raises(InputError, match="'yesterday' is not a date"):
        store.put(a, [replace(good, time=replace(good.time, start="yesterday"))])
    assert nodes(store, "Article") == {}


def test_a_year_or_month_is_stored_by_its_first_day(store: GraphStore) -> None:
    a = article()
    s = claim(a, "TUR OPPOSES YPG")
    store.put(a, [replace(s, time=replace(s.time, start="1984", end="1985-06", precision="interval"))])
    edge = edges(store)["TUR OPPOSES YPG"]
    assert (edge["first"], edge["last"]) == (date(1984, 1, 1), date(1985, 6, 1))


TRIPLES = ("TUR OPPOSES YPG", "YPG OPPOSES TUR", "USA ALLIED_WITH TUR", "TUR ALLIED_WITH USA", "TUR-MIL ATTACKS ~new")  # fmt: skip
CLAIMS = st.tuples(
    st.sampled_from(TRIPLES), st.integers(0, 2), st.sampled_from(["affirmed", "affirmed", "negated"]),
    st.sampled_from(["actual", "actual", "intended"]), st.sampled_from([(), ("USA",), ("PER-LAVROV", "RUS")]),
    st.sampled_from(["2024-01-01", "2024-02-01", ""]), st.sampled_from([0.5, 0.9]),
)  # fmt: skip
ARTICLES = st.lists(
    st.tuples(st.sampled_from(["Agency", "Daily", ""]), st.sampled_from(["", "a0"]), st.lists(CLAIMS, max_size=4)),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=ARTICLES, data=st.data())
def test_neither_order_nor_repetition_matters(
    store: GraphStore, told: list[tuple[str, list[tuple]]], data: st.DataObject
) -> None:  # type: ignore[type-arg]
    """Loading twice is loading once, and any order of articles gives the same graph."""
    items = []
    for n, (publisher, original, claims) in enumerate(told):
        a = _copy(f"a{n}", publisher, original) if n else article("a0", publisher)
        items.append((a, [
            claim(a, triple, at=at, polarity=polarity, modality=modality, by=by, on=on, confidence=confidence)
            for triple, at, polarity, modality, by, on, confidence in claims
        ]))  # fmt: skip
    empty(store)
    store.put_many(items)
    once = everything(store)
    assert edges(store) == summed(items)
    store.put_many(items)
    assert everything(store) == once
    empty(store)
    for item in data.draw(st.permutations([*items, *items[:1]])):
        store.put(*item)
    assert everything(store) == once


def summed(items: list[tuple[Article, list[Statement]]]) -> dict[str, dict[str, Any]]:
    """The edges as Python adds them up, in the form of the graph's."""
    found = {}
    for e in collapse((a, s) for a, statements in items for s in settle(a, statements, None).values()):
        days = {k: date.fromisoformat(v) for k, v in (("first", e.first), ("last", e.last)) if v}
        found[f"{e.source} {e.relation} {e.target}"] = {
            "sign": e.sign, "statements": e.statements, "articles": e.articles, "publishers": e.publishers,
            "negated": e.negated, "planned": e.planned, "possible": e.possible, "confidence": e.confidence, **days,
        }  # fmt: skip
    return found


def _copy(name: str, publisher: str, of: str) -> Article:
    return article(name, publisher, copy_of=of)


def _story() -> list[tuple[Article, list[Statement]]]:
    a, b = article("a1"), article("a2", "Daily", "2024-05-01")
    return [
        (a, [claim(a, "TUR OPPOSES YPG", by=("PER-ERDOGAN",)), claim(a, "USA ALLIED_WITH TUR", at=1)]),
        (b, [claim(b, "TUR-MIL ATTACKS YPG"), claim(b, "RUS ACCUSES ~new-group", at=1, polarity="negated")]),
    ]


def test_a_stream_of_statements_loads_the_graph_of_its_articles(store: GraphStore) -> None:
    """The digest of a text that the stream does not carry included."""
    a = article("a1")
    told = [claim(a, "TUR OPPOSES YPG")]
    store.put(a, told)
    whole = everything(store)
    [(described, s)] = load([dump(told[0], a)])
    streamed = article_from(described)
    assert streamed.text == ""
    assert store.read("MATCH (d:Article) RETURN d.sha256 AS digest") == [{"digest": a.sha256}]
    empty(store)
    store.put(streamed, [s])
    assert everything(store) == whole
