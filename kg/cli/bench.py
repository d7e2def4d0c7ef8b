"""``kg bench``: what extraction and storing cost on this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt
from kg.cli.console import progress, say, say_json

if TYPE_CHECKING:
    from kg.model import Article
    from kg.store import GraphStore
    from kg.store.bench import Measure

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
    from kg.nlp.stock import Stock
    from kg.run import open_catalogue

    read = _texts(articles)
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
    _tell(row, 24, as_json)


LOADING, MATCHING = 0.5, 5.0
"""What loading the compiled catalogue, and finding names in a million words, may take: CPU seconds."""


@app.command()
def actors(
    articles: opt.Articles = None,
    words: Annotated[int, typer.Option("--words", min=1, help="Repeat the texts until they have as many.")] = 200_000,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="The median of that many counts.")] = 3,
    overlays: opt.Overlays = None,
    check: Annotated[bool, typer.Option("--check", help="End with 1 where a target is missed.")] = False,
    as_json: opt.Json = False,
) -> None:
    """Measure loading the catalogue, and finding its names in text by the token trie.

    Loading is from the compiled form, and makes the trie; a first one, that compiles, is not counted. Without articles the
    packaged samples are used.

    \b
    Example:
        kg bench actors --check
    """
    from statistics import median

    from kg.actors.names import Names
    from kg.run import open_catalogue

    read = _texts(articles)
    once = sum(len(a.text.split()) for a in read)
    times = -(-words // max(once, 1))
    names = Names(open_catalogue(overlays))

    kept: list[Names] = []  # taking one apart again is no part of loading

    def load() -> int:
        kept.append(Names(open_catalogue(overlays)))
        return len(kept)

    def match() -> int:
        return sum(len(names.find(a.text, a.published)) for _ in range(times) for a in read)

    found = match()
    loading, matching = [], []
    with progress("measuring", rounds) as step:
        for _ in range(rounds):
            loading.append(_timed(load)[1])
            matching.append(_timed(match)[1])
            step(1)
    row = {
        "words": once * times,
        "names_found": found,
        "loading_cpu_seconds": round(median(loading), 3),
        "matching_cpu_seconds_per_million_words": round(median(matching) * 1e6 / max(once * times, 1), 2),
    }
    _tell(row, 40, as_json)
    if check and (row["loading_cpu_seconds"] > LOADING or row["matching_cpu_seconds_per_million_words"] > MATCHING):
        raise typer.Exit(1)


@app.command()
def store(
    articles: Annotated[int, typer.Option("--articles", min=1, help="Of twenty statements each, to load.")] = 500,
    grow: Annotated[int, typer.Option("--grow", metavar="N", help="Then grow to N statements, and ask.")] = 0,
    check: Annotated[bool, typer.Option("--check", help="End with 1 where a target is missed.")] = False,
    as_json: opt.Json = False,
) -> None:
    """Measure loading and asking against the bare driver, on made-up articles.

    The embedded server is measured in a directory that is thrown away; so is the Neo4j of NEO4J_URI, if its graph is empty.

    \b
    Example:
        kg bench store --grow 100000
    """
    import os
    import tempfile
    from pathlib import Path

    from kg.run import open_graph
    from kg.store import embedded
    from kg.store.bench import commands

    found: dict[str, list[Measure]] = {}
    with tempfile.TemporaryDirectory() as directory:
        try:
            with open_graph(Path(directory)) as graph:
                found["embedded"] = _measures(graph, articles, grow)
            found["embedded"] += commands(Path(directory))
        finally:
            embedded.stop(Path(directory))
    if os.environ.get("NEO4J_URI"):
        with open_graph() as graph:
            found["neo4j"] = _measures(graph, articles, grow)
    if as_json:
        say_json([{"server": server, **asdict(m), "met": m.met} for server, some in found.items() for m in some])
    else:
        for server, some in found.items():
            for m in some:
                say(f"{server:10}{m}")
    if check and not all(m.met for some in found.values() for m in some):
        raise typer.Exit(1)


def _measures(graph: GraphStore, articles: int, grow: int) -> list[Measure]:
    """Loading; and, on a graph grown to some size, what one more article costs and how long answers take."""
    from kg.errors import StoreError
    from kg.store.bench import EACH, Measure, asking, empty, incremental, per_article, synthetic

    if graph.read("MATCH (n) RETURN 1 AS found LIMIT 1"):  # asked before anything that ends by emptying the graph
        raise StoreError(f"{graph.where}: the graph is not empty; measure on an empty one")
    try:
        found = incremental(graph, articles)
        if grow > articles * EACH:
            before = per_article(graph, 10_000_000)
            with progress("growing", grow // EACH) as step:
                graph.put_many(synthetic(articles, grow // EACH - articles), progress=lambda d: step(d.articles))
            after = per_article(graph, 20_000_000)
            found.append(Measure(f"one more article, at {articles * EACH:,} statements", before))
            found.append(Measure(f"one more article, at {grow:,} statements", after))
            found.append(Measure("an article's cost as the graph grew", after / before, "×", 1.5))
        return found + asking(graph)
    finally:
        empty(graph)


def _texts(articles: opt.Articles) -> list[Article]:
    """What is given, or the packaged samples."""
    from kg.ingest import read_articles
    from kg.places import packaged

    return list(read_articles(articles or [packaged("seeds") / "articles"]))


def _tell(row: dict[str, float], width: int, as_json: bool) -> None:
    if as_json:
        say_json(row)
        return
    for name, value in row.items():
        say(f"{name.replace('_', ' '):{width}} {value:,}")


def _timed(act: Callable[[], int]) -> tuple[int, float]:
    start = time.process_time()
    result = act()
    return result, time.process_time() - start


def _peak() -> int:
    """Bytes of memory at most; macOS counts them, Linux counts kilobytes."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
