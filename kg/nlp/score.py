"""The scored decision: which proposals stand, as what, and how sure.

Two fitted steps (``pipelines/train.py``, on sentences labelled by the codebook), both logistic and both calibrated on articles
not fitted on. The first looks at every ordered pair of actors (``kg.nlp.features``), a model a relation. The second, one for
all relations, looks at what rules propose (``kg.nlp.proposals``) together with what the first thinks of the pair. Where a rule
proposes, the second accepts or refuses; where none does, a high probability of the first suffices, and the words on the path
between the two actors are the explanation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.model import ENGINE, Mention, Span, Statement
from kg.nlp import held
from kg.nlp.coding import Candidate, Coder, End
from kg.nlp.features import Pair, key, pairs
from kg.nlp.lexicon import lexicon
from kg.nlp.proposals import seen
from kg.nlp.read import Reading, SentenceReading
from kg.nlp.tree import Tree
from kg.nlp.when import when
from kg.ontology import relations
from kg.places import PACKAGE

WEIGHTS = PACKAGE / "data" / "weights.npz"
PROPOSED = 0.2  # probability below which a relation that no rule proposes is not even weighed
OPINION = "opinion of the pair"  # the feature that carries the first step's margin into the second
Ends = frozenset[str] | tuple[str, str]
# Titles are read by rule alone.
TITLES = {"title": 0.95, "title without state": 0.9, "name": 0.85}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One relation of one pair as the model sees it; ``candidate`` is the rule's proposal, if there is one."""

    pair: Pair
    relation: str
    probability: float
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of a logistic model over named features; ``weights`` has a row a feature and a column a class."""

    names: dict[str, int]
    weights: NDArray[np.float32]
    slope: NDArray[np.float32]
    offset: NDArray[np.float32]

    def margins(self, features: Iterable[str]) -> NDArray[np.float32]:
        """The weighted sum a class, before calibration."""
        known = [i for f in features if (i := self.names.get(f)) is not None]
        return np.asarray(self.weights[known].sum(axis=0), dtype=np.float32)

    def calibrated(self, margins: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities (Platt 1999)."""
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * margins + self.offset))), dtype=np.float32)


