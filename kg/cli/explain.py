"""``kg explain``: every sentence behind an edge, or how a text is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kg.cli import ask
from kg.cli import options as opt
from kg.cli.console import count, note, say, say_json
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.store.explain import Evidence, Explanation

# Where there is no terminal to underline in.
MARKS: Final = {"source": "«{}»", "trigger": "*{}*", "target": "«{}»"}
# Terminal colours of the page's friendly blue, its hostile orange, and bold.
STYLES: Final = {"source": "\x1b[4;34m{}\x1b[0m", "trigger": "\x1b[1m{}\x1b[0m", "target": "\x1b[4;33m{}\x1b[0m"}
KINDS: Final = {"claim": "claims", "denial": "denials", "plan": "plans", "possibility": "possibilities"}


def explain(
    edge: Annotated[
        list[str] | None, typer.Argument(metavar="A RELATION B", help="An edge of the graph, ends by name or id.")
    ] = None,
    text: Annotated[str, typer.Option("--text", help="Instead: show how a text is read; - is standard input.")] = "",
    published: opt.Published = "",
    overlays: opt.Overlays = None,
    since: ask.Since = "",
    until: ask.Until = "",
    min_confidence: opt.MinConfidence = 0.0,
    publisher: ask.Carrier = "",
    level: ask.Level = "actor",
    limit: ask.Limit = 50,
    store: opt.Store = None,
    as_json: opt.Json = False,
) -> None:
    """Show every sentence behind an edge; or, with --text, how a text is parsed and coded, and what is refused.

    \b
    Example:
        kg explain Turkey OPPOSES "United States"
        kg explain --text "NATO was not condemned by Russia, Lavrov said."
    """
    if bool(text) == bool(edge):
        raise InputError("name an edge (A RELATION B), or give --text; see kg explain --help")
    if text:
        _explain_text(text, published, overlays, as_json)
        return
    from kg.run import open_graph
    from kg.store.explain import explain as explaining

    source, relation, target = _ends(edge or [])
    with open_graph(store) as graph:
        found = explaining(
            graph,
            source,
            relation,
            target,
            since=ask.first_day(since, "--since"),
            until=ask.last_day(until, "--until"),
            min_confidence=min_confidence,
            publisher=publisher,
            level=level,
            limit=limit,
        )
    if as_json:
        say_json([_row(e) for e in found.evidence])
    else:
        _show(found, limit)


def _ends(words: list[str]) -> tuple[str, str, str]:
    """Source, relation and target; names of several words need no quotes where the relation is in capitals."""
    from kg.summary import triple

    if len(words) == 3:
        return words[0], words[1], words[2]
    try:
        return triple(" ".join(words))
    except ValueError as e:
        raise InputError(str(e)) from e


def _show(found: Explanation, limit: int) -> None:
    counts = {kind: len(found.of(kind)) for kind in ("claim", "denial", "plan", "possibility")}
    told = [f"{n} {KINDS[kind] if n != 1 else kind}" for kind, n in counts.items() if n]
    say(f"{found.source} {found.relation} {found.target}: {', '.join(told) or 'nobody says so'}")
    for kind, words in KINDS.items():
        some = [e for e in found.evidence if e.kind == kind]
        if some:
            say(f"\n{words}")
        for e in some:
            for line in _lines(e):
                say(line)
    if found.more:
        note(f"only the latest {count(limit, 'sentence')}; ask for more with --limit")


def _lines(e: Evidence) -> Iterator[str]:
    where = ", ".join(filter(None, (e.publisher, e.title, e.url)))
    yield f"  {e.day or 'undated'}  {e.confidence:.2f}  {where or e.article}"
    marks = STYLES if sys.stdout.isatty() else MARKS
    sentence = "".join(marks[role].format(text) if role else text for text, role in e.parts())
    yield "      " + " ".join(sentence.split())
    about = [f"{e.source} {e.relation} {e.target}", f"said by {' › '.join(e.speakers)}" if e.speakers else ""]
    about += [e.modality if e.modality != "actual" else "", e.place and f"in {e.place}", f"by {e.rule}", *e.via, e.id]
    yield "      " + "; ".join(filter(None, about))


def _row(e: Evidence) -> dict[str, Any]:
    from dataclasses import asdict

    row = asdict(e)
    row |= {key: value.isoformat() if value else None for key, value in (("day", e.day), ("published", e.published))}
    return row


def _explain_text(text: str, published: str, overlays: list[Path] | None, as_json: bool) -> None:
    from kg.model import Article
    from kg.run import open_catalogue
    from kg.trace import trace

    article = Article(sys.stdin.read() if text == "-" else text, "text", published=opt.day(published))
    found = trace(article, open_catalogue(overlays))
    if as_json:
        say_json([t.to_json(article) for t in found])
        return
    if not found:
        note("no sentence in the text")
    for t in found:
        for line in t.lines():
            say(line)
