"""Small graphs for tests, written as lines that an analyst can read: ``TUR ATTACKS YPG 2018-01-20``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kg.model import ActorRef, ActorType, Article, Mention, Modality, Polarity, Span, Statement, Time

NAMES = {
    "TUR": ("Turkey", ActorType.STATE),
    "USA": ("United States", ActorType.STATE),
    "RUS": ("Russia", ActorType.STATE),
    "SYR": ("Syria", ActorType.STATE),
    "YPG": ("YPG", ActorType.ARMED_GROUP),
    "NATO": ("NATO", ActorType.IGO),
}
ACTS_FOR = {
    "TUR-MIL": ("Turkish army", ActorType.MILITARY, "TUR"),
    "ERDOGAN": ("Recep Tayyip Erdoğan", ActorType.PERSON, "TUR"),
}


def ref(actor_id: str) -> ActorRef:
    if actor_id in ACTS_FOR:
        name, kind, side = ACTS_FOR[actor_id]
        return ActorRef(actor_id, name, kind, principal=ref(side))
    name, kind = NAMES.get(actor_id, (actor_id, ActorType.ORGANIZATION))
    return ActorRef(actor_id, name, kind, linked=actor_id in NAMES)


def article(number: int = 1, publisher: str = "Agency", day: str = "2018-02-15") -> Article:
    return Article(
        "", f"a{number}", f"https://example.org/{number}", publisher, f"Article {number}", date.fromisoformat(day)
    )


def claim(
    line: str, of: Article | None = None, polarity: Polarity = "affirmed", modality: Modality = "actual"
) -> Statement:
    """``SOURCE RELATION TARGET [DAY] [CONFIDENCE]`` as a statement of an article."""
    source, relation, target, *rest = line.split()
    day = next((r for r in rest if "-" in r), "")
    sure = next((float(r) for r in rest if "-" not in r), 0.9)
    a, b = ref(source), ref(target)
    words = relation.lower().replace("_", " ")
    text = f"{a.name} {words} {b.name}."
    at = len(a.name) + 1
    return Statement(
        article_id=(of or article()).id,
        sentence=Span(text, 0, len(text)),
        source=Mention(0, len(a.name), a.name, a, "catalogue"),
        relation=relation,
        target=Mention(len(text) - len(b.name) - 1, len(text) - 1, b.name, b, "catalogue"),
        trigger=Span(words, at, at + len(words)),
        polarity=polarity,
        modality=modality,
        time=Time(day, day, "day", "text" if day else "none"),
        confidence=sure,
        rule="test/active",
    )


def claims(lines: str | Iterable[str]) -> list[Statement]:
    """One statement a line, each of an article of its own."""
    given = lines.strip().splitlines() if isinstance(lines, str) else lines
    return [claim(line, article(n)) for n, line in enumerate(given, 1)]


def moved(s: Statement, by: int) -> Statement:
    """The same statement farther on in its article."""
    return replace(
        s,
        sentence=Span(s.sentence.text, s.sentence.start + by, s.sentence.end + by),
        source=replace(s.source, start=s.source.start + by, end=s.source.end + by),
        target=replace(s.target, start=s.target.start + by, end=s.target.end + by),
        trigger=Span(s.trigger.text, s.trigger.start + by, s.trigger.end + by),
    )
