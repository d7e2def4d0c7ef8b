"""Statements as a signed networkx graph: cut it by time and source, roll it up to principals, collapse it.

Pure functions; each gives a new graph. Every attribute is a plain text, number or truth value, so that any graph here
can be written in any format of :mod:`kg.export`. A graph of statements has one edge for each, keyed by its id::

    graph = build(items)                          # who says what of whom, denials too
    graph = within(graph, since="2018-01-01")     # of that time
    graph = rolled_up(graph)                      # sides instead of ministers and armies
    collapse(graph)                               # one edge for each (source, relation, target)
    pairs(graph)                                  # one edge for each two actors: friends or foes
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from kg.edges import Key, Tally, edge, whole
from kg.errors import QueryError
from kg.model import ActorRef, Article, Statement
from kg.ontology import relations

if TYPE_CHECKING:
    from kg.store import GraphStore, Result

    MultiDiGraph: TypeAlias = nx.MultiDiGraph[str]
    Graph: TypeAlias = nx.Graph[str]

JOIN = "; "
"""Between the values of a list: no format of graphs has lists."""


def build(items: Iterable[tuple[Article, Iterable[Statement]]]) -> MultiDiGraph:
    """The graph of all statements: nodes are actors, principals among them.

    Edge attributes: ``relation``, ``sign``, ``polarity``, ``modality``, ``stands`` (affirmed and actual), ``first``,
    ``last`` (ISO days, empty without one), ``confidence``, ``source_principal``, ``target_principal``, ``speakers``,
    ``sentence``, ``rule``, ``article``, ``report`` (the original of a copy), ``copied``, ``publisher``.
    """
    graph: MultiDiGraph = nx.MultiDiGraph()
    for article, statements in items:
        for s in statements:
            for actor in (s.source.actor, s.target.actor):
                _add_actor(graph, actor)
            graph.add_edge(s.source.actor.id, s.target.actor.id, key=s.id, **_attributes(article, s))
    return graph


def from_store(store: GraphStore, article_ids: Iterable[str] | None = None) -> MultiDiGraph:
    """The graph of all statements of a store, or of some articles."""
    from kg.store.recall import recall  # noqa: PLC0415 - who has statements needs no store

    return build(recall(store, article_ids))


def from_result(result: Result) -> MultiDiGraph:
    """The nodes and relationships among the values of a query's answer; relationships are keyed by type.

    Raises:
        QueryError: A relationship without its ends; the query has to return these as well.
    """
    from kg.store.result import Node, Path, Relationship  # noqa: PLC0415 - as above

    graph: MultiDiGraph = nx.MultiDiGraph()

    def take(value: Any) -> None:
        match value:
            case Node(labels, properties):
                graph.add_node(str(properties.get("id", "")), labels=JOIN.join(labels), **_plain(properties))
            case Relationship(kind, source, target, properties):
                if not source or not target:
                    raise QueryError(f"the answer has {kind} without its ends; return the nodes too, or the whole path")
                graph.add_edge(source, target, key=kind, relation=kind, **_plain(properties))
            case Path(nodes, links):
                for part in (*nodes, *links):
                    take(part)
            case list():
                for part in value:
                    take(part)

    for row in result.rows:
        for value in row:
            take(value)
    return graph


def within(
    graph: MultiDiGraph,
    *,
    since: str = "",
    until: str = "",
    min_confidence: float = 0.0,
    publisher: str = "",
    standing: bool = False,
) -> MultiDiGraph:
    """The statements whose last day lies in a time, and that are sure enough, with their actors and these' principals.

    Args:
        graph: Of statements.
        since: First day, ISO; with it undated statements are left out.
        until: Last day, as above.
        min_confidence: Least confidence.
        publisher: Only what this publisher carries.
        standing: Only what is affirmed as actual.
    """

    def stays(e: Mapping[str, Any]) -> bool:
        dated = not (since or until) or (e["last"] and since <= e["last"] <= (until or "9999"))
        carried = not publisher or e["publisher"] == publisher
        return bool(dated and carried and e["confidence"] >= min_confidence and (e["stands"] or not standing))

    part: MultiDiGraph = nx.MultiDiGraph()
    for a, b, key, e in graph.edges(keys=True, data=True):
        if stays(e):
            for actor in (a, b, e["source_principal"], e["target_principal"]):
                part.add_node(actor, **graph.nodes[actor])
            part.add_edge(a, b, key=key, **e)
    return part


def rolled_up(graph: MultiDiGraph) -> MultiDiGraph:
    """Everybody's statements put on whom they acted for at the time; what stays within one side is left out."""
    rolled: MultiDiGraph = nx.MultiDiGraph()
    for _, _, key, e in graph.edges(keys=True, data=True):
        a, b = e["source_principal"], e["target_principal"]
        if a != b:
            for end in (a, b):
                rolled.add_node(end, **graph.nodes[end])
            rolled.add_edge(a, b, key=key, **e)
    return rolled


