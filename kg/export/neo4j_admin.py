"""First loads in bulk: CSV files for ``neo4j-admin database import full``, and the command that reads them.

The graph that it makes is the one that an incremental load makes. The files are written as the articles are read; what
is kept in memory meanwhile is the actors, a sum for each edge, and a number for each sentence, by which near-copies are
found at the end.
"""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from kg.collector import no_collection
from kg.edges import Key, Tally, ends
from kg.errors import InputError
from kg.ontology import relations
from kg.store.batch import Batch, Judge, settle
from kg.store.catalogue import facts_of
from kg.store.copies import SHORTEST, Line, alike, as_texts, originals
from kg.store.rows import Properties, Scalar, actor_row, article_row, label, speakers, statement_values

if TYPE_CHECKING:
    from _csv import Writer

    from kg.model import Actor, Article, Statement

TAB: Final = "\t"  # texts have commas, and quotes cost time
ARRAYS: Final = "\x1f"
# Columns by file; a name alone is text. The types are those that the driver writes.
ACTORS: Final = (
    "id:ID(Actor)", "name", "type", "sector", "aliases:string[]", "iso3", "wikidata", "linked:boolean", "active_from",
    "active_to", "catalogue:boolean",
)  # fmt: skip
ARTICLES: Final = (
    "id:ID(Article)", "url", "publisher", "title", "published:date", "language", "sha256", "copy_of", "copy_told",
)  # fmt: skip
STATEMENTS: Final = (
    "id:ID(Statement)", "edge", "source", "target", "source_principal", "target_principal", "pair", "principal_pair",
    "relation", "sign:long",
    "polarity", "modality", "date:date", "date_end:date", "date_precision", "date_source", "date_text", "place",
    "confidence:double", "sentence", "start:long", "end:long", "trigger", "trigger_start:long", "trigger_end:long",
    "source_text", "source_start:long", "source_end:long", "source_how", "source_via", "target_text",
    "target_start:long", "target_end:long", "target_how", "target_via", "rule", "engine",
)  # fmt: skip
SOURCE: Final = STATEMENTS.index("source")
TARGET: Final = STATEMENTS.index("target")
SAID_BY: Final = (":START_ID(Statement)", ":END_ID(Actor)", "position:long", "principal")
ENDS: Final = (":START_ID(Statement)", ":END_ID(Actor)")
FROM: Final = (":START_ID(Statement)", ":END_ID(Article)")
EDGES: Final = (
    ":START_ID(Actor)", ":TYPE", ":END_ID(Actor)", "sign:long", "statements:long", "articles:long", "publishers:long",
    "negated:long", "planned:long", "possible:long", "first:date", "last:date", "confidence:double",
)  # fmt: skip
FACTS: Final = (":START_ID(Actor)", ":TYPE", ":END_ID(Actor)", "office", "since", "until")
FILES: Final = {
    "actors": ACTORS, "articles": ARTICLES, "statements": STATEMENTS, "source": ENDS, "target": ENDS, "from": FROM,
    "said_by": SAID_BY, "edges": EDGES, "facts": FACTS,
}  # fmt: skip


def export(
    items: Iterable[tuple[Article, Iterable[Statement]]],
    directory: Path,
    *,
    actors: Iterable[Actor] = (),
    judge: Judge | None = None,
    database: str = "neo4j",
) -> str:
    """Write the files and return the import command, to be run in the directory while the server is stopped.

    Args:
        items: Every article once.
        directory: Made if it is not there; files of an earlier export are written over.
        actors: The catalogue.
        judge: Human judgement, applied to each statement first.
        database: The database to make.

    Raises:
        InputError: An article comes twice; what was written first cannot be taken back.
    """
    directory.mkdir(parents=True, exist_ok=True)
    files = _Files(directory)
    with ExitStack() as stack, no_collection():
        out = {name: _open(stack, directory / f"{name}.csv", columns) for name, columns in FILES.items()}
        for article, statements in items:
            if article.id in files.articles:
                raise InputError(
                    f"article {article.id} comes twice; put its statements together, or load it with `kg load`"
                )
            files.add(out, article, settle(article, statements, judge))
        for file in (out["statements"], out["from"], out["articles"]):
            file.file.flush()
        files.find_copies()
        rows = (_edge(key, tally) for key, tally in files.tallies.items() if tally.statements)
        out["edges"].writer.writerows(rows)
        _write_actors(out["actors"].writer, out["facts"].writer, files.seen, list(actors))
    return command(database)


