"""Names, lists and objects: what stands beside what."""

from __future__ import annotations

from kg.nlp.repairs.words import CALENDAR, is_name
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

DITRANSITIVE = vocabulary("syntax", "ditransitive")
LABELLING = vocabulary("syntax", "labelling")
GIVEN = vocabulary("syntax", "given")
COLLECTIVE = vocabulary("syntax", "collective")


def labelled(tree: Tree) -> bool:
    """ "designated the group a terrorist organisation": the object made a receiver, and its label the object."""
    changed = False
    for v in range(len(tree)):
        if tree.lemmas[v] not in LABELLING or not tree.is_verb(v):
            continue
        named = [k for k in tree.children(v, "dative", "iobj") if tree.tags[k] not in ("IN", "TO")]
        labels = tree.children(v, "dobj")
        if len(named) == 1 and len(labels) == 1 and named[0] < labels[0]:
            tree.deps[named[0]], tree.deps[labels[0]] = "dobj", "oprd"
            changed = True
        elif not labels and tree.children(v, "prt") and len(called := tree.children(v, "oprd")) == 1:
            tree.deps[called[0]] = "dobj"  # "called out Orban"
            changed = True
    return changed


def called(tree: Tree) -> bool:
    """ "called Merkel on Friday to thank her": whom one calls, made a label of nobody."""
    changed = False
    for v in range(len(tree)):
        if tree.lemmas[v] != "call" or not tree.is_verb(v) or tree.children(v, "dobj", "dative", "nsubjpass"):
            continue
        for k in tree.children(v, "oprd"):
            if k > v and (is_name(tree, k) or tree.children(k, "poss", "appos")):
                tree.deps[k] = "dobj"
                changed = True
    return changed


def given(tree: Tree) -> bool:
    """ "gave the Danish government time": who receives made a part of what is given."""
    changed = False
    for thing in range(2, len(tree)):
        v, who = tree.heads[thing], thing - 1
        if (
            tree.lemmas[thing] not in GIVEN
            or tree.deps[thing] != "dobj"
            or tree.lemmas[v] not in DITRANSITIVE
            or tree.heads[who] != thing
            or tree.deps[who] not in ("compound", "nmod")
            or tree.tags[who] not in ("NN", "NNS")
            or not any(k < who for k in tree.children(thing, "det", "poss"))
        ):
            continue
        for k in tree.kids[thing]:
            if k < who:
                tree.heads[k] = who
        tree.heads[who], tree.deps[who] = v, "dative"
        changed = True
    return changed


def rival_before_name(tree: Tree) -> bool:
    """ "Merkel's rival Schulz": the noun before a name tagged an adjective."""
    for k in range(1, len(tree) - 1):
        name = tree.heads[k]
        if (
            tree.lower[k] == "rival"
            and tree.tags[k] == "JJ"
            and tree.deps[k] == "amod"
            and is_name(tree, name)
            and all(tree.tags[x].startswith("NNP") for x in range(k + 1, name + 1))
        ):
            tree.tags[k], tree.deps[k] = "NN", "compound"
    return False  # no head moved


def second_object(tree: Tree) -> bool:
    """ "On 5 August 1995 Minister X and Minister Y signed …": a subject made a second object of the date's preposition."""
    changed = False
    for p in range(len(tree) - 3):
        objects, v = tree.children(p, "pobj"), tree.heads[p]
        if tree.deps[p] != "prep" or len(objects) != 2 or not tree.is_verb(v) or v < objects[1]:
            continue
        date, name = objects
        dated = tree.tags[date] == "CD" or any(tree.lower[k] in CALENDAR for k in (date, *tree.kids[date]))
        if not dated or not is_name(tree, name):
            continue
        subjects = tree.children(v, "nsubj", "nsubjpass")
        if subjects and min(tree.subtree(subjects[0])) - 1 not in tree.children(name, "cc"):
            continue
        tree.heads[name], tree.deps[name] = v, "nsubjpass" if tree.children(v, "auxpass") else "nsubj"
        for s in subjects:
            tree.heads[s], tree.deps[s] = name, "conj"
        changed = True
    return changed


