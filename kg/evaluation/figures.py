"""Matches as figures: precision, recall and F1 a level and relation, facets, calibration.

Levels differ in what must agree: ``triple`` actor, relation and actor; with ``@principal`` an actor is as good as whom
it acts for; ``sign`` and ``pair`` let the relation be another of the same sign, or any. ``structural`` are the
memberships and offices, told apart because a title a sentence would drown the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.evaluation.gold import GoldArticle, GoldSentence, GoldStatement
from kg.evaluation.match import By, Found, Matched, match, place, same_speakers
from kg.model import Statement
from kg.ontology import STRUCTURAL

LEVELS: tuple[tuple[str, bool, By, bool], ...] = (
    ("triple", False, "relation", False),
    ("triple@principal", True, "relation", False),
    ("structural", True, "relation", True),
    ("sign@principal", True, "sign", False),
    ("pair@principal", True, "pair", False),
)
"""Name; whether a principal is as good as the actor; what else must agree; whether of structural statements."""

BINS = 10
Facet = Literal["polarity", "modality", "attribution"]
FACETS: tuple[Facet, ...] = ("polarity", "modality", "attribution")


@dataclass(slots=True)
class Count:
    """Hits, wrong ones and missed ones. Ratios are rounded to four digits; of nothing they are 0."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, m: Matched) -> None:
        self.hit += len(m.hits)
        self.wrong += len(m.wrong)
        self.missed += len(m.missed)

    @property
    def precision(self) -> float:
        return ratio(self.hit, self.hit + self.wrong)

    @property
    def recall(self) -> float:
        return ratio(self.hit, self.hit + self.missed)

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return round(2 * p * r / (p + r), 4) if p + r else 0.0

    def to_json(self) -> dict[str, float]:
        ratios = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {**ratios, "hit": self.hit, "wrong": self.wrong, "missed": self.missed}


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of like confidence: how sure they were, and how many were right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Error:
    """Something a reader should see: a miss, a spurious statement, or a facet that differs."""

    kind: Literal["missed", "spurious", "facet"]
    article: GoldArticle
    sentence: GoldSentence
    gold: GoldStatement | None = None
    found: Found | None = None
    facets: tuple[Facet, ...] = ()

    @property
    def relation(self) -> str:
        return sorted(self.gold.relations)[0] if self.gold else self.found.statement.relation if self.found else ""


@dataclass
class Figures:
    """All figures over some articles."""

    levels: dict[str, Count] = field(default_factory=lambda: {name: Count() for name, *_ in LEVELS})
    relations: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    facets: Counter[str] = field(default_factory=Counter)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """Confidence of each statement that is plainly right or plainly wrong."""
    unplaced: int = 0
    sentences: int = 0
    errors: list[Error] = field(default_factory=list)

    def facet(self, name: Facet) -> float:
        return ratio(self.facets[name], self.facets["n"])

    @property
    def attributed(self) -> float:
        """Of the hits that somebody says, how many have the right speakers."""
        return ratio(self.facets["attributed"], self.facets["attributed_n"])

    def to_json(self) -> dict[str, Any]:
        return {
            **{name: c.to_json() for name, c in self.levels.items()},
            "unplaced": self.unplaced,
            "facets": {
                **{f: self.facet(f) for f in FACETS},
                "attributed_recall": self.attributed,
                "n": self.facets["n"],
            },
            "per_relation": {k: c.to_json() for k, c in sorted(self.relations.items())},
            "sentences": self.sentences,
            "calibration_error": round(calibration_error(self.judged), 4),
        }


def measure(articles: Iterable[GoldArticle], statements: Mapping[str, Sequence[Statement]]) -> Figures:
    """Compare articles with the statements extracted from them.

    Args:
        articles: As annotated.
        statements: By article id; an article without any may be missing.
    """
    figures = Figures()
    for article in articles:
        placed, unplaced = place(article, statements.get(article.id, ()))
        figures.unplaced += unplaced
        figures.sentences += len(placed)
        for sentence, found in placed:
            _measure_sentence(figures, article, sentence, found)
    return figures


def _measure_sentence(figures: Figures, article: GoldArticle, sentence: GoldSentence, found: list[Found]) -> None:
    for name, at_principal, by, structural in LEVELS:
        gold = [g for g in sentence.statements if _concerns(g, structural)]
        here = [f for f in found if (f.statement.relation in STRUCTURAL) == structural]
        m = match(gold, here, at_principal=at_principal, by=by)
        figures.levels[name].add(m)
        if not at_principal or by != "relation":
            continue
        for g, f in m.hits:
            figures.relations[sorted(g.relations)[0]].hit += 1
            figures.judged.append((f.statement.confidence, True))
            if not structural and (bad := _facets(figures.facets, g, f)):
                figures.errors.append(Error("facet", article, sentence, g, f, bad))
        for g in m.missed:
            figures.relations[sorted(g.relations)[0]].missed += 1
            figures.errors.append(Error("missed", article, sentence, g))
        for f in m.wrong:
            figures.relations[f.statement.relation].wrong += 1
            figures.judged.append((f.statement.confidence, False))
            figures.errors.append(Error("spurious", article, sentence, None, f))


def _concerns(gold: GoldStatement, structural: bool) -> bool:
    return bool(gold.relations & STRUCTURAL if structural else gold.relations - STRUCTURAL)


def _facets(counts: Counter[str], gold: GoldStatement, found: Found) -> tuple[Facet, ...]:
    """Count the facets of a hit; those that differ."""
    right: dict[Facet, bool] = {
        "polarity": found.negated == gold.negated,
        "modality": found.statement.modality in gold.modality,
        "attribution": same_speakers(gold, found),
    }
    counts["n"] += 1
    for name, ok in right.items():
        counts[name] += ok
    if gold.speakers:
        counts["attributed_n"] += 1
        counts["attributed"] += right["attribution"]
    return tuple(name for name, ok in right.items() if not ok)


def reliability(judged: Iterable[tuple[float, bool]]) -> list[Bin]:
    """How many were right among statements of like confidence, in tenths; empty tenths are left out."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    found = []
    for b, some in sorted(bins.items()):
        sure, hits = sum(c for c, _ in some), sum(r for _, r in some)
        found.append(Bin(b / BINS, (b + 1) / BINS, len(some), sure / len(some), hits / len(some)))
    return found


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: how far confidence is from the share of right ones, weighted by count; 0 of nothing.

    Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015.
    """
    bins = reliability(judged)
    return sum(b.count * abs(b.confidence - b.right) for b in bins) / len(judged) if judged else 0.0


def ratio(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
