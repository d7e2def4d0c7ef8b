"""A whole graph as plain values, to compare two of them."""

from __future__ import annotations

from typing import Any

from kg.store import GraphStore

Plain = dict[str, Any]


def nodes(store: GraphStore, label: str) -> dict[str, Plain]:
    """Properties by id, with the labels among them."""
    rows = store.read(f"MATCH (n:{label}) RETURN n.id AS id, properties(n) AS p, labels(n) AS labels")
    return {r["id"]: {**r["p"], "labels": sorted(r["labels"])} for r in rows}


def relationships(store: GraphStore) -> list[tuple[str, str, str, list[tuple[str, Any]]]]:
    rows = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b, properties(r) AS p")
    return sorted((r["a"], r["t"], r["b"], sorted(r["p"].items())) for r in rows)


def everything(store: GraphStore) -> Plain:
    """All of a graph."""
    return {
        **{label: nodes(store, label) for label in ("Actor", "Article", "Statement")},
        "relationships": relationships(store),
    }


def edges(store: GraphStore) -> dict[str, Plain]:
    """Derived edges by ``"TUR OPPOSES YPG"``."""
    rows = store.read(
        "MATCH (a:Actor)-[r]->(b:Actor) WHERE NOT type(r) IN ['ACTS_FOR', 'HOLDS', 'BELONGS_TO'] "
        "RETURN a.id + ' ' + type(r) + ' ' + b.id AS edge, properties(r) AS p"
    )
    assert len({row["edge"] for row in rows}) == len(rows), "two edges of one kind between the same actors"
    return {row["edge"]: row["p"] for row in rows}
