"""Frames into candidate statements: the lexicon gives the relation, the mentions who fills the roles.

Every candidate carries what proposed it (``rule``) and the features by which ``kg.nlp.score`` judges it. Nothing is decided
here beyond what is certain: both ends must be actors, and two different ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ActorRef, ActorType
from kg.nlp.blaming import Blaming
from kg.nlp.climb import Climber
from kg.nlp.constructions import Constructions
from kg.nlp.deeds import Deeds
from kg.nlp.event_nouns import EventNouns
from kg.nlp.filling import Candidate, Filler, match
from kg.nlp.frames import Framer
from kg.nlp.governors import infinitive
from kg.nlp.joint import Joint
from kg.nlp.lexicon import Entry, Lexicon
from kg.nlp.mentions import Ment
from kg.nlp.predicates import Predicates
from kg.nlp.tree import Tree
from kg.nlp.who import End, Who
from kg.nlp.words import vocabulary
from kg.ontology import relations

__all__ = ["Candidate", "Coder", "End"]

PREPOSITIONS = frozenset({"with", "to", "on", "at", "against", "for", "from", "of", "in", "into", "by", "over", "as"})
HITTING = vocabulary("constructions", "verbal", "verbs")
SPOKEN_OF = vocabulary("constructions", "verbal", "nouns")
POLITICIANS = frozenset({ActorType.MEDIA, ActorType.PARTY, ActorType.PERSON})
TEAMS = frozenset({ActorType.STATE, ActorType.GOVERNMENT})  # England has a team, and is no state
SPORT = vocabulary("constructions", "sport", "words")
PLAYING = vocabulary("constructions", "sport", "verbs")
TRAVELLING = vocabulary("constructions", "travel", "verbs")
WORDED = vocabulary("constructions", "worded", "nouns")
NAMING = vocabulary("constructions", "worded", "verbs")
MONEY = vocabulary("classes", "money")
IDIOMATIC = frozenset({"hold"})
REACH = 25  # tokens behind a verb in which the word that makes its sense is looked for


class Coder:
    """Codes one tree."""

    def __init__(
        self,
        tree: Tree,
        ments: list[Ment],
        lexicon: Lexicon,
        quoted: set[int],
        speaker: list[ActorRef],
        places: dict[int, ActorRef],
        label: list[ActorRef],
        deeds: Deeds | None = None,
    ) -> None:
        self.tree = tree
        self.ments = ments
        self.lexicon = lexicon
        self.framer = Framer(tree)
        self.who = Who(tree, self.framer, ments, places)
        self.climber = Climber(tree, self.framer, self.who.actors, quoted, speaker, label)
        self.filler = Filler(tree, self.framer, self.who, self.climber, lexicon, deeds or Deeds())
        self.event_nouns = EventNouns(self.filler)
        self.predicates = Predicates(self.filler)
        self.constructions = Constructions(self.filler)
        self.joint = Joint(self.filler)
        self.blaming = Blaming(self.filler)

    def candidates(self) -> Iterator[Candidate]:
        """Every statement that some rule proposes, in the order of the triggers; threats, which build on others, last."""
        deeds = self.filler.deeds
        deeds.name(x.actor for x in self.who.all(self.framer.subject(self.tree.root)[0]))
        named = {a.id for m in self.ments for a in m.actors} | {a.id for a in self.who.places.values()}
        if len(named) < (1 if deeds.told else 2):
            return
        plain: list[Candidate] = []
        for c in (self._worded(self.constructions.stopped(c)) for c in self._plain()):
            if not self._played(c) and not self._travelled(c):
                plain.append(c)
                deeds.tell(c)
        plain = self._sensed(plain)
        yield from plain
        yield from self.constructions.threats(plain)
        yield from self.constructions.promises(plain)
        yield from self.constructions.marches(plain)

    def _sensed(self, plain: list[Candidate]) -> list[Candidate]:
        """Without what an object says by itself where the verb gives it a sense: "announced a truce with X" agrees nothing with X."""
        senses = {
            (c.trigger, c.word.partition(":")[2], c.source.actor.id, c.target.actor.id): c.relation
            for c in plain
            if c.entry_kind == "verbs" and ":" in c.word
        }
        return [c for c in plain if c.entry_kind != "nouns" or self._sense(c, senses) in ("", c.relation)]

    def _worded(self, c: Candidate) -> Candidate:
        """ "launched an attack on X, calling him a liar": the attack is one of words."""
        t = self.tree
        noun = c.word.rpartition(":")[2]
        if c.relation == "SUPPORTS" and self._paid(c.trigger):
            c.relation = "AIDS"
        if c.relation == "ATTACKS" and c.how == "text":
            c.relation = "ACCUSES"  # "tweets targeting X"
        if c.relation != "ATTACKS" or noun not in WORDED:
            return c
        carried = (c.trigger, "") if t.is_verb(c.trigger) else self.framer.carrier(c.trigger)
        if carried is not None and any(
            t.tags[k] == "VBG" and t.lemmas[k] in NAMING for k in t.children(carried[0], "advcl", "conj")
        ):
            c.relation = "ACCUSES"
        return c

    def _paid(self, v: int) -> bool:
        """ "gave two million euros to support refugees": support in money."""
        t = self.tree
        over = t.heads[v]
        if not t.is_verb(v) or t.deps[v] not in ("advcl", "xcomp", "acl") or not infinitive(t, v):
            return False
        given = [over] if t.deps[v] == "acl" else self.framer.verb(over).get("obj")
        return any(t.lemmas[o] in MONEY for o in given)

    def _sense(self, c: Candidate, senses: dict[tuple[int, str, str, str], str]) -> str:
        """The relation in which a verb takes the noun that proposes a candidate; empty without one."""
        carried = self.framer.carrier(c.trigger)
        if carried is None:
            return ""
        return senses.get((carried[0], self._whole(c.trigger), c.source.actor.id, c.target.actor.id), "")

    def _plain(self) -> Iterator[Candidate]:
        t = self.tree
        for i in range(len(t)):
            tag, dep = t.tags[i], t.deps[i]
            if tag in ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ") and dep not in ("aux", "auxpass"):
                if dep == "amod" and not t.children(i, "agent", "prep", "npadvmod"):
                    continue
                yield from self._verb(i)
                yield from self.constructions.refusal(i)
                yield from self.constructions.unwilling(i)
                yield from self.blaming.read(i)
                yield from self.constructions.fired_upon(i)
                yield from self.constructions.thanking(i)
                yield from self.constructions.errand(i)
                yield from self.joint.verb(i)
                yield from self.constructions.denial(i)
                yield from self.constructions.mediation(i)
                yield from self.constructions.reckoning(i)
                yield from self.constructions.calling(i)
                yield from self.constructions.helping(i)
                yield from self.constructions.answer(i)
                if tag == "VBN":  # "is opposed to", "was disappointed in"
                    yield from self.predicates.adjective(i)
                if tag == "VBG" and dep in ("dobj", "nsubj", "pobj", "conj", "attr"):
                    yield from self.event_nouns.read(i)
            elif tag in ("NN", "NNS") or (tag == "NNP" and i not in self.who.at):
                yield from self.event_nouns.read(i)
                yield from self.joint.noun(i)
                yield from self.predicates.noun(i)
                yield from self.constructions.relationship(i)
                yield from self.constructions.behest(i)
                yield from self.constructions.in_protest(i)
                yield from self.constructions.refusing(i)
            elif tag == "IN" and t.lower[i] == "with":
                yield from self.constructions.standing_by(i)
            elif tag in ("JJ", "JJR", "JJS", "RB") or (
                tag == "IN" and t.lower[i] in ("at", "in", "on", "beside", "behind", "under")
            ):
                yield from self.predicates.adjective(i)
            if t.words[i] in ("-", "–"):
                yield from self.constructions.hyphen(i)

    def _played(self, c: Candidate) -> bool:
        """ "England will meet Sweden in the quarter-finals": teams that bear the names of their states."""
        t = self.tree
        if t.lemmas[c.trigger] not in PLAYING or not {c.source.actor.type, c.target.actor.type} <= TEAMS:
            return False
        v = c.trigger
        while t.deps[v] in ("xcomp", "acomp") and t.heads[v] != v:
            v = t.heads[v]
        return any(t.lower[k] in SPORT for k in t.subtree(v))

    def _travelled(self, c: Candidate) -> bool:
        """ "Two million South Koreans visited Japan", "the Cuban team arrived in Mexico": those who meet no government."""
        if c.relation != "CONSULTS" or c.entry_kind != "verbs" or c.word not in TRAVELLING:
            return False
        return (
            c.source.via.startswith("owner:")
            or c.source.actor.type == ActorType.PEOPLE
            or c.source.ment.via == "nationals"
        )

    def _verb(self, v: int) -> Iterator[Candidate]:
        """The entries of a verb: a particle in the sentence silences those without, an object those of another sign."""
        t = self.tree
        entries = self.lexicon.verbs.get(t.lemmas[v])
        if not entries or self.constructions.commands(v):
            return
        particles = {t.lower[k] for k in t.kids[v] if t.deps[k] in ("prt", "advmod", "prep")}
        slots = self.framer.verb(v)
        objects = {self._whole(o) for o in slots.get("obj") if not self._phrased(o) and not self._listed(o)}
        holding = [
            e
            for e in entries
            if (not e.particle or e.particle in particles)
            and (not e.object or e.object in objects)
            and not (e.bare and slots.get("obj"))
            and not (e.laden and (not slots.get("obj") or self.who.all(slots.get("obj"), owners=False)))
            and (not e.attr or self._has_attr(v, e))
        ]
        if t.lemmas[v] in IDIOMATIC and any(e.attr for e in holding):  # "held X responsible" holds nobody
            holding = [e for e in holding if e.attr or e.object]
        moved = any(e.particle in particles - PREPOSITIONS for e in entries)
        meant: dict[frozenset[str], int] = {}
        for e in sorted(holding, key=lambda e: not e.object):
            if moved and not e.particle and not e.object:
                continue
            sources = next((found for slot in e.source if (found := self.who.all(slots.get(slot)))), [])
            if e.relation == "ATTACKS":
                sources = [s for s in sources if not s.via.startswith("in:")]  # "a bomb in Kampala" is not Uganda's
            sign = relations()[e.relation].sign
            for c in self.filler.fill(v, e, slots, sources, None):
                pair = frozenset((c.source.actor.id, c.target.actor.id))
                if e.object:
                    meant[pair] = sign
                elif meant.get(pair, sign) != sign:
                    continue  # "traded accusations with X" trades nothing
                if e.relation == "ATTACKS" and e.word in HITTING and _in_words(c):
                    c.relation = "ACCUSES"
                yield c

    def _listed(self, o: int) -> bool:
        """Whether an object is somebody's name: who forms the Alliance of Sahel States makes no alliance with it."""
        m = self.who.at.get(o)
        return m is not None and m.kind == "name" and m.end - m.start > 1 and self.tree.words[o][0].isupper()

    def _whole(self, o: int) -> str:
        """The lemma of an object, with the first half of a hyphenated one: "cease-fire"."""
        t = self.tree
        joined = o > 1 and t.words[o - 1] == "-" and t.starts[o - 1] == t.ends[o - 2]
        return f"{t.lower[o - 2]}-{t.lemmas[o]}" if joined else t.lemmas[o]

    def _phrased(self, o: int) -> bool:
        """Whether an object has a sense of its own as a phrase: "launched a scathing attack" is no attack."""
        alone = {e.relation for phrase, e in self.lexicon.nouns.get(self.tree.lemmas[o], ()) if len(phrase) == 1}
        return any(" " in e.word and e.relation not in alone for e in match(self.tree, self.lexicon.nouns, o))

    def _has_attr(self, v: int, e: Entry) -> bool:
        t = self.tree
        beside = {x for c in t.children(v, "conj") if t.is_verb(c) for x in t.subtree(c)}
        return any(
            v < k < v + REACH and (t.lemmas[k] in e.attr or t.lower[k] in e.attr) and not self._of_another(k, e)
            for k in t.subtree(v)
            if k not in beside and (t.lower[k] != "not" or t.lower[k + 1 : k + 2] == ["to"])  # "warned X not to"
        )

    def _of_another(self, k: int, e: Entry) -> bool:
        """Whether a word says towards whom it is meant itself: "sees X as an enemy of Y" is no enmity of the viewer's."""
        if not any(p.relation == e.relation for p in match(self.tree, self.lexicon.predicates, k)):
            return False
        slots = self.framer.noun(k)
        return bool(self.who.all([*slots.get("of"), *slots.get("to")], owners=False))


def _in_words(c: Candidate) -> bool:
    """Whether an attack is made of words: on what somebody says or plans, or by one politician on another."""
    spoken = c.target.via.partition(":")[2] in SPOKEN_OF
    return spoken or {c.source.actor.type, c.target.actor.type} <= POLITICIANS
