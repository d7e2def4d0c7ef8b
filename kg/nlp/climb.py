"""Reads the stance of predicates: climbs from each to its sentence's root and asks what every step does to the claim.

A clause that only describes inside reported speech stays the article's voice, so that the climb ends at a relative clause.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.model import ActorRef
from kg.nlp.frames import Framer
from kg.nlp.governors import INTENDED, Governors, infinitive
from kg.nlp.stance import SAYING, Stance
from kg.nlp.tree import Tree
from kg.nlp.voices import Inner, Voices
from kg.nlp.words import vocabulary

CONTRAST = vocabulary("stance", "contrast", "marks")


class Climber:
    """Climbs in one tree; ``who`` gives the actors that a token names."""

    def __init__(
        self,
        tree: Tree,
        framer: Framer,
        who: Callable[[int], list[ActorRef]],
        quoted: set[int],
        speaker: list[ActorRef],
        label: list[ActorRef],
    ) -> None:
        self.tree = tree
        self.quoted = quoted
        self.speaker = speaker
        self.label = label
        """In a transcript, who answers: the outermost speaker of everything said."""
        self.framer = framer
        self.voices = Voices(tree, framer, who)
        self.governors = Governors(tree, self.voices)

    def read(self, trigger: int, carrier: int | None = None) -> Stance:
        """The stance towards the predicate at ``trigger``; ``carrier`` is the verb that carries an event noun."""
        s = Stance()
        t = self.tree
        inner: Inner = []
        start = trigger
        self.governors.own(trigger, s)
        if carrier is not None and carrier != trigger:
            self.governors.own(carrier, s, carried=t.first_conjunct(trigger))
            start = carrier
        elif t.is_noun(trigger):
            start = t.first_conjunct(trigger)
            if start != trigger and any(t.lower[k] == "nor" for k in t.children(t.heads[trigger], "cc")):
                s.negate("nor")  # "neither an ally of X nor an enemy of Y"
        self._climb(start, s, inner)
        self.voices.sources(start, s, inner)
        if carrier is not None and self._quoted_noun(trigger, carrier):
            self.voices.speak(carrier, inner, s)
        if not inner and trigger in self.quoted and self.speaker:
            inner.append(self.speaker)
            s.marks.append("quote")
        if self.label:
            inner.append(self.label)
            s.marks.append("answer")
        seen: list[ActorRef] = []
        for actors in reversed(inner):
            for a in actors[:1]:
                if a not in seen:
                    seen.append(a)
        s.speakers = seen
        if s.modality == "conditional" and "would" in s.marks and "if" not in s.marks and s.speakers:
            s.modality = "intended"  # "said it would attack": the future of the past
        return s

    def _within_report(self, cur: int, h: int) -> bool:
        """ "X closed the embassy because Y armed Z, W said": the reason is part of what W said."""
        t = self.tree
        subjects = t.children(h, "nsubj")
        return (
            t.lemmas[h] in SAYING
            and bool(subjects)
            and cur < subjects[0]
            and any(c < cur for c in t.children(h, "ccomp"))
            and not any(c > h for c in t.children(h, "ccomp"))
        )

    def _quoted_noun(self, trigger: int, carrier: int) -> bool:
        """ "denounced “X's attack on Y”": the words of whoever denounces it."""
        t = self.tree
        opens = next((k for k in range(carrier + 1, trigger) if t.words[k] in ("“", "``")), None)
        return opens is not None and t.lemmas[carrier] in SAYING and any(k > opens for k in t.children(trigger, "poss"))

    def _climb(self, start: int, s: Stance, inner: Inner) -> None:
        t = self.tree
        cur = start
        whole, noun = s, t.is_noun(start)
        for step in range(len(t)):
            if noun and step > 1:
                # "the right to meddle in [the talks]": only what governs the noun itself plans or denies it
                s = Stance()
            h, dep = t.heads[cur], t.deps[cur]
            self.voices.inside(cur, s, inner)
            if h == cur:
                break
            lemma = t.lemmas[h]
            if dep == "relcl" or (dep == "acl" and t.tags[cur] in ("VBN", "VBG")):
                # a description is the article's own, unless it stands inside the speaker's quotation marks; and what the
                # sentence plans or denies of its noun it does not plan or deny of the description
                s.described = True
                if cur not in self.quoted:
                    break
                cur, s = h, Stance()
                continue
            if (
                dep == "advcl"
                and any(t.lower[k] in CONTRAST for k in t.children(cur, "mark", "advmod"))
                and t.children(cur, "nsubj", "nsubjpass")
            ):
                break
            if dep in ("ccomp", "parataxis") and t.is_verb(h) and self.framer.stands_alone(cur, h):
                break
            if t.is_verb(h):
                said = dep in ("ccomp", "parataxis") or (dep == "advcl" and self._within_report(cur, h))
                if said or (dep == "xcomp" and lemma in SAYING and lemma not in INTENDED):
                    self.governors.reported(cur, h, s, inner)
                elif (
                    dep in ("xcomp", "dobj", "oprd", "advcl")
                    and (dep != "advcl" or infinitive(t, cur))
                    and t.is_verb(cur)
                ):
                    self.governors.embedded(cur, h, s, inner)
                elif dep == "oprd" and lemma in SAYING and cur == start:
                    self.voices.speak(h, inner, s)  # "considers the YPG a branch of the PKK"
                elif dep in ("nsubj", "nsubjpass", "dobj", "csubj", "dative") and not t.is_verb(cur) and cur == start:
                    s.marks.append(f"{dep}:{lemma}")
            elif dep in ("pcomp", "pobj"):
                self.governors.prepositional(cur, h, s, inner, noun=cur == start)
            elif dep in ("acl", "ccomp"):
                self.governors.of_noun(cur, h, s, inner)
            elif dep in ("xcomp", "advcl") and (t.tags[h].startswith("JJ") or t.tags[h] in ("VBN", "RB")):
                self.governors.of_adjective(h, s)
            cur = h
        if s is not whole:
            whole.marks += s.marks
