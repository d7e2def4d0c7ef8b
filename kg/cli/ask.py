"""``kg ask`` and ``kg diff``: questions with a name, and what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli import options as opt
from kg.cli.console import say_json, table
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.store import Result

app = typer.Typer(rich_markup_mode=None)

Since = Annotated[str, typer.Option("--since", metavar="DATE", help="From this day, month or year on.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Up to the end of this day, month or year.")]
Carrier = Annotated[str, typer.Option("--publisher", metavar="NAME", help="Only what this publisher carries.")]
Level = Annotated[
    Literal["actor", "principal"],
    typer.Option("--level", help="Everybody alone, or together with whom they act for."),
]
Limit = Annotated[int, typer.Option("--limit", min=1, help="Most rows.")]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Its name; without one all are listed.")] = "",
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD…", help="Actors by name or id, a relation.")
    ] = None,
    since: Since = "",
    until: Until = "",
    min_confidence: opt.MinConfidence = 0.0,
    publisher: Carrier = "",
    level: Level = "actor",
    limit: Limit = 50,
    store: opt.Store = None,
    as_json: opt.Json = False,
) -> None:
    """Ask one of the questions that people have: an actor, a dyad, a timeline, a path, who says so.

    \b
    Example:
        kg ask                                    (lists the questions)
        kg ask dyad Turkey YPG --since 2018
        kg ask opposes Turkey --level principal
    """
    from kg.run import open_graph
    from kg.store import ask as asking

    if not question:
        rows = [(q.name, " ".join(_word(n) for n, _ in q.asks), q.title) for q in asking.questions().values()]
        table(("question", "words", "answers"), rows)
        return
    wanted = [name for name, _ in asking.find(question).asks if name not in ("since", "until")]
    if len(words or ()) > len(wanted):
        raise InputError(f"{question} asks for {' '.join(wanted).upper() or 'no words'}; got {' '.join(words or ())}")
    with open_graph(store) as graph:
        found = asking.ask(
            graph,
            question,
            dict(zip(wanted, words or (), strict=False)),
            since=first_day(since, "--since"),
            until=last_day(until, "--until"),
            min_confidence=min_confidence,
            publisher=publisher,
            level=level,
            limit=limit,
        )
    _answer(found, as_json)


@app.command()
def diff(
    since: Annotated[str, typer.Argument(metavar="FROM", help="First day, month or year; all before is how it was.")],
    until: Annotated[str, typer.Argument(metavar="TO", help="Last day, month or year.")],
    min_confidence: opt.MinConfidence = 0.0,
    publisher: Carrier = "",
    level: Level = "principal",
    limit: Limit = 50,
    store: opt.Store = None,
    as_json: opt.Json = False,
) -> None:
    """Show what changed between two dates: how the pairs most reported about stood before, and then.

    \b
    Example:
        kg diff 2018-01-20 2018-03-24
    """
    from kg.run import open_graph
    from kg.store import ask as asking

    first, last = first_day(since, "FROM"), last_day(until, "TO")
    with open_graph(store) as graph:
        found = asking.ask(
            graph,
            "changes",
            since=first,
            until=last,
            min_confidence=min_confidence,
            publisher=publisher,
            level=level,
            limit=limit,
        )
    _answer(found, as_json)


def _answer(found: Result, as_json: bool) -> None:
    from kg.cli.graph import show

    if as_json:
        say_json(found.json())
    else:
        show(found)


def first_day(text: str, option: str) -> date | None:
    """The first day of a day, month or year."""
    return opt.day(f"{text}-01-01"[:10] if len(text) < 10 and text else text, option)


def last_day(text: str, option: str) -> date | None:
    """The last day of a day, month or year."""
    import calendar

    match len(text):
        case 4:
            return opt.day(f"{text}-12-31", option)
        case 7:
            first = opt.day(f"{text}-01", option)
            return first and first.replace(day=calendar.monthrange(first.year, first.month)[1])
        case _:
            return opt.day(text, option)


def _word(name: str) -> str:
    """A word of a question as it is to be given; dates are options."""
    return f"--{name} DATE" if name in ("since", "until") else name.upper()
