"""Phrases that the parser hangs on the wrong word, moved to where they belong. Cases in ``tests/language/repairs.md``."""

from __future__ import annotations

from kg.nlp.tree import Tree
from kg.nlp.words import LEAF, read, roles, vocabulary

EDGES = vocabulary("constructions", "border", "edges")
TIMES = vocabulary("syntax", "times") | {
    word.lower() for words in [*read("when")["months"], read("when")["weekdays"]] for word in words
}
# Behind a time these say something of the verb: "on strike for nine days against X"; not "two days after", "a week from now".
PAST_TIME = frozenset({"against", "alongside", "between", "despite", "near", "over", "under", "with"})
JUDGING = vocabulary("syntax", "judging")


def reattach(tree: Tree) -> None:
    """Move the phrases of a tree in place."""
    for move in (_border_with, _past_time, _listed_after_number, _named_behind_of, _receiver_alone, _judged):
        if move(tree):
            tree.attach()


def _border_with(tree: Tree) -> bool:
    """ "put on alert along the border with X": *with* hung on the verb."""
    changed = False
    for p in range(1, len(tree)):
        if tree.lower[p] == "with" and tree.lemmas[p - 1] in EDGES and tree.heads[p] < p - 1 and tree.is_noun(p - 1):
            tree.heads[p] = p - 1
            changed = True
    return changed


def _past_time(tree: Tree) -> bool:
    """ "fought for a fifth day near X", "on strike for nine days against X": hung on the day."""
    changed = False
    for p in range(1, len(tree)):
        time = tree.heads[p]
        if tree.deps[p] != "prep" or tree.lower[p] not in PAST_TIME or tree.lemmas[time] not in TIMES or time > p:
            continue
        outer = tree.heads[time] if tree.deps[time] == "pobj" else time
        if outer == time and tree.deps[time] != "npadvmod":
            continue
        tree.heads[p] = tree.heads[outer]
        changed = True
    return changed


def _listed_after_number(tree: Tree) -> bool:
    """ "the two main parties, the X and the Y, have": the names made conjuncts of the noun that announces them."""
    changed = False
    for n in range(len(tree)):
        if tree.tags[n] != "NNS" or not any(tree.tags[k] == "CD" or tree.lower[k] == "both" for k in tree.kids[n]):
            continue
        names = tree.conjuncts(n)[1:]
        if (
            len(names) > 1
            and tree.heads[names[0]] == n
            and tree.words[n + 1] == ","
            and all(tree.tags[k].startswith("NNP") for k in names)
            and not any(k < names[0] for k in tree.children(n, "cc"))
        ):
            tree.deps[names[0]] = "appos"
            for k in names[1:]:
                if tree.heads[k] == n:
                    tree.heads[k] = names[0]
            changed = True
    return changed


def _named_behind_of(tree: Tree) -> bool:
    """ "the president of Kyrgyzstan, Askar Akayev, agreed": the holder's name made an apposition of the state's."""
    changed = False
    for name in range(len(tree)):
        state = tree.heads[name]
        of = tree.heads[state]
        office = tree.heads[of]
        if (
            tree.deps[name] == "appos"
            and tree.tags[name] == "NNP"
            and tree.deps[state] == "pobj"
            and tree.lower[of] in ("of", "for")
            and tree.tags[state].startswith("NNP")
            and tree.tags[office] == "NN"
            and not tree.children(office, "appos")
            and tree.words[min(tree.subtree(name)) - 1] == ","
            and _is_office(tree.lower[office])
        ):
            tree.heads[name] = office
            changed = True
    return changed


def _is_office(word: str) -> bool:
    return bool(roles().trie.get(word, {}).get(LEAF, ("",))[0] == "role")


def _receiver_alone(tree: Tree) -> bool:
    """ "fined the company MSC": a receiver of nothing is the object."""
    changed = False
    for d in range(len(tree)):
        v = tree.heads[d]
        if tree.deps[d] in ("dative", "iobj") and tree.is_noun(d) and tree.is_verb(v) and d == _only_object(tree, v):
            tree.deps[d] = "dobj"
            changed = True
    return changed


def _only_object(tree: Tree, v: int) -> int:
    objects = tree.children(v, "dobj", "dative", "iobj", "ccomp", "xcomp", "oprd")
    return objects[0] if len(objects) == 1 else -1


def _judged(tree: Tree) -> bool:
    """ "broke off relations with Sudan, which it suspects": only actors are suspected; hung on the relations."""
    changed = False
    for v in range(len(tree)):
        host = tree.heads[v]
        if tree.deps[v] != "relcl" or tree.lemmas[v] not in JUDGING or tree.tags[host].startswith("NNP"):
            continue
        which = [k for k in tree.children(v, "dobj") if tree.lower[k] in ("which", "whom")]
        if which and which[0] > 1 and tree.words[which[0] - 1] == "," and _names_somebody(tree, which[0] - 2):
            tree.heads[v] = which[0] - 2
            changed = True
    return changed


def _names_somebody(tree: Tree, k: int) -> bool:
    return tree.tags[k].startswith("NNP") and tree.lower[k] not in TIMES
