"""Slots into candidate statements: who of a predicate's fillers is the source, who the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.model import ActorRef, ActorType
from kg.nlp.climb import Climber
from kg.nlp.deeds import Deeds, pointing
from kg.nlp.frames import Framer
from kg.nlp.lexicon import Entry, Lexicon, Phrased
from kg.nlp.mentions import side
from kg.nlp.phrases import EDGES, Slots
from kg.nlp.stance import SAYING, Stance
from kg.nlp.tree import Tree
from kg.nlp.who import End, Who
from kg.nlp.words import vocabulary
from kg.ontology import relations

# Of these an event as object has an owner who is meant: "condemned the Turkish attack" accuses Turkey.
STANCE = frozenset(
    {
        "ACCUSES",
        "AGREES_WITH",
        "CONCEDES_TO",
        "OPPOSES",
        "PROTESTS_AGAINST",
        "REJECTS",
        "REQUESTS",
        "SUPPORTS",
        "THREATENS",
    }
)
# By these one answers to what somebody did: "rejected the demand" rejects whose demand it was.
ANSWERS = frozenset({"ACCUSES", "AGREES_WITH", "OPPOSES", "PROTESTS_AGAINST", "REJECTS", "SUPPORTS"})
# These hit a state through a town of it.
PHYSICAL = frozenset({"ATTACKS", "MOBILIZES_AGAINST", "COERCES", "RETREATS_FROM", "AIDS"})
# What is done by saying so: "threatened sanctions", "promised help".
SPOKEN = frozenset({"THREATENS", "REQUESTS", "AGREES_WITH", "REJECTS", "ACCUSES"})
VOWED = frozenset({f"to:{verb}" for verb in vocabulary("constructions", "threat", "announcing")})
PLANNED = vocabulary("stance", "light", "planned")
SWORN = vocabulary("stance", "light", "sworn")
WEIGHED = vocabulary("stance", "light", "weighed")
REPELLING = vocabulary("constructions", "repelling", "verbs")
# "reneged on a deal with X", "mobilised for a war against X", "a ban on exports to X": whom the event behind the word is for.
COMMERCE = (frozenset({"AIDS", "COOPERATES_WITH", "trade"}), ("to", "with", "from"))
THROUGH = {
    "CONCEDES_TO": COMMERCE,
    "MOBILIZES_AGAINST": (frozenset({"ATTACKS"}), ("against", "on", "with")),
    "REJECTS": (frozenset({"AGREES_WITH", "ALLIED_WITH", "CONSULTS", "COOPERATES_WITH"}), ("with", "against", "on")),
    "SANCTIONS": COMMERCE,
}
HOSTILE = frozenset({"ATTACKS", "MOBILIZES_AGAINST", "COERCES"})
SIGNING = vocabulary("constructions", "signing", "verbs")
ACCUSING = vocabulary("stance", "accusing", "verbs")
VICTIMS = vocabulary("constructions", "site", "victims")
HURT = frozenset({ActorType.STATE, ActorType.ARMED_GROUP, ActorType.PEOPLE})
ENVOYS = vocabulary("constructions", "envoys", "nouns")
WITNESSES = vocabulary("constructions", "signing", "witnesses")
TRADED = vocabulary("constructions", "traded", "moved")
SITES = vocabulary("constructions", "site", "nouns")
BODIES = frozenset({ActorType.COMPANY, ActorType.GOVERNMENT, ActorType.IGO, ActorType.ORGANIZATION, ActorType.PARTY})


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

    def __init__(self, tree: Tree, framer: Framer, who: Who, climber: Climber, lexicon: Lexicon, deeds: Deeds) -> None:
        self.tree = tree
        self.framer = framer
        self.who = who
        self.climber = climber
        self.lexicon = lexicon
        self.deeds = deeds

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
            sources = [s for s in sources if _kind(s) in e.source_types or str(s.actor.type) in e.source_types]
        found = False
        for slot in e.targets:
            tokens = slots.get(slot) or slots.get("obj." + slot)
            if not tokens or (e.object and slot == "obj"):
                continue
            if slot == "of" and not slots.get("of") and any(self._undergone(o) for o in slots.get("obj")):
                continue
            if slot == "obj" and e.needs and "obj" not in e.needs and len(e.targets) > 1:
                continue
            targets = self._targets(v, e, slots, slot, sources)
            if any(self._reciprocal(k) for k in tokens) and len(sources) > 1:
                each = [s for s in sources if not e.target_types or str(s.actor.type) in e.target_types]
                yield from self.mutual(v, e, slots, each, carrier, slot, both=True)
                found = True
            for s in sources:
                for x in targets:
                    if s.actor.id != x.actor.id and s.token != x.token:
                        found = True
                        yield self.propose(v, e, slots, s, x, slot, carrier)
            if found and not slot.startswith("obj."):
                break
        alone = e.kind != "verbs" or e.object or slots.passive or not slots.get("obj") or self._signs_together(e, slots)
        # "withdrew from the islet": without a place that they leave, each leaves nobody
        alone = alone and ("from" not in e.targets or bool(slots.get("from") or slots.get("obj.from")))
        if not found and alone and e.mutual and len(sources) > 1:
            yield from self.mutual(v, e, slots, sources, carrier, "mutual", both=False)

    def _targets(self, v: int, e: Entry, slots: Slots, slot: str, sources: list[End]) -> list[End]:
        """Who fills a slot: who is named there, else whom the rest of the sentence or of the article tells."""
        tokens = slots.get(slot) or slots.get("obj." + slot)
        targets = self._named(e, slot, tokens)
        own = {a.id for s in sources for a in (s.actor, s.actor.principal) if a is not None}
        if not targets and slot == "obj" and e.relation in PHYSICAL:
            targets = self.who.site(tokens, slots)
        if not targets and slot == "obj" and e.relation == "ATTACKS":
            targets = self._accusing(v, tokens, own)
        if not targets and e.relation == "MOBILIZES_AGAINST" and slot != "obj":
            targets = self.who.across(tokens, {side(s.actor) for s in sources})
        itself = [x for x in targets if {x.actor.id, side(x.actor)} & own]
        own_things = [x for x in itself if _by_pronoun(x)]
        targets = [
            x
            for x in targets
            if x not in own_things and not (x in itself and x.via.startswith(("place", "in:", "relcl:")))
        ]
        if own_things and not targets and e.relation in HOSTILE:
            targets = self._told_by(v, own, own_things[0].via)
        if not targets and e.relation in ANSWERS:
            targets = [
                End(a, pointing(a, k, self.tree.lower[k]), k, "deed")
                for k in tokens
                for a in self.doers(v, k, own | {side(s.actor) for s in sources})
            ]
        if not targets and (slot != "obj" or e.relation == "REJECTS"):
            targets = [x for x in self.beyond(tokens, e.relation) if not {x.actor.id, side(x.actor)} & own]
        return [x for x in targets if not e.target_types or _kind(x) in e.target_types]

    def _named(self, e: Entry, slot: str, tokens: list[int]) -> list[End]:
        """Who is named by the tokens of a slot, or whose they are."""
        targets: list[End] = []
        for k in tokens:
            if e.relation == "AIDS" and self.tree.lemmas[k] in EDGES:
                continue  # soldiers that are sent to a border help nobody there
            if e.relation in PHYSICAL:
                targets += [x for x in self.who.where(k) if all(x.actor.id != y.actor.id for y in targets)]
            # "repulsed a Nigerian assault" fights Nigeria; "struck a Nigerian market" does not
            kinds = self._kinds(k)
            owned = e.relation in STANCE or not kinds or self.tree.lemmas[k] in e.attr or e.word in REPELLING
            met = e.relation != "CONSULTS" or self.tree.lemmas[k] in ENVOYS
            owners = (owned or kinds == {"AIDS"} == {e.relation}) and met
            for x in self.who.of(k, owners=owners):
                if slot not in ("obj", "iobj") and x.via.startswith("in:") and not self._held_in(x, k, e):
                    continue
                if x.via.startswith("of:") and self._undergone(k):
                    continue  # "condemned the arrest of X" is not against X
                if all(x.actor.id != y.actor.id for y in targets):
                    targets.append(x)
        return targets

    def doers(self, v: int, n: int, own: set[str]) -> list[ActorRef]:
        """Who did what is answered to: told before, or in the clause that the answer hangs on ("a law that X rejects")."""
        if (
            n < v
            and self.deeds.is_deed(self.tree, n)
            and any(v in self.tree.subtree(r) for r in self.tree.children(n, "relcl", "acl"))
        ):
            carrier, place = self.framer.carrier(n) or (None, "")
            if carrier == v or carrier is None:
                carrier = next((h for h in self.tree.ancestors(n) if self.tree.is_verb(h)), None)
            if carrier is None or place not in ("", "dobj", "pobj"):
                return []
            clause = self.who.all(self.framer.subject(carrier)[0], owners=False)
            return [x.actor for x in clause if side(x.actor) not in own][:1]
        return self.deeds.doers(self.tree, n, own, self._acting(n))

    def _acting(self, n: int) -> Iterator[ActorRef]:
        """The subjects of the clauses before a token, nearest first, but for those that only say what another did."""
        t = self.tree
        for v in range(n - 1, -1, -1):
            if t.is_verb(v) and t.lemmas[v] not in SAYING and t.children(v, "nsubj"):
                yield from (x.actor for x in self.who.all(t.children(v, "nsubj"), owners=False))

    def _held_in(self, x: End, k: int, e: Entry) -> bool:
        """Whether what stands "in" somewhere is of whoever is there: aid to Yemen, corruption in a ministry, sites in Syria."""
        if e.relation == "AIDS" or x.actor.type in BODIES:
            return True
        return e.relation in HOSTILE and self.tree.lemmas[k] in SITES

    def beyond(self, tokens: list[int], relation: str) -> list[End]:
        """Whom the events behind a predicate are with, against or to, where that is whom it is for."""
        through, preps = THROUGH.get(relation, (frozenset(), ()))
        nouns = [self.framer.noun(k) for k in tokens if (self._kinds(k) | self._trade(k)) & through]
        return self.who.all(x for noun in nouns for p in preps for x in noun.get(p))

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

    def _accusing(self, v: int, tokens: list[int], own: set[str]) -> list[End]:
        """ "X accused Y of shelling a village": X's, where nobody else's is named."""
        if any(self.tree.lemmas[k] in SITES | VICTIMS for k in tokens):
            return self.accuser(v, own)
        return []

    def accuser(self, v: int, own: set[str]) -> list[End]:
        """ "X accused Y of doing it": X, where a gerund says what of, and X is a side that it may be done to."""
        t = self.tree
        p = t.heads[t.first_conjunct(v)]
        h = t.heads[p]
        if t.deps[p] != "prep" or t.lemmas[h] not in ACCUSING or self.framer.passive(h):
            return []
        tellers = self.who.all(self.framer.verb(h).get("subj"), owners=False)
        return [
            End(x.actor, x.ment, x.token, "told by")
            for x in tellers
            if not {x.actor.id, side(x.actor)} & own and (x.actor.principal or x.actor).type in HURT
        ][:1]

    def _signs_together(self, e: Entry, slots: Slots) -> bool:
        """Whether what the sources sign is one thing, theirs: not "their own budgets", nor signed "as witnesses"."""
        t = self.tree
        return (
            e.word in SIGNING
            and not any(t.lower[k] == "own" for o in slots.get("obj") for k in t.children(o, "amod"))
            and not any(t.lemmas[k] in WITNESSES for k in slots.get("as"))
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
        """Whether an object is "each other", or theirs: "expelled each other's diplomats"."""
        t = self.tree
        if any(self._reciprocal(p) for p in t.children(k, "poss")):
            return True
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

    def suffers(self, x: End, heads: Iterable[int]) -> bool:
        """Whether somebody was reached as who undergoes an event: "the arrest of X was shameful" is not against X."""
        return x.via.startswith("of:") and any(self._undergone(k) for k in heads)

    def _undergone(self, k: int) -> bool:
        """Whether a noun's "of" names who suffers or gets what it says: "the arrest of X", not "the attack of X"."""
        return any("of" in e.targets for e in match(self.tree, self.lexicon.nouns, k))

    def _trade(self, k: int) -> set[str]:
        return {"trade"} if self.tree.lemmas[k] in TRADED else set()

    def _kinds(self, k: int) -> set[str]:
        """The relations of an event noun that is nobody's name; none of another word."""
        if self.who.at.get(k) or self.tree.lemmas[k] not in self.lexicon.nouns:
            return set()
        return {e.relation for e in match(self.tree, self.lexicon.nouns, k)} or {""}


def _kind(x: End) -> str:
    """The type that an entry asks for: "60,000 Afghans" are people, whatever state they stand for."""
    return "People" if x.ment.via == "nationals" else str(x.actor.type)


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
