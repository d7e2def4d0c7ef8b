"""One graph, on either server: writing articles, asking questions."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from kg.errors import WriteRefused
from kg.store.connection import Address, Connection
from kg.store.failure import NO_WRITES, told
from kg.store.lint import warning
from kg.store.result import Result, Value, to_plain
from kg.store.text import cypher, statements_of
from kg.store.watch import cut_off

if TYPE_CHECKING:
    import neo4j
    from neo4j import Record, Transaction

    from kg.model import Actor, Article, Statement
    from kg.store.batch import Batch, Judge
    from kg.store.write import Loaded

    Items: TypeAlias = Iterable[tuple[Article, Iterable[Statement]]]

T = TypeVar("T")
Parameters = Mapping[str, Any]

log = logging.getLogger("kg.store")

# Larger transactions gain nothing on either server, and lose more to a conflict.
BATCH: Final = 1000
EXPLAIN: Final = "EXPLAIN "
OWN_MODE: Final = re.compile(r"(?:\s|//[^\n]*\n|/\*.*?\*/)*(EXPLAIN|PROFILE)\b", re.IGNORECASE | re.DOTALL)


class GraphStore:
    """A graph of statements. Open it with :func:`kg.store.open_store`, and close it or use it as a context."""

    def __init__(self, address: Address) -> None:
        self._connection = Connection(address)
        self._prepared = False

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @property
    def embedded(self) -> bool:
        return self._connection.embedded

    @property
    def where(self) -> str:
        """The address, for messages."""
        return self._connection.where

    # Writing

    def ensure_schema(self) -> None:
        """Make constraints and indexes where they are missing; every writing method does so before its first write."""
        if self._prepared:
            return

        def prepare() -> None:
            with self._connection.turn(), self._connection.session(write=True) as session:
                for text in statements_of(cypher("schema")):
                    session.run(text).consume()

        self._connection.retrying(prepare)
        self._prepared = True

    def put(self, article: Article, statements: Iterable[Statement], *, judge: Judge | None = None) -> Loaded:
        """Make the graph hold just these statements of the article, all or none of them.

        Args:
            article: With its publisher and, for a near-copy, ``copy_of``.
            statements: All of its statements; none takes them out of the graph.
            judge: Human judgement, applied to each statement first.
        """
        return self.put_many([(article, statements)], judge=judge)

    def put_many(
        self, items: Items, *, judge: Judge | None = None, progress: Callable[[Loaded], None] | None = None
    ) -> Loaded:
        """As :meth:`put` for a stream of articles, several to a transaction, each whole.

        Args:
            items: Read as they are written; an article that comes twice stands as it came last.
            judge: Human judgement, applied to each statement first.
            progress: Told what each transaction did.
        """
        from kg.store.batch import Batch  # noqa: PLC0415 - a query writes nothing
        from kg.store.write import Loaded  # noqa: PLC0415 - as above

        self.ensure_schema()
        total, batch = Loaded(), Batch()
        for article, statements in items:
            if article.id in batch.articles or batch.size >= BATCH or len(batch.articles) >= BATCH:
                total, batch = total + self._flush(batch, progress), Batch()
            batch.add(article, statements, judge)
        return total + self._flush(batch, progress)

    def _flush(self, batch: Batch, progress: Callable[[Loaded], None] | None) -> Loaded:
        from kg.store.write import Loaded, write  # noqa: PLC0415 - as above

        if not batch.articles:
            return Loaded()
        done = self._connection.write(write, batch)
        if progress:
            progress(done)
        return done

    def delete_article(self, article_id: str) -> Loaded:
        """Take an article out, with its statements and what stands on these alone; nothing when it is not there."""
        from kg.store.write import delete  # noqa: PLC0415 - as above

        self.ensure_schema()
        return self._connection.write(delete, [article_id])

    def delete_publisher(self, name: str) -> Loaded:
        """Take out all articles of a publisher, as :meth:`delete_article` does."""
        from kg.store.write import Loaded, delete  # noqa: PLC0415 - as above

        self.ensure_schema()
        rows = self.read("MATCH (d:Article {publisher: $name}) RETURN d.id AS id ORDER BY id", {"name": name})
        total = Loaded()
        for some in _parts([str(row["id"]) for row in rows], 50):
            total += self._connection.write(delete, some)
        return total

    def load_actors(self, actors: Iterable[Actor]) -> int:
        """Bring the catalogue's actors and their facts up to date; how many nodes changed.

        Facts about somebody whom neither the catalogue nor the graph knows are left out, with a warning.
        """
        from kg.store.catalogue import write_facts, write_nodes  # noqa: PLC0415 - as above

        self.ensure_schema()
        parts = list(_parts(list(actors), BATCH))
        changed = sum(self._connection.write(write_nodes, some) for some in parts)
        unknown = sorted(set[str]().union(*(self._connection.write(write_facts, some) for some in parts)))
        if unknown:
            names = ", ".join(unknown[:5])
            log.warning("facts about %d actors that nobody describes were left out: %s", len(unknown), names)
        return changed

    # Reading

    def query(
        self,
        text: str,
        parameters: Parameters | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
        skip: int = 0,
    ) -> Result:
        """The answer to a user's query, which may not change the graph unless ``write`` says so.

        Args:
            text: One Cypher statement.
            parameters: Values of its ``$names``.
            write: Let it change the graph.
            timeout: Seconds after which it is stopped.
            limit: Rows after which the rest is left; the result says so.
            skip: Rows to pass over before.

        Raises:
            WriteRefused: It would change the graph. Decided by the server, never by the words of the text: the
                transaction is opened for reading and rolled back; Neo4j is asked for the kind of its plan first, and
                the embedded server runs it under an account that can only read, and tells what kind it was.
            QueryError: The server refuses the text, or it took too long.
        """
        values = dict(parameters or {})

        def once() -> Result:
            with (
                told(self.where, timeout=timeout, write=write),
                self._limited(text, timeout) as run,
                self._connection.session(write) as session,
            ):
                if write:
                    with self._connection.turn():
                        return _answer(session.run(Query(run, timeout=timeout), values), limit, skip)[0]
                tx = session.begin_transaction(timeout=timeout)
                try:
                    self._refuse_writes(tx, text, values)
                    found, kind = _answer(tx.run(run, values), limit, skip)
                    if kind is None:
                        tx.commit()  # cut off by the limit it tells no kind: the account's rights decide, at the commit
                    elif kind != "r":
                        raise WriteRefused(NO_WRITES)
                    return found
                finally:
                    tx.close()  # rolls back; the driver's own context would commit

        from neo4j import Query  # noqa: PLC0415 - keeps ``import kg.store`` cheap

        found = once() if write else self._connection.retrying(once)
        return replace(found, warnings=_warnings(text)) if self.embedded else found

    def explain_plan(self, text: str, parameters: Parameters | None = None) -> str:
        """How the server would run a query, as it draws it; nothing is run."""

        def once() -> str:
            with told(self.where, before=len(EXPLAIN)), self._connection.session(write=False) as session:
                plan = session.run(EXPLAIN + _bare(text), dict(parameters or {})).consume().plan or {}
                return str(plan.get("args", {}).get("string-representation", plan))

        return self._connection.retrying(once)

    def read(self, text: str, parameters: Parameters | None = None) -> list[dict[str, Value]]:
        """The rows of one of this package's own queries, without the checks that a user's query needs."""

        def once() -> list[dict[str, Value]]:
            with self._connection.session(write=False) as session:
                return [_row(record) for record in session.run(text, dict(parameters or {}))]

        return self._connection.retrying(once)

    def stream(self, text: str, parameters: Parameters | None = None) -> Iterator[dict[str, Value]]:
        """As :meth:`read`, row by row, for answers larger than memory. A lost connection ends it with an error."""
        with told(self.where), self._connection.session(write=False) as session:
            for record in session.run(text, dict(parameters or {})):
                yield _row(record)

    def _limited(self, text: str, timeout: float | None) -> AbstractContextManager[str]:
        if timeout and self.embedded:
            return cut_off(text, timeout, lambda: self._connection.session(write=True))
        return nullcontext(text)

    def _refuse_writes(self, tx: Transaction, text: str, values: dict[str, Any]) -> None:
        """Ask Neo4j for the kind of a query's plan.

        Not the embedded server: it calls every EXPLAIN a write, and runs some. Its account can only read, and it tells
        the kind of what it ran.
        """
        if self.embedded:
            return
        with told(self.where, before=len(EXPLAIN)):
            kind = tx.run(EXPLAIN + _bare(text), values).consume().query_type
        if kind != "r":
            raise WriteRefused(NO_WRITES)


def _bare(text: str) -> str:
    """A text without an EXPLAIN or PROFILE of its own, which does not go with ours."""
    own = OWN_MODE.match(text)
    return text[: own.start(1)] + " " * len(own[1]) + text[own.end(1) :] if own else text


def _warnings(text: str) -> tuple[str, ...]:
    said = warning(text)
    return (said,) if said else ()


def _answer(result: neo4j.Result, limit: int | None, skip: int) -> tuple[Result, str | None]:
    """The rows, and the kind of query that the server says it ran: "r" reads."""
    columns = tuple(result.keys())
    rows: list[tuple[Value, ...]] = []
    for record in islice(result, skip, None):
        if limit is not None and len(rows) == limit:
            return Result(columns, rows, more=True), result.consume().query_type
        rows.append(tuple(to_plain(v) for v in record.values()))
    return Result(columns, rows), result.consume().query_type


def _row(record: Record) -> dict[str, Value]:
    return {k: to_plain(record[k]) for k in record.keys()}  # noqa: SIM118 - a record iterates over its values


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[i : i + size] for i in range(0, len(items), size))
