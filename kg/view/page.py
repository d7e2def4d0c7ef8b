"""The graph as one HTML file that needs nothing else: no network, no server, no second file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from kg.errors import InputError
from kg.model import Article, Statement
from kg.view.bundle import engine, script, source_hash, static
from kg.view.data import MOST_STATEMENTS, PageData, page_data

TITLE = "Who does what to whom"


def write_page(
    statements: Iterable[Statement],
    articles: Iterable[Article],
    path: Path,
    *,
    title: str = TITLE,
    most: int = MOST_STATEMENTS,
    confidence: float = 0.0,
) -> PageData:
    """Write the offline page, whole or not at all; the same input gives the same bytes.

    Args:
        statements: What to show, in any order.
        articles: Where the statements come from.
        path: The file; its directory is made.
        title: Plain text.
        most: How many statements the file carries at most.
        confidence: The least confidence that a statement needs.

    Raises:
        InputError: The file cannot be written.
    """
    data = page_data(statements, articles, most=most, confidence=confidence)
    write_whole(path, html(data.json, title=title, caption=data.caption))
    return data


def html(data: Mapping[str, Any], *, title: str, caption: str, connect: bool = False) -> str:
    """The page as text.

    Args:
        data: What it reads, as ``kg.view.data`` or the server makes it.
        title: Plain text.
        caption: What stands above the drawing until it is drawn.
        connect: Whether it may ask the server that it came from.
    """
    style = static("page.css")
    filled = {
        "policy": policy(connect),
        "title": escape(title),
        "caption": escape(caption),
        "style": style,
        "data": json_text(data),
        "engine": engine(),
        "script": script(),
    }
    first, *parts = static("page.html").split("{{")
    return first + "".join(filled[name] + rest for name, _, rest in (part.partition("}}") for part in parts))


def policy(connect: bool = False) -> str:
    """Nothing may load or run but what the page itself carries, by its hash."""
    source = "'self'" if connect else "'none'"
    scripts = " ".join(source_hash(text) for text in (engine(), script()))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {source_hash(static('page.css'))}; img-src data: blob:; "
        f"connect-src {source}; base-uri 'none'; form-action 'none'"
    )


def json_text(data: Mapping[str, Any]) -> str:
    """JSON that may stand in a script element: ``<`` is escaped, so no element can start or end in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return text.encode("utf-8", "replace").decode("utf-8")


def write_whole(path: Path, text: str) -> None:
    """Write beside the file and put it in its place: nobody ever reads half of it.

    Raises:
        InputError: The directory or the disk does not take it.
    """
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as f:
            beside = f.name
            f.write(text)
        Path(beside).chmod(0o644)
        os.replace(beside, path)  # noqa: PTH105 - Path.replace does not say that it is atomic
    except OSError as e:
        if beside:
            Path(beside).unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({e.strerror or e}); choose another place or make room") from e
