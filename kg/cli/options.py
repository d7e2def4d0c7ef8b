"""Options that several commands share, so that they read alike everywhere."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from kg.errors import InputError

Store: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="Directory of the embedded graph. Without it: NEO4J_URI, else the user's own."
    ),
]
Judged: TypeAlias = Annotated[
    Path, typer.Option("--judgements", metavar="FILE", help="What people judged; applied where the file exists.")
]
JUDGEMENTS = Path("judgements.jsonl")
Overlays: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="DIR", help="Directory of own actors (TOML) over the catalogue; repeatable."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Out: TypeAlias = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]
Published: TypeAlias = Annotated[
    str, typer.Option("--published", metavar="DATE", help="Date of articles that name none, such as 2018-02-16.")
]
Publisher: TypeAlias = Annotated[
    str, typer.Option("--publisher", metavar="NAME", help="Publisher of articles that name none.")
]
Articles: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ARTICLE…",
        help="Files (text, Markdown, HTML, JSONL, CSV), directories, or - for standard input.",
        show_default=False,
    ),
]
MinConfidence: TypeAlias = Annotated[
    float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out statements that are less sure.")
]
Who: TypeAlias = Annotated[
    str, typer.Option("--who", envvar="USER", metavar="NAME", help="Who judges.", show_default=False)
]
Note: TypeAlias = Annotated[str, typer.Option("--why", help="For whoever reads the file.")]


def day(text: str, option: str = "--published") -> date | None:
    """A date that a user typed; ``None`` of nothing.

    Raises:
        InputError: It is none.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as e:
        raise InputError(f"{option} {text!r} is not a date; write it as 2018-02-16") from e


def now() -> str:
    """This moment, for a judgement."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
