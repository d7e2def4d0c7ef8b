"""Statements as columns: what a page carries with it, small enough for ten thousand actors.

Names, sentences and articles stand once in tables; a statement is a row of numbers into them. What is nearly always the
same is kept only where it differs. The page reads the columns back in ``static/js/columns.js``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from kg.model import ActorRef, ActorType, Article, Mention, Span, Statement
from kg.ontology import relations
from kg.view.model import STATUSES, side, status

Json = dict[str, Any]

PRECISIONS: Final = ("day", "month", "year", "interval")
# A sentence longer than this is noise of the source (a page without full stops); what surrounds the evidence is kept.
LONGEST_SENTENCE: Final = 900
IDS: Final = re.compile(r"~?\w[\w'’-]*")


class Table:
    """Values numbered in the order in which they first come."""

    def __init__(self, *first: str) -> None:
        self.rows: dict[str, int] = {}
        for value in first:
            self.number(value)

    def number(self, value: str) -> int:
        return self.rows.setdefault(value, len(self.rows))


class Actors:
    """The actors of a page, each described once; the fullest description counts."""

    def __init__(self) -> None:
        self.rows: dict[str, ActorRef] = {}
        self.numbers: dict[str, int] = {}

    def number(self, actor: ActorRef) -> int:
        known = self.rows.get(actor.id)
        if known is None or len(actor.aliases) > len(known.aliases):
            self.rows[actor.id] = actor
        return self.numbers.setdefault(actor.id, len(self.numbers))

    def names(self) -> dict[str, str]:
        """What everybody here is called, and those for whom they act."""
        found: dict[str, str] = {}
        for actor in self.rows.values():
            at: ActorRef | None = actor
            while at and at.id not in found:
                found[at.id] = at.name
                at = at.principal
        return found

    def json(self) -> Json:
        kinds = [str(t) for t in ActorType]
        rows = [self.rows[i] for i in self.numbers]
        return {
            "id": [a.id for a in rows],
            "name": [a.name for a in rows],
            "type": [kinds.index(str(a.type)) for a in rows],
            "aliases": {n: list(a.aliases) for n, a in enumerate(rows) if a.aliases},
            "wikidata": {n: a.wikidata for n, a in enumerate(rows) if a.wikidata},
            "unlinked": [n for n, a in enumerate(rows) if not a.linked],
        }


def columns(statements: Iterable[Statement], articles: Mapping[str, Article]) -> Json:
    """Everything that the page needs of the statements.

    ``spans`` has six numbers a statement: start and length of source, target and trigger, in UTF-16 units from the
    start of the sentence, as JavaScript counts; -1 where a mention lies in another sentence. Days count from
    0001-01-01 as 1, and in ``start`` from ``epoch`` on; 0 is no date. ``days``, ``sides``, ``via``, ``speakers``,
    ``precision`` and ``place`` are kept by row where they say something: how long a time is, whom source and target
    act for, how they were read.
    """
    actors, sentences, rules, words, publishers, used = Actors(), Table(), Table(), Table(""), Table(), Table()
    codes = {code: n for n, code in enumerate(relations())}
    rows = list(statements)
    epoch = min((day for s in rows if (day := ordinal(s.time.start))), default=1) - 1
    full: dict[str, list[Any]] = {k: [] for k in FULL}
    sparse: dict[str, dict[int, Any]] = {k: {} for k in SPARSE}
    for n, s in enumerate(rows):
        text, offset = excerpt(s)
        start, end = ordinal(s.time.start), ordinal(s.time.end or s.time.start)
        ends = [actors.number(m.actor) for m in (s.source, s.target)]
        sides = [actors.number(side(m.actor)) for m in (s.source, s.target)]
        values = s.id, *ends, codes[s.relation], STATUSES.index(status(s)), round(100 * s.confidence)
        where = used.number(s.article_id), sentences.number(text), rules.number(s.rule)
        for key, value in zip(FULL, (*values, start and start - epoch, *where), strict=False):
            full[key].append(value)
        full["spans"] += [
            n for x in (s.source, s.target, s.trigger) for n in within(text, x.start - offset, x.end - offset)
        ]
        read = [resolved(m) for m in (s.source, s.target)]
        said = {
            "sides": sides if sides != ends else None,
            "days": end - start,
            "precision": PRECISIONS.index(s.time.precision) if start else 0,
            "via": [words.number(how) for how in read] if any(read) else None,
            "speakers": [[actors.number(a), actors.number(side(a))] for a in s.attribution],
            "place": words.number(s.place),
        }  # fmt: skip
        for key, something in said.items():
            if something:
                sparse[key][n] = something
    told = [articles.get(i) or Article(text="", id=i) for i in used.rows]
    names = actors.names()
    return {
        "statements": {**full, **sparse, "epoch": epoch},
        "actors": actors.json(),
        "articles": {
            "url": [a.url for a in told],
            "title": [a.title for a in told],
            "publisher": [publishers.number(a.publisher) for a in told],
            "published": [a.published.toordinal() if a.published else 0 for a in told],
            "copyOf": {n: used.rows[a.copy_of] for n, a in enumerate(told) if a.copy_of in used.rows},
        },
        "publishers": list(publishers.rows),
        "sentences": list(sentences.rows),
        "rules": list(rules.rows),
        "words": [in_names(w, lambda i: names.get(i, i)) for w in words.rows],
    }


FULL: Final = (
    "id", "source", "target", "relation", "status", "confidence", "start", "article", "sentence", "rule", "spans",
)  # fmt: skip
SPARSE: Final = ("sides", "days", "precision", "via", "speakers", "place")


def vocabulary() -> Json:
    """The words of the codebook, by which numbers in the columns are read."""
    return {
        "types": [str(t) for t in ActorType],
        "statuses": list(STATUSES),
        "precisions": list(PRECISIONS),
        "relations": [
            {"code": r.code, "sign": r.sign, "symmetric": r.symmetric, "heat": round(abs(r.intensity) * 10)}
            for r in relations().values()
        ],
    }


def ordinal(day: str) -> int:
    """Days since 0001-01-01, counted from 1; 0 for none. A month or a year stands as its first day."""
    if not day:
        return 0
    return date.fromisoformat((day + "-01-01")[:10] if len(day) < 10 else day).toordinal()


def excerpt(s: Statement) -> tuple[str, int]:
    """The sentence and where it starts; of one without end, what lies around the evidence."""
    text, start = s.sentence.text, s.sentence.start
    if len(text) <= LONGEST_SENTENCE:
        return text, start
    spans: list[Span | Mention] = [
        x for x in (s.source, s.target, s.trigger) if start <= x.start and x.end <= s.sentence.end
    ]
    low = max(0, min((x.start for x in spans), default=start) - start - 200)
    high = min(len(text), max(low + 400, max((x.end for x in spans), default=start) - start + 200))
    return text[low:high], start + low


def within(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and length of a span in UTF-16 units, or (-1, 0) when it is not in the text."""
    if not 0 <= start < end <= len(text):
        return -1, 0
    return units(text[:start]), units(text[start:end])


def units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def in_names(how: str, name: Callable[[str], str]) -> str:
    """How a mention was read, with actors by name: ``armed forces of TUR`` as ``armed forces of Turkey``.

    ``name`` gives what is no actor's id back as it is.
    """
    return IDS.sub(lambda found: name(found[0]), how)


def resolved(mention: Mention) -> str:
    """How a mention was read, where its words do not say it; empty where they do."""
    return mention.via or ("" if mention.how == "catalogue" else mention.how)
