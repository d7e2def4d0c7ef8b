"""Slots into candidate statements: who of a predicate's fillers is the source, who the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.nlp.climb import Climber
from kg.nlp.frames import Framer
from kg.nlp.lexicon import Entry, Lexicon, Phrased
from kg.nlp.mentions import side
from kg.nlp.phrases import Slots
from kg.nlp.stance import SAYING, Stance
from kg.nlp.tree import Tree
from kg.nlp.who import End, Who
from kg.nlp.words import vocabulary
from kg.ontology import relations

# Of these an event as object has an owner who is meant: "condemned the Turkish attack" accuses Turkey.
STANCE = frozenset({"ACCUSES", "SUPPORTS", "REJECTS", "OPPOSES", "CONCEDES_TO", "REQUESTS", "AGREES_WITH", "THREATENS"})
# These hit a state through a town of it.
PHYSICAL = frozenset({"ATTACKS", "MOBILIZES_AGAINST", "COERCES", "RETREATS_FROM", "AIDS"})
# What is done by saying so: "threatened sanctions", "promised help".
SPOKEN = frozenset({"THREATENS", "REQUESTS", "AGREES_WITH", "REJECTS", "ACCUSES"})
VOWED = frozenset({f"to:{verb}" for verb in vocabulary("constructions", "threat", "announcing")})
PLANNED = vocabulary("stance", "light", "planned")
SWORN = vocabulary("stance", "light", "sworn")
WEIGHED = vocabulary("stance", "light", "weighed")
REPELLING = vocabulary("constructions", "repelling", "verbs")
HOSTILE = frozenset({"ATTACKS", "MOBILIZES_AGAINST", "COERCES"})
SIGNING = vocabulary("constructions", "signing", "verbs")


@dataclass(slots=True)
class Candidate:
    """A statement proposed by a rule, not yet judged."""

    relation: str
    source: End
    target: End
    trigger: int
    stance: Stance
    rule: str
    word: str
    how: str
    slot: str
    entry_kind: str


class Filler:
    """Fills the roles of lexicon entries in one tree."""

    def __init__(self, tree: Tree, framer: Framer, who: Who, climber: Climber, lexicon: Lexicon) -> None:
        self.tree = tree
        self.framer = framer
        self.who = who
        self.climber = climber
        self.lexicon = lexicon

    def propose(
        self, trigger: int, e: Entry, slots: Slots, s: End, x: End, slot: str, carrier: int | None
    ) -> Candidate:
        """One candidate, with the stance of its trigger."""
        stance = self.climber.read(trigger, carrier)
        if e.relation == "THREATENS" and stance.modality == "intended" and any(m in VOWED for m in stance.marks):
            stance.modality = "actual"  # "swore to take revenge": the threat is made
        if e.relation not in SPOKEN and (e.kind == "nouns" or e.object):
            lemma = self.tree.lemmas[trigger if carrier is None else carrier]
            if lemma in PLANNED and not {e.word, e.object} & SWORN:
                stance.raise_to("intended", f"to:{lemma}")
            elif lemma in WEIGHED:
                stance.raise_to("possible", f"maybe:{lemma}")
        return Candidate(e.relation, s, x, trigger, stance, f"{e.name}/{slots.how}", e.name, slots.how, slot, e.kind)

    def cross(
        self,
        trigger: int,
        e: Entry,
        slots: Slots,
        sources: Iterable[End],
        targets: list[End],
        slot: str,
        carrier: int | None = None,
    ) -> Iterator[Candidate]:
        """Every source with every target that is somebody else."""
        for s in sources:
            for x in targets:
                if s.actor.id != x.actor.id:
                    yield self.propose(trigger, e, slots, s, x, slot, carrier)

    def fill(self, v: int, e: Entry, slots: Slots, sources: list[End], carrier: int | None) -> Iterator[Candidate]:
        """Every source with whoever fills the first target slot that has anybody; without any, the sources with each other."""
        if not sources:
            return
        if e.source_types:
            sources = [s for s in sources if str(s.actor.type) in e.source_types]
        stance_like = e.relation in STANCE
        found = False
        for slot in e.targets:
            tokens = slots.get(slot) or slots.get("obj." + slot)
            if not tokens or (e.object and slot == "obj"):
                continue
            if slot == "of" and not slots.get("of") and any(self._undergone(o) for o in slots.get("obj")):
                continue
            if slot == "obj" and e.needs and "obj" not in e.needs and len(e.targets) > 1:
                continue
            targets: list[End] = []
            for k in tokens:
                if e.relation in PHYSICAL:
                    targets += [x for x in self.who.where(k) if all(x.actor.id != y.actor.id for y in targets)]
                # "repulsed a Nigerian assault" fights Nigeria; "struck a Nigerian market" does not
                owned = stance_like or not self._is_event(k) or self.tree.lemmas[k] in e.attr or e.word in REPELLING
                owners = owned and e.relation != "CONSULTS"
                for x in self.who.of(k, owners=owners):
                    if slot not in ("obj", "iobj") and x.via.startswith("in:") and e.relation != "AIDS":
                        continue
                    if x.via.startswith("of:") and self._undergone(k):
                        continue  # "condemned the arrest of X" is not against X
                    if all(x.actor.id != y.actor.id for y in targets):
                        targets.append(x)
            own = {a.id for s in sources for a in (s.actor, s.actor.principal) if a is not None}
            if not targets and slot == "obj" and e.relation in PHYSICAL:
                targets = self.who.site(tokens, slots)
            itself = [x for x in targets if {x.actor.id, side(x.actor)} & own]
            own_things = [x for x in itself if _by_pronoun(x)]
            targets = [
                x for x in targets if x not in own_things and not (x in itself and x.via.startswith(("place", "in:")))
            ]
            if own_things and not targets and e.relation in HOSTILE:
                targets = self._told_by(v, own, own_things[0].via)
            if e.target_types:
                targets = [x for x in targets if str(x.actor.type) in e.target_types]
            if any(self._reciprocal(k) for k in tokens) and len(sources) > 1:
                yield from self.mutual(v, e, slots, sources, carrier, slot, both=True)
                found = True
            for s in sources:
                for x in targets:
                    if s.actor.id != x.actor.id and s.token != x.token:
                        found = True
                        yield self.propose(v, e, slots, s, x, slot, carrier)
            if found and not slot.startswith("obj."):
                break
        alone = e.kind != "verbs" or e.object or slots.passive or not slots.get("obj") or self._signs_together(e, slots)
        if not found and alone and e.mutual and len(sources) > 1:
            yield from self.mutual(v, e, slots, sources, carrier, "mutual", both=False)

    def _told_by(self, v: int, own: set[str], via: str) -> list[End]:
        """ "Iran said that Israel attacked its sites": nobody attacks his own, so they are those of who tells it."""
        t = self.tree
        below = v
        for h in t.ancestors(v):
            if t.deps[below] == "ccomp" and self.framer.stands_alone(below, h):
                break
            below = h
            if t.is_verb(h) and t.lemmas[h] in SAYING:
                told = [
                    x for x in self.who.all(self.framer.verb(h).get("subj")) if not {x.actor.id, side(x.actor)} & own
                ]
                if told:
                    return [End(x.actor, x.ment, x.token, via) for x in told]
        return []

    def _signs_together(self, e: Entry, slots: Slots) -> bool:
        """Whether what the sources sign is one thing: not "their own budgets"."""
        t = self.tree
        return e.word in SIGNING and not any(
            t.lower[k] == "own" for o in slots.get("obj") for k in t.children(o, "amod")
        )

    def mutual(
        self, v: int, e: Entry, slots: Slots, sources: list[End], carrier: int | None, slot: str, *, both: bool = False
    ) -> Iterator[Candidate]:
        """Every pair of the sources; in both orders where the relation has a direction."""
        symmetric = relations()[e.relation].symmetric
        for a, b in combinations(sources, 2):
            if a.actor.id == b.actor.id:
                continue
            yield self.propose(v, e, slots, a, b, slot, carrier)
            if not symmetric and (both or e.mutual):
                yield self.propose(v, e, slots, b, a, slot, carrier)

    def _reciprocal(self, k: int) -> bool:
        t = self.tree
        if (
            t.lower[k] in ("other", "others")
            and k > 0
            and t.lower[k - 1] == "the"
            and any(w in ("each", "both", "either") for w in t.lower[:k])
        ):
            return True
        return (t.lower[k] == "other" and k > 0 and t.lower[k - 1] == "each") or (
            "another" in (t.lower[k], *t.lower[k + 1 : k + 2]) and "one" in t.lower[max(0, k - 1) : k + 1]
        )

    def _undergone(self, k: int) -> bool:
        """Whether a noun's "of" names who suffers or gets what it says: "the arrest of X", not "the attack of X"."""
        return any("of" in e.targets for e in match(self.tree, self.lexicon.nouns, k))

    def _is_event(self, k: int) -> bool:
        return self.tree.lemmas[k] in self.lexicon.nouns and not self.who.at.get(k)


def _by_pronoun(x: End) -> bool:
    """ "its army": an owner reached through a pronoun, which is nearly always the subject itself."""
    return x.via.startswith("owner:") and x.ment.kind == "reference"


def match(t: Tree, part: Phrased, n: int) -> list[Entry]:
    """The entries of the longest phrase that ends (with "of": begins) at a noun."""
    found: list[tuple[int, Entry]] = []
    for phrase, e in (
        part.get(t.lemmas[n], ())
        if t.lemmas[n] == t.lower[n]
        else [*part.get(t.lemmas[n], ()), *part.get(t.lower[n], ())]
    ):
        size = len(phrase)
        if "of" in phrase:
            if tuple(t.lemmas[n : n + size]) == phrase or tuple(t.lower[n : n + size]) == phrase:
                found.append((size, e))
        elif size == 1 or (n - size + 1 >= 0 and tuple(t.lower[n - size + 1 : n]) == phrase[:-1]):
            found.append((size, e))
    if not found:
        return []
    longest = max(s for s, _ in found)
    return [e for s, e in found if s == longest]