class Scorer:
    """Judges the pairs of a sentence."""

    def __init__(self, pairs: Linear, proposals: Linear, classes: list[str], rule_bar: float, free_bar: float) -> None:
        self.pairs = pairs
        self.proposals = proposals
        self.classes = classes
        self.rule_bar = rule_bar
        self.free_bar = free_bar
        self.symmetric = np.array([relations()[c].symmetric for c in classes])
        self.opinion = proposals.weights[proposals.names[OPINION]]

    @classmethod
    def packaged(cls) -> Scorer:
        return _packaged()

    @classmethod
    def load(cls, path: Path) -> Scorer:
        """Read weights.

        Raises:
            ModelError: The file is missing or broken.
        """
        try:
            with np.load(path, allow_pickle=False) as z:
                classes = bytes(z["classes"]).decode().split("\n")
                bars = z["bars"]
                models = [
                    Linear(
                        {n: i for i, n in enumerate(bytes(z[f"{part}_features"]).decode().split("\n"))},
                        z[f"{part}_weights"].astype(np.float32),
                        z[f"{part}_calibration"][:, 0].astype(np.float32),
                        z[f"{part}_calibration"][:, 1].astype(np.float32),
                    )
                    for part in ("pair", "proposal")
                ]
                return cls(models[0], models[1], classes, float(bars[0]), float(bars[1]))
        except (OSError, ValueError, KeyError) as e:
            raise ModelError(f"{path}: no usable weights ({e}); refit with: python pipelines/train.py") from e

    def verdicts(self, sentence: SentenceReading) -> list[Verdict]:
        """Every relation that a rule proposes or that the model finds likely, for every pair of the sentence."""
        found: list[Verdict] = []
        for p in pairs(sentence):
            margins = self.pairs.margins(p.features)
            chances = self.pairs.calibrated(margins)
            backward = p.source.token > p.target.token
            proposed: dict[str, list[Candidate]] = {}
            for c in p.candidates:
                proposed.setdefault(c.relation, []).append(c)
            for i, relation in enumerate(self.classes):
                if candidates := proposed.get(relation):
                    claims = [c for c in candidates if not c.stance.wish] or candidates
                    chance = self._proposal(seen(sentence, p, relation, claims), margins[i])
                    found.append(Verdict(p, relation, chance, claims[0]))
                elif chances[i] >= PROPOSED and not (self.symmetric[i] and backward):
                    found.append(Verdict(p, relation, float(chances[i]), None))
        return found

    def _proposal(self, features: list[str], opinion: float) -> float:
        margin = self.proposals.margins(features) + self.opinion * clipped(opinion)
        return float(self.proposals.calibrated(margin)[0])

    def judge(self, reading: Reading) -> list[Statement]:
        """The statements of an article, in the order of the text."""
        out: list[Statement] = []
        for s in reading.sentences:
            made = [statement(reading, s, v.candidate or self._free(s, v), v.probability) for v in self.accepted(s)]
            made += [statement(reading, s, c, TITLES[c.how]) for c in s.candidates if c.entry_kind == "title"]
            seen: set[str] = set()
            for st in sorted(made, key=lambda x: (x.trigger.start, x.source.start, x.target.start, -x.confidence)):
                if st.id not in seen:
                    seen.add(st.id)
                    out.append(st)
        return out

    def accepted(self, s: SentenceReading) -> list[Verdict]:
        """Verdicts above the bar; of both orders of a symmetric relation, and of rivals for one claim, the likelier."""
        best: dict[tuple[Ends, str], Verdict] = {}
        for v in self.verdicts(s):
            if v.probability < (self.rule_bar if v.candidate else self.free_bar):
                continue
            if v.candidate is not None and v.candidate.stance.wish:
                continue  # what somebody only asks for is the asker's request, not a claim
            claim = (_ends(v), v.relation)
            if claim not in best or v.probability > best[claim].probability:
                best[claim] = v
        # the most specific relation wins: of several that one word proposes for one pair, the likeliest
        chosen: dict[tuple[Ends, int], Verdict] = {}
        free: list[Verdict] = []
        for v in best.values():
            if v.candidate is None:
                free.append(v)
                continue
            pair = (_ends(v), v.candidate.trigger)
            if pair not in chosen or v.probability > chosen[pair].probability:
                chosen[pair] = v
        taken = {v.pair.unordered for v in chosen.values()}
        return [
            *chosen.values(),
            *(v for v in free if v.pair.unordered not in taken),
        ]

    def _free(self, s: SentenceReading, v: Verdict) -> Candidate:
        """A proposal of the model's own: the trigger is the path's weightiest word, its stance that word's."""
        tree, p = s.tree, v.pair
        i = self.classes.index(v.relation)

        def weight(t: int) -> float:
            row = self.pairs.names.get(f"p:{key(tree, t)}")
            return float(self.pairs.weights[row][i]) if row is not None else -1.0

        words = [t for t in p.path if tree.tags[t][:1] in "VNJ"] or [p.top]
        trigger = max(words, key=lambda t: (weight(t), -abs(t - p.top)))
        coder = Coder(tree, s.ments, lexicon(), s.quoted, s.speaker, s.places, s.label)
        got = coder.framer.carrier(trigger) if tree.is_noun(trigger) else None
        stance = coder.climber.read(trigger, got[0] if got else None)
        path = ">".join(tree.lemmas[t] for t in p.path)
        return Candidate(
            v.relation,
            p.source,
            p.target,
            trigger,
            stance,
            f"model/{path}"[:80],
            tree.lemmas[trigger],
            "model",
            "path",
            "model",
        )


def _ends(v: Verdict) -> Ends:
    """Between whom it is, in either order or in its own: both directions of a directed claim stand ("accused each other")."""
    p = v.pair
    return p.unordered if relations()[v.relation].symmetric else (p.source.actor.id, p.target.actor.id)


def clipped(margin: float) -> float:
    """The pair model's margin as the proposal model sees it: beyond these bounds it tells nothing more."""
    return max(-6.0, min(6.0, float(margin)))


@cache
def _packaged() -> Scorer:
    return Scorer.load(WEIGHTS)


def statement(reading: Reading, s: SentenceReading, c: Candidate, confidence: float) -> Statement:
    """A candidate as a statement of the article."""
    text, tree = reading.article.text, s.tree
    if s.dates is None:
        s.dates = when(tree.words, tree.lower, reading.article.published)
    return Statement(
        article_id=reading.article.id,
        sentence=Span(text[tree.start : tree.end], tree.start, tree.end),
        source=_mention(text, tree, c.source),
        relation=c.relation,
        target=_mention(text, tree, c.target),
        trigger=Span(text[tree.starts[c.trigger] : tree.ends[c.trigger]], tree.starts[c.trigger], tree.ends[c.trigger]),
        polarity="negated" if c.stance.negated else "affirmed",
        modality=c.stance.modality,
        attribution=tuple(c.stance.speakers),
        time=held.time(tree, s.dates, c.trigger, reading.article.published, text),
        place=held.place(tree, c.trigger, {c.source.token, c.target.token}),
        confidence=round(confidence, 4),
        rule=c.rule,
        engine=ENGINE,
    )


def _mention(text: str, tree: Tree, e: End) -> Mention:
    m = e.ment
    start, end = tree.starts[m.start], tree.ends[m.end - 1]
    return Mention(start, end, text[start:end], e.actor, m.how, m.via, m.candidates)
