"""When and where a claim holds: the date expression and the place of its own clause, else the article's date."""

from __future__ import annotations

from datetime import date

from kg.model import Time
from kg.nlp.tree import Tree
from kg.nlp.when import Found
from kg.nlp.words import read

CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "acl", "pcomp", "xcomp"})
# "in January", "in May": a name in capitals that is no place.
CALENDAR = frozenset(
    word.lower() for word in [*(month for month, *_ in read("when")["months"]), *read("when")["weekdays"]]
)
REACH = 20  # tokens; a date farther off belongs to another claim


def time(tree: Tree, found: list[Found], trigger: int, published: date | None, text: str) -> Time:
    """The date said in the trigger's clause (or in one above it), resolved; ``source`` tells where it comes from."""
    best: tuple[int, int] | None = None
    chosen: Found | None = None
    above = {v: i for i, v in enumerate([trigger, *tree.ancestors(trigger)])}
    for f in found:
        clause = _clause(tree, f.start)
        gap = abs(f.start - trigger)
        if clause in above:
            rank = (above[clause], gap)
        elif gap <= REACH and _clause(tree, trigger) == tree.heads[clause] and tree.deps[clause] in ("xcomp", "pcomp"):
            rank = (9, gap)
        else:
            continue
        if best is None or rank < best:
            best, chosen = rank, f
    if chosen is not None:
        t = chosen.time
        said = text[tree.starts[chosen.start] : tree.ends[chosen.end - 1]]
        return Time(t.start, t.end, t.precision, "text", said)
    if published is None:
        return Time()
    return Time(published.isoformat(), published.isoformat(), "day", "article", "")


def _clause(tree: Tree, i: int) -> int:
    """The verb (or other clause head) that a token belongs to."""
    for v in [i, *tree.ancestors(i)]:
        if (tree.is_verb(v) and tree.deps[v] in CLAUSES) or tree.heads[v] == v:
            return v
    return tree.root


def place(tree: Tree, trigger: int, ends: set[int]) -> str:
    """The name behind "in", "at" or "near" beside the trigger, when it is neither end of the claim; empty without one."""
    for v in [trigger, *tree.ancestors(trigger)][:2]:
        for p in tree.children(v, "prep"):
            if tree.lower[p] not in ("in", "at", "near", "outside", "around"):
                continue
            for o in tree.children(p, "pobj"):
                if tree.tags[o] == "NNP" and o not in ends:
                    start = o
                    while start > 0 and tree.tags[start - 1] == "NNP" and tree.heads[start - 1] == o:
                        start -= 1
                    name = tree.text[tree.starts[start] - tree.start : tree.ends[o] - tree.start]
                    if name.lower() not in CALENDAR:
                        return name
    return ""
