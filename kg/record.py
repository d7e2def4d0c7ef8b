"""Statements as JSON lines: the contract of ``kg extract --format jsonl`` and of ``kg load``.

One object a line, keys in a fixed order, so that the same statements give the same bytes. Each line carries its
article's description, so that a stream of statements can be loaded without the articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kg.errors import InputError
from kg.model import ActorRef, ActorType, Article, Mention, Span, Statement, Time

Json = dict[str, Any]


def dump(statement: Statement, article: Article) -> str:
    """One line of JSON, without the newline."""
    return json.dumps(to_json(statement, article), ensure_ascii=False)


def to_json(s: Statement, article: Article) -> Json:
    return {
        "id": s.id,
        "article_id": s.article_id,
        "sentence": _span(s.sentence),
        "source": _end(s.source),
        "relation": s.relation,
        "target": _end(s.target),
        "trigger": _span(s.trigger),
        "polarity": s.polarity,
        "modality": s.modality,
        "attribution": [actor_to_json(a) for a in s.attribution],
        "time": {
            "start": s.time.start or None,
            "end": s.time.end or None,
            "precision": s.time.precision,
            "source": s.time.source,
            "text": s.time.text or None,
        },
        "place": s.place or None,
        "confidence": round(s.confidence, 4),
        "rule": s.rule,
        "engine": s.engine,
        "article": {
            "url": article.url,
            "publisher": article.publisher,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "language": article.language,
            "sha256": article.sha256 or None,
            "copy_of": article.copy_of or None,
        },
    }


def _span(s: Span) -> Json:
    return {"text": s.text, "start": s.start, "end": s.end}


def actor_to_json(a: ActorRef) -> Json:
    return {
        "id": a.id,
        "name": a.name,
        "type": str(a.type),
        "sector": a.sector or None,
        "aliases": list(a.aliases),
        "wikidata": a.wikidata or None,
        "linked": a.linked,
        "principal": {"id": a.principal.id, "name": a.principal.name, "type": str(a.principal.type)}
        if a.principal
        else None,
    }


def _end(m: Mention) -> Json:
    return {
        **actor_to_json(m.actor),
        "mention": {"text": m.text, "start": m.start, "end": m.end, "how": m.how, "via": m.via or None},
    }


def load(lines: Iterable[str], origin: str = "input") -> Iterator[tuple[Json, Statement]]:
    """The article description (with its id) and the statement of each line; blank lines are passed over.

    Raises:
        InputError: A line is not JSON or lacks a key of the contract; the message names its number.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            statement = from_json(row)
        except (ValueError, KeyError, TypeError, AttributeError) as e:
            raise InputError(
                f"{origin}:{number}: not a statement ({type(e).__name__}: {e}); write it with `kg extract --format jsonl`"
            ) from e
        yield {"id": row["article_id"], **(row.get("article") or {})}, statement


def from_json(row: Json) -> Statement:
    time = row.get("time") or {}
    return Statement(
        article_id=str(row["article_id"]),
        sentence=_read_span(row["sentence"]),
        source=_read_end(row["source"]),
        relation=row["relation"],
        target=_read_end(row["target"]),
        trigger=_read_span(row["trigger"]),
        polarity=row.get("polarity", "affirmed"),
        modality=row.get("modality", "actual"),
        attribution=tuple(actor_from_json(a) for a in row.get("attribution") or ()),
        time=Time(
            time.get("start") or "",
            time.get("end") or "",
            time.get("precision", "day"),
            time.get("source", "none"),
            time.get("text") or "",
        ),
        place=row.get("place") or "",
        confidence=float(row.get("confidence", 1.0)),
        rule=row.get("rule", ""),
        engine=row.get("engine", ""),
    )


def _read_span(row: Json) -> Span:
    return Span(str(row["text"]), int(row["start"]), int(row["end"]))


def actor_from_json(row: Json) -> ActorRef:
    principal = row.get("principal")
    return ActorRef(
        id=str(row["id"]),
        name=str(row["name"]),
        type=ActorType(row["type"]),
        sector=row.get("sector") or "",
        aliases=tuple(row.get("aliases") or ()),
        wikidata=row.get("wikidata") or "",
        principal=ActorRef(principal["id"], principal["name"], ActorType(principal.get("type", "State")))
        if principal
        else None,
        linked=bool(row.get("linked", True)),
    )


def _read_end(row: Json) -> Mention:
    m = row["mention"]
    return Mention(
        int(m["start"]), int(m["end"]), m["text"], actor_from_json(row), m.get("how", "catalogue"), m.get("via") or ""
    )


def article_from(row: Json) -> Article:
    """The article that a statement line describes; its text is not in the line, so ``text`` is empty."""
    published = row.get("published")
    return Article(
        text="",
        id=row["id"],
        url=row.get("url") or "",
        publisher=row.get("publisher") or "",
        title=row.get("title") or "",
        published=date.fromisoformat(published) if published else None,
        language=row.get("language") or "en",
        copy_of=row.get("copy_of") or "",
        text_sha256=row.get("sha256") or "",
    )
