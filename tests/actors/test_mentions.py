"""``mentions.md``: whom mentions stand for in their context. Reads the texts with the model, all at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg.actors.catalogue import load
from kg.actors.resolve import resolve
from kg.model import Article, Mention
from kg.places import packaged

TABLE = Path(__file__).with_name("mentions.md")
TEXT = re.compile(r"^> (?:\[(\d{4}-\d\d-\d\d)\] )?(.+)$")
ROW = re.compile(r"^    (.+?)(?:#(\d))? = (.+)$")


@dataclass(frozen=True)
class Case:
    """A mention by its characters, and the ids that it stands for; none for nobody."""

    line: int
    article: Article
    start: int
    end: int
    ids: frozenset[str]


@cache
def cases() -> tuple[Case, ...]:
    found, article = [], Article("")
    for n, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if m := TEXT.match(line):
            article = Article(m[2], f"line-{n}", published=date.fromisoformat(m[1]) if m[1] else None)
        elif m := ROW.match(line):
            start = -1
            for _ in range(int(m[2] or 1)):
                start = article.text.index(m[1], start + 1)
            ids = frozenset() if m[3] == "nobody" else frozenset(m[3].split())
            found.append(Case(n, article, start, start + len(m[1]), ids))
    return tuple(found)


@pytest.fixture(scope="module")
def mentions() -> dict[str, tuple[Mention, ...]]:
    """Article id → its mentions."""
    articles = {c.article.id: c.article for c in cases()}
    catalogue = load([packaged("seeds") / "actors"])
    return {done.article.id: done.mentions for done in resolve(articles.values(), catalogue)}


def overlap(m: Mention, case: Case) -> float:
    """Shared characters; of two mentions that share as many, the tighter counts for more."""
    shared = min(m.end, case.end) - max(m.start, case.start)
    return shared + 1 / (1 + m.end - m.start) if shared > 0 else 0.0


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.line}: {c.article.text[c.start : c.end]}") for c in cases()])
def test_who_is_meant(case: Case, mentions: dict[str, tuple[Mention, ...]]) -> None:
    here = mentions[case.article.id]
    best = max((overlap(m, case) for m in here), default=0.0)
    found = {m.actor.id for m in here if best and overlap(m, case) == best}
    assert found == case.ids, [(m.text, m.actor.id, m.via) for m in here]


@pytest.mark.parametrize(
    ("text", "kind", "principal"),
    [
        ("The Zorbal, a rebel group from Mali, attacked Niger.", "ArmedGroup", None),
        ("The Zorbal, a movement from Mali, attacked Niger.", "Organization", None),
        ("The Zorbal, a party in Mali, praised Niger.", "Party", None),
        ("Hakim Zorbal, a spokesman for the Malian army, accused Niger of spying.", "Person", "MLI"),
        ("Hakim Zorbal, a spokesman, accused Niger of spying.", "Person", None),
        ("Malian journalist Fatou Zorbal accused Niger of murder.", "Person", "MLI"),
    ],
)
def test_a_new_actor_is_what_the_text_says_of_it(text: str, kind: str, principal: str | None) -> None:
    catalogue = load([packaged("seeds") / "actors"])
    (done,) = resolve([Article(text, "a", published=date(2024, 5, 1))], catalogue)
    new = {m.actor for m in done.mentions if not m.actor.linked}
    assert [(str(a.type), a.principal.id if a.principal else None) for a in new] == [(kind, principal)]
