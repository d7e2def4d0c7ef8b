"""Statements that were extracted before, an article at a time: JSON lines or Parquet, files or a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kg.errors import InputError
from kg.model import Article, Statement
from kg.record import article_from, load

Item = tuple[Article, list[Statement]]


def by_article(files: Iterable[str]) -> Iterator[Item]:
    """The articles that the lines of some files describe, each with its statements.

    Raises:
        InputError: A file cannot be read, a line is no statement, or an article's lines do not stand together: put in
            the graph part by part, only its last part would stay.
    """
    done: set[str] = set()
    for file in files:
        for article, statements in _items(file):
            if article.id in done:
                raise InputError(
                    f"{file}: the statements of article {article.id} do not stand together; sort them by article_id"
                )
            done.add(article.id)
            yield article, statements


def _items(file: str) -> Iterator[Item]:
    for _, group in groupby(load(_lines(file), file), key=lambda pair: pair[1].article_id):
        pairs = list(group)
        yield article_from(pairs[0][0]), [statement for _, statement in pairs]


def _lines(file: str) -> Iterator[str]:
    if file == "-":
        yield from sys.stdin
        return
    path = Path(file)
    if path.suffix == ".parquet":
        yield from _parquet(path)
        return
    try:
        with path.open(encoding="utf-8") as f:
            yield from f
    except (OSError, UnicodeDecodeError) as e:
        raise InputError(f"{file}: {getattr(e, 'strerror', None) or e}") from e


def _parquet(path: Path) -> Iterator[str]:
    try:
        import pyarrow.parquet as pq
    except ImportError as e:
        raise InputError(f"{path}: reading Parquet needs pyarrow; pip install 'geokg[parquet]'") from e
    try:
        for batch in pq.ParquetFile(path).iter_batches():
            for row in batch.to_pylist():
                yield json.dumps(row, ensure_ascii=False, default=str)
    except (OSError, ValueError) as e:
        raise InputError(f"{path}: not a Parquet file of statements ({e})") from e
