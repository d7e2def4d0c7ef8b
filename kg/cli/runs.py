"""Whole runs: demo, build, run; and init, which makes a place for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import options as opt
from kg.cli.console import count, note, progress, say, say_json, table
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.run import Outcome
    from kg.runfile import Run
    from kg.view.model import Pair

app = typer.Typer(rich_markup_mode=None)


@app.command()
def demo(as_json: opt.Json = False) -> None:
    """Read the sample articles, load them, answer a query, and draw out/demo.html.

    \b
    Example:
        kg demo
    """
    from kg.places import packaged

    _perform(packaged("pipelines") / "demo.toml", as_json)


@app.command()
def run(
    pipeline: Annotated[Path, typer.Argument(metavar="PIPELINE.toml", help="What to read, where to put it.")],
    as_json: opt.Json = False,
) -> None:
    """Perform a run that a TOML file describes; see docs/pipelines.md.

    \b
    Example:
        kg run pipelines/news.toml
    """
    _perform(pipeline, as_json)


@app.command()
def build(
    articles: opt.Articles = None,
    page: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page.")] = Path("graph.html"),
    title: Annotated[str, typer.Option("--title", help="Of the page.")] = "",
    published: opt.Published = "",
    publisher: opt.Publisher = "",
    overlays: opt.Overlays = None,
    judged: opt.Judged = opt.JUDGEMENTS,
    min_confidence: opt.MinConfidence = 0.0,
    store: opt.Store = None,
    as_json: opt.Json = False,
) -> None:
    """Read articles, extract statements, load them into the graph, and draw it.

    \b
    Example:
        kg build article.txt --published 2018-02-16 -o article.html
    """
    import sys

    from kg import runfile

    if not articles and sys.stdin.isatty():
        raise InputError("no article named; give files or directories, or pipe text in")
    _show(
        runfile.Run(
            "build",
            runfile.Read(tuple(articles or ("-",)), publisher, opt.day(published)),
            runfile.Extract(tuple(overlays or ()), judged, min_confidence),
            runfile.Store(store),
            runfile.Render(page, title),
        ),
        as_json,
    )


def _perform(path: Path, as_json: bool) -> None:
    from kg.runfile import load_run

    _show(load_run(path), as_json)


def _show(run: Run, as_json: bool) -> None:
    """Perform a run and print what it found."""
    from kg.run import perform

    with _told() as told:
        done = perform(run, told=told, skipped=lambda message: note(f"skipped: {message}"))
    if as_json:
        say_json(_row(done))
        return
    _summarise(done)
    if done.answer:
        from kg.cli.graph import show

        say(run.store.query.strip())
        show(done.answer)


@contextmanager
def _told() -> Iterator[Any]:
    """One bar after the other, as the stages of a run come."""
    from contextlib import ExitStack

    with ExitStack() as bars:
        now: dict[str, Any] = {}

        def told(stage: str, steps: int, total: int) -> None:
            if stage not in now:
                bars.close()
                now.clear()
                now[stage] = bars.enter_context(progress(stage, total))
            now[stage](steps)

        yield told


def _summarise(done: Outcome) -> None:
    s = done.summary
    words = f"{count(s.articles, 'article')}, {count(s.statements, 'statement')}, {count(len(s.names), 'actor')}"
    if done.skipped:
        words += f", {done.skipped} skipped"
    rows: list[tuple[str, Any]] = [(f"{code}", n) for code, n in s.relations.most_common()]
    table(("relation", "statements"), rows, title=words, numbers=[1])
    for title, sign in (("strongest friendships", 1), ("strongest hostilities", -1)):
        pairs = [_pair(p, s.sides, sign) for p in s.strongest(sign)]
        if pairs:
            table(("between", "and", "statements", "by"), pairs, title=title, numbers=[2])
    say(f"graph  {done.where}")
    if done.page:
        say(f"page   {done.page}")


def _pair(p: Pair, names: dict[str, str], sign: int) -> tuple[str, str, int, str]:
    from kg.ontology import sign as sign_of

    how = ", ".join(code for code, _ in p.relations.most_common() if sign_of(code) == sign)
    return names[p.a], names[p.b], p.friendly if sign > 0 else p.hostile, how


def _row(done: Outcome) -> dict[str, Any]:
    s = done.summary
    return {
        "articles": s.articles,
        "skipped": done.skipped,
        "statements": s.statements,
        "actors": len(s.names),
        "relations": dict(s.relations.most_common()),
        "friendships": [[*_pair(p, s.sides, 1)] for p in s.strongest(1)],
        "hostilities": [[*_pair(p, s.sides, -1)] for p in s.strongest(-1)],
        "graph": done.where,
        "page": str(done.page) if done.page else None,
        "answer": done.answer.json() if done.answer else None,
    }


START = {
    "run.toml": """\
# kg run run.toml
[read]
articles = ["articles"]        # files or directories; put yours here

[extract]
actors = ["actors"]            # your own actors, over the packaged catalogue
judgements = "judgements.jsonl"

[store]
directory = "graph"            # remove this line to use NEO4J_URI

[render]
page = "graph.html"
""",
    "actors/own.toml": """\
# Actors of your own. An id that the catalogue has replaces its entry. `kg actors check --actors actors` checks this.
#
# [[actor]]
# id = "ORVAN-LF"
# name = "Orvan Liberation Front"
# type = "ArmedGroup"
# aliases = ["OLF"]
""",
    "articles/example.txt": """\
Title: Turkey's foreign minister meets his Russian counterpart
Date: 2018-02-16
Publisher: Example

Turkish Foreign Minister Mevlut Cavusoglu met Sergei Lavrov in Moscow on Thursday. Russia condemned the attack on Afrin.
""",
    ".gitignore": "graph/\ngraph.html\n",
}


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="Where; made if it is not there.")] = Path(),
) -> None:
    """Make a place for your own graph: a run, an article, your actors.

    \b
    Example:
        kg init my-graph && cd my-graph && kg run run.toml
    """
    if there := [name for name in START if (directory / name).exists()]:
        raise InputError(f"{directory / there[0]} is there already; choose another directory")
    for name, text in START.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8")
    note(f"{directory}: put articles into {directory / 'articles'}, then: kg run run.toml")
