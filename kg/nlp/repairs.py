"""Known slips of the parser, mended in one place. Each has its case in ``tests/language/repairs.md``."""

from __future__ import annotations

from itertools import pairwise

from kg.nlp.lexicon import lexicon
from kg.nlp.tree import Tree
from kg.nlp.words import read, vocabulary

REPORTING = vocabulary("syntax", "reporting")
ACCUSING = vocabulary("stance", "accusing", "verbs")
LABELLING = vocabulary("syntax", "labelling")
MISTAGGED = vocabulary("syntax", "mistagged")
CALENDAR = frozenset(word.lower() for words in [*read("when")["months"], read("when")["weekdays"]] for word in words)
PREDICATE_NOUNS = frozenset({"branch", "wing", "arm", "part", "ally", "member", "offshoot", "enemy", "partner"})


def repair(tree: Tree) -> Tree:
    """Mend the tree in place and return it."""
    for mend in (
        _adverb_back,
        _root_verb_as_noun,
        _verb_as_adjective,
        _verb_as_noun,
        _closing_report,
        _participle_with_agent,
        _headline_infinitive,
        _verb_after_apposition,
        _people_of_states,
        _infinitive,
        _missing_article,
        _verb_as_modifier,
        _subject_as_conjunct,
        _subject_as_object,
        _participle_adjective,
        _subject_of_auxiliary,
        _two_subjects,
        _labelled,
        _charge_on_agent,
        _date_before_subject,
        _name_adverbial,
        _clause_on_subject,
    ):
        if mend(tree):
            tree.attach()
    return tree


def _headline_infinitive(tree: Tree) -> bool:
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


def _verb_after_apposition(tree: Tree) -> bool:
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


def _verb_as_adjective(tree: Tree) -> bool:
    """ "Qatar, whose …, hosted Hamas": the past tense tagged an adjective, though it has subject and object."""
    changed = False
    for v in range(len(tree)):
        if tree.tags[v] == "JJ" and tree.children(v, "dobj") and (lemma := _past_of(tree.lower[v])) is not None:
            tree.tags[v], tree.lemmas[v] = "VBN" if tree.children(v, "aux") else "VBD", lemma
            changed = True
    return changed


def _verb_as_noun(tree: Tree) -> bool:
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


def _closing_report(tree: Tree) -> bool:
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


def _root_verb_as_noun(tree: Tree) -> bool:
    """ "The rebels, who …, allege that X did": the sentence's verb tagged a noun, though a subject and a clause hang on it."""
    v = tree.root
    if tree.tags[v] in ("NN", "NNS", "JJ") and tree.children(v, "nsubj") and tree.children(v, "ccomp"):
        lemma = tree.lower[v].removesuffix("s")
        if lemma in REPORTING and not tree.children(v, "cop", "det"):
            tree.tags[v], tree.lemmas[v] = "VBP" if lemma == tree.lower[v] else "VBZ", lemma
    return False  # no head moved


def _participle_with_agent(tree: Tree) -> bool:
    """ "formed a week ago by deputies": a participle tagged a past tense."""
    for v in range(len(tree)):
        if tree.tags[v] == "VBD" and tree.deps[v] == "acl" and tree.children(v, "agent"):
            tree.tags[v] = "VBN"
    return False  # no head moved


def _labelled(tree: Tree) -> bool:
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
    return changed


def _charge_on_agent(tree: Tree) -> bool:
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


def _date_before_subject(tree: Tree) -> bool:
    """ "On 12 April snipers of the navy killed …": the date made a modifier of the subject, and that the preposition's object."""
    for p in range(len(tree) - 3):
        v = tree.heads[p]
        if tree.deps[p] != "prep" or tree.lower[p] not in ("on", "in", "by", "since") or p > v:
            continue
        if not tree.is_verb(v) or tree.children(v, "nsubj", "nsubjpass", "expl"):
            continue
        for subject in tree.children(p, "pobj"):
            months = [k for k in tree.kids[subject] if p < k <= p + 2 and tree.lower[k] in CALENDAR]
            if not months or tree.lower[subject] in CALENDAR or subject > v:
                continue
            month = months[0]
            for k in tree.kids[subject]:
                if p < k < month and tree.tags[k] == "CD":
                    tree.heads[k] = month
            tree.heads[month], tree.deps[month] = p, "pobj"
            tree.heads[subject], tree.deps[subject] = v, "nsubjpass" if tree.children(v, "auxpass") else "nsubj"
            return True
    return False


def _promote(tree: Tree, v: int, subject: int) -> None:
    """Make a verb below the root the root, and the root its subject."""
    tree.heads[v], tree.deps[v] = v, "ROOT"
    for k in tree.children(subject, "punct", "advmod", "prep"):
        if k > v or tree.deps[k] == "punct":
            tree.heads[k] = v
    tree.heads[subject], tree.deps[subject] = v, "nsubj"


def _participle_adjective(tree: Tree) -> bool:
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


def _subject_of_auxiliary(tree: Tree) -> bool:
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


def _two_subjects(tree: Tree) -> bool:
    """ "Japan, South Korea condemn X" (a list), "France's partner Chad expelled" (a noun before its name): two subjects."""
    changed = False
    for v in range(len(tree)):
        if not tree.is_verb(v):
            continue
        subjects = [
            k
            for k in tree.kids[v]
            if k < v and (tree.deps[k] == "nsubj" or (tree.deps[k] == "npadvmod" and _name(tree, k)))
        ]
        if len(subjects) < 2 or tree.deps[subjects[-1]] != "nsubj":
            continue
        for first, second in pairwise(subjects):
            start = min(tree.subtree(second))
            if tree.words[start - 1] == "," and start - 2 == first and _name(tree, first) and _name(tree, second):
                tree.heads[second], tree.deps[second] = first, "conj"
                tree.deps[first] = "nsubj"
                changed = True
            elif start - 1 == first and tree.tags[first] in ("NN", "NNS") and _name(tree, second):
                tree.heads[first], tree.deps[first] = second, "compound"
                changed = True
    return changed


def _name(tree: Tree, k: int) -> bool:
    return tree.tags[k].startswith("NNP") and tree.lower[k] not in CALENDAR


def _name_adverbial(tree: Tree) -> bool:
    """ "bombing South Sudan": the name behind a verb without an object made an adverb of it."""
    changed = False
    for k in range(1, len(tree)):
        v = tree.heads[k]
        if (
            tree.deps[k] == "npadvmod"
            and _name(tree, k)
            and tree.is_verb(v)
            and min(tree.subtree(k)) == v + 1
            and not tree.children(v, "dobj", "attr", "oprd", "ccomp", "agent", "nsubjpass")
        ):
            tree.deps[k] = "dobj"
            changed = True
    return changed


def _clause_on_subject(tree: Tree) -> bool:
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


def _subject_as_object(tree: Tree) -> bool:
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


def _verb_as_modifier(tree: Tree) -> bool:
    """ "ECOWAS lifted sanctions on Mali": the verb made a modifier of its object, and the name the root."""
    for v in range(1, len(tree)):
        noun = tree.heads[v]
        name = tree.heads[noun]
        if (
            tree.tags[v] == "VBD"
            and tree.deps[v] == "amod"
            and tree.deps[noun] in ("dobj", "appos", "dep")
            and tree.deps[name] == "ROOT"
            and tree.tags[name].startswith("NNP")
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


def _subject_as_conjunct(tree: Tree) -> bool:
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
