"""Known slips of the parser, mended in one place. Each has its case in ``tests/language/repairs.md``."""

from __future__ import annotations

from kg.nlp.repairs import names, subjects, verbs
from kg.nlp.repairs.attachment import reattach
from kg.nlp.tree import Tree

# In this order: a verb must be one before it can have a subject, and lists come apart before names are joined.
MENDS = (
    verbs.adverb_back,
    verbs.root_verb_as_noun,
    verbs.verb_as_adjective,
    verbs.verb_as_noun,
    verbs.closing_report,
    verbs.participle_with_agent,
    verbs.headline_infinitive,
    verbs.verb_after_apposition,
    verbs.past_with_object,
    subjects.people_of_states,
    verbs.infinitive,
    subjects.missing_article,
    verbs.verb_as_modifier,
    verbs.hosted_talks,
    verbs.coordinated_verb,
    subjects.subject_as_conjunct,
    subjects.subject_as_object,
    verbs.participle_adjective,
    subjects.subject_of_auxiliary,
    names.title_over_names,
    subjects.two_subjects,
    names.two_objects,
    names.names_joined,
    subjects.following,
    names.titled_pair,
    names.list_in_apposition,
    names.outer_conjunct,
    names.labelled,
    names.called,
    names.given,
    names.rival_before_name,
    subjects.charge_on_agent,
    subjects.officials_in,
    subjects.date_before_subject,
    names.second_object,
    names.name_adverbial,
    subjects.clause_on_subject,
    names.list_as_apposition,
    subjects.clause_on_date,
    names.name_as_preposition,
)


def repair(tree: Tree) -> Tree:
    """Mend the tree in place and return it."""
    for mend in MENDS:
        if mend(tree):
            tree.attach()
    reattach(tree)
    return tree
