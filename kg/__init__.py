"""Articles go in, statements come out, everything else is a projection of statements.

::

    import kg

    catalogue = kg.open_catalogue()
    for article, statements in kg.extract(kg.read_articles(["article.txt"]), catalogue):
        for s in statements:
            print(s.source.actor.name, s.relation, s.target.actor.name, s.confidence)

Names are loaded when they are first used, so that ``import kg`` is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.extract import extract
    from kg.ingest import read_articles
    from kg.model import Actor, Article, Statement
    from kg.run import open_catalogue, open_graph

WHERE = {
    "Actor": "kg.model",
    "Article": "kg.model",
    "KgError": "kg.errors",
    "Statement": "kg.model",
    "extract": "kg.extract",
    "open_catalogue": "kg.run",
    "open_graph": "kg.run",
    "read_articles": "kg.ingest",
}

__all__ = ["Actor", "Article", "KgError", "Statement", "extract", "open_catalogue", "open_graph", "read_articles"]


def __getattr__(name: str) -> Any:
    if name in WHERE:
        return getattr(import_module(WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