@dataclass(slots=True)
class _Files:
    """What has to be known of all articles before the last file is written."""

    directory: Path
    seen: Batch = field(default_factory=Batch)
    tallies: dict[Key, Tally] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    """By id, each with the article that it was told to be a copy of."""
    first: dict[int, str] = field(default_factory=dict)
    """The first article of a sentence behind an edge, by the hash of both."""
    later: dict[int, list[str]] = field(default_factory=dict)
    """The others, where there are any."""

    def add(self, out: Mapping[str, _Out], article: Article, standing: Mapping[str, Statement]) -> None:
        told = article.copy_of
        self.articles[article.id] = told
        row = article_row(article) | ({"copy_told": told} if told else {})
        _write(out["articles"].writer, ARTICLES, row)
        rows, said = [], []
        for statement_id, s in standing.items():
            key = Key.of(s.source.actor.id, s.relation, s.target.actor.id)
            rows.append([*statement_values(s, statement_id, key).values()])
            if s.attribution:
                said += [(statement_id, w.actor, w.position, w.principal) for w in speakers(s)]
            if (tally := self.tallies.get(key)) is None:
                tally = self.tallies[key] = Tally()
            tally.take(article, s, key)
            if not told and len(s.sentence.text) >= SHORTEST:
                mark = hash((key, s.sentence.text))
                if self.first.setdefault(mark, article.id) != article.id:
                    self.later.setdefault(mark, []).append(article.id)
        ids = [row[0] for row in rows]
        out["statements"].write(rows)
        out["source"].writer.writerows(zip(ids, (row[SOURCE] for row in rows), strict=True))
        out["target"].writer.writerows(zip(ids, (row[TARGET] for row in rows), strict=True))
        out["from"].writer.writerows(zip(ids, repeat(article.id)))
        out["said_by"].writer.writerows(said)
        self.seen.see(standing.values())

    def find_copies(self) -> None:
        """Find the near-copies that nobody told of, and count them, and what was told to be a copy of one, once."""
        pairs = {p for mark, ids in self.later.items() for p in combinations({self.first[mark], *ids}, 2)}
        texts = as_texts(self._lines({i for pair in pairs for i in pair})) if pairs else {}
        found = originals(texts, alike(texts, pairs))
        copies = {**{i: told for i, told in self.articles.items() if told}, **found}
        roots = {i: _root(i, copies) for i in copies}
        for tally in self.tallies.values() if roots else ():
            tally.merge(roots)
        if any(self.articles[i] != root for i, root in roots.items()):
            _rewrite(self.directory / "articles.csv", roots)

    def _lines(self, ids: set[str]) -> Iterator[Line]:
        """The sentences of some articles, read back out of the files."""
        days = {}
        for row in _read(self.directory / "articles.csv"):
            if row["id:ID(Article)"] in ids:
                day = row["published:date"]
                days[row["id:ID(Article)"]] = date.fromisoformat(day) if day else None
        pairs = zip(_read(self.directory / "statements.csv"), _read(self.directory / "from.csv"), strict=True)
        for statement, of in pairs:
            if (article := of[":END_ID(Article)"]) in ids:
                yield article, days[article], int(statement["start:long"]), statement["sentence"]


