"""Frames into candidate statements: the lexicon gives the relation, the mentions who fills the roles.

Every candidate carries what proposed it (``rule``) and the features by which ``kg.nlp.score`` judges it. Nothing is decided
here beyond what is certain: both ends must be actors, and two different ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ActorRef, ActorType
from kg.nlp.climb import Climber
from kg.nlp.constructions import Constructions
from kg.nlp.event_nouns import EventNouns
from kg.nlp.filling import Candidate, Filler, match
from kg.nlp.frames import Framer
from kg.nlp.lexicon import Entry, Lexicon
from kg.nlp.mentions import Ment
from kg.nlp.predicates import Predicates
from kg.nlp.tree import Tree
from kg.nlp.who import End, Who
from kg.nlp.words import vocabulary
from kg.ontology import relations

__all__ = ["Candidate", "Coder", "End"]

PREPOSITIONS = frozenset({"with", "to", "on", "at", "against", "for", "from", "of", "in", "into", "by", "over", "as"})
TEAMS = frozenset({ActorType.STATE, ActorType.GOVERNMENT})  # England has a team, and is no state
SPORT = vocabulary("constructions", "sport", "words")
PLAYING = vocabulary("constructions", "sport", "verbs")
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
    ) -> None:
        self.tree = tree
        self.ments = ments
        self.lexicon = lexicon
        self.framer = Framer(tree)
        self.who = Who(tree, self.framer, ments, places)
        self.climber = Climber(tree, self.framer, self.who.actors, quoted, speaker, label)
        self.filler = Filler(tree, self.framer, self.who, self.climber, lexicon)
        self.event_nouns = EventNouns(self.filler)
        self.predicates = Predicates(self.filler)
        self.constructions = Constructions(self.filler)

    def candidates(self) -> Iterator[Candidate]:
        """Every statement that some rule proposes, in the order of the triggers; threats, which build on others, last."""
        if len({a.id for m in self.ments for a in m.actors} | {a.id for a in self.who.places.values()}) < 2:
            return
        plain = [c for c in self._plain() if not self._played(c)]
        yield from plain
        yield from self.constructions.threats(plain)

    def _plain(self) -> Iterator[Candidate]:
        t = self.tree
        for i in range(len(t)):
            tag, dep = t.tags[i], t.deps[i]
            if tag in ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ") and dep not in ("aux", "auxpass"):
                if dep == "amod" and not t.children(i, "agent", "prep", "npadvmod"):
                    continue
                yield from self._verb(i)
                yield from self.constructions.refusal(i)
                yield from self.constructions.mediation(i)
                yield from self.constructions.reckoning(i)
                yield from self.constructions.calling(i)
                if tag == "VBG" and dep in ("dobj", "nsubj", "pobj", "conj", "attr"):
                    yield from self.event_nouns.read(i)
            elif tag in ("NN", "NNS") or (tag == "NNP" and i not in self.who.at):
                yield from self.event_nouns.read(i)
                yield from self.predicates.noun(i)
                yield from self.constructions.relationship(i)
                yield from self.constructions.behest(i)
            elif tag in ("JJ", "JJR", "JJS", "RB", "VBN") or (
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

    def _verb(self, v: int) -> Iterator[Candidate]:
        """The entries of a verb: a particle in the sentence silences those without, an object those of another sign."""
        t = self.tree
        entries = self.lexicon.verbs.get(t.lemmas[v])
        if not entries or self.constructions.commands(v):
            return
        particles = {t.lower[k] for k in t.kids[v] if t.deps[k] in ("prt", "advmod", "prep")}
        slots = self.framer.verb(v)
        objects = {t.lemmas[o] for o in slots.get("obj") if not self._phrased(o)}
        holding = [
            e
            for e in entries
            if (not e.particle or e.particle in particles)
            and (not e.object or e.object in objects)
            and not (e.bare and slots.get("obj"))
            and (not e.attr or self._has_attr(v, e))
        ]
        moved = any(e.particle in particles - PREPOSITIONS for e in entries)
        meant: dict[frozenset[str], int] = {}
        for e in sorted(holding, key=lambda e: not e.object):
            if moved and not e.particle and not e.object:
                continue
            sources = next((found for slot in e.source if (found := self.who.all(slots.get(slot)))), [])
            sign = relations()[e.relation].sign
            for c in self.filler.fill(v, e, slots, sources, None):
                pair = frozenset((c.source.actor.id, c.target.actor.id))
                if e.object:
                    meant[pair] = sign
                elif meant.get(pair, sign) != sign:
                    continue  # "traded accusations with X" trades nothing
                yield c

    def _phrased(self, o: int) -> bool:
        """Whether an object has a sense of its own as a phrase: "launched a scathing attack" is no attack."""
        return any(" " in e.word for e in match(self.tree, self.lexicon.nouns, o))

    def _has_attr(self, v: int, e: Entry) -> bool:
        t = self.tree
        return any(
            v < k < v + REACH and (t.lemmas[k] in e.attr or t.lower[k] in e.attr) and not self._of_another(k, e)
            for k in t.subtree(v)
        )

    def _of_another(self, k: int, e: Entry) -> bool:
        """Whether a word says towards whom it is meant itself: "sees X as an enemy of Y" is no enmity of the viewer's."""
        if not any(p.relation == e.relation for p in match(self.tree, self.lexicon.predicates, k)):
            return False
        slots = self.framer.noun(k)
        return bool(self.who.all([*slots.get("of"), *slots.get("to")], owners=False))
