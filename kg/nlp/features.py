"""What the scoring model sees of an ordered pair of actors in a sentence.

Features are strings, so that an explanation can name those that decided. Three sources: what the rules propose for the pair
(and for its ends with others), the dependency path between the two heads with the words on it, and who the two are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.model import ActorType
from kg.nlp.coding import Candidate, End
from kg.nlp.lexicon import lexicon
from kg.nlp.mentions import side
from kg.nlp.read import SentenceReading
from kg.nlp.tree import Tree
from kg.nlp.who import direct

MAX_PATH = 9  # steps; beyond it only a rule connects two actors
CONTENT = ("V", "N", "J", "R", "I", "T")


@dataclass(slots=True)
class Pair:
    """Two actors of one sentence, in the order source, target, with their rule candidates and features."""

    source: End
    target: End
    candidates: list[Candidate]
    features: list[str]
    path: list[int]
    """Tokens between the two heads on the dependency path, source side first; the topmost is ``top``."""
    top: int

    @property
    def unordered(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset((self.source.actor.id, self.target.actor.id))


@cache
def lexical() -> dict[str, frozenset[str]]:
    """Lemma → the relations that the lexicon knows it for (by part of speech: "v:condemn", "n:attack")."""
    lex = lexicon()
    found: dict[str, set[str]] = {}
    for lemma, entries in lex.verbs.items():
        for e in entries:
            if not e.object:
                found.setdefault("v:" + lemma + ("+" + e.particle if e.particle else ""), set()).add(e.relation)
    for part, tag in ((lex.nouns, "n:"), (lex.predicates, "n:"), (lex.adjectives, "j:")):
        for rows in part.values():
            for phrase, e in rows:
                found.setdefault(tag + phrase[-1], set()).add(e.relation)
    return {k: frozenset(v) for k, v in found.items()}


def pairs(reading: SentenceReading) -> list[Pair]:
    """Every ordered pair of different actors of the sentence, with features."""
    tree = reading.tree
    ends = _ends(reading)
    if len(ends) < 2:
        return []
    by_pair: dict[tuple[str, str], list[Candidate]] = {}
    by_source: dict[str, list[Candidate]] = {}
    by_target: dict[str, list[Candidate]] = {}
    for c in reading.candidates:
        if c.entry_kind == "title":
            continue
        by_pair.setdefault((c.source.actor.id, c.target.actor.id), []).append(c)
        by_source.setdefault(c.source.actor.id, []).append(c)
        by_target.setdefault(c.target.actor.id, []).append(c)
    context = _context(reading, len(ends))
    found: list[Pair] = []
    for a, left in ends.items():
        for b, right in ends.items():
            if a == b:
                continue
            rules = by_pair.get((a, b), [])
            if rules:
                s, t = rules[0].source, rules[0].target
            else:
                s, t = _nearest(left, right)
            path, top, labels = _path(tree, s.token, t.token)
            if not rules and len(path) > MAX_PATH:
                continue
            f = [*context, *_who(s, t)]
            _rules(f, rules, by_pair.get((b, a), []), by_source.get(a, []), by_target.get(b, []), (a, b))
            _between(f, tree, s.token, t.token, path, top, labels)
            found.append(Pair(s, t, rules, f, path, top))
    return found


def _ends(reading: SentenceReading) -> dict[str, list[End]]:
    """Every actor named, and whom a rule reaches without a name: the state of a shelled town, the doer of "the attack"."""
    found: dict[str, list[End]] = {}
    for m in reading.ments:
        for a in m.actors:
            found.setdefault(a.id, []).append(End(a, m, m.head, direct(m)))
    for c in reading.candidates:
        for e in (c.source, c.target):
            if c.entry_kind != "title":
                found.setdefault(e.actor.id, [e])
    return found


def _nearest(left: list[End], right: list[End]) -> tuple[End, End]:
    return min(
        ((s, t) for s in left for t in right),
        key=lambda p: (p[0].token == p[1].token, abs(p[0].token - p[1].token), p[0].token),
    )


def _path(tree: Tree, a: int, b: int) -> tuple[list[int], int, str]:
    """Tokens from ``a`` up to the lowest common ancestor and down to ``b`` (both excluded), the ancestor, the labels."""
    up = [a, *tree.ancestors(a)]
    down = [b, *tree.ancestors(b)]
    rank = {t: i for i, t in enumerate(up)}
    for j, t in enumerate(down):
        if t in rank:
            i = rank[t]
            labels = (
                "^".join(_label(tree, x) for x in up[:i]) + "|" + "!".join(_label(tree, x) for x in reversed(down[:j]))
            )
            middle = [*up[1 : i + 1], *reversed(down[1:j])] if t not in (a, b) else [*up[1:i], *reversed(down[1:j])]
            return middle, t, labels
    return [], tree.root, "apart"


def _label(tree: Tree, i: int) -> str:
    dep = tree.deps[i]
    return f"prep_{tree.lower[i]}" if dep in ("prep", "agent") else dep


def key(tree: Tree, i: int) -> str:
    """A word as features and the lexicon's index name it: part of speech and lemma ("v:condemn")."""
    tag = tree.tags[i]
    pos = "v:" if tag.startswith("V") else "n:" if tag.startswith("N") else "j:" if tag.startswith("J") else "o:"
    return pos + tree.lemmas[i]