def title_over_names(tree: Tree) -> bool:
    """ "Presidents X and Y met": the names made an apposition of their title, so that only the title meets."""
    changed = False
    for name in range(1, len(tree)):
        title = tree.heads[name]
        if (
            tree.deps[name] == "appos"
            and title < name
            and tree.tags[title] in ("NNS", "NNPS")
            and tree.tags[name].startswith("NNP")
            and tree.children(name, "conj")
            and min(tree.subtree(name)) == title + 1
            and not tree.children(title, "prep")
        ):
            tree.heads[name], tree.deps[name] = tree.heads[title], tree.deps[title]
            if tree.heads[name] == title:
                tree.heads[name] = name
            for k in tree.kids[title]:
                if k != name:
                    tree.heads[k] = name
            tree.heads[title], tree.deps[title] = name, "compound"
            changed = True
    return changed


def two_objects(tree: Tree) -> bool:
    """ "handed Minister Tang a letter": whoever receives it made a second object."""
    changed = False
    for v in range(len(tree)):
        objects = tree.children(v, "dobj") if tree.lemmas[v] in DITRANSITIVE and tree.is_verb(v) else []
        if len(objects) != 2 or tree.tags[objects[0]] not in ("NNP", "NNPS", "PRP"):
            continue
        if min(tree.subtree(objects[1])) == objects[0] + 1:
            tree.deps[objects[0]] = "dative"
            changed = True
    return changed


def names_joined(tree: Tree) -> bool:
    """ "with President Mbeki of South Africa and President Obasanjo": the first of two names made a modifier of the second."""
    changed = False
    for first in range(len(tree) - 2):
        second = tree.heads[first]
        if (
            tree.deps[first] != "nmod"
            or second < first
            or not (tree.tags[first].startswith("NNP") and tree.tags[second].startswith("NNP"))
            or tree.children(first, "conj")
            or tree.words[min(tree.subtree(second)) : first] in (["-"], ["/"])
        ):
            continue
        inner = {x for k in tree.kids[second] if first < k < second for x in tree.subtree(k)}
        start = min((k for k in inner if tree.deps[k] != "cc"), default=second)
        joint = next((k for k in range(first + 1, second) if tree.deps[k] == "cc" and tree.lower[k] == "and"), None)
        if joint is None or start != joint + 1:
            continue
        tree.heads[first], tree.deps[first] = tree.heads[second], tree.deps[second]
        tree.heads[second], tree.deps[second] = first, "conj"
        tree.heads[joint] = first
        for k in tree.kids[second]:
            if k < first:
                tree.heads[k] = first  # the article before both
        tree.attach()
        changed = True
    return changed


def name_adverbial(tree: Tree) -> bool:
    """ "bombing South Sudan": the name behind a verb without an object made an adverb of it."""
    changed = False
    for k in range(1, len(tree)):
        v = tree.heads[k]
        if (
            tree.deps[k] == "npadvmod"
            and is_name(tree, k)
            and tree.is_verb(v)
            and min(tree.subtree(k)) == v + 1
            and not tree.children(v, "dobj", "attr", "oprd", "ccomp", "agent", "nsubjpass")
        ):
            tree.deps[k] = "dobj"
            changed = True
    return changed


def list_as_apposition(tree: Tree) -> bool:
    """ "Egypt, Jordan, Oman and Qatar left": the second of a list of names made an apposition of the first."""
    changed = False
    for k in range(2, len(tree)):
        host = tree.heads[k]
        if tree.deps[k] != "appos" or not (is_name(tree, k) and is_name(tree, host)) or host > k:
            continue
        rest = tree.conjuncts(k)
        start = min(tree.subtree(k))
        end = max(tree.subtree(k)) + 1
        if (
            start - 2 == host
            and tree.words[start - 1] == ","
            and len(rest) > 1
            and any(tree.children(c, "cc") for c in rest)
            and all(is_name(tree, c) for c in rest)
            and (end >= len(tree) or tree.words[end] != ",")
        ):
            tree.deps[k] = "conj"
            changed = True
    return changed


