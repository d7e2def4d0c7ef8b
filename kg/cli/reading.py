"""Articles as the user names them, counted, with the unreadable ones told and skipped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli import options as opt
from kg.cli.console import count, note
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.model import Article


class Reading:
    """The articles of files, directories or standard input; read once.

    A bad one among good ones is told, counted and passed over. Where none is good, that is the error.
    """

    def __init__(self, sources: list[str] | None, published: str = "", publisher: str = "") -> None:
        if not sources and sys.stdin.isatty():
            raise InputError("no article named; give files or directories, or pipe text in")
        self.sources = sources or ["-"]
        self.published = opt.day(published)
        self.publisher = publisher
        self.articles = 0
        self.skipped = 0

    def __iter__(self) -> Iterator[Article]:
        from kg.ingest.read import read_articles

        found = read_articles(self.sources, published=self.published, publisher=self.publisher, on_skip=self._skip)
        for article in found:
            self.articles += 1
            yield article

    def _skip(self, message: str) -> None:
        self.skipped += 1
        note(f"skipped: {message}")

    def report(self) -> None:
        """Say at the end how many were skipped."""
        if self.skipped:
            note(f"{count(self.skipped, 'article')} skipped")
