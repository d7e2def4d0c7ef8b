"""Subjects and clauses that hang on the wrong word."""

from __future__ import annotations

from itertools import pairwise

from kg.nlp.repairs.words import CALENDAR, is_name
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

ACCUSING = vocabulary("stance", "accusing", "verbs")
OFFICIALS = vocabulary("syntax", "officials")
PREDICATE_NOUNS = frozenset({"branch", "wing", "arm", "part", "ally", "member", "offshoot", "enemy", "partner"})


def charge_on_agent(tree: Tree) -> bool:
    """ "was accused by UN experts of backing X": what somebody is accused of, hung on the accuser."""
    changed = False
    for c in range(2, len(tree)):
        p = tree.heads[c]
        accuser = tree.heads[p]
        by = tree.heads[accuser]
        v = tree.heads[by]
        if (
            tree.deps[c] == "pcomp"
            and tree.lower[p] in ("of", "for")
            and tree.deps[accuser] == "pobj"
            and tree.lower[by] == "by"
            and tree.tags[v] == "VBN"
            and tree.lemmas[v] in ACCUSING
        ):
            tree.heads[p] = v
            changed = True
    return changed


def officials_in(tree: Tree) -> bool:
    """ "accused officials in Tehran of lying": where they serve, hung on the verb."""
    changed = False
    for p in range(2, len(tree)):
        v, noun = tree.heads[p], p - 1
        if (
            tree.lower[p] in ("at", "from", "in", "within")
            and tree.deps[p] == "prep"
            and tree.lemmas[v] in ACCUSING
            and tree.heads[noun] == v
            and tree.deps[noun] == "dobj"
            and tree.lower[noun] in OFFICIALS
        ):
            tree.heads[p] = noun
            changed = True
    return changed


def date_before_subject(tree: Tree) -> bool:
    """ "On 12 April snipers of the navy killed …": the date made a modifier of the subject, and that the preposition's object."""
    for p in range(len(tree) - 3):
        v = tree.heads[p]
        if tree.deps[p] != "prep" or tree.lower[p] not in ("on", "in", "by", "since") or p > v:
            continue
        if not tree.is_verb(v) or tree.children(v, "nsubj", "nsubjpass", "expl"):
            continue
        for subject in tree.children(p, "pobj"):
            date = next((k for k in range(p + 1, min(p + 3, subject)) if tree.lower[k] in CALENDAR), None)
            if date is None or tree.lower[subject] in CALENDAR or subject > v or min(tree.subtree(subject)) != p + 1:
                continue
            inside = [k for k in tree.subtree(subject) if k < subject]
            if any(tree.deps[k] in ("prep", "relcl") for k in inside):
                continue
            for k in inside:
                if k < date:
                    tree.heads[k] = date
                elif k > date and tree.heads[k] == date:
                    tree.heads[k] = subject
            tree.heads[date], tree.deps[date] = p, "pobj"
            tree.heads[subject], tree.deps[subject] = v, "nsubjpass" if tree.children(v, "auxpass") else "nsubj"
            return True
    return False


def subject_of_auxiliary(tree: Tree) -> bool:
    """ "said Iran had armed Russia", "Iran (an enemy of Israel) has armed": the subject hung on the auxiliary."""
    changed = False
    for aux in range(len(tree)):
        v = tree.heads[aux]
        if tree.deps[aux] not in ("aux", "auxpass") or tree.children(v, "nsubj", "nsubjpass"):
            continue
        for s in tree.children(aux, "nsubj", "nsubjpass"):
            tree.heads[s] = v
            tree.deps[s] = "nsubjpass" if tree.children(v, "auxpass") else "nsubj"
            changed = True
    return changed


def two_subjects(tree: Tree) -> bool:
    """ "Japan, South Korea condemn X" (a list), "France's partner Chad expelled" (a noun before its name): two subjects."""
    changed = False
    for v in range(len(tree)):
        if not tree.is_verb(v):
            continue
        subjects = [
            k
            for k in tree.kids[v]
            if k < v and (tree.deps[k] == "nsubj" or (tree.deps[k] == "npadvmod" and is_name(tree, k)))
        ]
        if len(subjects) < 2 or tree.deps[subjects[-1]] != "nsubj":
            continue
        for first, second in pairwise(subjects):
            start = min(tree.subtree(second))
            if tree.words[start - 1] == "," and start - 2 == first and is_name(tree, first) and is_name(tree, second):
                tree.heads[second], tree.deps[second] = first, "conj"
                tree.deps[first] = "nsubj"
                changed = True
            elif start - 1 in tree.children(first, "cc") and is_name(tree, first) and is_name(tree, second):
                tree.heads[second], tree.deps[second] = first, "conj"  # "Minister X and Minister Y signed"
                changed = True
            elif start - 1 == first and tree.tags[first] in ("NN", "NNS") and is_name(tree, second):
                tree.heads[first], tree.deps[first] = second, "compound"
                changed = True
    return changed


