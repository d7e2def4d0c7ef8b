"""All commands under ``kg``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from kg.cli import actors, articles, ask, bench, doctor, evaluate, exchange, explain, graph, judge, runs, shell, view

app = typer.Typer(
    help="Turn news articles into an explainable signed graph of who does what to whom.",
    epilog="Every command has --help with an example. Start with: kg demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"kg {version('geokg')}")
        except PackageNotFoundError:
            typer.echo("kg, from a checkout")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn news articles into an explainable signed graph of who does what to whom."""


def single(command: Callable[..., None]) -> typer.Typer:
    """A family of one."""
    family = typer.Typer(rich_markup_mode=None)
    family.command()(command)
    return family


# In the order of ``kg --help``.
for family in (
    runs.app,
    articles.app,
    graph.app,
    single(shell.shell),
    ask.app,
    single(explain.explain),
    view.app,
    exchange.app,
    single(judge.review),
    single(doctor.doctor),
):
    app.add_typer(family)
actors.app.add_typer(judge.app)
app.add_typer(actors.app, name="actors")
app.add_typer(evaluate.app, name="eval")
app.add_typer(bench.app, name="bench")
