"""What the words above a claim make of it: verbs of saying, planning and denying, prepositions, nouns, adjectives."""

from __future__ import annotations

from kg.nlp.stance import SAYING, Stance
from kg.nlp.tree import Tree
from kg.nlp.voices import Inner, Voices
from kg.nlp.words import read, vocabulary

WISHING = vocabulary("stance", "say", "wish")
DENYING = vocabulary("stance", "say", "deny")
SAYING_NOUNS = vocabulary("stance", "say", "nouns")
INTENDED = vocabulary("stance", "modality", "intended")
POSSIBLE = vocabulary("stance", "modality", "possible")
NEGATING = vocabulary("stance", "modality", "negated")
NOUNS = {k: vocabulary("stance", "modality", f"nouns_{k}") for k in ("intended", "possible", "negated")}
ADJECTIVES = {k: vocabulary("stance", "modality", f"adjectives_{k}") for k in ("intended", "possible", "negated")}
ADVERBS = vocabulary("stance", "modality", "adverbs_possible")
AUXILIARIES = {k: vocabulary("stance", "modality", f"{k}_aux") for k in ("intended", "possible", "conditional")}
MARKS = vocabulary("stance", "modality", "conditional_marks") - {"whether", "until"}
DENYING_ADVERBS = vocabulary("stance", "negation", "adverbs")
DENYING_SUBJECTS = vocabulary("stance", "negation", "subjects")
RAISING = vocabulary("stance", "negation", "raising")
DENIALS = vocabulary("stance", "negation", "nouns")
TRUE = vocabulary("stance", "truth", "true")
FALSE = vocabulary("stance", "truth", "false")
INVERTED = vocabulary("stance", "modality", "inverted_aux")
OWING = vocabulary("stance", "modality", "owing_aux")
ATTEMPTING = vocabulary("stance", "attempting", "verbs")
COMING = frozenset({"tomorrow", *(day.lower() for day in read("when")["weekdays"])})
UNCHANGED = vocabulary("syntax", "unchanged")
SPANS = frozenset(read("when")["units"])
DESIRING = vocabulary("stance", "say", "desire")
FORECASTING = vocabulary("stance", "forecast", "verbs")
AVOIDING = vocabulary("stance", "negation", "avoiding")
URGING = vocabulary("stance", "urging", "verbs")
TELEPHONING = vocabulary("stance", "urging", "telephoning")
LOBBYING = vocabulary("stance", "urging", "prepositional")
URGING_NOUNS = vocabulary("stance", "urging", "nouns")
ACCUSING = vocabulary("stance", "accusing", "verbs")
HEARSAY = vocabulary("stance", "hearsay", "verbs")
PLANNING = vocabulary("stance", "planning", "verbs")
OUTCOME = vocabulary("stance", "outcome", "verbs")
TRANSPARENT = vocabulary("stance", "transparent", "clause")
CARRYING = vocabulary("stance", "transparent", "infinitive")
DONE = vocabulary("stance", "done", "nouns")


def infinitive(tree: Tree, v: int) -> bool:
    return any(tree.lower[k] == "to" for k in tree.children(v, "aux"))


