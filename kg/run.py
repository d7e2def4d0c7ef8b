"""Runs performed, and what they are performed with: the user's catalogue and graph.

The environment is read here and in ``kg.cli``, and nowhere else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import PipelineError
from kg.places import packaged

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.model import Article, Statement
    from kg.runfile import Run
    from kg.store import GraphStore, Loaded, Result
    from kg.summary import Summary
    from kg.view.data import PageData


COMPILED = 8
"""Compiled catalogues to keep: one for each set of directories in use, of 3 MB."""


def cache_directory() -> Path:
    """Where what can be made again is kept: the cache directory of this kind of system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "kg" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "kg"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg"


def open_catalogue(overlays: Sequence[Path] | None = None) -> Catalogue:
    """The packaged actors, with own directories over them; compiled once and kept.

    Raises:
        CatalogueError: A file breaks the schema.
    """
    from kg.actors.catalogue import load

    directories = [packaged("seeds") / "actors", *(overlays or ())]
    try:
        catalogue = load(directories, cache_directory())
        compiled = sorted(cache_directory().glob("actors-*.json"), key=lambda p: p.stat().st_mtime)
        for path in compiled[:-COMPILED]:
            path.unlink(missing_ok=True)
        return catalogue
    except OSError:  # a home that cannot be written to, or a full disk: slower, and no reason to stop
        return load(directories)


def open_graph(directory: Path | None = None) -> GraphStore:
    """The graph that the user means: an embedded one in a directory, else NEO4J_URI, else the user's own embedded one.

    Raises:
        StoreError: No graph answers there.
    """
    from kg.store import driver, open_store

    driver.load()
    uri = "" if directory else os.environ.get("NEO4J_URI", "")
    return open_store(
        uri or None,
        user=os.environ.get("NEO4J_USERNAME", "neo4j") if uri else "",
        password=os.environ.get("NEO4J_PASSWORD", ""),
        database=os.environ.get("NEO4J_DATABASE", ""),
        directory=directory,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. ``skipped`` counts articles that could not be read; ``page``, ``answer``: what it asked for."""

    summary: Summary
    skipped: int
    loaded: Loaded
    where: str
    page: Path | None
    answer: Result | None


Told: TypeAlias = Callable[[str, int, int], None]
"""Hears what is being done, how many steps of it were done since it heard last, and how many there are."""


def perform(run: Run, *, told: Told, skipped: Callable[[str], None]) -> Outcome:
    """Read, extract, store, render and assert.

    Args:
        run: What to do.
        told: Hears how it goes.
        skipped: Told of each article that could not be read.

    Raises:
        KgError: A step failed; the graph holds whole articles only.
        PipelineError: All went well, and the run's own assertions do not hold.
    """
    from kg.actors.judgements import Judgements
    from kg.actors.ledger import load
    from kg.extract import extract
    from kg.ingest import copies, read_articles
    from kg.summary import Summary

    bad: list[str] = []

    def skip(message: str) -> None:
        bad.append(message)
        skipped(message)

    read = run.read
    found = list(read_articles(read.articles, published=read.published, publisher=read.publisher, on_skip=skip))
    originals = copies(found)
    articles = [replace(a, copy_of=originals.get(a.id, "")) for a in found]
    catalogue = open_catalogue(run.extract.actors)
    judgements, summary = Judgements.read(run.extract.judgements), Summary()

    def items() -> Iterator[tuple[Article, list[Statement]]]:
        for done in extract(articles, catalogue):
            sure = [s for s in done.statements if s.confidence >= run.extract.min_confidence]
            summary.add(filter(None, map(judgements, sure)))
            told("extracting", 1, len(articles))
            yield done.article, sure

    with open_graph(run.store.directory) as graph:
        loaded = load(graph, items(), judgements, catalogue)
        if run.render.page:
            told("drawing", 0, 1)
            draw(graph, run.render.page, run.render.title)
        answer = graph.query(run.store.query, limit=1000) if run.store.query else None
        where = graph.where
    if failed := failures(run, summary):
        raise PipelineError(f"{run.name}: {'; '.join(failed)}")
    return Outcome(summary, len(bad), loaded, where, run.render.page, answer)


def draw(graph: GraphStore, path: Path, title: str = "", min_confidence: float = 0.0) -> PageData:
    """Write the offline page of a whole graph; it says what it leaves out.

    Raises:
        InputError: The file cannot be written.
    """
    from kg.store.recall import recall
    from kg.view.page import TITLE, write_page

    items = list(recall(graph))
    statements = (s for _, some in items for s in some)
    articles = (a for a, _ in items)
    return write_page(statements, articles, path, title=title or TITLE, confidence=min_confidence)


def failures(run: Run, summary: Summary) -> list[str]:
    """Which of a run's assertions do not hold, in words."""
    a = run.asserts
    counts = {"articles": (a.articles, summary.articles), "statements": (a.statements, summary.statements)}
    found = [f"asserts {wanted} {what}, found {got}" for what, (wanted, got) in counts.items() if got < wanted]
    return found + [f"asserts {edge!r}, which no statement says" for edge in a.edges if not summary.has(edge)]
