"""Articles and statements made ready for a graph: judged, each statement once, as rows; no server is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.model import Article, Statement
from kg.store.rows import Properties, StatementRow, actors_of, article_row, merged, statement_row

Judge = Callable[[Statement], Statement | None]
"""Human judgement on a statement: as it should stand, or ``None`` where it is wrong."""


def settle(article: Article, statements: Iterable[Statement], judge: Judge | None) -> list[Statement]:
    """The statements of an article as they should stand, by id; of one id the most confident counts.

    Raises:
        InputError: A statement is of another article.
    """
    kept: dict[str, Statement] = {}
    for read in statements:
        if read.article_id != article.id:
            raise InputError(f"statement {read.id} is of article {read.article_id}, not of {article.id}")
        s = judge(read) if judge else read
        if s is not None and (s.id not in kept or _rank(s) > _rank(kept[s.id])):
            kept[s.id] = s
    return [kept[i] for i in sorted(kept)]


@dataclass(slots=True)
class Batch:
    """Articles as they should stand, ready to be written together."""

    articles: dict[str, Properties] = field(default_factory=dict)
    statements: dict[str, dict[str, StatementRow]] = field(default_factory=dict)
    actors: dict[str, Properties] = field(default_factory=dict)
    acts_for: set[tuple[str, str]] = field(default_factory=set)

    @property
    def size(self) -> int:
        return sum(map(len, self.statements.values()))

    def add(self, article: Article, statements: Iterable[Statement], judge: Judge | None) -> None:
        """Take an article in, in the place of what the batch has of it."""
        standing = settle(article, statements, judge)
        rows = map(statement_row, standing)
        self.articles[article.id] = article_row(article)
        self.statements[article.id] = {str(row.properties["id"]): row for row in rows}
        self.see(standing)

    def see(self, statements: Iterable[Statement]) -> None:
        """Take in the actors of statements only."""
        actors, acts_for = actors_of(statements)
        for actor_id, row in actors.items():
            self.actors[actor_id] = merged(self.actors[actor_id], row) if actor_id in self.actors else row
        self.acts_for |= acts_for


def _rank(s: Statement) -> tuple[float, str, int]:
    return s.confidence, s.rule, -s.trigger.start
