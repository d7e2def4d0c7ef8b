"""Graphs from statements: cut, rolled up, collapsed; what the store's edges say as well."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest

from kg.edges import collapse as summed
from kg.errors import OntologyError, QueryError
from kg.graph import build, collapse, from_result, from_store, pairs, rolled_up, within
from kg.store import GraphStore
from tests.store.suite import story
from tests.store.world import article, claim


def triples(graph: nx.MultiDiGraph[str]) -> list[str]:
    return sorted(f"{a} {e['relation']} {b}" for a, b, e in graph.edges(data=True))


def test_every_statement_is_an_edge() -> None:
    graph = build(story())
    assert graph.number_of_edges() == sum(len(statements) for _, statements in story())
    assert graph.nodes["TUR-MIL"]["principal"] == "TUR"
    assert graph.nodes["TUR"]["aliases"] == "Türkiye; Ankara", "as a principal it comes without, which takes none away"
    assert not graph.nodes["~new-militia"]["linked"]
    (first, *_) = story()[0][1]
    edge = graph.edges["TUR", "YPG", first.id]
    assert (edge["sign"], edge["stands"], edge["first"], edge["speakers"]) == (-1, True, "2018-02-15", "Rex Tillerson")


def test_no_statements_give_an_empty_graph() -> None:
    empty = build([])
    assert (
        empty.number_of_nodes() == collapse(empty).number_of_nodes() == pairs(rolled_up(empty)).number_of_nodes() == 0
    )


def test_within_a_time() -> None:
    graph = build(story())
    march = within(graph, since="2018-03-01", until="2018-03-31")
    assert "RUS SUPPORTS SYR" in triples(march), "it stands until then"
    assert "DEU OPPOSES RUS" not in triples(march), "nobody knows when"
    assert "DEU" not in march
    assert march.number_of_edges() == 5
    assert within(graph, until="2018-02-15").number_of_edges() == 5


def test_within_confidence_publisher_and_what_stands() -> None:
    graph = build(story())
    assert triples(within(graph, min_confidence=0.95)) == ["TUR OPPOSES YPG"]
    assert within(graph, publisher="Herald").number_of_edges() == 5
    standing = within(graph, standing=True)
    assert all(e["stands"] for _, _, e in standing.edges(data=True))
    assert graph.number_of_edges() > standing.number_of_edges()


def test_rolled_up_to_principals() -> None:
    a = article()
    graph = build([(a, [claim(a, "TUR-MIL ATTACKS YPG"), claim(a, "PER-ERDOGAN ACCUSES TUR-MIL", at=1)])])
    rolled = rolled_up(within(graph, min_confidence=0.5))
    assert triples(rolled) == ["TUR ATTACKS YPG"], "what a side says of itself is left out"
    assert rolled.nodes["TUR"]["name"] == "Turkey"


def test_collapsed_as_the_store_does() -> None:
    graph = collapse(build(story()))
    edges = {f"{e.source} {e.relation} {e.target}": e for e in summed((a, s) for a, some in story() for s in some)}
    assert triples(graph) == sorted(edges)
    for a, b, code, data in graph.edges(keys=True, data=True):
        found = edges[f"{a} {code} {b}"]
        assert all(data[k] == getattr(found, k) for k in data if k not in ("relation", "weight"))


def test_edges_are_in_order_of_time_undated_last() -> None:
    edges = summed((a, s) for a, some in story() for s in some)
    assert [e.first for e in edges] == sorted((e.first for e in edges), key=lambda day: day or "9999")
    assert edges[-1].relation == "OPPOSES"
    assert edges[-1].first == ""
    assert summed([]) == []


def test_one_edge_for_each_two_actors() -> None:
    graph = pairs(build(story()))
    assert graph.edges["TUR", "USA"]["relations"] == "ACCUSES; ALLIED_WITH"
    assert (graph.edges["TUR", "USA"]["balance"], graph.edges["TUR", "USA"]["sign"]) == (0, 0)
    foes = graph.edges["TUR", "YPG"]
    assert (foes["weight"], foes["hostile"], foes["friendly"], foes["sign"]) == (3, 3, 0, -1)
    assert (foes["first"], foes["last"]) == ("2018-02-15", "2019-01-05")
    assert not graph.has_edge("NATO", "NATO")
    assert "~new-militia" in graph


def test_a_relation_outside_the_codebook_is_refused() -> None:
    a = article()
    with pytest.raises((OntologyError, KeyError)):
        collapse(build([(a, [replace(claim(a, "TUR OPPOSES YPG"), relation="LIKES")])]))


def test_from_a_store_and_from_an_answer(store: GraphStore) -> None:
    store.put_many(story())
    graph = from_store(store)
    fresh = build(story())
    assert triples(graph) == triples(fresh)
    assert dict(collapse(graph).edges) == dict(collapse(fresh).edges)
    answer = store.query("MATCH p = (a:Actor {id: 'USA'})-[r]->(b:Actor) WHERE r.sign > 0 RETURN p, a, [b]")
    found = from_result(answer)
    assert triples(found) == ["USA AIDS YPG", "USA ALLIED_WITH TUR", "USA RETREATS_FROM SYR"]
    assert found.nodes["TUR"]["labels"] == "Actor; State"
    with pytest.raises(QueryError, match="AIDS without its ends; return the nodes too"):
        from_result(store.query("MATCH ()-[r:AIDS]->() RETURN r"))
