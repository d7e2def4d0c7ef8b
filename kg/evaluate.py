"""Precision, recall and calibration against what people wrote; the rooms behind it are in ``kg.evaluation``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.actors.catalogue import Catalogue
from kg.actors.resolve import resolve
from kg.evaluation.figures import Figures, measure
from kg.evaluation.gold import GoldArticle, GoldSentence, GoldStatement, read_gold
from kg.evaluation.linking import Link, LinkFigures, compare, read_linking
from kg.extract import extract
from kg.model import Article, Statement

__all__ = [
    "Evaluation",
    "GoldArticle",
    "GoldSentence",
    "GoldStatement",
    "evaluate_actors",
    "evaluate_extraction",
    "read_gold",
    "score",
]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures over all articles, and over each register by its name."""

    total: Figures
    registers: dict[str, Figures]


def evaluate_extraction(
    paths: Sequence[Path], catalogue: Catalogue, *, progress: Callable[[Article], None] | None = None
) -> Evaluation:
    """Extract the articles of gold files and compare.

    Raises:
        InputError: A gold file breaks the format.
    """
    articles = [a for path in paths for a in read_gold(path)]
    found: list[Statement] = []
    for done in extract((a.article for a in articles), catalogue):
        found += done.statements
        if progress:
            progress(done.article)
    return score(articles, found)


def score(articles: Sequence[GoldArticle], statements: Iterable[Statement]) -> Evaluation:
    """Compare statements, in any order, with annotated articles."""
    by_article: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        by_article[s.article_id].append(s)
    ordered = sorted(articles, key=lambda a: a.register)
    registers = {r: measure(some, by_article) for r, some in groupby(ordered, key=lambda a: a.register)}
    return Evaluation(measure(articles, by_article), registers)


def evaluate_actors(
    paths: Sequence[Path], catalogue: Catalogue, *, progress: Callable[[Article], None] | None = None
) -> LinkFigures:
    """Resolve the texts of linking gold files and compare.

    Raises:
        InputError: A linking gold file breaks the format.
    """
    texts = [t for path in paths for t in read_linking(path)]
    links: dict[str, list[Link]] = {}
    for done in resolve((t.article for t in texts), catalogue):
        spans = groupby(done.mentions, key=lambda m: (m.start, m.end))
        links[done.article.id] = []
        for (start, end), group in spans:
            some = list(group)
            links[done.article.id].append(Link(start, end, tuple(m.actor for m in some), some[0].how))
        if progress:
            progress(done.article)
    return compare(texts, links)
