"""Whether mentions are linked to the right actors, against mentions labelled by hand.

A linking gold file has one text a line::

    {"article_id": "l1", "published": "2018-02-16", "text": "…",
     "mentions": [{"start": 0, "end": 6, "text": "Ankara", "id": "TUR", "principal": null}]}

An ``id`` of ``""`` says that nobody is meant (Jordan the player of basketball), ``"A|B"`` that either will do. A
``principal`` of ``null`` says that the actor is its own side.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluation.figures import ratio
from kg.model import ActorRef, Article


@dataclass(frozen=True, slots=True)
class Label:
    """A mention as labelled: ``ids`` and ``principals`` are what is accepted, empty where nobody is meant."""

    start: int
    end: int
    text: str
    ids: frozenset[str]
    principals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Labelled:
    article: Article
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A mention as linked, by characters of the article: several actors for "both sides"."""

    start: int
    end: int
    actors: tuple[ActorRef, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Mislink:
    """A label that its link does not agree with; ``found`` is empty where nothing was linked."""

    article: str
    label: Label
    found: tuple[str, ...]
    how: str
    context: str


@dataclass
class LinkFigures:
    mentions: int = 0
    right: int = 0
    right_principal: int = 0
    unlinked: int = 0
    by_how: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[Mislink] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return ratio(self.right, self.mentions)

    @property
    def principal_accuracy(self) -> float:
        return ratio(self.right_principal, self.mentions)

    def to_json(self) -> dict[str, Any]:
        return {
            "mentions": self.mentions,
            "accuracy": self.accuracy,
            "principal_accuracy": self.principal_accuracy,
            "unlinked": self.unlinked,
            "by_how": {h: {"n": c["n"], "accuracy": ratio(c["right"], c["n"])} for h, c in sorted(self.by_how.items())},
            "wrong": [
                {
                    "article_id": w.article,
                    "text": w.label.text,
                    "wanted": sorted(w.label.ids),
                    "found": list(w.found),
                    "how": w.how,
                    "context": w.context,
                }
                for w in self.wrong
            ],
        }


def read_linking(path: Path) -> list[Labelled]:
    """The texts of a linking gold file.

    Raises:
        InputError: A line breaks the format, or a span does not slice back to its text.
    """
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise InputError(f"{path}: cannot be read ({e}); a linking gold file is UTF-8 JSON lines") from e
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            published = date.fromisoformat(row["published"]) if row.get("published") else None
            article = Article(row["text"], row["article_id"], published=published)
            labels = tuple(_label(m) for m in row["mentions"])
        except (ValueError, KeyError, TypeError, AttributeError) as e:
            raise InputError(f"{path}:{number}: not a labelled text ({type(e).__name__}: {e})") from e
        for label in labels:
            if article.text[label.start : label.end] != label.text:
                at = article.text.find(label.text)
                raise InputError(
                    f"{path}:{number}: {label.text!r} is not at {label.start}–{label.end}"
                    + (f"; it stands at {at}–{at + len(label.text)}" if at >= 0 else "; it is not in the text")
                )
        found.append(Labelled(article, labels))
    return found


def _label(row: Mapping[str, Any]) -> Label:
    ids = frozenset(filter(None, (row["id"] or "").split("|")))
    principals = frozenset(filter(None, (row.get("principal") or "").split("|"))) or ids
    return Label(row["start"], row["end"], row["text"], ids, principals)


def compare(texts: Iterable[Labelled], links: Mapping[str, Sequence[Link]]) -> LinkFigures:
    """Compare labels with links, by article id; of several links that overlap a label, the one that shares most."""
    figures = LinkFigures()
    for labelled in texts:
        here = links.get(labelled.article.id, ())
        for label in labelled.labels:
            link = max(here, key=lambda k: _overlap(k, label), default=None)
            if link is not None and not _overlap(link, label):
                link = None
            _count(figures, labelled.article, label, link)
    return figures


def _overlap(link: Link, label: Label) -> float:
    """Shared characters; of two links that share as many, the tighter counts for more."""
    shared = min(link.end, label.end) - max(link.start, label.start)
    return shared + 1 / (1 + link.end - link.start) if shared > 0 else 0.0


def _count(figures: LinkFigures, article: Article, label: Label, link: Link | None) -> None:
    actors = link.actors if link else ()
    ids = {a.id for a in actors}
    principals = {(a.principal or a).id for a in actors}
    right = bool(ids & label.ids) or not (ids or label.ids)
    at_principal = right or bool((principals | ids) & label.principals)
    how = link.how if link else "none"
    figures.mentions += 1
    figures.right += right
    figures.right_principal += at_principal
    figures.unlinked += not actors and bool(label.ids)
    counts = figures.by_how.setdefault(how, Counter())
    counts["n"] += 1
    counts["right"] += right
    if not right:
        context = article.text[max(0, label.start - 60) : label.end + 60].replace("\n", " ")
        figures.wrong.append(Mislink(article.id, label, tuple(sorted(ids)), how, context))
