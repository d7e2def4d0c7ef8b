"""A loader to be killed: puts made-up articles one by one and tells each when the server has taken it.

Run as ``python -m tests.store.loader DIRECTORY`` or ``… URI USER``, with the password on standard input.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.model import Article, Statement
from kg.store import GraphStore, open_store
from tests.store.world import article, claim

TRIPLES = ("TUR OPPOSES YPG", "USA ALLIED_WITH TUR", "USA AIDS YPG", "TUR-MIL ATTACKS YPG", "RUS ACCUSES USA")
ARTICLES = 40


def items() -> list[tuple[Article, list[Statement]]]:
    """Articles that share edges, each with an actor of its own."""
    found = []
    for n in range(ARTICLES):
        a = article(f"a{n:02}", f"Publisher {n % 3}", f"2024-03-{n % 28 + 1:02}")
        told = [
            claim(a, t, at=i, by=("RUS",) if n % 2 else (), confidence=0.5 + n / 100) for i, t in enumerate(TRIPLES)
        ]
        found.append((a, [*told, claim(a, f"~group-{n} OPPOSES TUR", at=9)]))
    return found


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def load(store: GraphStore) -> None:
    tell("ready")
    for a, statements in items():
        store.put(a, statements)
        tell(a.id)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        with open_store(directory=Path(sys.argv[1]), idle=60) as embedded:
            load(embedded)
    else:
        with open_store(sys.argv[1], user=sys.argv[2], password=sys.stdin.readline().strip()) as server:
            load(server)
