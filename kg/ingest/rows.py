"""One file, many articles: JSON lines and CSV, read a row at a time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.ingest.decode import LIMIT, lines
from kg.ingest.formats import Draft
from kg.model import Article

Row = tuple[str, Draft | InputError]
SURROGATE = re.compile(r"[\ud800-\udfff]")
FIELDS = ("text", "title", "published", "url", "publisher", "id", "language")


def jsonl(stream: io.BufferedReader, origin: str) -> Iterator[Row]:
    """``{"id", "title", "published", "url", "publisher", "language", "text"}`` a line; only ``text`` is required.

    The text is kept to the character, so that spans index what the caller holds. Other keys are passed over.
    """
    for number, line in lines(stream, origin):
        where = f"{origin}:{number}"
        if isinstance(line, InputError):
            yield where, line
        elif line.strip():
            try:
                yield where, _from_json(line, where)
            except InputError as e:
                yield where, e


def _from_json(line: str, where: str) -> Draft:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as e:
        why = getattr(e, "msg", str(e))
        raise InputError(f"{where}: not JSON ({why}); write one object a line, with its newlines as \\n") from e
    if not isinstance(row, dict):
        raise InputError(f'{where}: not an object; write {{"text": "…"}}')
    values: dict[str, str] = {}
    for key in FIELDS:
        value = row.get(key)
        if value is None:
            continue
        if key == "text" and not isinstance(value, str):
            raise InputError(f'{where}: "text" is no string')
        if not isinstance(value, str | int):
            raise InputError(f'{where}: "{key}" is no string')
        values[key] = _sound(str(value))
    if "text" not in values:
        had = ", ".join(sorted(map(str, row))[:8]) or "nothing"
        raise InputError(f'{where}: no "text"; the line has {had}')
    return _draft(values)


def _sound(text: str) -> str:
    """A lone surrogate (an emoji cut in two) cannot be stored: one U+FFFD for each, so that offsets hold."""
    return SURROGATE.sub("�", text)


def _draft(values: dict[str, str]) -> Draft:
    return Draft(
        values["text"],
        values.get("title", ""),
        values.get("published", ""),
        values.get("url", ""),
        values.get("publisher", ""),
        values.get("id", ""),
        values.get("language", ""),
    )


def dump(article: Article) -> str:
    """An article as a line that ``jsonl`` reads back to the same article, without the newline."""
    row = {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "publisher": article.publisher,
        "language": article.language,
        "text": article.text,
    }
    return json.dumps(row, ensure_ascii=False)


def table(stream: io.BufferedReader, origin: str) -> Iterator[Row]:
    """CSV with a header row; the same columns as JSON lines, parted by commas, semicolons or tabs."""
    # The limit is the interpreter's, and its default of 131,072 characters is less than a long report.
    csv.field_size_limit(LIMIT)
    broken: list[InputError] = []

    def texts() -> Iterator[str]:
        for _, line in lines(stream, origin):
            if isinstance(line, InputError):
                broken.append(line)
                return
            yield line

    source = texts()
    head = next(source, "")
    delimiter = max(",;\t", key=head.count)
    columns = [c.strip().lower() for c in next(csv.reader([head], delimiter=delimiter), [])]
    if "text" not in columns:
        yield (
            f"{origin}:1",
            broken[0]
            if broken
            else InputError(f'{origin}:1: no column "text"; the header has {", ".join(columns[:8]) or "nothing"}'),
        )
        return
    reader = csv.reader(source, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as e:
            yield (
                f"{origin}:{reader.line_num + 1}",
                InputError(f"{origin}:{reader.line_num + 1}: not CSV ({e}); quote the text"),
            )
            return
        where = f"{origin}:{reader.line_num + 1}"
        if not any(cells):
            continue
        values = {c: v for c, v in zip(columns, cells, strict=False) if c in FIELDS}
        if "date" in columns and "published" not in columns:
            values["published"] = dict(zip(columns, cells, strict=False)).get("date", "")
        yield where, _draft(values) if "text" in values else InputError(f"{where}: the row ends before its text")
    for error in broken:
        yield origin, error
