"""Event tables of others as statements: what a spreadsheet or another coder says of who does what to whom.

A table (CSV or TSV with a header, or JSON lines) has at least ``source``, ``relation`` and ``target``; it may have ``date``,
``sentence``, ``url``, ``publisher``, ``title``, ``place``, ``speaker``, ``polarity``, ``modality`` and ``confidence``. A
relation is a code of the codebook, a class of PLOVER, or a code of CAMEO. Actors are looked up in the catalogue at the row's
date; a name that it does not have becomes a new actor.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, get_args

from kg.actors.catalogue import Catalogue
from kg.actors.judgements import new_actor
from kg.actors.names import Names
from kg.actors.profile import find
from kg.errors import InputError
from kg.model import ActorRef, ActorType, Article, Mention, Modality, Polarity, Span, Statement, Time, digest
from kg.ontology import relations

NEEDED: Final = ("source", "relation", "target")
COLUMNS: Final = (
    *NEEDED, "date", "sentence", "url", "publisher", "title", "place", "speaker", "polarity", "modality", "confidence",
)  # fmt: skip
ENGINE: Final = "import"

Item = tuple[Article, list[Statement]]


@dataclass(slots=True)
class Table:
    """An event table. ``columns`` gives the table's own name of a column where it is another."""

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)

    def items(self, catalogue: Catalogue) -> Iterator[Item]:
        """Articles (rows of one address; of none, all of the table) with their statements.

        Raises:
            InputError: The file, a column, or a row is not as it should be; the message names the row.
        """
        names = Names(catalogue)
        found: dict[str, Item] = {}
        for number, row in enumerate(self._rows(), 2):
            where = f"{self.path}:{number}"
            article = _article(row, where, self.path)
            _, statements = found.setdefault(article.id, (article, []))
            at = statements[-1].sentence.end + 1 if statements else 0
            statements.append(_statement(row, where, article, names, at))
        yield from found.values()

    def _rows(self) -> Iterator[dict[str, str]]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as f:
                if self.path.suffix in (".jsonl", ".ndjson"):
                    yield from (self._named(json.loads(line)) for line in f if line.strip())
                    return
                head = f.readline()
                f.seek(0)
                delimiter = max(",;\t", key=head.count)
                yield from map(self._named, csv.DictReader(f, delimiter=delimiter))
        except (OSError, UnicodeDecodeError, ValueError, csv.Error, AttributeError) as e:
            raise InputError(f"{self.path}: not a table ({getattr(e, 'strerror', None) or e})") from e

    def _named(self, row: Mapping[str, Any]) -> dict[str, str]:
        named = {c: str(row.get(self.columns.get(c, c)) or "").strip() for c in COLUMNS}
        for column in NEEDED:
            if self.columns.get(column, column) not in row:
                had = ", ".join(str(k) for k in row)
                raise InputError(
                    f"{self.path}: no column {self.columns.get(column, column)!r}; it has {had}; "
                    f"say which with --column {column}=NAME"
                )
        return named


def _article(row: Mapping[str, str], where: str, path: Path) -> Article:
    key = row["url"] or path.name
    return Article(
        "", digest(ENGINE, key), row["url"], row["publisher"], row["title"] or path.name, _day(row["date"], where)
    )


def _statement(row: Mapping[str, str], where: str, article: Article, names: Names, at: int) -> Statement:
    """A row's statement, its sentence at character ``at``; without a sentence the row itself is what can be shown."""
    for column in NEEDED:
        if not row[column]:
            raise InputError(f"{where}: {column} is empty")
    day, code = _day(row["date"], where), relation_of(row["relation"], where)
    sentence = row["sentence"] or f"{row['source']} {code.lower().replace('_', ' ')} {row['target']}"

    def span(text: str) -> Span:
        start = sentence.find(text)
        return Span(text, at + start, at + start + len(text)) if start >= 0 else Span("", at, at)

    def mention(name: str) -> Mention:
        s = span(name)
        actor = _actor(name, names, day)
        return Mention(s.start, s.end, s.text, actor, "catalogue" if actor.linked else "new", f"named {name}")

    written = row["date"]
    return Statement(
        article.id,
        Span(sentence, at, at + len(sentence)),
        mention(row["source"]),
        code,
        mention(row["target"]),
        span(code.lower().replace("_", " ")),
        _one_of(row["polarity"], get_args(Polarity), "polarity", where),
        _one_of(row["modality"], get_args(Modality), "modality", where),
        (_actor(row["speaker"], names, day),) if row["speaker"] else (),
        Time(written, written, "day", "text") if written else Time(),
        row["place"],
        _confidence(row["confidence"], where),
        f"import/{row['relation']}",
        ENGINE,
    )


def _actor(name: str, names: Names, day: date | None) -> ActorRef:
    ids = find(names, name, day)
    return names.catalogue.ref(ids[0], day) if ids else new_actor(name, ActorType.ORGANIZATION)


def relation_of(code: str, where: str = "relation") -> str:
    """The relation of a code of the codebook, a class of PLOVER or a code of CAMEO (of its longest known beginning).

    Raises:
        InputError: It is none of these.
    """
    known = relations()
    name = code.upper().replace(" ", "_").replace("-", "_")
    if name in known:
        return name
    for relation in known.values():
        if relation.plover and relation.plover == name:
            return relation.code
    roots = {root: relation.code for relation in known.values() for root in relation.cameo}
    for size in range(len(code), 1, -1):
        if code[:size] in roots:
            return roots[code[:size]]
    raise InputError(f"{where}: {code!r} is neither a relation of the codebook nor a code of PLOVER or CAMEO")


def _day(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as e:
        raise InputError(f"{where}: {text!r} is not a date; write it as 2018-02-16") from e


def _one_of(text: str, known: tuple[Any, ...], column: str, where: str) -> Any:
    if text and text not in known:
        raise InputError(f"{where}: {column} {text!r} is not one of {', '.join(known)}")
    return text or known[0]


def _confidence(text: str, where: str) -> float:
    try:
        value = float(text) if text else 1.0
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise InputError(f"{where}: confidence {text!r} is not a number from 0 to 1")
    return value