def collapse(graph: MultiDiGraph) -> MultiDiGraph:
    """One edge for each (source, relation, target) that some statement affirms as actual, keyed by the relation.

    Attributes are those of the store's edges and ``weight``, the number of statements; an edge without dates has empty
    ``first`` and ``last``. Ends of symmetric relations as :func:`kg.edges.forward` has them.
    """
    tallies: dict[Key, Tally] = {}
    for a, b, e in graph.edges(data=True):
        key = Key.of(a, e["relation"], b)
        fields = ("polarity", "modality", "first", "last", "confidence", "report", "copied", "publisher")
        tallies.setdefault(key, Tally()).add(along=a == key.source, **{name: e[name] for name in fields})
    collapsed: MultiDiGraph = nx.MultiDiGraph()
    for key, tally in sorted(tallies.items()):
        if tally.statements:
            found = edge(key, tally)
            for end in (found.source, found.target):
                collapsed.add_node(end, **graph.nodes[end])
            collapsed.add_edge(
                found.source, found.target, key=found.relation, relation=found.relation, sign=found.sign,
                weight=found.statements, statements=found.statements, articles=found.articles,
                publishers=found.publishers, negated=found.negated, planned=found.planned, possible=found.possible,
                first=found.first, last=found.last, confidence=found.confidence,
            )  # fmt: skip
    return collapsed


def pairs(graph: MultiDiGraph) -> Graph:
    """One undirected edge for each two actors of whom something stands: how friendly, how hostile.

    ``balance`` is the sum of signs, ``sign`` the sign of that, ``weight`` the number of statements, ``relations`` their
    codes; what an actor does to itself is left out.
    """
    found: Graph = nx.Graph()
    for a, b, e in graph.edges(data=True):
        if not e["stands"] or a == b:
            continue
        if not found.has_edge(a, b):
            for end in (a, b):
                found.add_node(end, **graph.nodes[end])
            found.add_edge(
                a, b, weight=0, friendly=0, hostile=0, neutral=0, balance=0, sign=0, relations="", first="", last=""
            )
        pair = found.edges[a, b]
        pair["weight"] += 1
        pair[{1: "friendly", -1: "hostile", 0: "neutral"}[e["sign"]]] += 1
        pair["balance"] += e["sign"]
        pair["sign"] = (pair["balance"] > 0) - (pair["balance"] < 0)
        pair["relations"] = JOIN.join(sorted({*pair["relations"].split(JOIN), e["relation"]} - {""}))
        if e["first"]:
            pair["first"] = min(pair["first"] or e["first"], e["first"])
            pair["last"] = max(pair["last"], e["last"])
    return found


def _add_actor(graph: MultiDiGraph, a: ActorRef) -> None:
    """A node with what a statement carries of its actor; a fuller description is not replaced by a poorer one."""
    if a.principal:
        _add_actor(graph, a.principal)
    side = a.principal.id if a.principal else a.id
    told = {"name": a.name, "type": str(a.type), "sector": a.sector, "wikidata": a.wikidata, "linked": a.linked}
    known = graph.nodes.get(a.id, {})
    graph.add_node(a.id, **told, aliases=JOIN.join(a.aliases) or known.get("aliases", ""), principal=side)


def _attributes(article: Article, s: Statement) -> dict[str, str | int | float | bool]:
    first = whole(s.time.start)
    return {
        "relation": s.relation,
        "sign": relations()[s.relation].sign,
        "polarity": s.polarity,
        "modality": s.modality,
        "stands": s.polarity == "affirmed" and s.modality == "actual",
        "first": first,
        "last": whole(s.time.end) or first,
        "confidence": round(s.confidence, 4),
        "source_principal": s.source.actor.principal.id if s.source.actor.principal else s.source.actor.id,
        "target_principal": s.target.actor.principal.id if s.target.actor.principal else s.target.actor.id,
        "speakers": JOIN.join(a.name for a in s.attribution),
        "sentence": s.sentence.text,
        "rule": s.rule,
        "article": article.id,
        "report": article.copy_of or article.id,
        "copied": bool(article.copy_of),
        "publisher": article.publisher,
    }


def _plain(properties: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    return {
        k: v if isinstance(v, str | int | float) else JOIN.join(map(str, v)) if isinstance(v, list) else str(v)
        for k, v in properties.items()
    }
