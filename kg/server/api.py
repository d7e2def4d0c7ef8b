"""The questions of the live page, answered for one graph; no HTTP here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from threading import RLock, Thread
from typing import Any, Final

from kg.errors import InputError, KgError
from kg.server.choice import Choice, Query, allowed, choice, day, one, whole
from kg.server.columns import Columns, Progress, read_again, read_columns
from kg.server.evidence import cards
from kg.server.find import search
from kg.server.review import Review
from kg.server.views import Views
from kg.store import GraphStore
from kg.view.columns import vocabulary

Json = dict[str, Any]
Answer = Callable[[Query], Json]

CARDS_AT_ONCE: Final = 120
MOST_FOUND: Final = 20
COUNT: Final = "MATCH (s:Statement) RETURN count(s) AS n"
TOUCHED: Final = """
UNWIND $names AS name
MATCH (s:Statement)-[:FROM]->(d:Article)
WHERE s.id = name OR s.source = name OR s.target = name OR s.source_principal = name OR s.target_principal = name
RETURN DISTINCT d.id AS id"""

log = logging.getLogger("kg.server")


class Api:
    """Reads the graph's columns when made; answers from them, one question at a time."""

    def __init__(
        self, store: GraphStore, *, title: str, review: Review | None = None, progress: Progress | None = None
    ) -> None:
        self.store = store
        self.title = title
        self.review = review
        self._lock = RLock()
        self._reading = False
        self._take(read_columns(store, progress))
        self.views.view(Choice(places=True))  # takes a second or two; the first reader need not wait for it
        self.routes: Mapping[str, Answer] = {
            "/api/beginning": self.beginning,
            "/api/subgraph": self.subgraph,
            "/api/evidence": self.evidence,
            "/api/neighbours": self.neighbours,
            "/api/changes": self.changes,
            "/api/path": self.path,
            "/api/search": self.search,
            "/api/judgements": self.judgements,
        }

    def beginning(self, query: Query) -> Json:
        """What the page is told before it asks anything."""
        with self._lock:
            return {"live": True, "review": self.review is not None, **vocabulary(), **self.views.beginning()}

    def subgraph(self, query: Query) -> Json:
        allowed(query)
        self._refresh()
        with self._lock:
            return self.views.view(choice(query))

    def evidence(self, query: Query) -> Json:
        allowed(query, "a", "b", "offset")
        wanted, start = choice(query), whole(query, "offset", 0, 0, 10_000_000)
        with self._lock:
            rows = self.views.rows(wanted, one(query, "a", needed=True), one(query, "b"))
            ids = [i.decode() for i in self.columns.ids[rows[start : start + CARDS_AT_ONCE]]]
            found = cards(self.store, self.columns, ids)
            return {"cards": found, "total": len(rows), "series": self.views.series(wanted, rows)}

    def neighbours(self, query: Query) -> Json:
        allowed(query, "a")
        with self._lock:
            return self.views.neighbours(choice(query), one(query, "a", needed=True))

    def changes(self, query: Query) -> Json:
        allowed(query, "before", "after", "window")
        before, after = (day(query, key) for key in ("before", "after"))
        window = whole(query, "window", 90, 1, 36_500)
        if not before or not after:
            raise InputError("before and after: are days such as 2018-02-15")
        with self._lock:
            return self.views.changes(choice(query), before, after, window)

    def path(self, query: Query) -> Json:
        allowed(query, "a", "b")
        with self._lock:
            return self.views.path(choice(query), one(query, "a", needed=True), one(query, "b", needed=True))

    def search(self, query: Query) -> Json:
        allowed(query, "q", "most")
        with self._lock:
            return {"actors": search(self.columns, one(query, "q"), whole(query, "most", 10, 1, MOST_FOUND))}

    def judgements(self, query: Query) -> Json:
        allowed(query)
        return {"judgements": self.review.listed() if self.review else []}

    def judge(self, said: Mapping[str, Any]) -> Json:
        """Record a judgement and bring the columns up to date.

        Raises:
            InputError: This server does not take judgements, or not this one.
        """
        if self.review is None:
            raise InputError("this page is read-only; serve it with --review to judge")
        with self._lock:
            before = {self.columns.article_of(str(said.get("statement", "")))}
            names = self.review.record(self.store, self.columns, said)
            before |= set(self.columns.articles_with(names))
            after = {row["id"] for row in self.store.read(TOUCHED, {"names": sorted(names)})}
            read_again(self.store, self.columns, sorted((before | after) - {""}))
            self._take(self.columns)
            return {"judgements": self.review.listed()}

    def _take(self, columns: Columns) -> None:
        self.columns = columns
        self.views = Views(columns)

    def _refresh(self) -> None:
        """Read the graph anew, aside, when somebody else has changed it; until then the old one answers."""
        if self._reading or self.store.read(COUNT)[0]["n"] == len(self.columns):
            return
        self._reading = True

        def read() -> None:
            try:
                columns = read_columns(self.store)
                with self._lock:
                    self._take(columns)
            except KgError as e:
                log.warning("the graph could not be read anew: %s", e)
            finally:
                self._reading = False

        Thread(target=read, name="kg-read", daemon=True).start()