class Governors:
    """The governors of one tree; each method changes the stance that it is given."""

    def __init__(self, tree: Tree, voices: Voices) -> None:
        self.tree = tree
        self.framer = voices.framer
        self.voices = voices

    def own(self, v: int, s: Stance, carried: int = -1) -> None:
        """What a predicate's own words make of it: auxiliaries, negation, adverbs, a condition.

        The noun that a light verb carries speaks for itself: "gave no help" is denied once.
        """
        t = self.tree
        for k in t.kids[v]:
            dep, low = t.deps[k], t.lower[k]
            if k == carried:
                continue
            if dep == "neg" or (low in DENYING_ADVERBS and dep in ("advmod", "preconj", "cc")):
                if not (low in ("neither", "nor") and dep == "cc" and k > v):
                    s.negate("neg")
            elif dep == "advmod" and low == "longer" and any(t.lower[x] == "no" for x in t.kids[k]):
                s.negate("no longer")
            elif dep in ("aux", "auxpass"):
                self._modal(k, s)
                if t.deps[v] == "advcl" and low in INVERTED and any(x > k for x in t.children(v, "nsubj", "nsubjpass")):
                    s.raise_to("conditional", "if")  # "had X attacked Y, …"
            elif dep == "parataxis" and t.lemmas[k] in POSSIBLE and any(t.lower[x] == "it" for x in t.kids[k]):
                s.raise_to("possible", f"maybe:{t.lemmas[k]}")  # "X, it seems, armed Y"
            elif low in ("than", "rather") and t.lower[k - 1 : k + 1] == ["rather", "than"] and dep in ("mark", "prep"):
                s.negate("rather than")
            elif dep == "advmod" and low in ADVERBS:
                s.raise_to("possible", low)
            elif (dep == "mark" and low in MARKS) or (dep == "advmod" and low in ("if", "unless")):
                s.raise_to("conditional", "if")
            elif (
                (dep == "det" and low in ("no", "neither"))
                or (dep in ("nsubj", "nsubjpass") and low in DENYING_SUBJECTS)
                or (
                    dep in ("nsubj", "nsubjpass", "dobj")
                    and any(t.lower[x] in ("no", "neither") and t.deps[x] in ("det", "preconj") for x in t.kids[k])
                )
            ):
                s.negate("no")
            elif dep == "advcl" and any(t.lower[x] in ("if", "unless") for x in t.children(k, "mark", "advmod")):
                s.marks.append("if")
        if infinitive(t, v) and (t.heads[v] == v or (t.deps[v] in ("conj", "parataxis") and t.children(v, "nsubj"))):
            s.raise_to("intended", "to")  # a headline: "US to send troops"
        if self._scheduled(v):
            s.raise_to("intended", "scheduled")
        if t.deps[v] == "conj" and t.is_verb(t.heads[v]) and not t.children(v, "nsubj", "nsubjpass", "aux", "auxpass"):
            h = t.heads[v]
            if t.tags[v] == "VB" or (t.tags[v] == t.tags[h] and t.tags[v] in ("VBN", "VBG")):
                for k in t.children(h, "aux"):
                    self._modal(k, s)
            if any(t.lower[k] == "nor" for k in t.children(h, "cc")) or (
                any(t.lower[k] == "or" for k in t.children(h, "cc")) and t.children(h, "neg")
            ):
                s.negate("nor")

    def _scheduled(self, v: int) -> bool:
        """ "meets X on Friday", "flies out tomorrow": the present tense of a day to come."""
        t = self.tree
        present = t.tags[v] == "VBZ" or (t.tags[v] == "VBP" and t.lower[v] not in UNCHANGED)
        if not present or t.deps[v] not in ("ROOT", "conj", "ccomp"):
            return False
        days = [*t.children(v, "npadvmod"), *(o for p in t.children(v, "prep") for o in t.children(p, "pobj"))]
        return any(
            k > v and (t.lower[k] in COMING or (t.lower[k] in SPANS and any(t.lower[x] == "next" for x in t.kids[k])))
            for k in days
        )

    def _modal(self, k: int, s: Stance) -> None:
        low = self.tree.lower[k]
        if self.tree.tags[k] != "MD":
            return
        if low in AUXILIARIES["intended"]:
            s.raise_to("intended", "will")
        elif low in AUXILIARIES["possible"]:
            s.raise_to("possible", low)
        elif low in AUXILIARIES["conditional"]:
            s.raise_to("conditional", "would")

    def reported(self, cur: int, h: int, s: Stance, inner: Inner) -> None:
        """A clause ``cur`` under the verb ``h``: "said that …", "denied that …"."""
        t = self.tree
        lemma = t.lemmas[h]
        if self._ruled_out(h, s):
            return
        if lemma in DENYING:
            s.negate("deny")
            if self.denied(h):
                s.negate("neg")  # "does not deny that"
            self.voices.speak(h, inner, s)
        elif lemma in WISHING:
            s.wish = True
            s.raise_to("intended", f"wish:{lemma}")
            self.voices.speak(h, inner, s)
        elif lemma in SAYING:
            if any(t.lower[k] in ("if", "whether") for k in t.children(cur, "mark")):
                s.raise_to("possible", "whether")
            if self.denied(h) and lemma in RAISING:
                s.negate("neg-raising")
            if infinitive(t, cur) and not (t.children(cur, "nsubj") and lemma not in INTENDED):
                self.embedded(cur, h, s, inner)
            else:
                self.voices.speak(h, inner, s)
                if self.owed(cur):
                    s.wish = True  # "said that X must stop": asked of X
        elif lemma in NEGATING:
            s.negate(f"not:{lemma}")
        elif lemma == "be":
            self._truth(h, s)
        elif lemma in INTENDED and (infinitive(t, cur) or _subjunctive(t, cur)):
            s.raise_to("intended", f"to:{lemma}")
        elif lemma in POSSIBLE and lemma not in TRANSPARENT:
            s.raise_to("possible", f"maybe:{lemma}")
        elif lemma not in TRANSPARENT:
            s.marks.append(f"ccomp:{lemma}")

    def _ruled_out(self, h: int, s: Stance) -> bool:
        """ "ruled out backing X": does not; "did not rule out": may."""
        t = self.tree
        if t.lemmas[h] != "rule" or not any(t.lower[k] == "out" for k in t.children(h, "prt")):
            return False
        if self.denied(h):
            s.raise_to("possible", "not ruled out")
        else:
            s.negate("ruled out")
        return True

    def denied(self, v: int) -> bool:
        t = self.tree
        return (
            bool(t.children(v, "neg"))
            or any(t.lower[k] in DENYING_ADVERBS for k in t.children(v, "advmod"))
            or any(t.lower[k] in DENYING_SUBJECTS for k in t.children(v, "nsubj"))
        )

    def owed(self, v: int) -> bool:
        """Whether a clause says what somebody is to do: "must withdraw", "should stop", "has to go"."""
        t = self.tree
        if any(
            t.lower[k] in OWING and any(s < k for s in t.children(v, "nsubj", "nsubjpass"))
            for k in t.children(v, "aux")
        ):
            return not any(t.lemmas[k] == "have" for k in t.children(v, "aux"))
        return t.lemmas[v] in ("have", "need") and any(infinitive(t, x) for x in t.children(v, "xcomp"))

    def _truth(self, h: int, s: Stance) -> None:
        """ "It is not true that …", "it is unlikely that …"."""
        for a in self.tree.children(h, "acomp"):
            false = self.tree.lower[a] in FALSE
            if false or self.tree.lower[a] in TRUE:
                if false != self.denied(h):
                    s.negate(f"not:{self.tree.lower[a]}")
            else:
                self.of_adjective(a, s)

    def embedded(self, cur: int, h: int, s: Stance, inner: Inner) -> None:
        """An infinitive or gerund under a verb: "agreed to …", "stopped doing …"."""
        t = self.tree
        lemma = t.lemmas[h]
        if lemma in ("have", "be") and any(t.lower[k] in ("yet", "still") for k in t.children(h, "advmod")):
            s.negate("yet to")  # "has yet to recognise X"
            return
        if lemma == "go" and t.tags[h] == "VBG" and infinitive(t, cur):
            s.raise_to("intended", "going to")
            return
        if self._ruled_out(h, s):
            return
        if lemma in ATTEMPTING:
            if t.tags[h] not in ("VBD", "VBN"):
                s.raise_to("intended", f"to:{lemma}")  # "is trying to mediate"; who tried to storm the port attacked it
            self.own(h, s)
            return
        if lemma in FORECASTING and self.framer.passive(h) and not self.framer.verb(h).get("subj"):
            s.raise_to("possible", f"maybe:{lemma}")
            if self.denied(h):
                s.negate("neg-matrix")
            return
        if lemma == "be" and infinitive(t, cur):
            inverted = t.deps[h] == "advcl" and t.lower[h] in INVERTED and any(k > h for k in t.children(h, "nsubj"))
            s.raise_to("conditional" if inverted else "intended", "be to")  # "were X to attack Y, …"
            self.own(h, s)
            return
        if lemma in DENYING and t.tags[cur] == "VBG":
            s.negate("deny")
            self.voices.speak(h, inner, s)
            return
        if lemma in NEGATING and lemma != "deny":
            s.negate(f"not:{lemma}")
            self.own(h, s)  # "will stop", "would not stop"
        elif lemma in INTENDED and (infinitive(t, cur) or t.tags[cur] == "VBG"):
            s.raise_to("intended", f"to:{lemma}")
            telephoned = lemma in TELEPHONING and bool(t.children(h, "dobj"))
            if (lemma in URGING and not telephoned) or (
                lemma in WISHING and not (lemma in DESIRING and self._of_itself(cur, h))
            ):
                s.wish = True
            if t.children(h, "neg"):
                s.negate("neg-matrix")
        elif lemma in POSSIBLE and (infinitive(t, cur) or t.tags[cur] == "VBG"):
            s.raise_to("possible", f"maybe:{lemma}")
        elif lemma in SAYING and infinitive(t, cur) and self.framer.passive(h):
            if lemma == "expect":
                s.raise_to("intended", "expected")
            else:
                s.raise_to("possible" if lemma in HEARSAY else "actual", f"said:{lemma}")
        else:
            if lemma in CARRYING or t.deps[cur] == "advcl":
                self.own(h, s)  # "will fly to X to see Y"
            s.marks.append(f"xcomp:{lemma}")

    def _of_itself(self, cur: int, h: int) -> bool:
        """Whether somebody wants to do it, not that another does: "wants to join X"."""
        t = self.tree
        return not (
            t.children(h, "dobj", "dative", "iobj") or t.children(cur, "nsubj", "nsubjpass") or self.framer.passive(h)
        )

    def prepositional(self, cur: int, p: int, s: Stance, inner: Inner, *, noun: bool = False) -> None:
        """Behind a preposition: "accused X of …", "without …", "the risk of …"; ``noun``: the claim's own noun stands there."""
        t = self.tree
        prep, g = t.lower[p], t.heads[p]
        instead = t.lower[g] == "instead" or any(t.lower[k] == "instead" for k in t.kids[p])
        short = prep == "of" and any(t.lower[k] in ("short", "shy") for k in t.children(g, "advmod", "acomp"))
        if prep == "without" or (prep == "of" and (instead or short)):
            s.negate("without")  # "stopped short of endorsing X"
        lemma = t.lemmas[g]
        if t.is_verb(g):
            if prep == "as" and t.deps[cur] == "pobj" and lemma in SAYING and noun:
                self.voices.speak(g, inner, s)  # "sees X as an enemy of Y"
            elif prep in ("of", "for", "as", "over", "with") and t.deps[cur] == "pcomp" and lemma in ACCUSING:
                self.voices.speak(g, inner, s)
                s.marks.append(f"accused:{lemma}")
                if lemma == "suspect":
                    s.raise_to("possible", "suspect")
            elif prep in ("from", "against") and lemma in AVOIDING:
                s.negate()
                s.raise_to("intended" if lemma == "warn" else s.modality, f"not:{lemma}")
                if lemma == "warn":
                    s.wish = True
            elif prep in ("on", "about", "of") and lemma in PLANNING:
                s.raise_to("intended", f"to:{lemma}")
            elif prep in ("for", "on") and lemma in LOBBYING:
                s.wish = True
                s.raise_to("intended", f"wish:{lemma}")
            elif lemma in OUTCOME and t.deps[cur] in ("pcomp", "pobj"):
                s.marks.append(f"{lemma}:{prep}")
                if lemma == "threaten":
                    s.raise_to("intended", "threaten")
        elif t.is_noun(g):
            low = t.lower[g]
            if low in NOUNS["negated"]:
                s.negate(f"not:{low}")
            elif low in NOUNS["possible"]:
                s.raise_to("possible", f"maybe:{low}")
            elif low in NOUNS["intended"] and prep in ("of", "for", "to", "on", "about"):
                s.raise_to("intended", f"to:{low}")
                if low in URGING_NOUNS:
                    s.wish = True
        elif t.tags[g].startswith("JJ") and prep in ("of", "for", "about", "to"):
            self.of_adjective(g, s)

    def of_noun(self, cur: int, h: int, s: Stance, inner: Inner) -> None:
        """A clause under a noun: "the plan to …", "the claim that …"."""
        t = self.tree
        low = t.lower[h]
        if t.tags[h].startswith("JJ"):
            self.of_adjective(h, s)
            return
        if infinitive(t, cur):
            if low in NOUNS["negated"]:
                s.negate(f"not:{low}")
            elif low in DONE:
                s.marks.append(f"to:{low}")
            else:
                s.raise_to("intended", f"to:{low}")
                if low in URGING_NOUNS:
                    s.wish = True
        elif low in SAYING_NOUNS or low in NOUNS["possible"]:
            if low in NOUNS["possible"] and low not in SAYING_NOUNS:
                s.raise_to("possible", f"maybe:{low}")
            self.voices.noun(h, inner, s)
        elif low in DENIALS:
            s.negate()

    def of_adjective(self, h: int, s: Stance) -> None:
        """Under an adjective: "ready to …", "unlikely to …"."""
        low = self.tree.lower[h]
        if low in ADJECTIVES["negated"]:
            s.negate(f"not:{low}")
        elif any(self.tree.lower[k] == "too" for k in self.tree.children(h, "advmod")):
            s.negate("too")  # "is too weak to disarm X"
        if low in ADJECTIVES["possible"]:
            s.raise_to("possible", f"maybe:{low}")
        elif low in ADJECTIVES["intended"]:
            s.raise_to("intended", f"to:{low}")
            if self.tree.children(self.tree.heads[h], "neg") and self.tree.is_verb(self.tree.heads[h]):
                s.negate()


def _subjunctive(t: Tree, v: int) -> bool:
    """ "approved that the commission visit both": a bare verb behind a subject that would have it end in -s."""
    return (
        t.tags[v] in ("VB", "VBP")
        and not t.children(v, "aux", "auxpass")
        and any(t.tags[k] in ("NN", "NNP") and not t.children(k, "conj") for k in t.children(v, "nsubj"))
    )
