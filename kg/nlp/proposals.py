"""What the scoring model sees of a rule's proposal, beside what ``kg.nlp.features`` says of its pair of actors.

One model weighs the proposals of every relation, so that what they share (how the syntax was undone, how an end was reached,
how far it stands) is learnt from all of them, and only what sets a relation apart from its own few sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.coding import Candidate
from kg.nlp.features import Pair
from kg.nlp.read import SentenceReading

READ = 3  # of several words that propose the same, the first so many are looked at
# Of the pair's features those that matter to a proposal of whatever relation.
OF_PAIR = ("k:", "gap:", "steps:", "path:", "ends:", "rev:", "src:", "tgt:", "rivals:")
FLAGS = frozenset(
    {"same side", "own principal", "new source", "new target", "capital source", "capital target", "wish"}
)


def seen(sentence: SentenceReading, pair: Pair, relation: str, proposals: Sequence[Candidate]) -> list[str]:
    """Features of what rules propose for one relation of a pair, sorted; ``proposals`` are those of that relation."""
    f = {
        f"words:{min(len(proposals), READ)}",
        f"relations:{min(len({c.relation for c in pair.candidates}), 4)}",
        f"long:{min(len(sentence.tree) // 10, 6)}",
        f"proposals:{min(len(sentence.candidates) // 2, 6)}",
        *(x for x in pair.features if x.startswith(OF_PAIR) or x in FLAGS),
    }
    for c in proposals[:READ]:
        f |= _of(relation, c)
    return sorted(f)


def _of(r: str, c: Candidate) -> set[str]:
    to, _, noun = c.target.via.partition(":")
    by = c.source.via.partition(":")[0]
    a, b = c.source.actor, c.target.actor
    s, t = c.source.ment.kind, c.target.ment.kind
    return {
        f"relation:{r}",
        f"how:{c.how}",
        f"slot:{c.slot}",
        f"kind:{c.entry_kind}",
        f"how:{c.how}:{c.slot}",
        f"{r}:kind:{c.entry_kind}",
        f"{r}:slot:{c.slot}",
        f"{r}:how:{c.how}",
        f"{r}:word:{c.word}",
        f"{r}:{c.stance.modality}",
        f"modality:{c.stance.modality}",
        f"negated:{c.stance.negated}",
        f"described:{c.stance.described}",
        f"speakers:{min(len(c.stance.speakers), 2)}",
        *(f"mark:{m.partition(':')[0]}" for m in c.stance.marks),
        *(f"mark:{m}" for m in c.stance.marks),
        f"by:{by}",
        f"to:{to}",
        f"to noun:{noun}",
        f"{r}:to:{to}",
        f"by:{by}:{s}",
        f"to:{to}:{b.type}",
        f"source:{s}",
        f"target:{t}",
        f"source type:{a.type}",
        f"target type:{b.type}",
        f"{r}:target type:{b.type}",
        f"{r}:{a.type}>{b.type}",
        f"known:{a.linked}>{b.linked}",
        f"reach source:{min(abs(c.trigger - c.source.token) // 3, 5)}",
        f"reach target:{min(abs(c.trigger - c.target.token) // 3, 5)}",
    }
