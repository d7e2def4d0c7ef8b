"""Judgements on a loaded graph: applied at once, and taken back as if they had never been.

Of an article that judgements change, the graph also keeps the statements as they were read: JSON lines in an ``AsRead``
node with the article's id. Whatever is judged later is judged from there, without a new extraction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.actors.judgements import Judgement, Judgements
from kg.model import Actor, ActorRef, ActorType, Article, Statement
from kg.record import from_json, to_json
from kg.store.recall import recall
from kg.store.text import cypher

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.store import GraphStore, Loaded

Items: TypeAlias = Iterable[tuple[Article, Iterable[Statement]]]
Read: TypeAlias = list[tuple[Article, list[Statement]]]

PART = 200
"""Articles looked at together."""

UNIQUE = "CREATE CONSTRAINT as_read_id IF NOT EXISTS FOR (k:AsRead) REQUIRE k.id IS UNIQUE"
ANY = "MATCH (k:AsRead) RETURN k.id AS id LIMIT 1"
KEEP = "UNWIND $rows AS row MERGE (k:AsRead {id: row.id}) SET k.statements = row.statements, k.names = row.names"
DROP = "UNWIND $ids AS id MATCH (k:AsRead {id: id}) DELETE k"
KEPT = "UNWIND $ids AS id MATCH (k:AsRead {id: id}) RETURN k.id AS id, k.statements AS statements"
TOUCHED = """
MATCH (s:Statement)-[:FROM]->(d:Article)
WHERE s.id IN $names OR s.source IN $names OR s.target IN $names
   OR s.source_principal IN $names OR s.target_principal IN $names
