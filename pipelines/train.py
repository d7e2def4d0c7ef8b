"""Fit the scoring model on the labelled sentences of ``seeds/gold/train`` and write ``kg/data/weights.npz``.

    python pipelines/train.py [--out FILE] [--folds 5] [--regularisation 0.3]

One L2-regularised logistic regression a relation over the features of ordered pairs (``kg.nlp.features``). Articles are
kept whole: predictions out of fold give the calibration (Platt 1999) and the figures that are printed. The two bars
(for pairs that a rule proposes, and for pairs that none does) are arguments: they are an operating point, not a fit.
Needs ``pip install '.[train]'``; takes some two minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from kg.actors.catalogue import load
from kg.actors.names import Names
from kg.evaluation.gold import End, GoldArticle, GoldStatement, read_gold
from kg.nlp.features import Pair, pairs
from kg.nlp.parser import parse
from kg.nlp.read import read_article
from kg.nlp.score import WEIGHTS
from kg.ontology import relations
from kg.places import packaged

CLASSES = [r for r in relations() if r != "LEADS"]  # titles are read by rule alone
SYMMETRIC = frozenset(r for r in CLASSES if relations()[r].symmetric)
RARE = 3  # a feature seen less often than this is noise
YES, NO, FREE = 1.0, 0.0, np.nan


@dataclass(slots=True)
class Example:
    """One ordered pair: its features, what rules propose, and each relation's label (absent: no; FREE: not judged)."""

    article: str
    features: list[str]
    proposed: frozenset[str]
    labels: dict[str, float]
    backward: bool


def examples(articles: Sequence[GoldArticle], names: Names) -> Iterable[Example]:
    """Every pair of every sentence of the articles, labelled from their gold."""
    inputs = [a.article for a in articles]
    for gold, article, trees in zip(articles, inputs, parse(a.text for a in inputs), strict=True):
        for s in read_article(article, trees, names).sentences:
            here = [
                g for x in gold.sentences if min(s.tree.end, x.end) > max(s.tree.start, x.start) for g in x.statements
            ]
            found = pairs(s)
            ends = {p.source.actor.id: End.of(p.source.actor) for p in found}
            named = {i for i, g in enumerate(here) if any(_fits(g, ends, p, at_principal=False) for p in found)}
            for p in found:
                labels = _labels(here, named, ends, p)
                yield Example(
                    article.id,
                    p.features,
                    frozenset(c.relation for c in p.candidates),
                    labels,
                    p.source.token > p.target.token,
                )


def _fits(gold: GoldStatement, ends: dict[str, End], p: Pair, *, at_principal: bool) -> bool:
    a, b = ends[p.source.actor.id], ends[p.target.actor.id]
    if gold.source.same(a, at_principal) and gold.target.same(b, at_principal):
        return True
    return bool(gold.relations & SYMMETRIC) and gold.source.same(b, at_principal) and gold.target.same(a, at_principal)


def _labels(here: list[GoldStatement], named: set[int], ends: dict[str, End], p: Pair) -> dict[str, float]:
    """Yes for what gold requires of the pair itself; free for what it allows, or means of a sister actor."""
    a, b = ends[p.source.actor.id], ends[p.target.actor.id]
    labels: dict[str, float] = {}
    proposed = {c.relation for c in p.candidates}
    for i, g in enumerate(here):
        forward = g.source.same(a, True) and g.target.same(b, True)
        back = g.source.same(b, True) and g.target.same(a, True)
        itself = i not in named or _fits(g, ends, p, at_principal=False)
        fitting = sorted(r for r in g.relations if r in CLASSES and (forward or (back and r in SYMMETRIC)))
        # of accepted alternatives the one that a rule proposes is the answer; without a rule, the first
        answers = [r for r in fitting if r in proposed] or fitting[:1]
        for r in fitting:
            if g.required and itself and r in answers:
                labels[r] = YES
            else:
                labels.setdefault(r, FREE)
    return labels


@dataclass(slots=True)
class Fit:
    """One relation's model: weights and bias, Platt's two numbers, and the probabilities out of fold."""

    weights: NDArray[np.float64]
    bias: float
    slope: float
    offset: float
    held_out: NDArray[np.float64]


