"""Articles in, statements out: the one function that every runner calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import tee

from kg.actors.catalogue import Catalogue
from kg.actors.names import Names
from kg.model import Article, Statement
from kg.nlp.parser import parse
from kg.nlp.read import read_article
from kg.nlp.score import Scorer

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article gave."""

    article: Article
    statements: list[Statement]


def extract(articles: Iterable[Article], catalogue: Catalogue, *, scorer: Scorer | None = None) -> Iterator[Extraction]:
    """Extract the statements of each article, in order; an article without statements gives an empty list.

    Memory does not grow with the number of articles: each is parsed, read and forgotten.
    """
    names = Names(catalogue)
    judge = scorer or Scorer.packaged()
    left, right = tee(articles)
    for article, trees in zip(left, parse(a.text for a in right), strict=True):
        yield Extraction(article, judge.judge(read_article(article, trees, names)))
