"""``kg export`` and ``kg import``: the graph for other tools, and what other tools say for the graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kg.cli import ask
from kg.cli import options as opt
from kg.cli.console import count, note, output, progress
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.graph import MultiDiGraph
    from kg.model import Article, Statement

app = typer.Typer(rich_markup_mode=None)

Kind = Literal["graphml", "gexf", "csv", "json", "jsonl", "parquet", "neo4j-admin"]
Shape = Literal["edges", "pairs", "statements"]


@app.command("export")
def export_(
    kind: Annotated[
        Kind, typer.Argument(metavar="FORMAT", help="graphml, gexf, csv, json, jsonl, parquet or neo4j-admin.")
    ],
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where; a directory for neo4j-admin.")],
    shape: Annotated[
        Shape, typer.Option("--as", help="One edge a relation, one a pair of actors, or one a statement.")
    ] = "edges",
    level: ask.Level = "actor",
    since: ask.Since = "",
    until: ask.Until = "",
    min_confidence: opt.MinConfidence = 0.0,
    publisher: ask.Carrier = "",
    overlays: opt.Overlays = None,
    store: opt.Store = None,
) -> None:
    """Write the graph for other tools.

    graphml and gexf open in Gephi, csv (two files) in spreadsheets and pandas, json in networkx. jsonl and parquet are all
    statements with their evidence, as `kg load` reads them. neo4j-admin is CSV for a first load in bulk, with its command.

    \b
    Example:
        kg export gexf -o graph.gexf --level principal --since 2018
        kg export parquet -o statements.parquet
    """
    from kg.run import open_catalogue, open_graph
    from kg.store.recall import recall

    filtered = bool(since or until or min_confidence or publisher or level != "actor" or shape != "edges")
    if filtered and kind in ("jsonl", "parquet", "neo4j-admin"):
        raise InputError(f"{kind} holds all statements as they are; leave --as, --level and the filters out")
    with open_graph(store) as graph, progress("exporting"):
        items = recall(graph)
        if kind == "neo4j-admin":
            from kg.export.neo4j_admin import export

            actors = (e.actor for e in open_catalogue(overlays))
            note(f"{out}: files written. With the server stopped, run there:")
            note(f"  {export(items, out, actors=actors)}")
        elif kind == "jsonl":
            _lines(items, out)
        elif kind == "parquet":
            _parquet(items, out)
        else:
            from kg.export.graphs import write
            from kg.graph import build

            out.parent.mkdir(parents=True, exist_ok=True)
            drawn = _shaped(build(items), shape, level, since, until, min_confidence, publisher)
            files = write(drawn, out, kind)
            nodes, edges = drawn.number_of_nodes(), drawn.number_of_edges()
            note(f"{', '.join(map(str, files))}: {count(nodes, 'actor')}, {count(edges, 'edge')}")


def _shaped(
    graph: MultiDiGraph, shape: Shape, level: str, since: str, until: str, min_confidence: float, publisher: str
) -> Any:
    from kg.graph import collapse, pairs, rolled_up, within

    first, last = ask.first_day(since, "--since"), ask.last_day(until, "--until")
    graph = within(
        graph,
        since=first.isoformat() if first else "",
        until=last.isoformat() if last else "",
        min_confidence=min_confidence,
        publisher=publisher,
    )
    if level == "principal":
        graph = rolled_up(graph)
    match shape:
        case "edges":
            return collapse(graph)
        case "pairs":
            return pairs(graph)
        case "statements":
            return graph


def _lines(items: Iterable[tuple[Article, list[Statement]]], out: Path) -> None:
    from kg.record import dump

    total = 0
    with output(out) as f:
        for article, statements in items:
            for s in statements:
                f.write(dump(s, article) + "\n")
                total += 1
    note(f"{out}: {count(total, 'statement')}")


def _parquet(items: Iterable[tuple[Article, list[Statement]]], out: Path) -> None:
    """One row a statement, in the columns of the JSON lines; nested values stay nested."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as e:
        raise InputError(f"{out}: writing Parquet needs pyarrow; pip install 'geokg[parquet]'") from e
    from kg.record import to_json

    rows = [to_json(s, article) for article, statements in items for s in statements]
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    try:
        pq.write_table(pa.Table.from_pylist(rows), part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    note(f"{out}: {count(len(rows), 'statement')}")


@app.command("import")
def import_(
    tables: Annotated[list[Path], typer.Argument(metavar="TABLE…", help="CSV, TSV or JSON lines with a header.")],
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="OURS=THEIRS", help="What a column is called in the table; repeatable."),
    ] = None,
    overlays: opt.Overlays = None,
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
) -> None:
    """Load an event table that you or another program made: source, relation, target, and what else there is.

    Relations are codes of the codebook, of PLOVER or of CAMEO. Other columns: date, sentence, url, publisher, title, place,
    speaker, polarity, modality, confidence.

    \b
    Example:
        kg import events.csv --column source="Source Name" --column relation="CAMEO Code"
    """
    from kg.actors import ledger
    from kg.actors.judgements import Judgements
    from kg.events import COLUMNS, Table
    from kg.run import open_catalogue, open_graph

    named: dict[str, str] = {}
    for text in columns or ():
        ours, equals, theirs = text.partition("=")
        if not equals or ours not in COLUMNS:
            raise InputError(f"--column {text!r}: write it as OURS=THEIRS; ours are {', '.join(COLUMNS)}")
        named[ours] = theirs
    catalogue = open_catalogue(overlays)
    items = [item for path in tables for item in Table(path, named).items(catalogue)]
    with open_graph(store) as graph, progress("importing", len(items)) as step:
        done = ledger.load(graph, items, Judgements.read(judged), catalogue, lambda some: step(some.articles))
        where = graph.where
    note(f"{where}: {count(done.statements, 'statement')} ({done.added:,} written, {done.removed:,} taken out)")
