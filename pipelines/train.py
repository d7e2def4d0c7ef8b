"""Fit the scoring model on the labelled sentences of ``seeds/gold/train`` and write ``kg/data/weights.npz``.

    python pipelines/train.py [--out FILE] [--folds 5] [--regularisation 0.3]

Two steps, see ``kg.nlp.score``: one L2-regularised logistic regression a relation over the features of ordered pairs, and one
over the rules' proposals, stacked on the first's predictions out of fold (Wolpert 1992). Articles are kept whole: predictions
out of fold give the calibration (Platt 1999) and the figures that are printed. The two bars (for what a rule proposes, and for
pairs where none does) are arguments: they are an operating point, not a fit.
At last the confidence of what is accepted is calibrated by the evaluation's own count on articles of ordinary news that the
judging model has not seen: much of the other text was written to be hard.
Needs ``pip install '.[train]'``; takes some two minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from kg.actors.catalogue import load
from kg.actors.names import Names
from kg.evaluation.figures import calibration_error, measure
from kg.evaluation.gold import End, GoldArticle, GoldStatement, read_gold
from kg.nlp.coding import Candidate
from kg.nlp.features import Pair, pairs
from kg.nlp.parser import parse
from kg.nlp.proposals import seen
from kg.nlp.read import Reading, SentenceReading, read_article
from kg.nlp.score import OPINION, WEIGHTS, Scorer, clipped
from kg.ontology import relations
from kg.places import packaged

CLASSES = [r for r in relations() if r != "LEADS"]  # titles are read by rule alone
SYMMETRIC = frozenset(r for r in CLASSES if relations()[r].symmetric)
RARE = 3  # a feature seen less often than this is noise
LIKELY = 0.15  # probability from which a pair without a rule is calibrated
ORDINARY = "plain"  # files of ordinary news begin with it
TURNS = 3  # models that judge in turn what they have not seen
YES, NO, FREE = 1.0, 0.0, np.nan


@dataclass(slots=True)
class Example:
    """One ordered pair: its features, what rules propose, and each relation's label (absent: no; FREE: not judged)."""

    article: str
    features: list[str]
    proposals: dict[str, list[str]]
    """Features of what rules propose, by relation; what is only wished for is left out."""
    labels: dict[str, float]
    backward: bool


def readings(articles: Sequence[GoldArticle], names: Names) -> list[tuple[GoldArticle, Reading]]:
    """Each article as the rules read it."""
    inputs = [a.article for a in articles]
    parsed = parse(a.text for a in inputs)
    return [(g, read_article(a, trees, names)) for g, a, trees in zip(articles, inputs, parsed, strict=True)]


def examples(read: Iterable[tuple[GoldArticle, Reading]]) -> Iterable[Example]:
    """Every pair of every sentence of the articles, labelled from their gold."""
    for gold, reading in read:
        for s in reading.sentences:
            here = [
                g for x in gold.sentences if min(s.tree.end, x.end) > max(s.tree.start, x.start) for g in x.statements
            ]
            found = pairs(s)
            ends = {e.actor.id: End.of(e.actor) for p in found for e in (p.source, p.target)}
            named = {i for i, g in enumerate(here) if any(_fits(g, ends, p, at_principal=False) for p in found)}
            for p in found:
                labels = _labels(here, named, ends, p)
                yield Example(gold.id, p.features, _proposals(s, p), labels, p.source.token > p.target.token)


def _proposals(s: SentenceReading, p: Pair) -> dict[str, list[str]]:
    by: dict[str, list[Candidate]] = {}
    for c in p.candidates:
        if not c.stance.wish and c.relation in CLASSES:
            by.setdefault(c.relation, []).append(c)
    return {r: seen(s, p, r, cs) for r, cs in by.items()}


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
    """One model: weights and bias, Platt's two numbers, and margins and probabilities out of fold."""

    weights: NDArray[np.float64]
    bias: float
    slope: float
    offset: float
    margin: NDArray[np.float64]
    held_out: NDArray[np.float64]

    @property
    def calibration(self) -> tuple[float, float]:
        """Platt's slope, and his offset with the bias in it."""
        return self.slope, self.offset + self.slope * self.bias


