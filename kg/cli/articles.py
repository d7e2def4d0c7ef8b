"""``kg ingest`` and ``kg extract``: articles in, articles or statements out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli import options as opt
from kg.cli.console import count, note, output, progress
from kg.cli.reading import Reading

if TYPE_CHECKING:
    from kg.model import Statement

app = typer.Typer(rich_markup_mode=None)


@app.command()
def ingest(
    articles: opt.Articles = None,
    published: opt.Published = "",
    publisher: opt.Publisher = "",
    out: opt.Out = None,
) -> None:
    """Read articles of any form and print them as JSON lines, cleaned of what surrounds them.

    \b
    Example:
        kg ingest page.html notes.md feed.csv > articles.jsonl
    """
    read = Reading(articles, published, publisher)
    with output(out) as f, progress("reading") as step:
        for a in read:
            row = {
                "id": a.id,
                "title": a.title,
                "published": a.published.isoformat() if a.published else None,
                "url": a.url,
                "publisher": a.publisher,
                "language": a.language,
                "text": a.text,
            }
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
            step(1)
    read.report()


@app.command()
def extract(
    articles: opt.Articles = None,
    form: Annotated[
        Literal["text", "jsonl"], typer.Option("--format", help="Text for people, or JSON lines for programs.")
    ] = "text",
    published: opt.Published = "",
    publisher: opt.Publisher = "",
    overlays: opt.Overlays = None,
    min_confidence: opt.MinConfidence = 0.0,
    out: opt.Out = None,
) -> None:
    """Extract statements: who does what to whom, with the sentence that says so.

    \b
    Example:
        echo "Turkey opposes YPG." | kg extract -
        kg extract --format jsonl articles/ > statements.jsonl
    """
    from kg.extract import extract as extraction
    from kg.record import dump
    from kg.run import open_catalogue

    read, total = Reading(articles, published, publisher), 0
    with output(out) as f, progress("extracting") as step:
        for done in extraction(read, open_catalogue(overlays)):
            kept = [s for s in done.statements if s.confidence >= min_confidence]
            for s in kept:
                f.write((dump(s, done.article) if form == "jsonl" else "\n".join(lines(s))) + "\n")
            total += len(kept)
            f.flush()
            step(1)
    read.report()
    note(f"{count(total, 'statement')} in {count(read.articles, 'article')}")


def lines(s: Statement) -> Iterator[str]:
    """A statement as a person reads it: the claim with its qualifiers, and the sentence behind it."""
    words: list[str] = [w for w in (s.polarity, s.modality) if w not in ("affirmed", "actual")]
    if s.attribution:
        words.append("said by " + " › ".join(a.name for a in s.attribution))
    qualified = f" ({', '.join(words)})" if words else ""
    claim = f"{s.source.actor.name} {s.relation} {s.target.actor.name}{qualified}"
    yield f"{claim}  {s.confidence:.2f}  {s.time.start}".rstrip()
    yield f"    {' '.join(s.sentence.text.split())}"