@dataclass(frozen=True, slots=True)
class _Out:
    """An open file, and what writes rows into it."""

    file: TextIO
    writer: Writer

    def write(self, rows: Iterable[Sequence[Scalar]]) -> None:
        """As the writer does, and twice as fast with texts in which nothing needs quotes."""
        for row in rows:
            line = TAB.join(map(str, row))
            if '"' in line or "\n" in line or "\r" in line or line.count(TAB) >= len(row):
                self.writer.writerow(row)
            else:
                self.file.write(line + "\n")


def _root(article: str, copies: Mapping[str, str]) -> str:
    """The original at the end of a chain of copies; a ring ends where it began."""
    met = [article]
    while (of := copies.get(met[-1], "")) and of not in met:
        met.append(of)
    return met[-1]


def _rewrite(path: Path, copy_of: Mapping[str, str]) -> None:
    """The file of articles anew, with what these are found to be copies of."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, ARTICLES, delimiter=TAB, lineterminator="\n")
        writer.writeheader()
        for row in _read(path):
            writer.writerow(row | {"copy_of": copy_of.get(row["id:ID(Article)"], "")})
    part.replace(path)


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        yield from csv.DictReader(f, delimiter=TAB)


def command(database: str = "neo4j") -> str:
    """The command that imports the files of :func:`export`; run it in their directory."""
    relationships = (("SOURCE", "source"), ("TARGET", "target"), ("FROM", "from"), ("SAID_BY", "said_by"))
    return shlex.join([
        "neo4j-admin", "database", "import", "full", database, "--overwrite-destination", "--multiline-fields=true",
        "--delimiter=TAB", "--array-delimiter=U+001F", "--nodes=actors.csv", "--nodes=Article=articles.csv",
        "--nodes=Statement=statements.csv", *(f"--relationships={kind}={name}.csv" for kind, name in relationships),
        "--relationships=edges.csv", "--relationships=facts.csv",
    ])  # fmt: skip


def _open(stack: ExitStack, path: Path, columns: Sequence[str]) -> _Out:
    file = stack.enter_context(path.open("w", encoding="utf-8", newline="", buffering=2**20))
    writer = csv.writer(file, delimiter=TAB, lineterminator="\n")
    writer.writerow((*columns, ":LABEL") if path.stem == "actors" else columns)
    return _Out(file, writer)


def _write(writer: Writer, columns: Sequence[str], row: Properties, *more: str) -> None:
    writer.writerow([_cell(row.get(column.partition(":")[0], "")) for column in columns] + list(more))


def _cell(value: Scalar) -> Scalar:
    if isinstance(value, list):
        return ARRAYS.join(value)
    return str(value).lower() if isinstance(value, bool) else value


def _edge(key: Key, tally: Tally) -> list[Scalar]:
    source, target = ends(key, tally)
    return [
        source, key.relation, target, relations()[key.relation].sign, tally.statements, len(tally.reports),
        tally.publishers, tally.negated, tally.planned, tally.possible, tally.first, tally.last,
        round(tally.confidence, 4),
    ]  # fmt: skip


def _write_actors(nodes: Writer, facts: Writer, seen: Batch, catalogue: Sequence[Actor]) -> None:
    """The catalogue's actors with its facts, and those that only texts know, acting for whom texts say."""
    rows = {a.id: actor_row(a) for a in catalogue}
    known = set(rows)
    for actor_id, row in seen.actors.items():
        rows.setdefault(actor_id, row)
    for row in rows.values():
        _write(nodes, ACTORS, row, f"Actor;{label(row)}".replace(";", ARRAYS))
    for a in catalogue:
        for f in sorted(facts_of(a)):
            if f.target in rows:
                facts.writerow((a.id, f.relation, f.target, f.office, f.since, f.until))
    for actor_id, principal in sorted(seen.acts_for):
        if actor_id not in known:
            facts.writerow((actor_id, "ACTS_FOR", principal, "", "", ""))