def fit(
    x: sparse.csr_matrix,
    y: NDArray[np.float64],
    fold: NDArray[np.int64],
    c: float,
    judged: NDArray[np.bool_] | None = None,
) -> Fit:
    """Fit on everything, calibrated by predictions on folds not fitted on; of these only on what it will judge."""
    known = ~np.isnan(y)
    margin = np.zeros(len(y))
    for k in np.unique(fold):
        part = known & (fold != k)
        model = LogisticRegression(C=c, max_iter=300, solver="liblinear").fit(x[part], y[part])
        margin[fold == k] = model.decision_function(x[fold == k])
    whole = LogisticRegression(C=c, max_iter=300, solver="liblinear").fit(x[known], y[known])
    calibrating = known if judged is None else known & judged
    platt = LogisticRegression(C=1e3).fit(margin[calibrating].reshape(-1, 1), y[calibrating])
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    held_out = 1 / (1 + np.exp(-(slope * margin + offset)))
    return Fit(whole.coef_[0], float(whole.intercept_[0]), slope, offset, margin, held_out)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, default=packaged("seeds") / "gold" / "train")
    ap.add_argument("--out", type=Path, default=WEIGHTS)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--regularisation", type=float, default=0.3)
    ap.add_argument("--bars", type=float, nargs=2, default=(0.25, 0.5), metavar=("RULE", "FREE"))
    args = ap.parse_args()
    names = Names(load([packaged("seeds") / "actors"]))
    articles = [a for path in sorted(args.gold.glob("*.gold")) for a in read_gold(path)]
    read = readings(articles, names)
    data = list(examples(read))
    say(f"{len(articles)} articles, {len(data)} pairs, {sum(len(e.proposals) for e in data)} proposals")
    arrays = build(data, args.folds, args.regularisation, args.bars, say)
    slope, offset = _sober(read, data, args)
    by, at = arrays["proposal_calibration"][0]
    arrays["proposal_calibration"] = np.array([[slope * by, slope * at + offset]])
    arrays["bars"][0] = _squeezed(slope * _logit(args.bars[0]) + offset)  # the same statements, by their new number
    np.savez_compressed(args.out, **arrays)
    say(f"wrote {args.out}")


def build(
    data: Sequence[Example], folds: int, c: float, bars: Sequence[float], tell: Callable[[str], None]
) -> dict[str, Any]:
    """Fit both steps; the arrays that ``Scorer.load`` reads."""
    fold = _folds([e.article for e in data], folds)
    names_of_pairs = _vocabulary(e.features for e in data)
    x = _matrix([e.features for e in data], names_of_pairs)
    unproposed = {r: np.array([r not in e.proposals for e in data]) for r in CLASSES}
    fits = {r: fit(x, _targets(data, r), fold, c, unproposed[r]) for r in CLASSES}

    rows = [(i, r) for i, e in enumerate(data) for r in e.proposals]
    names_of_proposals = _vocabulary(data[i].proposals[r] for i, r in rows)
    # the last column: what the pair models think, from folds in which they had not seen the article
    opinions = np.array([[clipped(fits[r].margin[i] - fits[r].bias)] for i, r in rows])
    z = sparse.hstack([_matrix([data[i].proposals[r] for i, r in rows], names_of_proposals), opinions]).tocsr()
    y = np.array([data[i].labels.get(r, NO) for i, r in rows])
    second = fit(z, y, fold[[i for i, _ in rows]], c / 3)
    tell(_report("proposals", second.held_out, y, bars[0]))
    # what no rule proposes is looked at only where it seems likely, and there a model a relation is too sure of itself
    alone = [
        (i, r) for r in CLASSES for i, e in enumerate(data) if unproposed[r][i] and not (r in SYMMETRIC and e.backward)
    ]
    chances = np.array([fits[r].held_out[i] for i, r in alone])
    truth = np.array([data[i].labels.get(r, NO) for i, r in alone])
    likely = (chances >= LIKELY) & ~np.isnan(truth)
    logits = _logit(chances)
    sober = LogisticRegression(C=1e3).fit(logits[likely].reshape(-1, 1), truth[likely])
    a, b = float(sober.coef_[0, 0]), float(sober.intercept_[0])
    tell(_report("without a rule", _squeezed(a * logits + b), truth, bars[1]))
    return {
        "classes": _text(CLASSES),
        "bars": np.array(bars),
        "pair_features": _text(names_of_pairs),
        "pair_weights": np.stack([fits[r].weights for r in CLASSES], axis=1).astype(np.float16),
        "pair_calibration": np.array([[a, a] for _ in CLASSES]) * [fits[r].calibration for r in CLASSES] + [0.0, b],
        "proposal_features": _text([*names_of_proposals, OPINION]),
        "proposal_weights": second.weights.reshape(-1, 1).astype(np.float16),
        "proposal_calibration": np.array([second.calibration]),
    }


