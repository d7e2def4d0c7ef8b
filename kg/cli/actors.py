"""``kg actors``: who is meant, who is who, and what people judged about it."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options as opt
from kg.cli.console import count, note, output, progress, say, say_json
from kg.cli.reading import Reading
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.actors.resolve import Resolved

app = typer.Typer(help="Look up, explain and judge who is who.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def resolve(
    articles: opt.Articles = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Mark the mentions in the text.")] = None,
    published: opt.Published = "",
    overlays: opt.Overlays = None,
    out: opt.Out = None,
) -> None:
    """Print every mention of an actor as JSON lines: where, who, how it is known.

    \b
    Example:
        kg actors resolve article.txt --published 2018-02-16 --html mentions.html
    """
    import json

    from kg.actors.resolve import resolve as find
    from kg.actors.resolve import to_json
    from kg.run import open_catalogue

    read, catalogue = Reading(articles, published), open_catalogue(overlays)
    pages: list[str] = []
    with output(out) as f, progress("resolving") as step:
        for done in find(read, catalogue):
            for m in done.mentions:
                f.write(json.dumps(to_json(done.article, m), ensure_ascii=False) + "\n")
            if html:
                pages.append(_marked(done))
            step(1)
    if html:
        with output(html) as f:
            f.write(PAGE.format(body="\n".join(pages)))
        note(f"{html}: mentions marked in {count(len(pages), 'article')}")
    read.report()


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mentions</title>
<meta name="viewport" content="width=device-width"><style>
:root {{ color-scheme: light dark; }} article {{ white-space: pre-wrap; }}
body {{ font: 17px/1.7 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }}
mark {{ background: #0060a822; color: inherit; border-bottom: 2px solid #0060a8; }}
mark.new {{ background: #b84a0022; border-bottom: 2px dashed #b84a00; }}
mark.coreference {{ border-bottom-style: dotted; }}
small {{ font: 11px system-ui, sans-serif; opacity: .8; margin-left: .2em; }}
</style></head><body>{body}</body></html>
"""


def _marked(done: Resolved) -> str:
    """The article with its mentions marked, each with its actors' ids; of mentions that overlap the first stands."""
    text, out, at = done.article.text, "", 0
    for (start, end), group in groupby(done.mentions, key=lambda m: (m.start, m.end)):
        if start < at:
            continue
        some = list(group)
        first = some[0]
        sides = [m.actor.name + (f" for {m.actor.principal.name}" if m.actor.principal else "") for m in some]
        title = f"{' and '.join(sides)} ({first.how}{': ' + first.via if first.via else ''})"
        ids = escape(" + ".join(m.actor.id for m in some))
        out += escape(text[at:start])
        out += f'<mark class="{first.how}" title="{escape(title)}">{escape(first.text)}<small>{ids}</small></mark>'
        at = end
    heading = escape(done.article.title or done.article.id)
    return f"<h1>{heading}</h1><article>{out}{escape(text[at:])}</article>"


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name, an alias or an id.")],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="As things stood that day.")] = "",
    within: Annotated[
        str, typer.Option("--in", metavar="ARTICLE", help="Say why its mentions in an article were linked so.")
    ] = "",
    overlays: opt.Overlays = None,
    as_json: opt.Json = False,
) -> None:
    """Explain an actor: names, offices by date, and whom it acts for.

    \b
    Example:
        kg actors show Cavusoglu --on 2018-02-16
    """
    from kg.actors.names import Names
    from kg.actors.profile import find, profile
    from kg.run import open_catalogue

    catalogue, day = open_catalogue(overlays), opt.day(on, "--on")
    ids = find(Names(catalogue), name, day)
    if not ids:
        raise InputError(f"nobody in the catalogue is called {name!r}" + _perhaps(catalogue, name))
    profiles = [profile(catalogue, i, day) for i in ids]
    if as_json:
        say_json([p.to_json() for p in profiles])
        return
    for p in profiles:
        for line in p.lines():
            say(line)
        if within:
            _why(within, p.id, catalogue)
        say()


def _perhaps(catalogue: Catalogue, name: str) -> str:
    from difflib import get_close_matches

    # A person is looked for by surname, too.
    names = [n for e in catalogue for n in (e.actor.name, e.actor.name.split()[-1], *e.actor.aliases)]
    near = dict.fromkeys(get_close_matches(name, names, 3, 0.75))
    return f"; did you mean {' or '.join(near)}?" if near else "; an actor of the graph: `kg actors unlinked`"


def _why(where: str, actor_id: str, catalogue: Catalogue) -> None:
    """Print each mention of the actor in an article, with what linked it."""
    from kg.actors.resolve import resolve as find

    read = Reading([where])
    for done in find(read, catalogue):
        for m in done.mentions:
            if m.actor.id == actor_id:
                around = " ".join(done.article.text[max(0, m.start - 40) : m.end + 40].split())
                also = f"; might be {', '.join(m.candidates)}" if m.candidates else ""
                say(f"  “{m.text}” at {m.start}: {m.how}{': ' + m.via if m.via else ''}{also}")
                say(f"      … {around} …")
    read.report()


@app.command()
def check(overlays: opt.Overlays = None, as_json: opt.Json = False) -> None:
    """Check the catalogue: dangling ids, names that clash, impossible dates; end with 1 where there are any.

    \b
    Example:
        kg actors check --actors my-actors
    """
    from kg.actors.catalogue import problems
    from kg.run import open_catalogue

    catalogue = open_catalogue(overlays)
    found = problems(catalogue)
    if as_json:
        say_json(found)
    else:
        for line in found:
            say(line)
    note(f"{count(len(catalogue.entries), 'actor')}, {count(len(found), 'problem')}")
    if found:
        raise typer.Exit(1)
