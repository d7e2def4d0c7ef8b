"""Files, directories and standard input into articles."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from kg.errors import InputError
from kg.ingest.dates import read_date
from kg.ingest.decode import check, declared_in, decode, read_bounded, refuse_magic
from kg.ingest.formats import Draft, html, markdown, plain
from kg.ingest.rows import Row, jsonl, table
from kg.model import Article

log = logging.getLogger("kg.ingest")

STDIN = "-"
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
}


def read_articles(
    paths: Sequence[str | Path],
    *,
    published: date | None = None,
    publisher: str = "",
    on_skip: Callable[[str], None] = lambda message: None,
) -> Iterator[Article]:
    """Read articles from files, directories (recursively, in order of name) and ``-``, standard input.

    A format is known by its suffix, else by its first characters. ``published`` and ``publisher`` stand in where a file
    does not say; an article without a date gets none, and one warning tells how many there were.

    A bad article among several goes to ``on_skip`` as one line, and the rest is read.

    Raises:
        InputError: A path does not exist, the only article is bad, or not one could be read.
    """
    for p in paths:
        if str(p) != STDIN and not Path(p).exists():
            raise InputError(f"{p}: no such file or directory")
    run = _Run(published, publisher, on_skip)
    files = [f for p in paths for f in ([str(p)] if str(p) == STDIN else _files(Path(p)))]
    for file in files:
        for where, row in _drafts(file):
            try:
                if isinstance(row, InputError):
                    raise row
                article = run.article(row, where)
            except InputError as e:
                run.skip(e)
                continue
            run.flush()
            run.read += 1
            yield article
    run.close()


@dataclass(slots=True)
class _Run:
    published: date | None
    publisher: str
    on_skip: Callable[[str], None]
    read: int = 0
    skipped: int = 0
    # The first error waits until it is clear that it is not the whole answer, to be raised
    waiting: InputError | None = None
    undated: list[str] = field(default_factory=list)

    def article(self, draft: Draft, where: str) -> Article:
        check(draft.text, where)
        day = self.published
        if draft.date:
            day = read_date(draft.date)
            if day is None:
                raise InputError(f'{where}: "{draft.date[:60]}" is no full and clear date; write it as 2018-02-16')
        elif day is None:
            self.undated.append(where)
        return Article(
            draft.text,
            draft.id,
            draft.url,
            draft.publisher or self.publisher,
            draft.title,
            day,
            draft.language or "en",
        )

    def skip(self, error: InputError) -> None:
        self.flush()
        self.skipped += 1
        if self.skipped == 1 and not self.read:
            self.waiting = error
        else:
            self.on_skip(str(error))

    def flush(self) -> None:
        if self.waiting is not None:
            self.on_skip(str(self.waiting))
        self.waiting = None

    def close(self) -> None:
        if self.undated:
            more = f" and {len(self.undated) - 1} more articles" if len(self.undated) > 1 else ""
            log.warning(
                '%s%s: no date, so "on Thursday" cannot be placed; give --published or a Date: line',
                self.undated[0],
                more,
            )
        if self.waiting is not None:
            raise self.waiting
        if self.skipped and not self.read:
            raise InputError(f"no article could be read: all {self.skipped} were skipped")


def _files(path: Path) -> list[str]:
    if not path.is_dir():
        return [str(path)]
    inside = sorted(path.rglob("*"), key=lambda p: p.parts)
    found = [
        str(p)
        for p in inside
        if p.suffix.lower() in SUFFIXES
        and p.is_file()
        and not any(part.startswith(".") for part in p.relative_to(path).parts)
    ]
    if not found:
        raise InputError(f"{path}: no articles in the directory; looked for {', '.join(sorted(SUFFIXES))}")
    return found


def _drafts(file: str) -> Iterator[Row]:
    """The rows of a file, or its one article; an error of the file itself comes as a row."""
    try:
        with nullcontext(sys.stdin.buffer) if file == STDIN else Path(file).open("rb") as raw:
            stream = cast(
                io.BufferedReader, raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw))
            )
            kind = SUFFIXES.get(Path(file).suffix.lower()) or _kind(stream.peek(512)[:512])
            if kind in ("jsonl", "csv"):
                refuse_magic(stream.peek(8)[:8], file)
                rows = (jsonl if kind == "jsonl" else table)(stream, file)
                head = next(rows, (file, InputError(f"{file}: empty; there is no article to read")))
                yield head
                yield from rows
            else:
                yield file, _one(stream, file, kind)
    except InputError as e:
        yield file, e
    except OSError as e:
        yield file, InputError(f"{file}: {e.strerror or e}; check the path and its permissions")


def _one(stream: io.BufferedReader, file: str, kind: str) -> Draft:
    data = read_bounded(stream, file)
    text = decode(data, file, declared_in(data) if kind == "html" else "")
    return {"text": plain, "markdown": markdown, "html": html}[kind](text, file)


def _kind(head: bytes) -> str:
    """The format of a stream without a known suffix, by how it begins."""
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<article")):
        return "html"
    if start.startswith(b"{"):
        return "text" if start.startswith(b"{\\rtf") else "jsonl"  # refused there by name
    return "markdown" if start.startswith(b"---") else "text"
