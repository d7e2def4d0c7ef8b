"""Verbs that were taken for something else: nouns, adjectives, participles, and what is reported."""

from __future__ import annotations

from kg.nlp.lexicon import lexicon
from kg.nlp.repairs.words import is_name
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

REPORTING = vocabulary("syntax", "reporting")
DITRANSITIVE = vocabulary("syntax", "ditransitive")
MISTAGGED = vocabulary("syntax", "mistagged")


def headline_infinitive(tree: Tree) -> bool:
    """ "Macron to meet Xi": a headline's future, which the parser hangs on the name as its relative clause."""
    for v in range(2, len(tree)):
        name = tree.heads[v]
        if tree.tags[v] != "VB" or tree.deps[v] not in ("relcl", "acl") or not tree.tags[name].startswith("NN"):
            continue
        to = tree.children(v, "aux")
        if not to or tree.lower[to[0]] != "to" or to[0] != name + 1:
            continue
        start = min(tree.subtree(name))
        if name == tree.root:
            _promote(tree, v, name)
            return True
        if tree.tags[name].startswith("NNP") and start > 0 and tree.words[start - 1] in (":", ";"):
            tree.heads[v], tree.deps[v] = tree.heads[name], "conj"
            tree.heads[name], tree.deps[name] = v, "nsubj"
            return True
    return False


def verb_after_apposition(tree: Tree) -> bool:
    """ "Iran, an ally of Armenia, condemned Azerbaijan": the sentence's only verb taken for a participle."""
    name = tree.root
    hosts = [name, *tree.children(name, "appos")]
    if tree.is_verb(name) or not any(tree.tags[k].startswith("NNP") for k in hosts):
        return False
    for v in (v for k in hosts for v in tree.children(k, "acl")):
        if (
            tree.tags[v] in ("VBN", "VBD")
            and tree.words[v - 1] == ","
            and not tree.children(v, "agent", "aux", "auxpass")
        ):
            _promote(tree, v, name)
            tree.tags[v] = "VBD"
            return True
    return False


def past_with_object(tree: Tree) -> bool:
    """ "Trump called him a liar": a past tense with an object is no participle of the name before it."""
    name = tree.root
    if not tree.is_noun(name):
        return False
    for v in tree.children(name, "acl"):
        if (
            (tree.tags[v] == "VBD" or (tree.tags[v] == "VBN" and tree.lemmas[v] not in DITRANSITIVE))
            and tree.children(v, "dobj", "ccomp")
            and not tree.children(v, "aux", "agent")
            and ":" not in tree.words[name:v]
        ):
            _promote(tree, v, name)
            tree.tags[v] = "VBD"
            return True
    return False


def verb_as_adjective(tree: Tree) -> bool:
    """ "Qatar, whose …, hosted Hamas": the past tense tagged an adjective, though it has subject and object."""
    changed = False
    for v in range(len(tree)):
        if tree.tags[v] == "JJ" and tree.children(v, "dobj") and (lemma := _past_of(tree.lower[v])) is not None:
            tree.tags[v], tree.lemmas[v] = "VBN" if tree.children(v, "aux") else "VBD", lemma
            changed = True
    return changed


def verb_as_noun(tree: Tree) -> bool:
    """ "whom the court charges with murder", "whom Rwanda arms": the verb of a relative clause tagged a noun."""
    changed = False
    for v in range(2, len(tree)):
        if tree.deps[v] != "relcl" or tree.tags[v] not in ("NN", "NNS"):
            continue
        lemma = tree.lower[v].removesuffix("s")
        if (
            not any(tree.tags[k] in ("WP", "WDT") for k in tree.children(v, "dobj", "nsubj"))
            or lemma not in lexicon().verbs
        ):
            continue
        tree.tags[v], tree.lemmas[v] = "VBZ" if tree.lower[v] != lemma else "VBP", lemma
        if not tree.children(v, "nsubj"):
            for k in tree.children(v, "compound"):
                if k == v - 1:
                    tree.deps[k] = "nsubj"
        changed = True
    return changed


