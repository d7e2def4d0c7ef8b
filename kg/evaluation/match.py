"""Which extracted statements are which annotated ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.evaluation.gold import End, GoldArticle, GoldSentence, GoldStatement
from kg.model import Statement
from kg.ontology import relations

By = Literal["relation", "sign", "pair"]


@dataclass(frozen=True, slots=True)
class Found:
    """An extracted statement with its ends as compared."""

    statement: Statement
    source: End
    target: End
    speakers: tuple[End, ...]

    @classmethod
    def of(cls, s: Statement) -> Found:
        return cls(s, End.of(s.source.actor), End.of(s.target.actor), tuple(map(End.of, s.attribution)))

    @property
    def negated(self) -> bool:
        return self.statement.polarity == "negated"


@dataclass(slots=True)
class Matched:
    """What came of a sentence's statements. What is allowed, or repeats what is annotated, is in none of the lists."""

    hits: list[tuple[GoldStatement, Found]] = field(default_factory=list)
    missed: list[GoldStatement] = field(default_factory=list)
    wrong: list[Found] = field(default_factory=list)


def place(article: GoldArticle, statements: Iterable[Statement]) -> tuple[list[tuple[GoldSentence, list[Found]]], int]:
    """Each annotated sentence with the statements read from it, and how many belong to none.

    A statement belongs to the first sentence that shares half of the shorter of the two.
    """
    left = [Found.of(s) for s in statements]
    placed = []
    for sentence in article.sentences:
        here: list[Found] = []
        rest: list[Found] = []
        for f in left:
            (here if _shared(f.statement, sentence) else rest).append(f)
        placed.append((sentence, here))
        left = rest
    return placed, len(left)


def _shared(s: Statement, sentence: GoldSentence) -> bool:
    overlap = min(s.sentence.end, sentence.end) - max(s.sentence.start, sentence.start)
    return overlap > 0 and overlap >= 0.5 * min(s.sentence.end - s.sentence.start, len(sentence.text))


def match(gold: Sequence[GoldStatement], found: Iterable[Found], *, at_principal: bool, by: By) -> Matched:
    """Pair annotated with extracted statements, each once; required ones choose first.

    Of several that fit, the one whose polarity and number of speakers agree: a claim and its denial must not cross.
    """
    out, left = Matched(), list(found)
    for g in sorted(gold, key=lambda g: not g.required):
        fits = [f for f in left if fit(g, f, at_principal=at_principal, by=by)]
        best = min(fits, default=None, key=lambda f: (f.negated != g.negated, len(f.speakers) != len(g.speakers)))
        if best is not None:
            left.remove(best)
            if g.required:
                out.hits.append((g, best))
        elif g.required:
            out.missed.append(g)
    out.wrong = [f for f in left if not any(fit(g, f, at_principal=at_principal, by=by) for g in gold)]
    return out


def fit(gold: GoldStatement, found: Found, *, at_principal: bool, by: By) -> bool:
    """Whether an extracted statement says what an annotated one does: by relation, by sign, or of its pair only."""
    codes, code = relations(), found.statement.relation
    if by == "relation" and code not in gold.relations:
        return False
    if by == "sign" and codes[code].sign not in {codes[r].sign for r in gold.relations}:
        return False
    if gold.source.same(found.source, at_principal) and gold.target.same(found.target, at_principal):
        return True
    either_way = by == "pair" or (codes[code].symmetric and any(codes[r].symmetric for r in gold.relations))
    return either_way and gold.source.same(found.target, at_principal) and gold.target.same(found.source, at_principal)


def same_speakers(gold: GoldStatement, found: Found) -> bool:
    """Whether the chain of speakers agrees; a speaker on its own acts may be named or not."""
    own = gold.source.either
    free = own.union(*(w for w in gold.speakers if w & own))
    want = [w for w in gold.speakers if not w & own]
    said = [e for e in found.speakers if any(e.either & w for w in want) or not e.either & free]
    return len(said) == len(want) and all(e.either & w for e, w in zip(said, want, strict=True))