RETURN DISTINCT d.id AS id"""
SPOKE = "MATCH (w:Actor)<-[:SAID_BY]-(:Statement)-[:FROM]->(d:Article) WHERE w.id IN $names RETURN DISTINCT d.id AS id"
WERE = "MATCH (k:AsRead) WHERE any(name IN k.names WHERE name IN $names) RETURN k.id AS id"
NODE = "MATCH (a:Actor {id: $id}) RETURN a.name AS name, a.type AS type"
DESCRIBE = """
MATCH (a:Actor {id: $id})
SET a.name = $name, a.type = $type, a.aliases = CASE WHEN a.catalogue THEN a.aliases ELSE $aliases END"""
CALLED = """
MATCH (a:Actor) WHERE a.id = $text OR a.name = $text
RETURN a.id AS id, a.name AS name, a.type AS type, a.sector AS sector, a.linked AS linked ORDER BY id"""
UNLINKED = """
MATCH (a:Actor)<-[:SOURCE|TARGET]-(s:Statement) WHERE a.linked = false
RETURN a.id AS id, a.name AS name, a.type AS type, count(DISTINCT s) AS statements
ORDER BY statements DESC, id LIMIT $limit"""


def load(
    graph: GraphStore,
    items: Items,
    judgements: Judgements,
    catalogue: Catalogue | None = None,
    progress: Callable[[Loaded], None] | None = None,
) -> Loaded:
    """Put articles with their statements as judged, and what the catalogue knows of the actors."""
    named: set[str] = set()
    loaded = graph.put_many(_judged(graph, items, judgements, named), progress=progress)
    if catalogue:
        graph.load_actors(judgements.renamed(a) for a in _known(catalogue, named))
    return loaded


def apply(graph: GraphStore, judgements: Judgements, made: Judgement) -> Loaded:
    """Judge anew the articles that a judgement (or the one that it takes back) touches."""
    about = made
    while about.act == "undo":
        about = next(e for e in judgements.entries if e.id == about.of)
    names = [about.actor or about.statement]
    if about.act == "different" and not about.text and about.other:
        names.append(about.other.id)
    ids = {r["id"] for text in (TOUCHED, SPOKE, WERE) for r in graph.read(text, {"names": names})}
    described: dict[str, ActorRef] = {}

    def items() -> Iterator[tuple[Article, list[Statement]]]:
        for article, statements in as_read(graph, ids):
            for actor in {a for s in statements for a in _actors(s) if a.id in names}:
                now = judgements.now(actor)
                other = described.get(now.id, now)
                aliases = tuple(sorted({*now.aliases, *other.aliases}))
                described[now.id] = replace(now, name=min(now.name, other.name), aliases=aliases)
            yield article, statements

    loaded = load(graph, items(), judgements)
    if about.act in ("rename", "retype"):
        for actor in described.values():
            _describe(graph, actor)
    return loaded


def as_read(graph: GraphStore, ids: Iterable[str]) -> Iterator[tuple[Article, list[Statement]]]:
    """Articles of the graph with their statements as they were before any judgement."""
    wanted = iter(sorted(ids))
    while part := list(islice(wanted, PART)):
        kept = {r["id"]: r["statements"] for r in graph.read(KEPT, {"ids": part})}
        for article, statements in recall(graph, part):
            if article.id in kept:
                yield article, [from_json(json.loads(line)) for line in kept[article.id]]
            else:
                yield article, statements


def actors_called(graph: GraphStore, text: str) -> list[ActorRef]:
    """Actors of the graph with this id or just this name."""
    return [
        ActorRef(r["id"], r["name"], ActorType(r["type"]), r["sector"] or "", linked=r["linked"])
        for r in graph.read(CALLED, {"text": text})
    ]


def unlinked(graph: GraphStore, limit: int) -> list[dict[str, Any]]:
    """Actors that no catalogue has, with the number of their statements, most first."""
    return graph.read(UNLINKED, {"limit": limit})


def _judged(
    graph: GraphStore, items: Items, judgements: Judgements, named: set[str]
) -> Iterator[tuple[Article, list[Statement]]]:
    """Articles with their statements as judged; before one is passed on, what it was is kept."""
    if not judgements and not graph.read(ANY):
        for article, statements in items:
            some = list(statements)
            named |= {a.id for s in some for a in _actors(s)}
            yield article, some
        return
    graph.ensure_schema()
    graph.query(UNIQUE, write=True)
    stream = iter(items)
    while part := [(article, list(statements)) for article, statements in islice(stream, PART)]:
        judged: Read = [(a, [now for s in some if (now := judgements(s)) is not None]) for a, some in part]
        rows = [_row(a, some, now, judgements) for (a, some), (_, now) in zip(part, judged, strict=True) if some != now]
        changed = {row["id"] for row in rows}
        graph.query(KEEP, {"rows": rows}, write=True)
        graph.query(DROP, {"ids": [a.id for a, _ in part if a.id not in changed]}, write=True)
        named |= {a.id for _, some in judged for s in some for a in _actors(s)}
        yield from judged


def _row(article: Article, read: list[Statement], now: list[Statement], judgements: Judgements) -> dict[str, Any]:
    """What is kept of an article. ``names`` are all ids by which a judgement may touch it."""
    names = {s.id for s in (*read, *now)}
    names |= {name for s in read for a in _actors(s) for name in judgements.chain(a.id)}
    names |= {a.id for s in now for a in _actors(s)}
    lines = [json.dumps(to_json(s, article), ensure_ascii=False) for s in read]
    return {"id": article.id, "statements": lines, "names": sorted(names)}


def _actors(s: Statement) -> Iterator[ActorRef]:
    for actor in (s.source.actor, s.target.actor, *s.attribution):
        yield actor
        if actor.principal:
            yield actor.principal


def _describe(graph: GraphStore, actor: ActorRef) -> None:
    """Give a node its judged name and type; putting statements changes neither where the catalogue has spoken."""
    for node in graph.read(NODE, {"id": actor.id}):
        if node["type"] != actor.type:
            graph.query(cypher("relabel_actor", old=node["type"], new=actor.type), {"id": actor.id}, write=True)
        values = {"id": actor.id, "name": actor.name, "type": str(actor.type), "aliases": list(actor.aliases) or None}
        graph.query(DESCRIBE, values, write=True)


def _known(catalogue: Catalogue, named: set[str]) -> list[Actor]:
    """The catalogue's actors among those named, and whoever their facts lead to."""
    found: dict[str, Actor] = {}
    todo = sorted(named)
    while todo:
        entry = catalogue.get(todo.pop())
        if entry is None or entry.actor.id in found:
            continue
        a = found[entry.actor.id] = entry.actor
        todo += [i for i in (a.principal, *a.belongs_to, *(o.of for o in a.offices)) if i]
    return [found[i] for i in sorted(found)]