def closing_report(tree: Tree) -> bool:
    """ "…, the minister, Ismail Cem, announced on Tuesday": who reports hung on the sentence that is reported."""
    root = tree.root
    for v in range(len(tree) - 1, 1, -1):
        if (
            tree.lemmas[v] not in REPORTING
            or tree.tags[v] not in ("VBD", "VBN", "VBP", "VBZ")
            or tree.deps[v] not in ("acl", "conj", "advcl", "dep")
            or tree.children(v, "nsubj", "nsubjpass", "aux", "auxpass", "agent", "dobj", "ccomp", "xcomp", "mark")
            or root > v
            or not tree.is_verb(root)
        ):
            continue
        name = v - 2 if tree.words[v - 1] == "," else v - 1
        if tree.deps[v] == "acl":
            name = tree.heads[v]
        while tree.deps[name] in ("compound", "amod", "nmod", "det", "poss") and tree.heads[name] > name:
            name = tree.heads[name]
        start = min(k for k in tree.subtree(name) if k > root) if name > root else 0
        if not tree.tags[name].startswith("NN") or start < 2 or tree.words[start - 1] != "," or name >= v:
            continue
        if any(tree.deps[k] == "cc" for k in range(start, v)) or tree.children(tree.heads[v], "cc"):
            continue
        tree.heads[name], tree.deps[name] = v, "nsubj"
        tree.heads[v], tree.deps[v], tree.tags[v] = v, "ROOT", "VBD" if tree.tags[v] == "VBN" else tree.tags[v]
        tree.heads[root], tree.deps[root] = v, "ccomp"
        return True
    return False


def root_verb_as_noun(tree: Tree) -> bool:
    """ "The rebels, who …, allege that X did": the sentence's verb tagged a noun, though a subject and a clause hang on it."""
    v = tree.root
    if tree.tags[v] in ("NN", "NNS", "JJ") and tree.children(v, "nsubj") and tree.children(v, "ccomp"):
        lemma = tree.lower[v].removesuffix("s")
        if lemma in REPORTING and not tree.children(v, "cop", "det"):
            tree.tags[v], tree.lemmas[v] = "VBP" if lemma == tree.lower[v] else "VBZ", lemma
    return False  # no head moved


def participle_with_agent(tree: Tree) -> bool:
    """ "formed a week ago by deputies": a participle tagged a past tense."""
    for v in range(len(tree)):
        if tree.tags[v] == "VBD" and tree.deps[v] == "acl" and tree.children(v, "agent"):
            tree.tags[v] = "VBN"
    return False  # no head moved


def _promote(tree: Tree, v: int, subject: int) -> None:
    """Make a verb below the root the root, and the root its subject."""
    tree.heads[v], tree.deps[v] = v, "ROOT"
    for k in tree.children(subject, "punct", "advmod", "prep"):
        if k > v or tree.deps[k] == "punct":
            tree.heads[k] = v
    tree.heads[subject], tree.deps[subject] = v, "nsubj"


def participle_adjective(tree: Tree) -> bool:
    """ "to have armed al-Shabaab": the participle made an adjective of the name behind it."""
    changed = False
    for k in range(1, len(tree)):
        have, name = k - 1, tree.heads[k]
        if (
            tree.deps[k] == "amod"
            and tree.tags[k] in ("JJ", "VBN")
            and tree.lower[have] in ("have", "has", "had")
            and tree.is_verb(have)
            and tree.heads[name] == have
            and tree.deps[name] == "dobj"
            and tree.tags[name].startswith("NNP")
            and not tree.children(name, "det")
            and (lemma := _past_of(tree.lower[k])) is not None
        ):
            tree.lemmas[k] = lemma
            tree.tags[k], tree.deps[k] = "VBN", tree.deps[have]
            tree.heads[k] = k if tree.heads[have] == have else tree.heads[have]
            for other in tree.kids[have]:
                if other != k:
                    tree.heads[other] = k
            tree.heads[have], tree.deps[have] = k, "aux"
            changed = True
    return changed


def _past_of(word: str) -> str | None:
    """The verb of the lexicon of which a word has the regular past form: "armed" → "arm", "invaded" → "invade"."""
    stems = (word[:-2], word[:-1]) if word.endswith("ed") else ()
    return next((w for w in stems if w in lexicon().verbs), None)


