"""Known slips of the parser, mended in one place. Each has its case in ``tests/language/repairs.md``."""

from __future__ import annotations

from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

MISTAGGED = vocabulary("syntax", "mistagged")
PREDICATE_NOUNS = frozenset({"branch", "wing", "arm", "part", "ally", "member", "offshoot", "enemy", "partner"})


def repair(tree: Tree) -> Tree:
    """Mend the tree in place and return it."""
    for mend in (_adverb_back, _people_of_states, _infinitive, _missing_article):
        if mend(tree):
            tree.attach()
    return tree


def _people_of_states(tree: Tree) -> bool:
    """ "Mnatsakanyan of Armenia and Bayramov of Azerbaijan": *Bayramov* made a conjunct of *Armenia*."""
    changed = False
    for c in range(len(tree)):
        p = tree.heads[c]
        if tree.deps[c] != "conj" or tree.deps[p] != "pobj" or not tree.tags[c].startswith("NNP"):
            continue
        of = tree.heads[p]
        host = tree.heads[of]
        if (
            tree.lower[of] == "of"
            and tree.tags[host].startswith("NNP")
            and any(tree.lower[k] == "of" for k in tree.children(c, "prep"))
        ):
            tree.heads[c] = host
            changed = True
    return changed


def _missing_article(tree: Tree) -> bool:
    """ "considers the militia in Syria branch of the PKK": the place made a modifier of the predicate noun."""
    for n in range(2, len(tree)):
        p = tree.heads[n]
        if tree.lower[n] not in PREDICATE_NOUNS or tree.deps[n] != "pobj" or tree.lower[p] not in ("in", "from"):
            continue
        place = n - 1
        verb = next((v for v in tree.ancestors(p) if tree.is_verb(v)), None)
        if verb is None or tree.tags[place] != "NNP" or tree.heads[place] != n or p != place - 1:
            continue
        tree.heads[place], tree.deps[place] = p, "pobj"
        tree.heads[n], tree.deps[n] = verb, "oprd"
        return True
    return False


def _infinitive(tree: Tree) -> bool:
    """ "threatened on Thursday to march": *to march* made a prepositional phrase."""
    changed = False
    for v in range(len(tree)):
        p = tree.heads[v]
        if tree.tags[v] == "VB" and tree.deps[v] == "pobj" and tree.lower[p] == "to" and tree.deps[p] == "prep":
            tree.heads[v], tree.deps[v] = tree.heads[p], "xcomp"
            tree.heads[p], tree.deps[p] = v, "aux"
            changed = True
    return changed


def _adverb_back(tree: Tree) -> bool:
    """ "Russia and Iran back Assad": *back* tagged an adverb, and the sentence left without a verb."""
    if any(t.startswith("VB") for t in tree.tags):
        return False
    for i, w in enumerate(tree.lower):
        if w in MISTAGGED and 0 < i < len(tree) - 1 and tree.tags[i - 1].startswith("NN"):
            subject = i - 1
            while (
                tree.heads[subject] != subject
                and tree.heads[subject] < i
                and tree.tags[tree.heads[subject]].startswith("NN")
            ):
                subject = tree.heads[subject]
            after = [k for k in range(i + 1, len(tree)) if tree.tags[k].startswith("NN")]
            if not after:
                return False
            last = after[0]
            while last + 1 < len(tree) and tree.tags[last + 1].startswith("NN"):
                last += 1
            for k in range(len(tree)):
                if tree.heads[k] == k and k != i:
                    tree.heads[k], tree.deps[k] = i, "dep"
            tree.tags[i], tree.heads[i], tree.deps[i] = "VBP", i, "ROOT"
            tree.lemmas[i] = w.removesuffix("s")
            tree.heads[subject], tree.deps[subject] = i, "nsubj"
            tree.heads[last], tree.deps[last] = i, "dobj"
            return True
    return False
