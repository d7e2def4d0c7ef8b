"""Commands by which a person judges: merge, split, rename, retype, review, undo; and what asks for a judgement."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from kg.cli import options as opt
from kg.cli.console import count, say, say_json, table
from kg.cli.desk import Desk
from kg.errors import InputError

app = typer.Typer(rich_markup_mode=None)

Graph = Annotated[bool, typer.Option("--graph/--no-graph", help="Also apply it to the loaded graph, at once.")]
ActorName = Annotated[str, typer.Argument(metavar="ACTOR", help="Id or name.")]


@app.command()
def merge(
    actor: ActorName,
    into: Annotated[str, typer.Argument(metavar="INTO", help="Id or name of the actor that it is.")],
    who: opt.Who = "",
    why: opt.Note = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
    graph: Graph = True,
) -> None:
    """Judge that two actors are the same; the second keeps its name.

    \b
    Example:
        kg actors merge "~kurdish-fighters" YPG --why "same force, other name"
    """
    with Desk(judged, store, graph) as desk:
        desk.record("same", who, why, actor=desk.actor(actor).id, other=desk.actor(into))


@app.command()
def split(
    actor: ActorName,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id or name of the actor that it is not.")],
    text: Annotated[
        str, typer.Option("--text", help="Mentions that read so and were taken for ACTOR are OTHER; made where new.")
    ] = "",
    article: Annotated[str, typer.Option("--article", metavar="ID", help="Only in this article.")] = "",
    kind: Annotated[str, typer.Option("--type", help="Type of OTHER where it is new.")] = "Organization",
    who: opt.Who = "",
    why: opt.Note = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
    graph: Graph = True,
) -> None:
    """Judge that two actors are not the same, or that some mentions were taken for the wrong one.

    \b
    Example:
        kg actors split JOR "Michael Jordan" --text Jordan --article a17 --type Person
    """
    from kg.actors.judgements import new_actor

    with Desk(judged, store, graph) as desk:
        one = desk.actor(actor).id
        two = desk.find(other)
        if two is None and not text:
            raise desk.unknown(other)
        two = two or new_actor(other, _type(kind))
        desk.record("different", who, why, actor=one, other=two, text=text, article=article)


@app.command()
def rename(
    actor: ActorName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called from now on.")],
    who: opt.Who = "",
    why: opt.Note = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
    graph: Graph = True,
) -> None:
    """Judge what an actor is called.

    \b
    Example:
        kg actors rename "~orvan-front" "Orvan Liberation Front"
    """
    with Desk(judged, store, graph) as desk:
        desk.record("rename", who, why, actor=desk.actor(actor).id, name=name)


@app.command()
def retype(
    actor: ActorName,
    kind: Annotated[str, typer.Argument(metavar="TYPE", help="Such as ArmedGroup, Party, Person.")],
    who: opt.Who = "",
    why: opt.Note = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
    graph: Graph = True,
) -> None:
    """Judge what kind of actor it is.

    \b
    Example:
        kg actors retype "~orvan-front" ArmedGroup
    """
    with Desk(judged, store, graph) as desk:
        desk.record("retype", who, why, actor=desk.actor(actor).id, type=str(_type(kind)))


def review(
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="Id of a statement.")],
    verdict: Annotated[str, typer.Argument(metavar="wrong|right", help="What it is.")],
    who: opt.Who = "",
    why: opt.Note = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
    graph: Graph = True,
) -> None:
    """Judge that a statement is wrong (it leaves the graph) or right (it is sure from now on).

    \b
    Example:
        kg review 0f3a9c1d5e7b2a48 wrong --why "he quotes the accusation"
    """
    if verdict not in ("wrong", "right"):
        raise InputError(f"a statement is wrong or right, not {verdict!r}")
    with Desk(judged, store, graph) as desk:
        desk.record(verdict, who, why, statement=statement)


@app.command()
def undo(
    judgement: Annotated[str, typer.Argument(metavar="ID", help="Of a judgement; without it the latest.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="Only list the judgements that count.")] = False,
    who: opt.Who = "",
    why: opt.Note = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
    graph: Graph = True,
) -> None:
    """Take a judgement back; the file keeps both.

    \b
    Example:
        kg actors undo --list
        kg actors undo
    """
    with Desk(judged, store, graph and not listing) as desk:
        if listing:
            rows = [(e.id, e.when[:16], e.who, str(e), e.note) for e in desk.judgements.standing]
            table(("id", "when", "who", "judgement", "why"), rows)
            return
        last = desk.judgements.last()
        if not judgement and last is None:
            raise InputError(f"{judged}: there is nothing to undo")
        desk.record("undo", who, why, of=judgement or (last.id if last else ""))


@app.command()
def unlinked(
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Ask about each suggestion, and record the answer.")
    ] = False,
    who: opt.Who = "",
    judged: opt.Judged = opt.JUDGEMENTS,
    store: opt.Store = None,
    overlays: opt.Overlays = None,
    as_json: opt.Json = False,
) -> None:
    """List actors of the graph that no catalogue has, most mentioned first, with names that look alike.

    Nothing is merged because names look alike: a person says so, here with --confirm or by `kg actors merge`.

    \b
    Example:
        kg actors unlinked --limit 10 --confirm
    """
    from kg.actors.suggest import known_names, suggest
    from kg.model import ActorType
    from kg.run import open_catalogue

    known = known_names(open_catalogue(overlays))
    with Desk(judged, store, graph=True) as desk:
        distinct = desk.judgements.distinct
        found: list[dict[str, Any]] = []
        for row in desk.unlinked(limit):
            refused = {i for pair in distinct if row["id"] in pair for i in pair}
            close = suggest(row["name"], ActorType(row["type"]), known, refused)[:3]
            found.append({**row, "suggestions": [s._asdict() for s in close]})
        if as_json:
            say_json(found)
        elif confirm:
            _confirm(desk, found, who)
        else:
            rows = [
                (r["statements"], r["id"], r["name"], r["type"],
                 ", ".join(f"{s['id']} ({s['name']}, {s['likeness']:.2f})" for s in r["suggestions"]))
                for r in found
            ]  # fmt: skip
            table(("statements", "id", "name", "type", "looks like"), rows, numbers=[0])


def _confirm(desk: Desk, found: list[dict[str, Any]], who: str) -> None:
    """Ask about each suggestion: the same, different, or neither said."""
    if not sys.stdin.isatty():
        raise InputError("--confirm asks questions and needs a terminal; use `kg actors merge` in scripts")
    for row in found:
        for s in row["suggestions"]:
            say(f"{row['name']} [{row['id']}], {count(row['statements'], 'statement')}")
            say(f"    looks like {s['name']} [{s['id']}]")
            answer = typer.prompt("the same? (y)es, (n)o, (s)kip, (q)uit", default="s").lower()[:1]
            if answer == "q":
                return
            if answer in "yn":
                desk.record(
                    "same" if answer == "y" else "different", who, "", actor=row["id"], other=desk.actor(s["id"])
                )
            if answer == "y":
                break


def _type(text: str) -> Any:
    from kg.model import ActorType

    for kind in ActorType:
        if kind.lower() == text.lower():
            return kind
    raise InputError(f"type {text!r} is not one of {', '.join(ActorType)}")
