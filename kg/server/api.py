"""The questions of the live page, answered for one graph; no HTTP here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any, Final

from kg.errors import InputError, KgError
from kg.server.choice import Choice, Query, allowed, choice, day, one, whole
from kg.server.columns import Columns
from kg.server.evidence import cards
from kg.server.find import search
from kg.server.reading import count, read, read_again
from kg.server.review import Review
from kg.server.views import Views
from kg.store import GraphStore
from kg.view.columns import vocabulary

Json = dict[str, Any]
Answer = Callable[[Query], Json]

CARDS_AT_ONCE: Final = 120
MOST_FOUND: Final = 20
PATIENCE: Final = 0.5
"""Seconds to wait at the beginning: ten thousand statements or more are read by then, and a small graph wholly."""
COURTESY: Final = 0.5
"""Seconds for which reading makes way after somebody has asked something: the page asks a few things in a row."""
REST: Final = 20
"""A graph is read anew after this many times as long as its reading took, or at once when it has grown."""
LEAST_REST: Final = 5.0
"""Seconds."""
ABOUT: Final = (
    "MATCH (s:Statement {id: $name})-[:FROM]->(d:Article) RETURN d.id AS id",
    *(
        f"MATCH (s:Statement {{{end}: $name}})-[:FROM]->(d:Article) RETURN DISTINCT d.id AS id"
        for end in ("source", "target", "source_principal", "target_principal")
    ),
)

log = logging.getLogger("kg.server")


class Api:
    """Reads the graph aside, and answers from what has been read, as soon as there is something."""

    def __init__(self, store: GraphStore, *, title: str, review: Review | None = None) -> None:
        self.store = store
        self.title = title
        self.review = review
        self.views = Views(Columns())
        self._judging = Lock()
        self._judged = 0
        self._turn = Lock()
        self._reading = False
        self._read_at = self._took = 0.0
        self._counted = 0
        self._answering = 0
        self._asked_at = 0.0
        self._failed: Exception | None = None
        self._first = Event()
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
        self._begin()
        self._first.wait()
        if self._failed:
            raise self._failed

    @property
    def columns(self) -> Columns:
        return self.views.columns

    @contextmanager
    def first(self) -> Iterator[None]:
        """Whatever is done in here goes before reading on."""
        with self._turn:
            self._answering += 1
        try:
            yield
        finally:
            with self._turn:
                self._answering -= 1
            self._asked_at = monotonic()

    def beginning(self, query: Query) -> Json:
        """What the page is told before it asks anything."""
        return {"live": True, "review": self.review is not None, **vocabulary(), **self.views.beginning()}

    def subgraph(self, query: Query) -> Json:
        allowed(query)
        self._refresh()
        return self.views.view(choice(query))

    def evidence(self, query: Query) -> Json:
        allowed(query, "a", "b", "offset")
        wanted, start = choice(query), whole(query, "offset", 0, 0, 10_000_000)
        views = self.views
        rows = views.rows(wanted, one(query, "a", needed=True), one(query, "b"))
        ids = [i.decode() for i in views.columns.ids[rows[start : start + CARDS_AT_ONCE]]]
        found = cards(self.store, views.columns, ids)
        return {"cards": found, "total": len(rows), "series": views.series(wanted, rows)}

    def neighbours(self, query: Query) -> Json:
        allowed(query, "a")
        return self.views.neighbours(choice(query), one(query, "a", needed=True))

    def changes(self, query: Query) -> Json:
        allowed(query, "before", "after", "window")
        before, after = (day(query, key) for key in ("before", "after"))
        window = whole(query, "window", 90, 1, 36_500)
        if not before or not after:
            raise InputError("before and after: are days such as 2018-02-15")
        return self.views.changes(choice(query), before, after, window)

    def path(self, query: Query) -> Json:
        allowed(query, "a", "b")
        return self.views.path(choice(query), one(query, "a", needed=True), one(query, "b", needed=True))

    def search(self, query: Query) -> Json:
        allowed(query, "q", "most")
        return {"actors": search(self.columns, one(query, "q"), whole(query, "most", 10, 1, MOST_FOUND))}

    def judgements(self, query: Query) -> Json:
        allowed(query)
        return {"judgements": self.review.listed() if self.review else []}

    def judge(self, said: Mapping[str, Any]) -> Json:
        """Record a judgement and bring the columns up to date.

        Raises:
            InputError: This server does not take judgements, or not this one, or not yet.
        """
        if self.review is None:
            raise InputError("this page is read-only; serve it with --review to judge")
        with self._judging:
            columns = self.columns
            if not columns.whole:
                raise InputError("the graph is still being read; judge when all of it is here")
            touched = {columns.article_of(str(said.get("statement", "")))}
            names = self.review.record(self.store, columns, said)
            touched |= set(columns.articles_with(names))
            touched |= {row["id"] for text in ABOUT for name in names for row in self.store.read(text, {"name": name})}
            self._judged += 1
            self.views = Views(read_again(self.store, columns, sorted(touched - {""})))
            self._counted = count(self.store)
            return {"judgements": self.review.listed()}

    def _refresh(self) -> None:
        """Read the graph anew, aside, when somebody else may have changed it; until then the old one answers."""
        if self._reading:
            return
        stale = monotonic() - self._read_at > max(LEAST_REST, REST * self._took)
        if stale or not self.columns.whole or count(self.store) != self._counted:
            self._begin()

    def _begin(self) -> None:
        with self._turn:
            if self._reading:
                return
            self._reading = True
        Thread(target=self._read, name="kg-read", daemon=True).start()

    def _read(self) -> None:
        began = monotonic()
        try:
            self._counted = count(self.store)
            self._read_pieces(began)
        except KgError as e:
            log.warning("the graph could not be read: %s", e)
            self._failed = e
        except Exception as e:
            self._failed = e
            raise
        finally:
            self._read_at, self._took = monotonic(), monotonic() - began
            self._reading = False
            self._first.set()

    def _read_pieces(self, began: float) -> None:
        """Show what has been read: while nothing was known before, at every doubling, else when all is there."""
        anew, judged, shown = self.columns.whole and self._first.is_set(), self._judged, 0
        for reading in read(self.store):
            self._make_way()
            waited = self._first.is_set() or monotonic() - began > PATIENCE
            if reading.whole or (waited and not anew and reading.done >= 2 * shown):
                shown = reading.done
                columns = reading.taken()
                if anew and columns.same(self.columns):
                    return
                views = Views(columns)
                views.view(Choice(places=True))  # what every reader asks first
                with self._judging:
                    if judged == self._judged:  # else a judgement came in between, and the next reading will have it
                        self.views = views
                self._first.set()
        self.views.blocs("actors")

    def _make_way(self) -> None:
        """Let those who ask go first, but not for ever: who asks all the time would never see the whole."""
        patience = monotonic() + COURTESY
        while (self._answering > 0 or monotonic() - self._asked_at < COURTESY / 2) and monotonic() < patience:
            sleep(COURTESY / 20)