def fit(x: sparse.csr_matrix, y: NDArray[np.float64], fold: NDArray[np.int64], folds: int, c: float) -> Fit:
    """Fit on everything, calibrated by predictions on folds not fitted on."""
    known = ~np.isnan(y)
    margin = np.zeros(len(y))
    for k in range(folds):
        part = known & (fold != k)
        model = LogisticRegression(C=c, max_iter=300, solver="liblinear").fit(x[part], y[part])
        margin[fold == k] = model.decision_function(x[fold == k])
    whole = LogisticRegression(C=c, max_iter=300, solver="liblinear").fit(x[known], y[known])
    platt = LogisticRegression(C=1e3).fit(margin[known].reshape(-1, 1), y[known])
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    return Fit(whole.coef_[0], float(whole.intercept_[0]), slope, offset, 1 / (1 + np.exp(-(slope * margin + offset))))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, default=packaged("seeds") / "gold" / "train")
    ap.add_argument("--out", type=Path, default=WEIGHTS)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--regularisation", type=float, default=0.3)
    ap.add_argument("--bars", type=float, nargs=2, default=(0.12, 0.45), metavar=("RULE", "FREE"))
    args = ap.parse_args()
    names = Names(load([packaged("seeds") / "actors"]))
    articles = [a for path in sorted(args.gold.glob("*.gold")) for a in read_gold(path)]
    data = list(examples(articles, names))
    count = Counter(f for e in data for f in set(e.features))
    vocabulary = {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= RARE))}
    say(f"{len(articles)} articles, {len(data)} pairs, {len(vocabulary)} features")
    x = _matrix(data, vocabulary)
    ids = sorted({e.article for e in data})
    order = np.random.RandomState(7).permutation(len(ids))
    of = {ids[i]: int(k) % args.folds for k, i in enumerate(order)}
    fold = np.array([of[e.article] for e in data])
    fits = {r: fit(x, _targets(data, r), fold, args.folds, args.regularisation) for r in CLASSES}
    _report(data, fits, args.bars)
    np.savez_compressed(
        args.out,
        features=np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        classes=np.frombuffer("\n".join(CLASSES).encode(), dtype=np.uint8),
        weights=np.stack([fits[r].weights for r in CLASSES], axis=1).astype(np.float16),
        calibration=np.array([(fits[r].slope, fits[r].offset + fits[r].slope * fits[r].bias) for r in CLASSES]),
        bars=np.array(args.bars),
    )
    say(f"wrote {args.out}")


def _matrix(data: Sequence[Example], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    starts, columns = [0], []
    for e in data:
        columns += sorted({vocabulary[f] for f in e.features if f in vocabulary})
        starts.append(len(columns))
    return sparse.csr_matrix(
        (np.ones(len(columns), dtype=np.float32), np.array(columns), np.array(starts)),
        shape=(len(data), len(vocabulary)),
    )


def _targets(data: Sequence[Example], relation: str) -> NDArray[np.float64]:
    """One label an example; a symmetric relation is judged in the order of the text only."""
    return np.array([FREE if relation in SYMMETRIC and e.backward else e.labels.get(relation, NO) for e in data])


def _report(data: Sequence[Example], fits: dict[str, Fit], bars: Sequence[float]) -> None:
    hit = wrong = 0
    judged: list[tuple[float, float]] = []
    for r in CLASSES:
        for e, p, y in zip(data, fits[r].held_out, _targets(data, r), strict=True):
            if p < bars[0 if r in e.proposed else 1] or np.isnan(y):
                continue
            hit, wrong = hit + (y == YES), wrong + (y == NO)
            judged.append((float(p), float(y)))
    bins = np.array(judged)
    error = 0.0
    for low in np.arange(0.0, 1.0, 0.1):
        inside = bins[(bins[:, 0] >= low) & (bins[:, 0] < low + 0.1)]
        if len(inside):
            error += abs(inside[:, 0].mean() - inside[:, 1].mean()) * len(inside) / len(bins)
    say(f"out of fold: {hit} right, {wrong} wrong at bars {bars[0]}/{bars[1]}; expected calibration error {error:.3f}")


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
