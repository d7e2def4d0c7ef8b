"""Writing articles: what changed is found first, then only that is written, in one transaction.

Truth and projection in one step: an article's statements are replaced, and just the edges that they touch are measured
again. What the graph holds is compared with what it should hold, so a repeat writes nothing, and a graph that somebody
damaged is mended by loading again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.edges import Key, forward
from kg.ontology import relations
from kg.store.batch import Batch
from kg.store.copies import settle
from kg.store.rows import Properties, Speaker, StatementRow, label, merged
from kg.store.text import cypher

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Transaction

    Tx: TypeAlias = ManagedTransaction | Transaction

# Whoever refreshes an edge first writes to its source actor, unchanged: two loaders that touch the same edge then take
# turns (Neo4j) or one of them is told to try again (embedded), and neither counts without the other's statements.
CLAIM: Final = "UNWIND $ids AS id MATCH (a:Actor {id: id}) SET a.id = id"
GONE: Final = "UNWIND $ids AS id MATCH (s:Statement {id: id}) DETACH DELETE s"
ARTICLES: Final = "UNWIND $rows AS row MERGE (d:Article {id: row.id}) SET d = row"
ACTORS: Final = "UNWIND $rows AS row MATCH (a:Actor {id: row.id}) SET a = row"
NEW_ACTORS: Final = "UNWIND $rows AS row CREATE (a:Actor:__LABEL__ {id: row.id}) SET a = row"
LINKS: Final = "UNWIND $rows AS row MATCH (a:Actor {id: row[0]}), (p:Actor {id: row[1]}) MERGE (a)-[:ACTS_FOR]->(p)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: ``statements`` that the articles now have; ``added`` and ``removed`` are what was written."""

    articles: int = 0
    statements: int = 0
    added: int = 0
    removed: int = 0
    edges: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.articles + other.articles,
            self.statements + other.statements,
            self.added + other.added,
            self.removed + other.removed,
            self.edges + other.edges,
        )


def write(tx: Tx, batch: Batch) -> Loaded:
    """Make the graph hold just these statements of these articles."""
    stored = _read(tx, list(batch.articles))
    gone: list[StatementRow] = []
    fresh: list[tuple[str, StatementRow]] = []
    touched: set[Key] = set()
    changed: set[str] = set()
    described: list[Properties] = []
    for article_id, told in batch.articles.items():
        old_row, old = stored.get(article_id, ({}, {}))
        new, row = batch.statements[article_id], _described(told, old_row)
        out = [r for i, r in old.items() if new.get(i) != r]
        into = [(article_id, r) for i, r in new.items() if old.get(i) != r]
        if row != old_row:
            described.append(row)
        if old_row and any(row.get(k) != old_row.get(k) for k in ("publisher", "copy_of")):
            touched |= {r.key for r in (*old.values(), *new.values())}
        if out or into or row != old_row:
            changed.add(article_id)
        gone += out
        fresh += into
    touched |= {r.key for r in gone} | {r.key for _, r in fresh}
    if described:
        tx.run(ARTICLES, rows=described).consume()
    _write_actors(tx, batch)
    _claim(tx, touched)
    if gone:
        tx.run(GONE, ids=sorted(str(r.properties["id"]) for r in gone)).consume()
    if fresh:
        _create(tx, fresh)
    edges = refresh(tx, touched | _settled(tx, changed, touched), carried(gone))
    sweep(tx, gone, keep=batch)
    return Loaded(len(batch.articles), batch.size, len(fresh), len(gone), edges)


def delete(tx: Tx, article_ids: Sequence[str]) -> Loaded:
    """Take articles out with their statements and what stands on these alone; unknown ids are passed over."""
    stored = _read(tx, article_ids)
    gone = [r for _, old in stored.values() for r in old.values()]
    touched = {r.key for r in gone}
    _claim(tx, touched)
    tx.run(GONE, ids=sorted(str(r.properties["id"]) for r in gone)).consume()
    tx.run("UNWIND $ids AS id MATCH (d:Article {id: id}) DETACH DELETE d", ids=list(stored)).consume()
    edges = refresh(tx, touched | _settled(tx, set(stored), touched), carried(gone))
    sweep(tx, gone)
    return Loaded(len(stored), 0, 0, len(gone), edges)


def carried(rows: Iterable[StatementRow]) -> set[Key]:
    """The edges that stood on some of these statements."""
    return {r.key for r in rows if r.properties["polarity"] == "affirmed" and r.properties["modality"] == "actual"}


def refresh(tx: Tx, keys: Iterable[Key], shaken: set[Key]) -> int:
    """Measure edges anew from their statements; how many were looked at.

    Args:
        tx: A transaction for writing.
        keys: Edges whose statements changed.
        shaken: Those that may have lost the last statement that carried them, and then go.
    """
    keys = sorted(keys)
    if not keys:
        return 0
    measured: dict[str, dict[str, Any]] = {}
    for record in tx.run(cypher("measure_edges"), edges=[str(k) for k in keys]):
        row = plain(record.data())
        edge = str(row.pop("edge"))
        if row["statements"]:
            measured[edge] = row
    for relation, group in groupby(sorted(keys, key=lambda k: k.relation), key=lambda k: k.relation):
        stand, fall = [], []
        for key in group:
            ways = [{"source": key.source, "target": key.target}]
            if relations()[relation].symmetric and key.source != key.target:
                ways.append({"source": key.target, "target": key.source})
            if (found := measured.get(str(key))) is not None:
                properties, along = _edge(key, found)
                stand.append({**ways.pop(0 if along else -1), "properties": properties})
                fall += ways  # as it may have run before
            elif key in shaken:
                fall += ways
        if stand:
            tx.run(cypher("merge_edges", relation=relation), rows=stand).consume()
        if fall:
            tx.run(cypher("delete_edges", relation=relation), rows=fall).consume()
    return len(keys)


