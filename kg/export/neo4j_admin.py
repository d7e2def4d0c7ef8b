"""First loads in bulk: CSV files for ``neo4j-admin database import full``, and the command that reads them.

The graph that it makes is the one that an incremental load makes. The files are written as the articles are read; what
is kept in memory meanwhile is the actors and a sum for each edge.
"""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.edges import Key, Tally, edge
from kg.errors import InputError
from kg.store.batch import Batch, Judge, settle
from kg.store.catalogue import facts_of
from kg.store.rows import Properties, Scalar, actor_row, article_row, label, statement_row

if TYPE_CHECKING:
    from _csv import Writer

    from kg.model import Actor, Article, Statement

ARRAYS: Final = "\x1f"
# Columns by file; a name alone is text. The types are those that the driver writes.
ACTORS: Final = (
    "id:ID(Actor)", "name", "type", "sector", "aliases:string[]", "iso3", "wikidata", "linked:boolean", "active_from",
    "active_to", "catalogue:boolean",
)  # fmt: skip
ARTICLES: Final = ("id:ID(Article)", "url", "publisher", "title", "published:date", "language", "sha256", "copy_of")
STATEMENTS: Final = (
    "id:ID(Statement)", "edge", "source", "target", "source_principal", "target_principal", "pair", "principal_pair",
    "relation", "sign:long",
    "polarity", "modality", "date:date", "date_end:date", "date_precision", "date_source", "date_text", "place",
    "confidence:double", "sentence", "start:long", "end:long", "trigger", "trigger_start:long", "trigger_end:long",
    "source_text", "source_start:long", "source_end:long", "source_how", "source_via", "target_text",
    "target_start:long", "target_end:long", "target_how", "target_via", "rule", "engine",
)  # fmt: skip
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
    seen, tallies, articles = Batch(), dict[Key, Tally](), set[str]()
    with ExitStack() as stack:
        out = {name: _open(stack, directory / f"{name}.csv", columns) for name, columns in FILES.items()}
        statement_columns = [column.partition(":")[0] for column in STATEMENTS]
        for article, statements in items:
            if article.id in articles:
                raise InputError(
                    f"article {article.id} comes twice; put its statements together, or load it with `kg load`"
                )
            articles.add(article.id)
            _write(out["articles"], ARTICLES, article_row(article))
            standing = settle(article, statements, judge)
            for statement_id, s in standing.items():
                stored = statement_row(s, statement_id)
                p = stored.properties
                out["statements"].writerow([p.get(column, "") for column in statement_columns])
                out["source"].writerow((p["id"], p["source"]))
                out["target"].writerow((p["id"], p["target"]))
                out["from"].writerow((p["id"], article.id))
                out["said_by"].writerows((p["id"], w.actor, w.position, w.principal) for w in stored.speakers)
                tallies.setdefault(stored.key, Tally()).take(article, s, stored.key)
            seen.see(standing.values())
        for key, tally in tallies.items():
            if tally.statements:
                out["edges"].writerow(_edge(key, tally))
        _write_actors(out["actors"], out["facts"], seen, list(actors))
    return command(database)


def command(database: str = "neo4j") -> str:
    """The command that imports the files of :func:`export`; run it in their directory."""
    relationships = (("SOURCE", "source"), ("TARGET", "target"), ("FROM", "from"), ("SAID_BY", "said_by"))
    return shlex.join([
        "neo4j-admin", "database", "import", "full", database, "--overwrite-destination", "--multiline-fields=true",
        "--array-delimiter=U+001F", "--nodes=actors.csv", "--nodes=Article=articles.csv",
        "--nodes=Statement=statements.csv", *(f"--relationships={kind}={name}.csv" for kind, name in relationships),
        "--relationships=edges.csv", "--relationships=facts.csv",
    ])  # fmt: skip


def _open(stack: ExitStack, path: Path, columns: Sequence[str]) -> Writer:
    writer = csv.writer(stack.enter_context(path.open("w", encoding="utf-8", newline="")), lineterminator="\n")
    writer.writerow((*columns, ":LABEL") if path.stem == "actors" else columns)
    return writer


def _write(writer: Writer, columns: Sequence[str], row: Properties, *more: str) -> None:
    writer.writerow([_cell(row.get(column.partition(":")[0], "")) for column in columns] + list(more))


def _cell(value: Scalar) -> Scalar:
    if isinstance(value, list):
        return ARRAYS.join(value)
    return str(value).lower() if isinstance(value, bool) else value


def _edge(key: Key, tally: Tally) -> list[Scalar]:
    e = edge(key, tally)
    return [
        e.source, e.relation, e.target, e.sign, e.statements, e.articles, e.publishers, e.negated, e.planned,
        e.possible, e.first, e.last, e.confidence,
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
