"""Known slips of the parser, mended in one place. Each has its case in ``tests/language/repairs.md``."""

from __future__ import annotations

from itertools import pairwise

from kg.nlp.lexicon import lexicon
from kg.nlp.tree import Tree
from kg.nlp.words import read, vocabulary

REPORTING = vocabulary("syntax", "reporting")
ACCUSING = vocabulary("stance", "accusing", "verbs")
DITRANSITIVE = vocabulary("syntax", "ditransitive")
LABELLING = vocabulary("syntax", "labelling")
DITRANSITIVE = vocabulary("syntax", "ditransitive")
GIVEN = vocabulary("syntax", "given")
OFFICIALS = vocabulary("syntax", "officials")
MISTAGGED = vocabulary("syntax", "mistagged")
CALENDAR = frozenset(word.lower() for words in [*read("when")["months"], read("when")["weekdays"]] for word in words)
COLLECTIVE = vocabulary("syntax", "collective")
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
        _past_with_object,
        _people_of_states,
        _infinitive,
        _missing_article,
        _verb_as_modifier,
        _hosted_talks,
        _coordinated_verb,
        _subject_as_conjunct,
        _subject_as_object,
        _participle_adjective,
        _subject_of_auxiliary,
        _title_over_names,
        _two_subjects,
        _two_objects,
        _names_joined,
        _following,
        _titled_pair,
        _list_in_apposition,
        _outer_conjunct,
        _labelled,
        _called,
        _given,
        _rival_before_name,
        _charge_on_agent,
        _officials_in,
        _date_before_subject,
        _second_object,
        _name_adverbial,
        _clause_on_subject,
        _list_as_apposition,
        _clause_on_date,
        _name_as_preposition,
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


def _past_with_object(tree: Tree) -> bool:
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
        elif not labels and tree.children(v, "prt") and len(called := tree.children(v, "oprd")) == 1:
            tree.deps[called[0]] = "dobj"  # "called out Orban"
            changed = True
    return changed


def _called(tree: Tree) -> bool:
    """ "called Merkel on Friday to thank her": whom one calls, made a label of nobody."""
    changed = False
    for v in range(len(tree)):
        if tree.lemmas[v] != "call" or not tree.is_verb(v) or tree.children(v, "dobj", "dative", "nsubjpass"):
            continue
        for k in tree.children(v, "oprd"):
            if k > v and (_name(tree, k) or tree.children(k, "poss", "appos")):
                tree.deps[k] = "dobj"
                changed = True
    return changed


def _given(tree: Tree) -> bool:
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


def _rival_before_name(tree: Tree) -> bool:
    """ "Merkel's rival Schulz": the noun before a name tagged an adjective."""
    for k in range(1, len(tree) - 1):
        name = tree.heads[k]
        if (
            tree.lower[k] == "rival"
            and tree.tags[k] == "JJ"
            and tree.deps[k] == "amod"
            and _name(tree, name)
            and all(tree.tags[x].startswith("NNP") for x in range(k + 1, name + 1))
        ):
            tree.tags[k], tree.deps[k] = "NN", "compound"
    return False  # no head moved


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


def _officials_in(tree: Tree) -> bool:
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


def _date_before_subject(tree: Tree) -> bool:
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


def _second_object(tree: Tree) -> bool:
    """ "On 5 August 1995 Minister X and Minister Y signed …": a subject made a second object of the date's preposition."""
    changed = False
    for p in range(len(tree) - 3):
        objects, v = tree.children(p, "pobj"), tree.heads[p]
        if tree.deps[p] != "prep" or len(objects) != 2 or not tree.is_verb(v) or v < objects[1]:
            continue
        date, name = objects
        dated = tree.tags[date] == "CD" or any(tree.lower[k] in CALENDAR for k in (date, *tree.kids[date]))
        if not dated or not _name(tree, name):
            continue
        subjects = tree.children(v, "nsubj", "nsubjpass")
        if subjects and min(tree.subtree(subjects[0])) - 1 not in tree.children(name, "cc"):
            continue
        tree.heads[name], tree.deps[name] = v, "nsubjpass" if tree.children(v, "auxpass") else "nsubj"
        for s in subjects:
            tree.heads[s], tree.deps[s] = name, "conj"
        changed = True
    return changed


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
            elif start - 1 in tree.children(first, "cc") and _name(tree, first) and _name(tree, second):
                tree.heads[second], tree.deps[second] = first, "conj"  # "Minister X and Minister Y signed"
                changed = True
            elif start - 1 == first and tree.tags[first] in ("NN", "NNS") and _name(tree, second):
                tree.heads[first], tree.deps[first] = second, "compound"
                changed = True
    return changed


def _title_over_names(tree: Tree) -> bool:
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


def _two_objects(tree: Tree) -> bool:
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


def _names_joined(tree: Tree) -> bool:
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


def _following(tree: Tree) -> bool:
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


def _list_as_apposition(tree: Tree) -> bool:
    """ "Egypt, Jordan, Oman and Qatar left": the second of a list of names made an apposition of the first."""
    changed = False
    for k in range(2, len(tree)):
        host = tree.heads[k]
        if tree.deps[k] != "appos" or not (_name(tree, k) and _name(tree, host)) or host > k:
            continue
        rest = tree.conjuncts(k)
        start = min(tree.subtree(k))
        end = max(tree.subtree(k)) + 1
        if (
            start - 2 == host
            and tree.words[start - 1] == ","
            and len(rest) > 1
            and any(tree.children(c, "cc") for c in rest)
            and all(_name(tree, c) for c in rest)
            and (end >= len(tree) or tree.words[end] != ",")
        ):
            tree.deps[k] = "conj"
            changed = True
    return changed


def _clause_on_date(tree: Tree) -> bool:
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


def _name_as_preposition(tree: Tree) -> bool:
    """ "was meeting Barack Obama": the first name made a preposition of the second."""
    changed = False
    for k in range(1, len(tree) - 1):
        if tree.deps[k] == "prep" and _name(tree, k) and tree.is_verb(tree.heads[k]):
            objects = tree.children(k, "pobj")
            if objects == [k + 1] and _name(tree, k + 1):
                tree.heads[k + 1], tree.deps[k + 1] = tree.heads[k], "dobj"
                tree.heads[k], tree.deps[k] = k + 1, "compound"
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


def _titled_pair(tree: Tree) -> bool:
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


def _list_in_apposition(tree: Tree) -> bool:
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


def _outer_conjunct(tree: Tree) -> bool:
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


def _hosted_talks(tree: Tree) -> bool:
    """ "New Zealand hosted talks between X and Y": the verb, with a subject of its own, made a participle before its object."""
    noun = tree.root
    for v in tree.children(noun, "amod") if tree.lemmas[noun] in lexicon().nouns else ():
        if (
            tree.tags[v] in ("VBD", "VBN")
            and any(_name(tree, k) and k < v for k in tree.children(v, "nsubj"))
            and not any(tree.tags[k] in ("VBD", "VBP", "VBZ", "MD") for k in range(len(tree)) if k != v)
        ):
            tree.tags[v], tree.heads[v], tree.deps[v] = "VBD", v, "ROOT"
            tree.heads[noun], tree.deps[noun] = v, "dobj"
            return True
    return False


def _coordinated_verb(tree: Tree) -> bool:
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
            names = [k for k in tree.children(v, "compound") if _name(tree, k) and k == v - 1]
            if not names:
                continue
            tree.deps[names[0]] = "nsubj"
        else:
            continue
        tree.tags[v], tree.lemmas[v] = "VBZ", tree.lower[v].removesuffix("s")
        changed = True
    return changed


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
