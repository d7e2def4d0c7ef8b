"""``kg bench``: what extraction and storing cost on this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt
from kg.cli.console import progress, say, say_json

if TYPE_CHECKING:
    from kg.model import Article

app = typer.Typer(help="Measure what it costs on this machine.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def extract(
    articles: opt.Articles = None,
    words: Annotated[int, typer.Option("--words", min=1, help="Repeat the texts until they have as many.")] = 100_000,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="The median of that many counts.")] = 3,
    overlays: opt.Overlays = None,
    as_json: opt.Json = False,
) -> None:
    """Compare the CPU time of extraction with that of the stock model's own pipeline on the same text.

    Start-up is taken off; everything else counts. Without articles the packaged samples are used.

    \b
    Example:
        kg bench extract --words 50000
    """
    from dataclasses import replace
    from itertools import cycle
    from statistics import median

    from kg.extract import extract as extraction
    from kg.ingest import read_articles
    from kg.nlp.stock import Stock
    from kg.places import packaged
    from kg.run import open_catalogue

    read = list(read_articles(articles or [packaged("seeds") / "articles"]))
    texts, total = [], 0
    for n, article in enumerate(cycle(read)):
        if total >= words:
            break
        texts.append(replace(article, id=f"{article.id}-{n}"))
        total += len(article.text.split())
    catalogue = open_catalogue(overlays)

    def ours(some: list[Article]) -> int:
        return sum(len(done.statements) for done in extraction(some, catalogue))

    ours(read[:1])  # loads the model; what is left of starting up is measured with no article, and taken off
    start = _timed(lambda: ours([]))[1]
    found = ours(texts)
    peak = _peak()
    stock = Stock()
    stock.run([read[0].text])
    mine, other = [], []
    with progress("measuring", rounds) as step:
        for _ in range(rounds):
            mine.append(_timed(lambda: ours(texts))[1] - start)
            other.append(_timed(lambda: stock.run(a.text for a in texts))[1])
            step(1)
    row = {
        "words": total,
        "statements": found,
        "extraction_cpu_seconds": round(median(mine), 3),
        "stock_cpu_seconds": round(median(other), 3),
        "ratio": round(median(mine) / median(other), 3),
        "words_per_cpu_second": round(total / median(mine)),
        "peak_megabytes": round(peak / 2**20),
    }
    if as_json:
        say_json(row)
        return
    for name, value in row.items():
        say(f"{name.replace('_', ' '):24} {value:,}")


def _timed(act: Callable[[], int]) -> tuple[int, float]:
    start = time.process_time()
    result = act()
    return result, time.process_time() - start


def _peak() -> int:
    """Bytes of memory at most; macOS counts them, Linux counts kilobytes."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