def infinitive(tree: Tree) -> bool:
    """ "threatened on Thursday to march": *to march* made a prepositional phrase."""
    changed = False
    for v in range(len(tree)):
        p = tree.heads[v]
        if tree.tags[v] == "VB" and tree.deps[v] == "pobj" and tree.lower[p] == "to" and tree.deps[p] == "prep":
            tree.heads[v], tree.deps[v] = tree.heads[p], "xcomp"
            tree.heads[p], tree.deps[p] = v, "aux"
            changed = True
    return changed


def adverb_back(tree: Tree) -> bool:
    """ "Russia and Iran back Assad": *back* tagged an adverb, and the sentence left without a verb."""
    if any(t.startswith("VB") for t in tree.tags):
        return False
    for i, w in enumerate(tree.lower):
        if (
            w in MISTAGGED
            and 0 < i < len(tree) - 1
            and tree.tags[i - 1].startswith("NN")
            and tree.tags[i + 1].startswith(("NN", "JJ", "DT", "PRP", "CD"))
        ):
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
            for k in tree.kids[i]:
                if k < subject and tree.deps[k] in ("poss", "compound", "nmod", "amod", "det"):
                    tree.heads[k] = subject
            tree.heads[subject], tree.deps[subject] = i, "nsubj"
            tree.heads[last], tree.deps[last] = i, "dobj"
            return True
    return False


def verb_as_modifier(tree: Tree) -> bool:
    """ "ECOWAS lifted sanctions on Mali": the verb made a modifier of its object, and the name the root."""
    for v in range(1, len(tree)):
        noun = tree.heads[v]
        name = tree.heads[noun]
        if (
            tree.tags[v] == "VBD"
            and tree.deps[v] == "amod"
            and tree.deps[noun] in ("dobj", "appos", "dep")
            and tree.deps[name] == "ROOT"
            and tree.tags[name].startswith("NN")
            and tree.words[name][:1].isupper()
            and name == v - 1
        ):
            for k in range(len(tree)):
                if tree.heads[k] == name and k > v:
                    tree.heads[k] = v
            tree.heads[v], tree.deps[v] = v, "ROOT"
            tree.heads[name], tree.deps[name] = v, "nsubj"
            tree.heads[noun], tree.deps[noun] = v, "dobj"
            return True
    return False


def hosted_talks(tree: Tree) -> bool:
    """ "New Zealand hosted talks between X and Y": the verb, with a subject of its own, made a participle before its object."""
    noun = tree.root
    for v in tree.children(noun, "amod") if tree.lemmas[noun] in lexicon().nouns else ():
        if (
            tree.tags[v] in ("VBD", "VBN")
            and any(is_name(tree, k) and k < v for k in tree.children(v, "nsubj"))
            and not any(tree.tags[k] in ("VBD", "VBP", "VBZ", "MD") for k in range(len(tree)) if k != v)
        ):
            tree.tags[v], tree.heads[v], tree.deps[v] = "VBD", v, "ROOT"
            tree.heads[noun], tree.deps[noun] = v, "dobj"
            return True
    return False


def coordinated_verb(tree: Tree) -> bool:
    """ "Algeria arms and finances the Polisario", "trains and arms the M23": one of two verbs tagged a noun."""
    changed = False
    for v in range(1, len(tree) - 1):
        other = tree.heads[v]
        if tree.tags[v] != "NNS" or tree.lower[v] not in MISTAGGED:
            continue
        if tree.deps[v] == "conj" and tree.tags[other] == "VBZ":
            for k in tree.children(v, "appos"):
                tree.deps[k] = "dobj"
        elif tree.deps[v] == "ROOT" and any(tree.tags[k] == "VBZ" for k in tree.children(v, "conj")):
            names = [k for k in tree.children(v, "compound") if is_name(tree, k) and k == v - 1]
            if not names:
                continue
            tree.deps[names[0]] = "nsubj"
        else:
            continue
        tree.tags[v], tree.lemmas[v] = "VBZ", tree.lower[v].removesuffix("s")
        changed = True
    return changed
