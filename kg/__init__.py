"""Articles go in, statements come out, everything else is a projection of statements.

::

    import kg

    catalogue = kg.open_catalogue()
    for done in kg.extract_statements(kg.read_articles(["article.txt"]), catalogue):
        for s in done.statements:
            print(s.source.actor.name, s.relation, s.target.actor.name, s.confidence)

Names are loaded when they are first used, so that ``import kg`` is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.extract import extract as extract_statements
    from kg.ingest import read_articles
    from kg.model import Actor, Article, Statement
    from kg.run import open_catalogue, open_graph
    from kg.view.quick import show

WHERE = {
    "Actor": ("kg.model", "Actor"),
    "Article": ("kg.model", "Article"),
    "KgError": ("kg.errors", "KgError"),
    "Statement": ("kg.model", "Statement"),
    "extract_statements": ("kg.extract", "extract"),
    "open_catalogue": ("kg.run", "open_catalogue"),
    "open_graph": ("kg.run", "open_graph"),
    "read_articles": ("kg.ingest", "read_articles"),
    "show": ("kg.view.quick", "show"),
}

__all__ = [
    "Actor",
    "Article",
    "KgError",
    "Statement",
    "extract_statements",
    "open_catalogue",
    "open_graph",
    "read_articles",
    "show",
]


def __getattr__(name: str) -> Any:
    if name not in WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = WHERE[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
