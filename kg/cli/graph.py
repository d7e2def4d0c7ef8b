"""Commands on a loaded graph: load, query, shell, remove."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import options as opt
from kg.cli.console import count, note, output, progress, table
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.store import Result

app = typer.Typer(rich_markup_mode=None)

Params = Annotated[
    list[str] | None,
    typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value of a $name in the query; repeatable."),
]
Timeout = Annotated[float | None, typer.Option("--timeout", metavar="SECONDS", help="Stop the query after that long.")]


@app.command()
def load(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE…", help="Statements as JSONL or Parquet; - is standard input.")
    ] = None,
    store: opt.Store = None,
    judged: opt.Judged = opt.JUDGEMENTS,
    overlays: opt.Overlays = None,
    catalogue: Annotated[bool, typer.Option(help="Also load what the catalogue knows of the actors.")] = True,
) -> None:
    """Load statements into the graph; an article that is there already is replaced.

    \b
    Example:
        kg extract --format jsonl articles/ | kg load -
    """
    from kg.actors import ledger
    from kg.actors.judgements import Judgements
    from kg.cli.statements import by_article
    from kg.run import open_catalogue, open_graph

    items, judgements = by_article(files or ["-"]), Judgements.read(judged)
    known = open_catalogue(overlays) if catalogue else None
    with open_graph(store) as graph, progress("loading") as step:
        done = ledger.load(graph, items, judgements, known, lambda loaded: step(loaded.articles))
        where = graph.where
    note(
        f"{where}: {count(done.articles, 'article')}, {count(done.statements, 'statement')}"
        f" ({done.added:,} written, {done.removed:,} taken out)"
    )


@app.command()
def query(
    text: Annotated[str, typer.Argument(metavar="CYPHER", help="One statement; - reads it from standard input.")],
    params: Params = None,
    as_json: opt.Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    out: opt.Out = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows after which the rest is left.")] = 10_000,
    skip: Annotated[int, typer.Option(min=0, help="Rows to pass over: the next page of an ordered answer.")] = 0,
    timeout: Timeout = None,
    write: Annotated[bool, typer.Option("--write", help="Let the query change the graph.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the server would run it; run nothing.")] = False,
    store: opt.Store = None,
) -> None:
    """Answer a Cypher query. It may not change the graph unless --write says so.

    \b
    Example:
        kg query "MATCH (:Actor {name: \\$name})-[r:OPPOSES]->(b) RETURN b.name, r.statements" -p name=Turkey
    """
    from kg.run import open_graph

    if as_json and as_csv:
        raise InputError("--json and --csv exclude each other; choose one")
    text = sys.stdin.read() if text == "-" else text
    values = dict(map(parameter, params or ()))
    with open_graph(store) as graph:
        if explain:
            sys.stdout.write(graph.explain_plan(text, values).rstrip() + "\n")
            return
        found = graph.query(text, values, write=write, timeout=timeout, limit=limit, skip=skip)
    for warning in found.warnings:
        note(f"warning: {warning}")
    if as_json or as_csv or out:
        with output(out) as f:
            if as_csv or (out and out.suffix == ".csv" and not as_json):
                write_csv(found, f)
            else:
                f.write(json.dumps(found.json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show(found)
    if found.more:
        which = f"rows {skip + 1:,} to {skip + limit:,}" if skip else f"the first {limit:,} rows"
        note(f"only {which}; the next with --skip {skip + limit}, or ask for more with --limit")


def parameter(text: str) -> tuple[str, Any]:
    """A query parameter: "name=Turkey"; a value that is JSON (3, true, [1, 2]) is taken as such."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise InputError(f"-p {text!r}: write it as NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def show(found: Result) -> None:
    """A result as a table, for people."""
    from kg.store.result import to_json

    rows = [[_cell(to_json(v)) for v in row] for row in found.rows]
    numbers = [i for i in range(len(found.columns)) if rows and all(type(r[i]) in (int, float) for r in found.rows)]
    if found.columns:
        table(found.columns, rows, numbers=numbers)
    note(count(len(rows), "row"))


def _cell(value: Any) -> str | None:
    """Nodes by name and labels, relationships by type, the rest as it is."""
    match value:
        case None | str():
            return value
        case {"labels": list(labels), "properties": dict(p)}:
            kind = next((x for x in labels if x != "Actor"), "Actor")
            return f"{p.get('name') or p.get('title') or p.get('sentence') or p.get('id')} ({kind})"
        case {"type": str(kind), "source": _, "target": _, "properties": dict(p)}:
            shown = ", ".join(f"{k} {v}" for k, v in sorted(p.items()) if k in ("statements", "first", "last", "role"))
            return f"{kind}{f' ({shown})' if shown else ''}"
        case {"nodes": list(nodes), "relationships": list(links)}:
            words = [_cell(nodes[0]) or ""]
            for link, node in zip(links, nodes[1:], strict=False):
                words += [f"–{link['type']}–", _cell(node) or ""]
            return " ".join(words)
        case list():
            return ", ".join(_cell(v) or "–" for v in value)
        case float():
            return f"{value:.4g}"
        case _:
            return json.dumps(value, ensure_ascii=False)


def write_csv(found: Result, f: Any) -> None:
    from kg.store.result import to_json

    writer = csv.writer(f, lineterminator="\n")
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow([v if isinstance(v, (str, int, float)) or v is None else _cell(v) for v in map(to_json, row)])


@app.command()
def remove(
    articles: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Ids of articles.")] = None,
    publisher: Annotated[str, typer.Option("--publisher", help="All articles of a publisher.")] = "",
    store: opt.Store = None,
) -> None:
    """Take articles out of the graph, with their statements and what stands on these alone.

    \b
    Example:
        kg remove --publisher "Sample Agency"
    """
    from kg.run import open_graph
    from kg.store import Loaded

    if not articles and not publisher:
        raise InputError("nothing to remove; name article ids or --publisher")
    with open_graph(store) as graph:
        done = graph.delete_publisher(publisher) if publisher else Loaded()
        for article in articles or ():
            done += graph.delete_article(article)
    note(f"{count(done.articles, 'article')} and {count(done.removed, 'statement')} taken out")