def following(tree: Tree) -> bool:
    """ "announced the step following talks with Chad": a preposition that looks like a participle of its noun."""
    changed = False
    for p in range(1, len(tree)):
        if tree.lower[p] != "following" or tree.deps[p] not in ("acl", "advcl") or tree.words[p - 1] == ",":
            continue
        objects = tree.children(p, "dobj", "pobj")
        verb = next((v for v in tree.ancestors(p) if tree.is_verb(v) and v < p), None)
        if len(objects) != 1 or verb is None or tree.children(p, "nsubj", "aux", "mark"):
            continue
        tree.tags[p], tree.deps[p], tree.heads[p], tree.lemmas[p] = "IN", "prep", verb, "following"
        tree.deps[objects[0]] = "pobj"
        changed = True
    return changed


def clause_on_subject(tree: Tree) -> bool:
    """ "Sudan, as the AU reported, shelled Chad": a clause beside the verb hung on its subject."""
    changed = False
    for c in range(len(tree)):
        subject = tree.heads[c]
        v = tree.heads[subject]
        if (
            tree.deps[c] == "advcl"
            and tree.deps[subject] in ("nsubj", "nsubjpass")
            and tree.is_verb(v)
            and subject < c < v
            and any(tree.lower[k] == "as" for k in tree.children(c, "mark"))
        ):
            tree.heads[c] = v
            changed = True
    return changed


def clause_on_date(tree: Tree) -> bool:
    """ "adopted a law on 20 May, which X rejects": the relative clause hung on the date instead of the object."""
    changed = False
    for v in range(3, len(tree)):
        date = tree.heads[v]
        p = tree.heads[date]
        verb = tree.heads[p]
        if (
            tree.deps[v] != "relcl"
            or tree.lower[date] not in CALENDAR
            or tree.deps[p] != "prep"
            or not tree.is_verb(verb)
        ):
            continue
        if tree.lower[min(tree.subtree(v))] != "which":
            continue
        for o in tree.children(verb, "dobj", "nsubjpass"):
            if o < p:
                tree.heads[v] = o
                changed = True
                break
    return changed


def people_of_states(tree: Tree) -> bool:
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


def missing_article(tree: Tree) -> bool:
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


def subject_as_object(tree: Tree) -> bool:
    """ "condemned the fire and Ukraine rebuilt the port": the second clause's subject joined to the first one's object."""
    changed = False
    for s in range(2, len(tree) - 1):
        v, host = s + 1, tree.heads[s]
        if (
            tree.deps[s] != "conj"
            or tree.deps[host] not in ("dobj", "pobj")
            or tree.tags[v] not in ("VBD", "VBP", "VBZ")
            or tree.deps[v] not in ("conj", "ccomp", "advcl")
            or not tree.tags[s].startswith("NNP")
            or tree.children(v, "nsubj", "nsubjpass", "expl")
        ):
            continue
        cc = next((k for k in tree.children(host, "cc") if k == min(tree.subtree(s)) - 1), None)
        if cc is not None and tree.heads[v] < s:
            tree.heads[s], tree.deps[s] = v, "nsubj"
            tree.heads[cc] = tree.heads[v]
            changed = True
    return changed


def subject_as_conjunct(tree: Tree) -> bool:
    """ "In talks with India, Pakistan agreed …": the subject made a conjunct of the name before the comma."""
    for s in range(2, len(tree) - 1):
        if tree.deps[s] != "conj" or tree.lower[s - 1] != "," or not tree.tags[s].startswith("NNP"):
            continue
        host = tree.heads[s]
        verb = next((v for v in tree.ancestors(s) if tree.is_verb(v)), None)
        if (
            verb is None
            or verb < s
            or tree.tags[verb] not in ("VBD", "VBP", "VBZ")
            or tree.children(verb, "nsubj", "nsubjpass", "expl")
            or any(tree.deps[k] == "cc" for k in tree.kids[host])
            or any(tree.lower[k] == "," for k in range(s + 1, verb))
        ):
            continue
        tree.heads[s], tree.deps[s] = verb, "nsubj"
        return True
    return False
