"""Statements as columns: what a page carries with it, small enough for ten thousand actors.

Names, sentences and articles stand once in tables; a statement is a row of numbers into them. The page reads the columns
back in ``static/js/offline.js``; both sides name them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from kg.model import ActorRef, ActorType, Article, Mention, Span, Statement
from kg.ontology import relations
from kg.view.model import STATUSES, side, status

Json = dict[str, Any]

# A sentence longer than this is noise of the source (a page without full stops); what surrounds the evidence is kept.
LONGEST_SENTENCE: Final = 900


class Table:
    """Values numbered in the order in which they first come."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}

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

    Offsets count UTF-16 units from the start of the sentence, as JavaScript does; -1 where a mention lies in another
    sentence. Days count from 0001-01-01 as 1; 0 is no date.
    """
    actors, sentences, rules, ways, publishers, used = Actors(), Table(), Table(), Table(), Table(), Table()
    codes = {code: n for n, code in enumerate(relations())}
    rows: dict[str, list[Any]] = {k: [] for k in FIELDS}
    for s in statements:
        text, offset = excerpt(s)
        values = {
            "id": s.id,
            "source": actors.number(s.source.actor),
            "sourceSide": actors.number(side(s.source.actor)),
            "target": actors.number(s.target.actor),
            "targetSide": actors.number(side(s.target.actor)),
            "relation": codes[s.relation],
            "status": STATUSES.index(status(s)),
            "confidence": round(100 * s.confidence),
            "start": ordinal(s.time.start),
            "end": ordinal(s.time.end or s.time.start),
            "precision": PRECISIONS.index(s.time.precision) if s.time.start else 0,
            "article": used.number(s.article_id),
            "sentence": sentences.number(text),
            "spans": [
                n for span in (s.source, s.target, s.trigger) for n in within(text, span.start - offset, span.end - offset)
            ],
            "via": [ways.number(resolved(m)) for m in (s.source, s.target)],
            "speakers": [[actors.number(a), actors.number(side(a))] for a in s.attribution],
            "rule": rules.number(s.rule),
            "place": ways.number(s.place),
        }
        for key, value in values.items():
            rows[key].append(value)
    told = [articles.get(i) or Article(text="", id=i) for i in used.rows]
    return {
        "statements": rows,
        "actors": actors.json(),
        "articles": {
            "id": [a.id for a in told],
            "url": [a.url for a in told],
            "title": [a.title for a in told],
            "publisher": [publishers.number(a.publisher) for a in told],
            "published": [a.published.toordinal() if a.published else 0 for a in told],
            "copyOf": [getattr(a, "copy_of", "") for a in told] if any(getattr(a, "copy_of", "") for a in told) else [],
        },
        "publishers": list(publishers.rows),
        "sentences": list(sentences.rows),
        "rules": list(rules.rows),
        "words": list(ways.rows),
    }


FIELDS: Final = (
    "id source sourceSide target targetSide relation status confidence start end precision "
    "article sentence spans via speakers rule place"
).split()
PRECISIONS: Final = ("day", "month", "year", "interval")


def vocabulary() -> Json:
    """The words of the codebook, by which numbers in the columns are read."""
    return {
        "types": [str(t) for t in ActorType],
        "statuses": list(STATUSES),
        "precisions": list(PRECISIONS),
        "relations": [
            {"code": r.code, "sign": r.sign, "symmetric": r.symmetric, "heat": round(abs(r.intensity) * 10), "gloss": r.gloss}
            for r in relations().values()
        ],
    }  # fmt: skip


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
    spans: list[Span | Mention] = [x for x in (s.source, s.target, s.trigger) if start <= x.start and x.end <= s.sentence.end]
    low = max(0, min((x.start for x in spans), default=start) - start - 200)
    high = min(len(text), max(low + 400, max((x.end for x in spans), default=start) - start + 200))
    return text[low:high], start + low


def within(text: str, start: int, end: int) -> tuple[int, int]:
    """A span in UTF-16 units, or (-1, -1) when it is not in the text."""
    if not 0 <= start < end <= len(text):
        return -1, -1
    return units(text[:start]), units(text[:end])


def resolved(mention: Mention) -> str:
    """How a mention was read, where its words do not say: ``he = Turkey's president, named before``."""
    if mention.how == "catalogue" and not mention.via:
        return ""
    return mention.via or mention.how


def units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