def _who(s: End, t: End) -> list[str]:
    a, b = s.actor, t.actor
    pa, pb = side(a), side(b)
    f = [
        f"ty:{a.type}>{b.type}",
        f"k:{s.via.split(':')[0]}>{t.via.split(':')[0]}",
        f"sk:{s.ment.kind}",
        f"tk:{t.ment.kind}",
    ]
    if pa == pb:
        f.append("same side")
    if a.id == pb or b.id == pa:
        f.append("own principal")
    if not a.linked:
        f.append("new source")
    if not b.linked:
        f.append("new target")
    if b.type == ActorType.STATE and t.ment.via == "capital":
        f.append("capital target")
    if a.type == ActorType.STATE and s.ment.via == "capital":
        f.append("capital source")
    return f


def _context(reading: SentenceReading, n: int) -> list[str]:
    return [f"n:{min(n, 8)}", f"len:{min(len(reading.tree) // 12, 4)}", "bias"]


def _rules(
    f: list[str],
    rules: list[Candidate],
    reverse: list[Candidate],
    source: list[Candidate],
    target: list[Candidate],
    pair: tuple[str, str],
) -> None:
    if not rules:
        f.append("norule")
    seen = set()
    for c in rules:
        r = c.relation
        via = c.target.via.split(":")
        row = [
            f"r:{r}",
            f"r:{r}:{c.how}",
            f"r:{r}:{c.slot}",
            f"r:{r}:{c.word}",
            f"r:{r}:{c.entry_kind}",
            f"r:{r}:tv:{via[0]}",
            f"r:{r}:sv:{c.source.via.split(':')[0]}",
            f"r:{r}:{c.word}:{c.slot}",
        ]
        if len(via) > 1:
            row.append(f"r:{r}:tn:{via[1]}")
        if c.stance.wish:
            row += [f"r:{r}:wish", "wish"]
        if c.stance.negated:
            row.append(f"r:{r}:neg")
        row.append(f"r:{r}:{c.stance.modality}")
        row.append(f"st:{c.source.actor.type}:{r}:{c.target.actor.type}")
        if c.stance.described:
            row.append(f"r:{r}:described")
        row += [f"m:{m}" for m in c.stance.marks]
        for x in row:
            if x not in seen:
                seen.add(x)
                f.append(x)
    kinds = {c.relation for c in rules}
    if len(kinds) > 1:
        f.append("rivals:" + "+".join(sorted(kinds)))
    f += sorted({f"rev:{c.relation}" for c in reverse})
    f += sorted({f"src:{c.relation}" for c in source if c.target.actor.id != pair[1]})
    f += sorted({f"tgt:{c.relation}" for c in target if c.source.actor.id != pair[0]})


def _between(f: list[str], tree: Tree, a: int, b: int, path: list[int], top: int, labels: str) -> None:
    order = "ab" if a < b else "ba"
    gap = abs(a - b)
    f.append(f"gap:{order}:{0 if gap < 3 else 1 if gap < 6 else 2 if gap < 12 else 3 if gap < 20 else 4}")
    f.append(f"steps:{min(len(path), 7)}")
    if len(path) <= 6:
        f.append("path:" + labels)
    up, _, down = labels.partition("|")
    f.append(f"top:{key(tree, top)}")
    f.append(f"ends:{up.partition('^')[0]}>{down.rpartition('!')[2]}")
    f.append(f"top:{key(tree, top)}:{up.partition('^')[0]}>{down.partition('!')[0]}")
    known = lexical()
    relations: set[str] = set()
    for x in path:
        word = key(tree, x)
        if tree.tags[x][:1] in CONTENT:
            f.append(f"p:{word}")
        side = "t" if x == top else "s"
        for r in known.get(word, ()):
            relations.add(f"lex:{r}:{side}")
        for k in tree.kids[x]:
            if tree.deps[k] in ("dobj", "prt", "attr", "acomp", "nsubjpass", "neg") and k not in (a, b):
                kk = key(tree, k)
                f.append(f"c:{kk}")
                if tree.deps[k] == "prt":
                    f.append(f"p:{word}+{tree.lower[k]}")
                    for r in known.get(f"{word}+{tree.lower[k]}", ()):
                        relations.add(f"lex:{r}:{side}")
                elif x == top:
                    for r in known.get(kk, ()):
                        relations.add(f"lex:{r}:c")
                    f.append(f"tc:{tree.lemmas[top]}:{tree.lemmas[k]}")
    f += sorted(relations)
    lo, hi = (a, b) if a < b else (b, a)
    if hi - lo <= 14:
        for k in range(lo + 1, hi):
            if tree.tags[k][:1] in ("V", "N") and tree.tags[k] not in ("NNP", "NNPS"):
                f.append(f"b:{order}:{tree.lemmas[k]}")
        if hi - lo <= 4:
            f.append(f"w:{order}:" + "_".join(tree.lower[lo + 1 : hi]))