def _sober(
    read: Sequence[tuple[GoldArticle, Reading]], data: Sequence[Example], args: argparse.Namespace
) -> tuple[float, float]:
    """Platt's two numbers from the confidence of what is accepted to how often it is right in ordinary news."""
    turn = dict(zip([e.article for e in data], _folds([e.article for e in data], TURNS), strict=True))
    judged: list[tuple[float, bool]] = []
    with tempfile.TemporaryDirectory() as room:
        file = Path(room) / "weights.npz"
        for k in range(TURNS):
            part = [e for e in data if turn[e.article] != k]
            np.savez(file, **build(part, args.folds, args.regularisation, args.bars, lambda line: None))
            scorer = Scorer.load(file)
            for gold, reading in read:
                if turn.get(gold.id) == k and gold.register.startswith(ORDINARY):
                    found = [s for s in scorer.judge(reading) if not s.rule.startswith(("title/", "name/"))]
                    judged += measure([gold], {gold.id: found}).judged
    if not judged:
        return 1.0, 0.0
    logits, right = _logit(np.array([c for c, _ in judged])), np.array([r for _, r in judged])
    platt = LogisticRegression(C=1e3).fit(logits.reshape(-1, 1), right)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    after = list(zip(_squeezed(slope * logits + offset).tolist(), right.tolist(), strict=True))
    say(
        f"accepted in ordinary news, not seen: {len(judged)}, {right.mean():.3f} right;"
        f" calibration error {calibration_error(judged):.3f} before, {calibration_error(after):.3f} after"
    )
    return slope, offset


def _logit(p: Any) -> Any:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def _squeezed(logit: Any) -> Any:
    return 1 / (1 + np.exp(-logit))


def _text(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _vocabulary(features: Iterable[list[str]]) -> dict[str, int]:
    count = Counter(f for fs in features for f in set(fs))
    return {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= RARE))}


def _folds(articles: Sequence[str], folds: int) -> NDArray[np.int64]:
    """A fold an example, articles kept whole."""
    ids = sorted(set(articles))
    order = np.random.RandomState(7).permutation(len(ids))
    of = {ids[i]: int(k) % folds for k, i in enumerate(order)}
    return np.array([of[a] for a in articles])


def _matrix(features: Sequence[list[str]], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    starts, columns = [0], []
    for fs in features:
        columns += sorted({vocabulary[f] for f in fs if f in vocabulary})
        starts.append(len(columns))
    return sparse.csr_matrix(
        (np.ones(len(columns), dtype=np.float32), np.array(columns), np.array(starts)),
        shape=(len(features), len(vocabulary)),
    )


def _targets(data: Sequence[Example], relation: str) -> NDArray[np.float64]:
    """One label an example; a symmetric relation is judged in the order of the text only."""
    return np.array([FREE if relation in SYMMETRIC and e.backward else e.labels.get(relation, NO) for e in data])


def _report(what: str, chances: NDArray[np.float64], labels: NDArray[np.float64], bar: float) -> str:
    known = ~np.isnan(labels)
    taken = known & (chances >= bar)
    error = calibration_error(list(zip(chances[taken].tolist(), (labels[taken] == YES).tolist(), strict=True)))
    return (
        f"{what}, out of fold: {int((labels[taken] == YES).sum())} right and {int((labels[taken] == NO).sum())} wrong"
        f" at {bar} (of {int(labels[known].sum())} right); calibration error {error:.3f}"
    )


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
