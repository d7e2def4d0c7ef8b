"""CPU seconds by stage, on the sample articles: ``make bench``. Trust ratios between stages, not seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from kg.actors.catalogue import load
from kg.extract import extract
from kg.ingest import copies, read_articles
from kg.nlp.parser import language, parse
from kg.nlp.when import when
from kg.places import packaged

REPEAT = 5
T = TypeVar("T")


def timed(stage: str, words: int, work: Callable[[], T]) -> T:
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    rate = f"{words / seconds:12,.0f} words per CPU second" if words and seconds else ""
    print(f"{stage:32} {seconds:8.3f} CPU s {rate}")  # noqa: T201
    return result


def main() -> None:
    seeds = [packaged("seeds") / "articles"]
    articles = timed("read articles", 0, lambda: list(read_articles(seeds))) * REPEAT
    words = sum(len(a.text.split()) for a in articles)
    timed("find near-copies", words, lambda: copies(articles))
    catalogue = timed("load the catalogue", 0, lambda: load([packaged("seeds") / "actors"]))
    timed("load the language model", 0, language)
    trees = timed("parse", words, lambda: list(parse(a.text for a in articles)))
    days = [a.published for a in articles]
    timed(
        "find dates", words, lambda: [when(t.words, t.lower, d) for d, ts in zip(days, trees, strict=True) for t in ts]
    )
    found = timed(
        "extract (parsing included)", words, lambda: sum(len(x.statements) for x in extract(articles, catalogue))
    )
    print(f"{len(articles)} articles, {words:,} words, {found:,} statements")  # noqa: T201


if __name__ == "__main__":
    main()
