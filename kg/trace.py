"""How a text was read: the parse, who was found, what was coded and what was refused, and why.

What ``kg explain --text`` prints. Nothing here decides anything; it asks the rooms that do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.actors.catalogue import Catalogue
from kg.actors.names import Names
from kg.model import Article, Statement
from kg.nlp.coding import Candidate
from kg.nlp.parser import parse
from kg.nlp.read import SentenceReading, read_article
from kg.nlp.score import Scorer, Verdict
from kg.record import to_json

# A refused proposal of the model's own is told only when it came close; otherwise every pair would be listed.
CLOSE = 0.2


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that became no statement, and why in words."""

    source: str
    relation: str
    target: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One sentence. ``tokens`` are (word, tag, label, head word); ``mentions`` (words, actor, how)."""

    text: str
    tokens: tuple[tuple[str, str, str, str], ...]
    mentions: tuple[tuple[str, str, str], ...]
    coded: tuple[Statement, ...]
    refused: tuple[Refused, ...]

    def to_json(self, article: Article) -> dict[str, Any]:
        return {
            "text": self.text,
            "tokens": [dict(zip(("word", "tag", "label", "head"), t, strict=True)) for t in self.tokens],
            "mentions": [dict(zip(("text", "actor", "how"), m, strict=True)) for m in self.mentions],
            "coded": [to_json(s, article) for s in self.coded],
            "refused": [
                {"source": r.source, "relation": r.relation, "target": r.target, "rule": r.rule, "why": r.why}
                for r in self.refused
            ],
        }

    def lines(self) -> Iterator[str]:
        yield self.text
        width = max((len(t[0]) for t in self.tokens), default=0)
        yield "  parse"
        for word, tag, label, head in self.tokens:
            yield f"    {word:<{width}}  {tag:<5} {label:<10} {head}"
        yield "  actors" if self.mentions else "  no actors"
        for words, actor, how in self.mentions:
            yield f"    “{words}” is {actor} ({how})"
        yield "  coded" if self.coded else "  nothing coded"
        for s in self.coded:
            said = f", said by {' › '.join(a.name for a in s.attribution)}" if s.attribution else ""
            yield f"    {s.source.actor.name} {s.relation} {s.target.actor.name}"
            yield f"      {s.polarity}, {s.modality}{said}; {s.confidence:.2f} by {s.rule} at “{s.trigger.text}”"
        if self.refused:
            yield "  refused"
        for r in self.refused:
            yield f"    {r.source} {r.relation} {r.target}"
            yield f"      {r.why}; proposed by {r.rule}"


def trace(article: Article, catalogue: Catalogue, scorer: Scorer | None = None) -> list[Trace]:
    """Read an article and tell how; one trace a sentence."""
    judge = scorer or Scorer.packaged()
    [trees] = parse([article.text])
    reading = read_article(article, trees, Names(catalogue))
    coded = judge.judge(reading)
    found = []
    for s in reading.sentences:
        mine = tuple(c for c in coded if c.sentence.start == s.tree.start)
        found.append(Trace(s.tree.text, _tokens(s), _mentions(s), mine, tuple(_refused(s, judge, mine))))
    return found


def _tokens(s: SentenceReading) -> tuple[tuple[str, str, str, str], ...]:
    t = s.tree
    return tuple((t.words[i], t.tags[i], t.deps[i], t.words[t.heads[i]]) for i in range(len(t)))


def _mentions(s: SentenceReading) -> tuple[tuple[str, str, str], ...]:
    found = []
    for m in s.ments:
        if m.start < m.end:
            start, end = s.tree.starts[m.start] - s.tree.start, s.tree.ends[m.end - 1] - s.tree.start
            who = " and ".join(a.name for a in m.actors) or "nobody"
            found.append((s.tree.text[start:end], who, f"{m.how}: {m.via}" if m.via else m.how))
    return tuple(found)


def _refused(s: SentenceReading, judge: Scorer, coded: tuple[Statement, ...]) -> Iterator[Refused]:
    """Proposals that are not among the coded, each told once."""
    told = {(c.source.actor.id, c.relation, c.target.actor.id) for c in coded}
    for v in sorted(judge.verdicts(s), key=lambda v: -v.probability):
        a, b = v.pair.source.actor, v.pair.target.actor
        if (a.id, v.relation, b.id) in told or (v.candidate is None and v.probability < CLOSE):
            continue
        told.add((a.id, v.relation, b.id))
        rule = v.candidate.rule if v.candidate else "the model alone"
        yield Refused(a.name, v.relation, b.name, rule, _why(v, judge))
    for c in s.candidates:
        key = (c.source.actor.id, c.relation, c.target.actor.id)
        if key not in told:
            told.add(key)
            yield Refused(c.source.actor.name, c.relation, c.target.actor.name, c.rule, _plain_why(c))


def _why(v: Verdict, judge: Scorer) -> str:
    bar = judge.rule_bar if v.candidate else judge.free_bar
    if v.probability < bar:
        return f"{v.probability:.2f} is below the bar of {bar:.2f}"
    return f"{v.probability:.2f}, but another reading of the same words is likelier"


def _plain_why(c: Candidate) -> str:
    if c.stance.wish:
        return "only wished for"
    return "the model gives it no chance"
