"""Blame and praise in reported speech: "said that X was responsible", "had lied", "should be jailed", "is a great leader"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import ActorType
from kg.nlp.filling import Candidate, Filler
from kg.nlp.frames import COPULA
from kg.nlp.governors import OWING, infinitive
from kg.nlp.lexicon import Entry
from kg.nlp.mentions import side
from kg.nlp.phrases import Slots
from kg.nlp.stance import Stance
from kg.nlp.words import read, vocabulary

SAYING = (
    vocabulary("constructions", "commanding", "declaring")
    | vocabulary("constructions", "blaming", "claiming")
    | vocabulary("constructions", "blaming", "finding")
)
WRONGING = vocabulary("constructions", "blaming", "verbs")
GUILTY = vocabulary("constructions", "blaming", "words")
BAD_NAMES = vocabulary("constructions", "blaming", "names")
FAULTS = vocabulary("constructions", "blaming", "faults")
PRAISE = vocabulary("constructions", "blaming", "praise")
PRAISED = vocabulary("constructions", "blaming", "praised")
RIGHT = {"right": "SUPPORTS", "wrong": "ACCUSES"}  # "was wrong to resign"
PUNISHING = vocabulary("constructions", "blaming", "punishing")
WRONGS = {verb: frozenset(words) for verb, words in read("constructions")["blaming"]["wrongs"].items()}
# With these the wrong is not said to be done: "would be reckless".
UNSURE = frozenset({"'d", "'ll", "can", "could", "may", "might", "should", "will", "wo", "would"})


class Blaming:
    """The reported judgments of one tree."""

    def __init__(self, filler: Filler) -> None:
        self.filler = filler
        self.tree = filler.tree
        self.framer = filler.framer
        self.who = filler.who

    def read(self, v: int) -> Iterator[Candidate]:
        """ "said that X was responsible", "… had broken its word": ACCUSES X; "… was a great leader": SUPPORTS X."""
        t = self.tree
        if t.lemmas[v] not in SAYING or self.framer.passive(v):
            return
        for c in t.children(v, "ccomp"):
            slots = self.framer.verb(c)
            judged = self._faulted(c) or slots.get("obj" if slots.passive else "subj")
            relation, word = self._word(c) if judged else ("", "")
            if not word:
                continue
            e = Entry(relation, f"{t.lemmas[v]} {word}", "verbs", ("subj",), ("clause",))
            sources = self.who.all(self.framer.verb(v).get("subj"), owners=False)
            own = {side(s.actor) for s in sources if s.actor.type != ActorType.PERSON}
            owners = relation == "ACCUSES" and t.lemmas[c] in COPULA  # "Iran's conduct was shameful"
            targets = [
                x
                for x in self.who.all(judged, owners=owners)
                if x.ment.kind != "reference" and side(x.actor) not in own and not self.filler.suffers(x, judged)
            ]
            yield from self.filler.cross(v, e, Slots(v, how="blaming"), sources, targets, "clause")

    def _faulted(self, c: int) -> list[int]:
        """Whose fault it is: "it was X's fault"."""
        t = self.tree
        faults = [k for k in t.children(c, "attr") if t.lemmas[k] in FAULTS]
        return [x for k in faults for p in t.children(k, "poss") for x in self.framer.group(p)]

    def _word(self, c: int) -> tuple[str, str]:
        """The word by which a clause blames or praises its subject, behind the relation that makes it; empty without one."""
        t = self.tree
        auxiliaries = {t.lower[k] for k in t.children(c, "aux")}
        denied = bool(t.children(c, "neg"))
        if self.framer.passive(c):
            punished = t.lemmas[c] in PUNISHING and bool(auxiliaries & OWING) and not denied
            distrusted = t.lemmas[c] == "trust" and denied
            return ("ACCUSES", t.lemmas[c]) if punished or distrusted else ("", "")
        if denied:
            return "", ""
        if t.lemmas[c] in COPULA:
            return ("", "") if auxiliaries & UNSURE else self._said_to_be(c)
        if t.lemmas[c] == "do" and (jobs := [k for k in t.children(c, "dobj") if t.lemmas[k] == "job"]):
            how = [t.lower[k] for k in t.children(jobs[0], "amod")]
            good, bad = [w for w in how if w in PRAISE], [w for w in how if w in BAD_NAMES]
            return ("SUPPORTS", good[0]) if good else ("ACCUSES", bad[0]) if bad else ("", "")
        stance = Stance()
        self.filler.climber.governors.own(c, stance)  # not "said that X might break the truce"
        return ("ACCUSES", t.lemmas[c]) if self._does_wrong(c) and stance.modality == "actual" else ("", "")

    def _said_to_be(self, c: int) -> tuple[str, str]:
        """What a copula says its subject is: responsible, a liar, a great man, right to do it."""
        t = self.tree
        said = t.children(c, "acomp", "attr", "prep", "xcomp")
        if guilty := [k for k in said if t.lower[k] in GUILTY]:
            return "ACCUSES", t.lower[guilty[0]]
        if self._faulted(c):
            return "ACCUSES", "fault"
        named = [n for k in said if t.deps[k] != "prep" for n in t.conjuncts(k)]
        if bad := [x for k in named for x in (k, *t.children(k, "amod", "compound")) if t.lower[x] in BAD_NAMES]:
            return "ACCUSES", t.lower[bad[0]]
        good = [
            x
            for k in named
            for x in (k, *(t.children(k, "amod") if t.lemmas[k] in PRAISED else ()))
            if t.lower[x] in PRAISE
        ]
        if good:
            return "SUPPORTS", t.lower[good[0]]
        for k in t.children(c, "acomp"):
            if t.lower[k] in RIGHT and any(infinitive(t, x) for x in t.children(k, "xcomp", "advcl")):
                return RIGHT[t.lower[k]], t.lower[k]
        return "", ""

    def _does_wrong(self, c: int) -> bool:
        """Whether a verb alone, or with its object or infinitive, is a reproach: "lied", "broke its promise", "failed to act"."""
        t = self.tree
        beside = {t.lemmas[k] for k in t.children(c, "dobj", "xcomp")}
        if t.lemmas[c] in WRONGING:
            return t.lemmas[c] == "lie" or bool(beside or t.children(c, "prep"))
        return bool(beside & WRONGS.get(t.lemmas[c], frozenset()))