def _edge(key: Key, row: dict[str, Any]) -> tuple[Properties, bool]:
    """The properties of an edge as measured, and whether it runs in its key's order."""
    first_along = row.pop("first_forward")
    along = forward(key.relation, row["statements"], row.pop("forward"), row["first"], first_along)
    properties: Properties = {"sign": relations()[key.relation].sign}
    return properties | {k: v for k, v in row.items() if v is not None}, along


def sweep(tx: Tx, gone: Iterable[StatementRow], keep: Batch | None = None) -> None:
    """Take away what only the statements that went stood for: principals, and actors that nothing names any more."""
    links: set[tuple[str, str]] = set()
    for row in gone:
        p = row.properties
        links.add((str(p["source"]), str(p["source_principal"])))
        links.add((str(p["target"]), str(p["target_principal"])))
        links |= {(s.actor, s.principal) for s in row.speakers}
    actors = {end for link in links for end in link}
    if keep is not None:
        links -= keep.acts_for
        actors -= set(keep.actors)
    rows = [{"actor": a, "principal": p} for a, p in sorted(links) if a != p]
    if rows:
        tx.run(cypher("delete_links"), rows=rows).consume()
    if actors:
        tx.run(cypher("delete_orphans"), ids=sorted(actors)).consume()


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A record with Python's dates for the driver's."""
    return {k: v.to_native() if hasattr(v, "to_native") else v for k, v in row.items()}


def _read(tx: Tx, article_ids: Sequence[str]) -> dict[str, tuple[Properties, dict[str, StatementRow]]]:
    """The articles that the graph has: their properties, and their statements by id."""
    found: dict[str, tuple[Properties, dict[str, StatementRow]]] = {}
    for article, statement, speakers in tx.run(cypher("read_articles"), ids=list(article_ids)):
        row = plain(article)
        _, statements = found.setdefault(str(row["id"]), (row, {}))
        if statement:
            properties = plain(statement)
            said = tuple(sorted(Speaker(*s) for s in speakers))
            statements[str(properties["id"])] = StatementRow(properties, said)
    return found


def _described(told: Properties, old: Properties) -> Properties:
    """An article's node as it should be, given as it was told and as it is; ``copy_of`` is settled later.

    The digest stays where a stream of statements, which has no text, does not tell it. A copy that was found here and
    comes back as it was read from the graph is not one that somebody told.
    """
    row = {**{k: old[k] for k in ("sha256",) if k in old}, **told}
    original, held = row.get("copy_of", ""), old.get("copy_of", "")
    if held:
        row["copy_of"] = held
    if original and original != held:
        row["copy_told"] = original
    elif original and "copy_told" in old:
        row["copy_told"] = old["copy_told"]
    return row


def _settled(tx: Tx, changed: set[str], claimed: set[Key]) -> set[Key]:
    """Bring up to date which articles are copies; the edges that this touches, claimed as well."""
    edges = settle(tx, changed) - claimed if changed else set[Key]()
    _claim(tx, edges)
    return edges


def _write_actors(tx: Tx, batch: Batch) -> None:
    """Bring the actors that texts name up to date; the catalogue's own are left as they are."""
    stored: dict[str, Properties] = {}
    acts_for: set[tuple[str, str]] = set()
    for actor, principals in tx.run(cypher("read_actors"), ids=sorted(batch.actors)):
        stored[actor["id"]] = plain(actor)
        acts_for |= {(actor["id"], p) for p in principals}
    changed, new = [], []
    for actor_id, row in sorted(batch.actors.items()):
        if actor_id not in stored:
            new.append(row)
        elif (both := merged(stored[actor_id], row)) != stored[actor_id]:
            changed.append((stored[actor_id], both))
    create_actors(tx, new)
    change_actors(tx, changed)
    known = {i for i, row in stored.items() if row.get("catalogue")}
    links = [list(link) for link in sorted(batch.acts_for - acts_for) if link[0] not in known]
    if links:
        tx.run(LINKS, rows=links).consume()


def create_actors(tx: Tx, rows: Iterable[Properties]) -> None:
    for name, group in groupby(sorted(rows, key=label), key=label):
        tx.run(NEW_ACTORS.replace("__LABEL__", name), rows=list(group)).consume()


def change_actors(tx: Tx, pairs: Sequence[tuple[Properties, Properties]]) -> None:
    """Write actors anew, given as they stand and as they should; their second label follows their type."""
    for old, new in pairs:
        if label(old) != label(new):
            tx.run(cypher("relabel_actor", old=label(old), new=label(new)), id=new["id"]).consume()
    if pairs:
        tx.run(ACTORS, rows=[new for _, new in pairs]).consume()


def _claim(tx: Tx, keys: Iterable[Key]) -> None:
    if ids := sorted({key.source for key in keys}):
        tx.run(CLAIM, ids=ids).consume()


def _create(tx: Tx, fresh: Sequence[tuple[str, StatementRow]]) -> None:
    rows, said = [], []
    for article_id, row in fresh:
        p = row.properties
        rows.append({"article": article_id, "source": p["source"], "target": p["target"], "properties": p})
        said += [{"statement": p["id"], **speaker._asdict()} for speaker in row.speakers]
    tx.run(cypher("create_statements"), rows=rows).consume()
    if said:
        tx.run(cypher("create_speakers"), rows=said).consume()
