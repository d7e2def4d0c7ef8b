"""Statements back out of the graph, as they were put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.model import ActorRef, ActorType, Article, Mention, Span, Statement, Time
from kg.store.text import cypher

if TYPE_CHECKING:
    from kg.store.graphstore import GraphStore

PART = 200
"""Articles asked for at once."""

Row = Mapping[str, Any]


def recall(graph: GraphStore, ids: Iterable[str] | None = None) -> Iterator[tuple[Article, list[Statement]]]:
    """Articles of the graph with their statements, in the order of their ids.

    Args:
        graph: Where they are.
        ids: Which articles; all of them without. Ids that the graph does not have are passed over.
    """
    wanted = [r["id"] for r in graph.read("MATCH (d:Article) RETURN d.id AS id")] if ids is None else list(ids)
    wanted = sorted(set(wanted))
    for i in range(0, len(wanted), PART):
        yield from _part(graph, wanted[i : i + PART])


def _part(graph: GraphStore, ids: list[str]) -> Iterator[tuple[Article, list[Statement]]]:
    found: dict[str, tuple[Row, list[tuple[Row, list[Any]]]]] = {}
    for row in graph.read(cypher("read_articles"), {"ids": ids}):
        _, rows = found.setdefault(row["article"]["id"], (row["article"], []))
        if row["statement"]:
            rows.append((row["statement"], sorted(row["speakers"])))
    ends = ("source", "target", "source_principal", "target_principal")
    named = {s[end] for _, rows in found.values() for s, _ in rows for end in ends}
    named |= {actor for _, rows in found.values() for _, said in rows for _, *pair in said for actor in pair}
    nodes = {r["actor"]["id"]: r["actor"] for r in graph.read(cypher("read_actors"), {"ids": sorted(named)})}
    for _, (article, rows) in sorted(found.items()):
        statements = [_statement(s, speakers, article["id"], nodes) for s, speakers in rows]
        yield _article(article), sorted(statements, key=lambda s: (s.sentence.start, s.trigger.start, s.id))


def _article(row: Row) -> Article:
    return Article(
        text="",
        id=row["id"],
        url=row.get("url", ""),
        publisher=row.get("publisher", ""),
        title=row.get("title", ""),
        published=row.get("published"),
        language=row.get("language", "en"),
        copy_of=row.get("copy_of", ""),
        text_sha256=row.get("sha256", ""),
    )


def _actor(nodes: Mapping[str, Row], actor: str, principal: str = "") -> ActorRef:
    row = nodes[actor]
    return ActorRef(
        id=actor,
        name=row["name"],
        type=ActorType(row["type"]),
        sector=row.get("sector", ""),
        aliases=tuple(row.get("aliases", ())),
        wikidata=row.get("wikidata", ""),
        principal=_actor(nodes, principal) if principal and principal != actor else None,
        linked=bool(row["linked"]),
    )


def _statement(s: Row, speakers: list[Any], article: str, nodes: Mapping[str, Row]) -> Statement:
    def mention(end: str) -> Mention:
        return Mention(
            s[f"{end}_start"],
            s[f"{end}_end"],
            s.get(f"{end}_text", ""),
            _actor(nodes, s[end], s[f"{end}_principal"]),
            s[f"{end}_how"],
            s.get(f"{end}_via", ""),
        )

    return Statement(
        article_id=article,
        sentence=Span(s["sentence"], s["start"], s["end"]),
        source=mention("source"),
        relation=s["relation"],
        target=mention("target"),
        trigger=Span(s.get("trigger", ""), s["trigger_start"], s["trigger_end"]),
        polarity=s["polarity"],
        modality=s["modality"],
        attribution=tuple(_actor(nodes, actor, principal) for _, actor, principal in speakers),
        time=Time(
            _day(s.get("date")),
            _day(s.get("date_end")),
            s["date_precision"],
            s["date_source"],
            s.get("date_text", ""),
        ),
        place=s.get("place", ""),
        confidence=s["confidence"],
        rule=s.get("rule", ""),
        engine=s.get("engine", ""),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
