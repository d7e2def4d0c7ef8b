"""Columns of statements without a graph server in between."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import ActorRef, Article, Statement
from kg.server.columns import Columns
from kg.server.reading import SEPARATOR, Reading
from kg.view.model import side


def columns_of(rows: Iterable[tuple[Article, Statement]]) -> Columns:
    """What reading a graph of these statements gives."""
    reading = Reading()
    some = list(rows)
    reading.add(row_of(a, s) for a, s in some)
    reading.whole = True
    for _, s in some:
        for end in (s.source.actor, s.target.actor, *s.attribution):
            for actor in (end, side(end)):
                reading.described[actor.id] = described(actor)
    return reading.taken()


def row_of(article: Article, s: Statement) -> str:
    ends = (s.source.actor, s.target.actor)
    fields = (
        s.id, article.id, *(e.id for e in ends), *(side(e).id for e in ends), s.relation, s.polarity, s.modality,
        str(s.confidence), s.time.start, s.time.end or s.time.start, article.publisher,
    )  # fmt: skip
    return SEPARATOR.join(fields)


def described(actor: ActorRef) -> dict[str, object]:
    return {
        "id": actor.id,
        "name": actor.name,
        "type": str(actor.type),
        "aliases": list(actor.aliases),
        "wikidata": actor.wikidata,
        "linked": actor.linked,
    }
