"""Articles and statements made ready for a graph: judged, each statement once, as rows; no server is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.model import ActorRef, Article, Statement
from kg.store.rows import Properties, StatementRow, article_row, merged, ref_row, statement_row

Judge = Callable[[Statement], Statement | None]
"""Human judgement on a statement: as it should stand, or ``None`` where it is wrong."""


def settle(article: Article, statements: Iterable[Statement], judge: Judge | None) -> dict[str, Statement]:
    """The statements of an article as they should stand, by their ids and in their order; the surest of one id counts.

    Raises:
        InputError: A statement is of another article.
    """
    kept: dict[str, Statement] = {}
    for read in statements:
        if read.article_id != article.id:
            raise InputError(f"statement {read.id} is of article {read.article_id}, not of {article.id}")
        s = judge(read) if judge else read
        if s is not None and ((i := s.id) not in kept or _rank(s) > _rank(kept[i])):
            kept[i] = s
    return dict(sorted(kept.items()))


@dataclass(slots=True)
class Batch:
    """Articles as they should stand, ready to be written together."""

    articles: dict[str, Properties] = field(default_factory=dict)
    statements: dict[str, dict[str, StatementRow]] = field(default_factory=dict)
    actors: dict[str, Properties] = field(default_factory=dict)
    acts_for: set[tuple[str, str]] = field(default_factory=set)
    _met: dict[str, ActorRef] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(map(len, self.statements.values()))

    def add(self, article: Article, statements: Iterable[Statement], judge: Judge | None) -> None:
        """Take an article in, in the place of what the batch has of it."""
        standing = settle(article, statements, judge)
        self.articles[article.id] = article_row(article)
        self.statements[article.id] = {i: statement_row(s, i) for i, s in standing.items()}
        self.see(standing.values())

    def see(self, statements: Iterable[Statement]) -> None:
        """Take in the actors of statements only."""
        met = self._met
        for s in statements:
            for actor in (s.source.actor, s.target.actor, *s.attribution):
                if met.get(actor.id) is not actor:
                    self._meet(actor)

    def _meet(self, a: ActorRef) -> None:
        if self._met.get(a.id) == a:
            return  # as nearly always: the catalogue describes an actor in one way
        self._met[a.id] = a
        row = ref_row(a)
        self.actors[a.id] = merged(self.actors[a.id], row) if a.id in self.actors else row
        if a.principal:
            self.acts_for.add((a.id, a.principal.id))
            self._meet(a.principal)


def _rank(s: Statement) -> tuple[float, str, int]:
    return s.confidence, s.rule, -s.trigger.start