def name_as_preposition(tree: Tree) -> bool:
    """ "was meeting Barack Obama": the first name made a preposition of the second."""
    changed = False
    for k in range(1, len(tree) - 1):
        if tree.deps[k] == "prep" and is_name(tree, k) and tree.is_verb(tree.heads[k]):
            objects = tree.children(k, "pobj")
            if objects == [k + 1] and is_name(tree, k + 1):
                tree.heads[k + 1], tree.deps[k + 1] = tree.heads[k], "dobj"
                tree.heads[k], tree.deps[k] = k + 1, "compound"
                changed = True
    return changed


def titled_pair(tree: Tree) -> bool:
    """ "Turkmen President Niyazov and Russian President Putin": the first name made a part of the second."""
    for c in range(1, len(tree) - 2):
        left = c - 1
        if tree.lower[c] != "and" or tree.deps[c] != "cc" or not tree.tags[left].startswith("NNP"):
            continue
        right = left
        while tree.deps[right] in ("compound", "nmod", "appos", "conj") and tree.heads[right] != right:
            right = tree.heads[right]
        if right < c or tree.deps[right] not in ("nsubj", "dobj", "pobj", "nsubjpass"):
            continue
        head, dep = tree.heads[right], tree.deps[right]
        first = min(tree.subtree(right))
        names = [k for k in range(first, right + 1) if k != c and tree.deps[k] != "det"]
        one, other = [k for k in names if k < c], [k for k in names if k > c]
        # each with a title, unlike "Bosnia and Herzegovina President Borjana Kristo"
        if len(one) < 3 or len(other) < 3 or not all(tree.tags[k].startswith(("JJ", "NN")) for k in names):
            continue
        for k in names:
            tree.heads[k], tree.deps[k] = (left if k < c else right), "compound"
        tree.heads[left], tree.deps[left] = head, dep
        tree.heads[right], tree.deps[right] = left, "conj"
        tree.heads[c] = left
        return True
    return False


def list_in_apposition(tree: Tree) -> bool:
    """ "Kenya, Chad and Mali", "the president, Idriss Deby, and Paul Biya": the rest of a list hung on an apposition."""
    changed = False
    for a in range(1, len(tree)):
        host = tree.heads[a]
        others = tree.children(a, "conj")
        if (
            tree.deps[a] != "appos"
            or not tree.tags[a].startswith("NNP")
            or not others
            or tree.tags[host] not in ("NN", "NNP")
            or tree.lower[host] in COLLECTIVE
            or tree.children(host, "conj")
            or not any(tree.tags[o].startswith("NNP") for o in tree.conjuncts(a)[1:])
        ):
            continue
        if tree.tags[host] == "NNP":
            tree.deps[a] = "conj"
        else:
            for k in (*others, *tree.children(a, "cc")):
                tree.heads[k] = host
        changed = True
    return changed


def outer_conjunct(tree: Tree) -> bool:
    """ "the government of Chad and the opposition signed": who acts beside the government hung on its state."""
    changed = False
    for c in range(len(tree)):
        inner = tree.heads[c]
        of = tree.heads[inner]
        outer = tree.heads[of]
        if (
            tree.deps[c] == "conj"
            and tree.deps[inner] == "pobj"
            and tree.lower[of] == "of"
            and tree.tags[outer] == "NN"
            and tree.deps[outer] in ("nsubj", "nsubjpass", "pobj", "dobj")
            and tree.tags[inner] == "NNP"
            and not tree.children(inner, "det")
            and any(tree.lower[k] == "the" for k in tree.children(c, "det"))
            and len(tree.children(inner, "conj")) == 1
            and not tree.children(outer, "conj")
        ):
            tree.heads[c] = outer
            for k in tree.children(inner, "cc"):
                tree.heads[k] = outer
            changed = True
    return changed
