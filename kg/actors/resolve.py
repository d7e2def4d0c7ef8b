"""Every mention of an article with whom it means; what ``kg actors resolve`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import tee
from typing import Any

from kg.actors.catalogue import Catalogue
from kg.actors.names import Names
from kg.model import Article, Mention
from kg.nlp.parser import parse
from kg.nlp.read import read_article


@dataclass(frozen=True, slots=True)
class Resolved:
    """An article with its mentions in the order of the text; "both sides" gives one for each side."""

    article: Article
    mentions: tuple[Mention, ...]


def resolve(articles: Iterable[Article], catalogue: Catalogue) -> Iterator[Resolved]:
    """Find and resolve the mentions of each article, in order."""
    names = Names(catalogue)
    left, right = tee(articles)
    for article, trees in zip(left, parse(a.text for a in right), strict=True):
        found: list[Mention] = []
        for s in read_article(article, trees, names).sentences:
            for m in s.ments:
                if m.start >= m.end:
                    continue  # taken up by a longer mention: the state in "Turkish foreign minister"
                start, end = s.tree.starts[m.start], s.tree.ends[m.end - 1]
                text = article.text[start:end]
                found += [Mention(start, end, text, a, m.how, m.via, m.candidates) for a in m.actors]
        yield Resolved(article, tuple(sorted(found, key=lambda m: (m.start, -m.end, m.actor.id))))


def to_json(article: Article, m: Mention) -> dict[str, Any]:
    """The contract of a line of ``kg actors resolve``."""
    principal = m.actor.principal
    return {
        "article_id": article.id,
        "start": m.start,
        "end": m.end,
        "text": m.text,
        "id": m.actor.id,
        "name": m.actor.name,
        "type": str(m.actor.type),
        "principal": {"id": principal.id, "name": principal.name} if principal else None,
        "how": m.how,
        "via": m.via or None,
        "candidates": list(m.candidates),
    }
