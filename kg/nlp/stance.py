"""Whose claim it is, and whether it is denied, planned or only possible.

Climbs from a predicate to the root of its sentence and reads what each step does to the claim: negation and auxiliaries, verbs
of saying, planning, refusing and denying, conditions, "according to". A clause that only describes inside reported speech
stays the article's voice, so that the climb for speakers ends at a relative clause.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from kg.model import ActorRef, Modality
from kg.nlp.frames import Framer
from kg.nlp.tree import Tree
from kg.nlp.words import read

Who = Callable[[int], list[ActorRef]]


@dataclass(slots=True)
class Stance:
    """What the sentence does to one claim. ``speakers`` are outermost first; ``marks`` name the steps (for the scorer)."""

    negated: bool = False
    modality: Modality = "actual"
    speakers: list[ActorRef] = field(default_factory=list)
    wish: bool = False
    described: bool = False
    marks: list[str] = field(default_factory=list)


CONTRAST = frozenset({"while", "whereas", "although", "though"})
DONE = frozenset({"decision", "move", "step", "refusal", "failure"})
RANK: dict[Modality, int] = {"actual": 0, "intended": 1, "possible": 2, "conditional": 3}


@dataclass(frozen=True, slots=True)
class _Words:
    say: frozenset[str]
    wish: frozenset[str]
    deny: frozenset[str]
    say_nouns: frozenset[str]
    intended: frozenset[str]
    possible: frozenset[str]
    negated: frozenset[str]
    ended: frozenset[str]
    adj_intended: frozenset[str]
    adj_possible: frozenset[str]
    adj_negated: frozenset[str]
    adverbs: frozenset[str]
    nouns_intended: frozenset[str]
    nouns_possible: frozenset[str]
    nouns_negated: frozenset[str]
    aux_intended: frozenset[str]
    aux_possible: frozenset[str]
    aux_conditional: frozenset[str]
    marks: frozenset[str]
    negators: frozenset[str]


@cache
def words() -> _Words:
    d = read("stance")
    m, s = d["modality"], d["say"]
    f = frozenset
    return _Words(
        f(s["verbs"]), f(s["wish"]), f(s["deny"]), f(s["nouns"]), f(m["intended"]), f(m["possible"]), f(m["negated"]), f(m["ended"]), f(m["adjectives_intended"]),
        f(m["adjectives_possible"]), f(m["adjectives_negated"]), f(m["adverbs_possible"]), f(m["nouns_intended"]), f(m["nouns_possible"]), f(m["nouns_negated"]),
        f(m["intended_aux"]), f(m["possible_aux"]), f(m["conditional_aux"]), f(m["conditional_marks"]), f(m["negators"]),
    )  # fmt: skip


class Reader:
    """Reads the stance of predicates of one tree."""

    def __init__(
        self, tree: Tree, framer: Framer, who: Who, quoted: set[int], speaker: list[ActorRef], label: list[ActorRef]
    ) -> None:
        self.tree = tree
        self.framer = framer
        self.who = who
        self.quoted = quoted
        self.speaker = speaker
        self.label = label
        """In a transcript, who answers: the outermost speaker of everything said."""
        self.w = words()

    def read(self, trigger: int, carrier: int | None = None) -> Stance:
        """The stance towards the predicate at ``trigger``; ``carrier`` is the verb that carries an event noun."""
        s = Stance()
        t = self.tree
        inner: list[list[ActorRef]] = []
        start = trigger
        self._own(trigger, s)
        if carrier is not None and carrier != trigger:
            self._own(carrier, s)
            start = carrier
        elif t.is_noun(trigger):
            start = self._noun(trigger, s, inner)
        self._climb(start, s, inner)
        self._sources(start, s, inner)
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

    # -- the predicate itself -------------------------------------------------------------------------------------------

    def _raise(self, s: Stance, modality: Modality, mark: str) -> None:
        if RANK[modality] > RANK[s.modality]:
            s.modality = modality
        s.marks.append(mark)

    def _own(self, v: int, s: Stance) -> None:
        t, w = self.tree, self.w
        for k in t.kids[v]:
            dep, low = t.deps[k], t.lower[k]
            if (
                dep == "neg"
                or (low in ("never", "neither", "hardly", "scarcely", "nor")
                and dep in ("advmod", "preconj", "cc", "neg"))
            ):
                if not (low in ("neither", "nor") and dep == "cc" and k > v):
                    s.negated = not s.negated
                    s.marks.append("neg")
            elif dep in ("aux", "auxpass"):
                if low in w.aux_intended and t.tags[k] == "MD":
                    self._raise(s, "intended", "will")
                elif low in w.aux_possible and t.tags[k] == "MD":
                    self._raise(s, "possible", low)
                elif low in w.aux_conditional and t.tags[k] == "MD":
                    self._raise(s, "conditional", "would")
            elif dep == "advmod" and low in w.adverbs:
                self._raise(s, "possible", low)
            elif (dep == "mark" and low in w.marks) or (dep == "advmod" and low in ("if", "unless")):
                if low not in ("whether", "until"):
                    self._raise(s, "conditional", "if")
            elif (
                (dep == "det"
                and low in ("no", "neither"))
                or (dep in ("nsubj", "nsubjpass")
                and low in ("nobody", "none", "neither"))
                or (dep in ("nsubj", "nsubjpass", "dobj")
                and any(t.lower[x] in ("no", "neither") and t.deps[x] in ("det", "preconj") for x in t.kids[k]))
            ):
                s.negated = not s.negated
                s.marks.append("no")
            elif dep == "advcl" and any(t.lower[x] in ("if", "unless") for x in t.children(k, "mark", "advmod")):
                s.marks.append("if")
        if t.tags[v] == "VB" and any(t.lower[k] == "to" for k in t.children(v, "aux")) and t.heads[v] == v:
            self._raise(s, "intended", "to")  # a headline: "US to send troops"
        if t.deps[v] == "conj" and t.is_verb(t.heads[v]) and not t.children(v, "nsubj", "nsubjpass", "aux", "auxpass"):
            h = t.heads[v]
            if t.tags[v] == "VB" or (t.tags[v] == t.tags[h] and t.tags[v] in ("VBN", "VBG")):
                for k in t.children(h, "aux"):
                    if t.lower[k] in w.aux_intended and t.tags[k] == "MD":
                        self._raise(s, "intended", "will")
                    elif t.lower[k] in w.aux_possible and t.tags[k] == "MD":
                        self._raise(s, "possible", t.lower[k])
                    elif t.lower[k] in w.aux_conditional and t.tags[k] == "MD":
                        self._raise(s, "conditional", "would")
            if any(t.lower[k] == "nor" for k in t.children(h, "cc")) or (
                any(t.lower[k] == "or" for k in t.children(h, "cc")) and t.children(h, "neg")
            ):
                s.negated = not s.negated
                s.marks.append("nor")

    def _noun(self, n: int, s: Stance, inner: list[list[ActorRef]]) -> int:
        """From an event noun outwards over its phrase: "the threat of [an attack]", "rejected [talks]" are handled by its verb."""
        t = self.tree
        top = t.first_conjunct(n)
        return top

    # -- the clauses around it ------------------------------------------------------------------------------------------

    def _climb(self, start: int, s: Stance, inner: list[list[ActorRef]]) -> None:
        t, w = self.tree, self.w
        cur = start
        voice = True
        whole, noun = s, t.is_noun(start)
        for step in range(len(t)):
            if noun and step > 1:
                s = (
                    Stance()
                )  # "the right to meddle in [the talks]": only what governs the noun itself plans or denies it
            h, dep = t.heads[cur], t.deps[cur]
            if h == cur:
                break
            lemma = t.lemmas[h]
            if dep == "relcl" or (dep == "acl" and t.tags[cur] in ("VBN", "VBG")):
                # a description is the article's own, unless it stands inside the speaker's quotation marks; and what the
                # sentence plans or denies of its noun it does not plan or deny of the description
                s.described = True
                if cur not in self.quoted:
                    break
                aside = Stance()
                cur, s = h, aside
                continue
            if (
                dep == "advcl"
                and any(t.lower[k] in CONTRAST for k in t.children(cur, "mark", "advmod"))
                and t.children(cur, "nsubj", "nsubjpass")
            ):
                break
            if t.is_verb(h):
                if dep in ("ccomp", "parataxis") or (dep == "xcomp" and lemma in w.say and lemma not in w.intended):
                    self._reported(cur, h, s, inner, voice)
                elif dep in ("xcomp", "dobj", "oprd", "advcl") and (dep != "advcl" or self._to(cur)) and t.is_verb(cur):
                    self._embedded(cur, h, s, inner, voice, dep)
                elif dep == "advcl":
                    if lemma in w.say and any(t.lower[k] in ("as", "like") for k in t.children(cur, "mark")):
                        pass
                    if not voice:
                        pass
                elif dep == "conj":
                    pass
                elif dep in ("nsubj", "nsubjpass", "dobj", "csubj", "dative") and not t.is_verb(cur) and cur == start:
                    self._carried(h, dep, s)
                    if lemma in w.deny and dep == "dobj":
                        pass
            elif dep in ("pcomp", "pobj"):
                self._prepositional(cur, h, s, inner, voice)
            elif dep in ("acl", "ccomp"):
                self._of_noun(cur, h, s, inner, voice)
            elif dep in ("xcomp", "advcl") and (t.tags[h].startswith("JJ") or t.tags[h] in ("VBN", "RB")):
                self._of_adjective(h, s)
            cur = h
        if s is not whole:
            whole.marks += s.marks

    def _to(self, v: int) -> bool:
        return any(self.tree.lower[k] == "to" for k in self.tree.children(v, "aux"))

    def _speak(self, h: int, inner: list[list[ActorRef]], voice: bool, s: Stance) -> None:
        if not voice:
            return
        t = self.tree
        tokens = self.framer.verb(h).get("subj")
        if self.framer.passive(h) and not tokens:
            return
        actors = [a for k in tokens[:1] for a in self.who(k)]
        if actors:
            inner.append(actors[:1])
            s.marks.append(f"by:{t.lemmas[h]}")
        elif tokens:
            s.marks.append("by:nobody")

    def _reported(self, cur: int, h: int, s: Stance, inner: list[list[ActorRef]], voice: bool) -> None:
        t, w = self.tree, self.w
        lemma = t.lemmas[h]
        if lemma in w.deny:
            s.negated = not s.negated
            s.marks.append("deny")
            self._speak(h, inner, voice, s)
        elif lemma in w.wish:
            s.wish = True
            self._raise(s, "intended", f"wish:{lemma}")
            self._speak(h, inner, voice, s)
        elif lemma in w.say:
            if any(t.lower[k] in ("if", "whether") for k in t.children(cur, "mark")):
                self._raise(s, "possible", "whether")
            if t.children(h, "neg") and lemma in ("think", "believe", "expect", "say", "consider"):
                s.negated = not s.negated
                s.marks.append("neg-raising")
            if self._to(cur):
                self._embedded(cur, h, s, inner, voice, "xcomp")
            else:
                self._speak(h, inner, voice, s)
        elif lemma in w.negated:
            s.negated = not s.negated
            s.marks.append(f"not:{lemma}")
        elif lemma in w.intended and self._to(cur):
            self._raise(s, "intended", f"to:{lemma}")
        elif lemma in ("make", "let", "help", "have", "get", "see", "watch", "be", "mean"):
            pass
        elif lemma in w.possible:
            self._raise(s, "possible", f"maybe:{lemma}")
        else:
            s.marks.append(f"ccomp:{lemma}")

    def _embedded(self, cur: int, h: int, s: Stance, inner: list[list[ActorRef]], voice: bool, dep: str) -> None:
        t, w = self.tree, self.w
        lemma = t.lemmas[h]
        if lemma in ("be",) and self._to(cur):
            self._raise(s, "intended", "be to")
            self._own(h, s)
            return
        if lemma in w.deny and t.tags[cur] == "VBG":
            s.negated = not s.negated
            s.marks.append("deny")
            self._speak(h, inner, voice, s)
            return
        if lemma in w.negated and not (lemma == "deny"):
            s.negated = not s.negated
            s.marks.append(f"not:{lemma}")
        elif lemma in w.intended and (self._to(cur) or t.tags[cur] == "VBG"):
            self._raise(s, "intended", f"to:{lemma}")
            if lemma in w.wish or lemma in (
                "urge",
                "call",
                "tell",
                "invite",
                "press",
                "advise",
                "encourage",
                "appeal",
                "warn",
                "beg",
                "implore",
                "instruct",
                "push",
                "exhort",
                "persuade",
                "convince",
                "lobby",
            ):
                s.wish = True
            if t.children(h, "neg"):
                s.negated = not s.negated
                s.marks.append("neg-matrix")
        elif lemma in w.possible and (self._to(cur) or t.tags[cur] == "VBG"):
            self._raise(s, "possible", f"maybe:{lemma}")
        elif lemma in w.say and self._to(cur) and self.framer.passive(h):
            if lemma == "expect":
                self._raise(s, "intended", "expected")
            else:
                self._raise(
                    s,
                    "possible"
                    if lemma in ("think", "believe", "suspect", "rumour", "understand", "report", "consider")
                    else "actual",
                    f"said:{lemma}",
                )
        elif lemma in (
            "help",
            "begin",
            "start",
            "continue",
            "keep",
            "use",
            "manage",
            "dare",
            "have",
            "need",
            "go",
            "come",
            "proceed",
            "let",
            "make",
            "force",
            "cause",
            "be",
            "resume",
            "finish",
            "risk",
            "prove",
        ):
            self._own(h, s)
            s.marks.append(f"xcomp:{lemma}")
        else:
            s.marks.append(f"xcomp:{lemma}")

    def _carried(self, h: int, dep: str, s: Stance) -> None:
        """An event noun that no light verb carries: only what the verb's own auxiliaries say of it."""
        s.marks.append(f"{dep}:{self.tree.lemmas[h]}")

    def _prepositional(self, cur: int, p: int, s: Stance, inner: list[list[ActorRef]], voice: bool) -> None:
        t, w = self.tree, self.w
        prep, g = t.lower[p], t.heads[p]
        if (
            (prep in ("without", "instead", "despite")
            and prep == "without")
            or (prep == "of" and t.lower[g] == "instead")
        ):
            s.negated = not s.negated
            s.marks.append("without")
        lemma = t.lemmas[g]
        if t.is_verb(g):
            if (
                prep in ("of", "for", "as", "over")
                and t.deps[cur] == "pcomp"
                and lemma
                in (
                    "accuse",
                    "suspect",
                    "blame",
                    "charge",
                    "condemn",
                    "criticise",
                    "criticize",
                    "denounce",
                    "convict",
                    "sue",
                    "indict",
                )
            ):
                self._speak(g, inner, voice, s)
                s.marks.append(f"accused:{lemma}")
                if lemma == "suspect":
                    self._raise(s, "possible", "suspect")
            elif prep in ("from", "against") and lemma in (
                "refrain",
                "abstain",
                "stop",
                "prevent",
                "desist",
                "dissuade",
                "bar",
                "ban",
                "deter",
                "warn",
                "keep",
                "shrink",
                "shy",
            ):
                s.negated = not s.negated
                self._raise(s, "intended" if lemma == "warn" else s.modality, f"not:{lemma}")
                if lemma == "warn":
                    s.wish = True
            elif prep in ("on", "about", "of") and lemma in ("insist", "think", "talk", "dream", "bent", "plan"):
                self._raise(s, "intended", f"to:{lemma}")
            elif prep in ("for", "on") and lemma in (
                "call",
                "press",
                "push",
                "appeal",
                "ask",
                "lobby",
                "plead",
                "argue",
                "vote",
                "campaign",
                "hope",
                "wait",
            ):
                s.wish = True
                self._raise(s, "intended", f"wish:{lemma}")
            elif lemma in ("fail", "succeed", "threaten") and t.deps[cur] in ("pcomp", "pobj"):
                s.marks.append(f"{lemma}:{prep}")
                if lemma == "threaten":
                    self._raise(s, "intended", "threaten")
        elif t.is_noun(g):
            low = t.lower[g]
            if low in w.nouns_negated:
                s.negated = not s.negated
                s.marks.append(f"not:{low}")
            elif low in w.nouns_possible:
                self._raise(s, "possible", f"maybe:{low}")
            elif low in w.nouns_intended and prep in ("of", "for", "to", "on", "about"):
                self._raise(s, "intended", f"to:{low}")
                if low in ("call", "calls", "demand", "demands", "appeal", "request", "requests"):
                    s.wish = True
        elif t.tags[g].startswith("JJ") and prep in ("of", "for", "about", "to"):
            self._of_adjective(g, s)

    def _of_noun(self, cur: int, h: int, s: Stance, inner: list[list[ActorRef]], voice: bool) -> None:
        t, w = self.tree, self.w
        low = t.lower[h]
        if t.tags[h].startswith("JJ"):
            self._of_adjective(h, s)
            return
        if self._to(cur):
            if low in w.nouns_negated:
                s.negated = not s.negated
                s.marks.append(f"not:{low}")
            elif low in DONE:
                s.marks.append(f"to:{low}")
            else:
                self._raise(s, "intended", f"to:{low}")
                if low in ("call", "calls", "demand", "demands", "appeal", "request", "requests"):
                    s.wish = True
        elif low in w.say_nouns or low in w.nouns_possible:
            if low in w.nouns_possible and low not in w.say_nouns:
                self._raise(s, "possible", f"maybe:{low}")
            actors = [a for k in self.framer.agents(h)[:1] for a in self.who(k)]
            if actors and voice:
                inner.append(actors[:1])
                s.marks.append(f"by:{low}")
        elif low in ("denial", "denials"):
            s.negated = not s.negated

    def _of_adjective(self, h: int, s: Stance) -> None:
        low = self.tree.lower[h]
        w = self.w
        if low in w.adj_negated:
            s.negated = not s.negated
            s.marks.append(f"not:{low}")
        if low in w.adj_possible:
            self._raise(s, "possible", f"maybe:{low}")
        elif low in w.adj_intended:
            self._raise(s, "intended", f"to:{low}")
            if self.tree.children(self.tree.heads[h], "neg") and self.tree.is_verb(self.tree.heads[h]):
                s.negated = not s.negated

    # -- "according to", "in X's words" -----------------------------------------------------------------------------------

    def _sources(self, start: int, s: Stance, inner: list[list[ActorRef]]) -> None:
        t = self.tree
        chain = [start, *t.ancestors(start)]
        stops = [i for i, w in enumerate(t.words) if w == ";"]
        mine = sum(i < start for i in stops)
        for p in range(len(t)):
            # beside a semicolon the parser hangs "according to" on the wrong clause
            if stops and t.lower[p] == "according" and sum(i < p for i in stops) == mine and t.heads[p] not in chain:
                self._according(p, s, inner)
        for v in chain:
            for p in t.kids[v]:
                if t.lower[p] == "according" and sum(i < p for i in stops) != mine:
                    continue
                if t.lower[p] == "according" or (t.lower[p] in ("per",) and t.deps[p] == "prep"):
                    self._according(p, s, inner)
                elif t.deps[p] == "prep" and t.lower[p] in ("in", "by", "from", "for"):
                    for o in t.children(p, "pobj"):
                        if t.lemmas[o] in (
                            "view",
                            "opinion",
                            "word",
                            "eye",
                            "account",
                            "telling",
                            "estimation",
                            "version",
                            "admission",
                            "assessment",
                            "judgment",
                            "judgement",
                            "reckoning",
                            "information",
                            "standpoint",
                        ):
                            actors = [a for k in self.framer.agents(o)[:1] for a in self.who(k)]
                            if actors and actors[:1] not in inner:
                                inner.append(actors[:1])
                                s.marks.append("in the words of")
                elif (
                    t.deps[p] in ("advcl", "parataxis")
                    and t.lemmas[p] in self.w.say
                    and p not in chain
                    and not t.children(p, "ccomp", "dobj", "xcomp")
                ):
                    marked = any(t.lower[k] in ("as",) for k in t.children(p, "mark", "advmod"))
                    relative = any(t.lower[k] in ("which", "who", "whom", "that") for k in t.subtree(p))
                    if marked or (t.deps[p] == "parataxis" and not relative):
                        actors = [a for k in t.children(p, "nsubj")[:1] for a in self.who(k)]
                        if actors and actors[:1] not in inner:
                            inner.append(actors[:1])
                            s.marks.append("as X said")
            if t.deps[v] == "relcl":
                break

    def _according(self, p: int, s: Stance, inner: list[list[ActorRef]]) -> None:
        t = self.tree
        objects = [o for q in (p, *t.children(p, "prep")) for o in t.children(q, "pobj")]
        actors = [a for o in objects[:1] for a in self.who(o)]
        if actors and actors[:1] not in inner:
            inner.append(actors[:1])
            s.marks.append("according to")
