"""Why the graph has an edge: every sentence behind it, with its spans, its speakers and where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.ontology import relations
from kg.store.ask import Level, filters, question_of, relation_of, resolve, text_of
from kg.store.text import cypher

if TYPE_CHECKING:
    from kg.store.graphstore import GraphStore

Role = Literal["source", "trigger", "target"]
Kind = Literal["claim", "denial", "plan", "possibility"]

KINDS: Final[dict[str, Kind]] = {"actual": "claim", "intended": "plan"}
LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence behind an edge. ``speakers`` are names, outermost first; none is the article's own voice."""

    id: str
    kind: Kind
    source: str
    relation: str
    target: str
    sentence: str
    spans: tuple[tuple[int, int, Role], ...]
    """Parts of the sentence, in order and apart: start, end, what they are."""
    speakers: tuple[str, ...]
    day: date | None
    place: str
    modality: str
    confidence: float
    rule: str
    engine: str
    article: str
    title: str
    publisher: str
    url: str
    published: date | None
    via: tuple[str, ...]
    """How a reference was resolved, where one was: "it: the only group before"."""

    def parts(self) -> list[tuple[str, Role | None]]:
        """The sentence cut at its spans, in order; what is between them has no role."""
        found: list[tuple[str, Role | None]] = []
        at = 0
        for start, end, role in self.spans:
            found += [(self.sentence[at:start], None), (self.sentence[start:end], role)]
            at = end
        return [(text, role) for text, role in [*found, (self.sentence[at:], None)] if text]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said of ``source RELATION target``, latest first; ``more`` when a limit cut it off."""

    source: str
    relation: str
    target: str
    evidence: tuple[Evidence, ...]
    more: bool = False

    def of(self, kind: Kind) -> list[Evidence]:
        return [e for e in self.evidence if e.kind == kind]


def explain(
    store: GraphStore,
    source: str,
    relation: str,
    target: str,
    *,
    since: date | None = None,
    until: date | None = None,
    min_confidence: float = 0.0,
    publisher: str = "",
    level: Level = "actor",
    limit: int = LIMIT,
) -> Explanation:
    """Every sentence that claims, denies, plans or supposes that one actor does something to another.

    Args:
        store: The graph.
        source: An actor by id, name or alias; either end where the relation is symmetric.
        relation: Its code, in any case.
        target: An actor.
        since: First day.
        until: Last day.
        min_confidence: Least confidence.
        publisher: Only what this publisher carries.
        level: "principal" counts what everybody does who acts for the actor, and to whom.
        limit: Most sentences.

    Raises:
        QueryError: No such actor or relation; the message names the nearest.
    """
    code = relation_of(relation)
    a, b = resolve(store, source), resolve(store, target)
    given = filters(since, until, min_confidence, publisher)
    symmetric = [known for known, r in relations().items() if r.symmetric]
    values = {"a": a, "b": b, "pair": " ".join(sorted((a, b))), "relation": code, "symmetric": symmetric}
    text = text_of(question_of("explain", cypher("explain")), given, level)
    rows = store.read(text, {**given, **values, "limit": limit + 1})
    names = {row["id"]: row["name"] for row in store.read(NAMES, {"ids": [a, b]})}
    evidence = tuple(_evidence(row) for row in rows[:limit])
    return Explanation(names[a], code, names[b], evidence, more=len(rows) > limit)


NAMES: Final = "MATCH (a:Actor) WHERE a.id IN $ids RETURN a.id AS id, a.name AS name"


def _evidence(row: Mapping[str, Any]) -> Evidence:
    s, d = row["statement"], row["article"]
    kind: Kind = "denial" if s["polarity"] == "negated" else KINDS.get(s["modality"], "possibility")
    via = [f"{s[f'{end}_text']}: {s[f'{end}_via']}" for end in ("source", "target") if s.get(f"{end}_via")]
    return Evidence(
        id=s["id"],
        kind=kind,
        source=row["source"],
        relation=s["relation"],
        target=row["target"],
        sentence=s["sentence"],
        spans=_spans(s),
        speakers=tuple(name for _, name, _ in sorted(row["speakers"])),
        day=s.get("date"),
        place=s.get("place", ""),
        modality=s["modality"],
        confidence=s["confidence"],
        rule=s.get("rule", ""),
        engine=s.get("engine", ""),
        article=d["id"],
        title=d.get("title", ""),
        publisher=d.get("publisher", ""),
        url=d.get("url", ""),
        published=d.get("published"),
        via=tuple(via),
    )


def _spans(s: Mapping[str, Any]) -> tuple[tuple[int, int, Role], ...]:
    """Where the sentence has source, trigger and target.

    A span that is elsewhere in the article has no place here; of two that overlap ("Turkish-backed") the first stays.
    """
    roles: tuple[Role, ...] = ("source", "trigger", "target")
    found: list[tuple[int, int, Role]] = []
    for start, end, role in sorted((s[f"{r}_start"] - s["start"], s[f"{r}_end"] - s["start"], r) for r in roles):
        apart = not found or start >= found[-1][1]
        if 0 <= start < end <= len(s["sentence"]) and apart:
            found.append((start, end, role))
    return tuple(found)
