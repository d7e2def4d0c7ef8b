"""Predicates and who fills their slots: syntax only, no meaning.

One function per kind of predicate gives the same thing: slots (``subj``, ``obj``, a preposition …) filled with head tokens.
Active and passive, relative and reduced clauses, control and raising, coordination and light verbs are undone here, once, so
that the lexicon can say "condemn: subj > obj" and nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.nlp.tree import Tree
from kg.nlp.words import read

RELATIVE = frozenset({"who", "which", "that", "whom"})
BE = frozenset({"be", "become", "remain", "seem", "appear", "stay"})
PARTITIVE = frozenset(
    ["most", "many", "some", "one", "two", "three", "several", "hundreds", "thousands", "dozens", "scores", "number", "group", "series", "member", "members", "rest", "part", "parts", "half", "majority", "pair", "couple", "all", "none", "each", "both", "fraction", "handful", "column", "wave", "crowd", "crowds", "remnants", "elements", "batch", "tens", "millions", "few", "kind", "sort", "host", "bulk", "team", "pack", "bunch", "raft", "string", "alliance", "coalition", "trio", "quartet", "core", "ranks", "followers", "supporters", "body", "head"]
)
SMALL_CLAUSE = frozenset(
    {
        "hold",
        "call",
        "consider",
        "deem",
        "keep",
        "leave",
        "declare",
        "find",
        "see",
        "name",
        "label",
        "brand",
        "make",
        "want",
    }
)
ORDINAL = frozenset({"first", "last", "only", "second", "next", "one", "latest", "third", "sole"})
DITRANSITIVE = frozenset(
    {
        "grant",
        "give",
        "sell",
        "send",
        "supply",
        "offer",
        "lend",
        "promise",
        "hand",
        "deliver",
        "pledge",
        "award",
        "deny",
        "cost",
        "owe",
        "refuse",
        "show",
        "provide",
    }
)
DEPTH = 6  # steps of control or coordination followed before giving up


@dataclass(slots=True)
class Slots:
    """Fillers of one predicate: head tokens by slot, ``how`` the subject was reached (for rule names and features)."""

    token: int
    passive: bool = False
    how: str = "active"
    slots: dict[str, list[int]] = field(default_factory=dict)

    def get(self, slot: str) -> list[int]:
        return self.slots.get(slot, [])

    def add(self, slot: str, tokens: list[int]) -> None:
        if tokens:
            have = self.slots.setdefault(slot, [])
            have += [t for t in tokens if t not in have]


class Framer:
    """Reads slots off one tree. Results are cached: subjects are asked for again and again along control chains."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._subjects: dict[int, tuple[list[int], str]] = {}
        self._verbs: dict[int, Slots] = {}
        control = _control()
        self.object_control, self.nominal_subject = control

    # -- verbs ------------------------------------------------------------------------------------------------------

    def verb(self, v: int) -> Slots:
        """Slots of a verb with everything that syntax lets it inherit."""
        known = self._verbs.get(v)
        if known is not None:
            return known
        t = self.tree
        found = Slots(v, self.passive(v))
        self._verbs[v] = found
        if found.passive:
            for a in t.children(v, "agent"):
                found.add("subj", self._prep_objects(a))
            for p in t.children(v, "prep"):
                if t.lower[p] == "by":
                    found.add("subj", self._prep_objects(p))
            if not found.get("subj"):
                # "sustained for three decades by Belgium": the agent hung on the adjunct
                for p in t.children(v, "prep"):
                    for o in t.children(p, "pobj"):
                        for q in t.children(o, "prep", "agent"):
                            if t.lower[q] == "by" and q > o:
                                found.add("subj", self._prep_objects(q))
            found.add("obj", self._passive_subject(v))
            found.how = "passive"
        else:
            subjects, how = self.subject(v)
            found.add("subj", subjects)
            found.how = how
            found.add("obj", self._objects(v))
        if t.lemmas[v] in DITRANSITIVE:
            for o in list(found.get("obj")):
                # "granted Mr Snowden asylum": the parser makes one noun phrase of the two objects
                if t.tags[o] in ("NN", "NNS"):
                    found.add(
                        "iobj", [k for k in t.children(o, "compound", "nmod") if t.tags[k] in ("NNP", "NNPS") and k < o]
                    )
        for d in t.children(v, "dative", "iobj"):
            if t.tags[d] in ("IN", "TO"):
                found.add("to", self._prep_objects(d))
            else:
                found.add("iobj", self._group(d))
        self._preps(v, found)
        for k in t.children(v, "attr", "acomp", "oprd"):
            found.add("attr", self._group(k))
        for c in t.children(v, "ccomp"):
            if t.is_verb(c):
                found.add("clause", [x for s in t.children(c, "nsubj", "nsubjpass") for x in self._relative(c, s)])
        # prepositional relatives: "with whom X met", "to which it sent arms"
        if t.deps[v] == "relcl":
            for p in t.children(v, "prep"):
                if any(t.lower[o] in RELATIVE for o in t.children(p, "pobj")):
                    found.slots[t.lower[p]] = self._group(t.heads[v])
        # a preposition may hang on the object by mistake: "sent arms to X"
        for o in list(found.get("obj")):
            for p in t.children(o, "prep"):
                found.slots.setdefault("obj." + t.lower[p], [])
                found.add("obj." + t.lower[p], self._prep_objects(p))
        # coordinated verbs share what stands behind the last of them: "armed, trained and paid for X"
        if not found.get("obj") and not found.passive:
            for k in t.conjuncts(v)[1:]:
                if (
                    k > v
                    and t.heads[k] == v
                    and t.is_verb(k)
                    and not t.children(k, "nsubj", "nsubjpass")
                    and t.tags[k] == t.tags[v]
                    and t.children(k, "dobj")
                    and k - v <= 4
                ):
                    found.add("obj", self._objects(k))
        return found

    def passive(self, v: int) -> bool:
        t = self.tree
        if t.tags[v] != "VBN":
            return False
        if t.children(v, "nsubjpass", "auxpass", "agent"):
            return True
        if t.deps[v] == "acl" and not t.children(v, "dobj"):
            return True
        if t.deps[v] == "advcl" and not t.children(v, "aux", "nsubj"):
            return not t.children(v, "dobj")
        if t.deps[v] == "conj" and t.is_verb(t.heads[v]) and not t.children(v, "nsubj", "aux", "dobj"):
            return self.passive(t.heads[v])
        if (
            t.deps[v] in ("amod", "ROOT", "ccomp", "dep")
            and any(t.lower[p] == "by" for p in t.children(v, "prep"))
            and not t.children(v, "dobj", "aux")
        ):
            return True
        return False

    def _passive_subject(self, v: int, depth: int = 0) -> list[int]:
        t = self.tree
        found: list[int] = []
        for s in t.children(v, "nsubjpass", "nsubj"):
            found += self._relative(v, s)
        if found or depth > DEPTH:
            return found
        if t.deps[v] == "acl":
            return self._group(t.heads[v])
        if t.deps[v] == "conj" and t.is_verb(t.heads[v]):
            head = t.heads[v]
            return self._passive_subject(head, depth + 1) if self.passive(head) else self.subject(head)[0]
        if t.deps[v] in ("xcomp", "advcl", "ccomp", "dep"):
            return self.subject_of_matrix(v)
        if t.deps[v] == "relcl":
            return self._group(t.heads[v])
        return []

    def subject(self, v: int, depth: int = 0) -> tuple[list[int], str]:
        """Who does it: head tokens, and how they were found (active, relative, control, shared, participle, nominal …)."""
        known = self._subjects.get(v)
        if known is not None:
            return known
        self._subjects[v] = ([], "none")
        found = self._subject(v, depth)
        self._subjects[v] = found
        return found

    def _subject(self, v: int, depth: int) -> tuple[list[int], str]:
        t = self.tree
        own = t.children(v, "nsubj", "csubj")
        if own:
            s = own[-1] if t.lower[own[0]] in ("there", "it") and len(own) > 1 else own[0]
            group = self._relative(v, s)
            return group, "relative" if group and s not in group else "active"
        if t.children(v, "nsubjpass"):
            return self._relative(v, t.children(v, "nsubjpass")[0]), "passive"
        if depth > DEPTH:
            return [], "none"
        dep, h = t.deps[v], t.heads[v]
        if dep == "conj" and (t.is_verb(h) or t.children(h, "nsubj", "nsubjpass")):
            if self.passive(h) and not self.passive(v):
                return self._passive_subject(h), "shared"
            return self.subject(h, depth + 1)[0], "shared"
        if dep == "relcl":
            return self._group(h), "relative"
        if (
            (dep in ("acl", "relcl", "advcl", "xcomp")
            and t.lower[h] in ORDINAL)
            or (dep in ("acl", "relcl")
            and any(t.lower[k] in ORDINAL for k in t.children(h, "amod")))
        ):
            if (
                any(t.lower[k] == "to" for k in t.children(v, "aux"))
                and t.deps[h] in ("attr", "acomp", "oprd")
                and t.is_verb(t.heads[h])
            ):
                return self.subject(t.heads[h], depth + 1)[0], "control"  # "was the first to denounce him"
        if dep == "acl":
            if t.tags[v] == "VBG":
                return self._group(h), "participle"
            if t.tags[v] == "VB" or any(t.lower[k] == "to" for k in t.children(v, "aux")):
                agents = self.agents(h)
                return agents, "nominal control"
            return [], "none"
        if dep in ("xcomp", "advcl", "ccomp", "dep", "oprd", "parataxis"):
            return self.subject_of_matrix(v, depth + 1), "control"
        if dep == "pcomp":
            return self._gerund(v, depth), "gerund"
        if dep in ("dobj", "nsubj", "pobj") and t.tags[v] == "VBG":
            possessor = [k for k in t.children(v, "poss")]
            if possessor:
                return self._group(possessor[0]), "nominal"
            if dep == "dobj" and t.is_verb(h):
                return self.subject(h, depth + 1)[0], "control"
        return [], "none"

    def subject_of_matrix(self, v: int, depth: int = 0) -> list[int]:
        """Whose deed an embedded clause without subject is: "urged X to go" is X's, "agreed to go" the subject's."""
        t = self.tree
        m = t.heads[v]
        if not t.is_verb(m):
            if t.deps[m] in ("acomp", "attr") and t.is_verb(t.heads[m]):  # "is ready to", "is likely to"
                return self.subject(t.heads[m], depth + 1)[0]
            if t.children(m, "nsubj"):
                return self._group(t.children(m, "nsubj")[0])
            if t.tags[m] in ("JJ", "VBN") and t.deps[m] == "amod":
                return self._group(t.heads[m])
            return self.agents(m)
        if self.passive(m):
            return self._passive_subject(m)
        if t.deps[v] in ("xcomp", "ccomp", "oprd") and (t.lemmas[m] in self.object_control):
            objects = [
                o
                for d in t.children(m, "dobj", "dative", "iobj")
                for o in self._group(d)
                if t.tags[d] not in ("IN", "TO")
            ]
            for p in t.children(m, "prep"):
                if t.lower[p] in ("on", "to", "upon") and not objects and t.lemmas[m] in ("call", "appeal"):
                    objects = self._prep_objects(p)
            if objects:
                return objects
        return self.subject(m, depth + 1)[0]

    def _gerund(self, v: int, depth: int) -> list[int]:
        """ "accused X of bombing", "by bombing", "responsible for bombing"."""
        t = self.tree
        p = t.heads[v]
        h = t.heads[p]
        if t.is_verb(h):
            if t.lower[p] == "for":
                on = [
                    o
                    for q in (h, *t.children(h, "dobj"))
                    for k in t.children(q, "prep")
                    if t.lower[k] in ("on", "against")
                    for o in self._prep_objects(k)
                ]
                if on:
                    return on  # "imposed an embargo on Eritrea for arming …"
            if t.lower[p] in ("of", "for", "from", "into") and t.lemmas[h] not in self.nominal_subject:
                if self.passive(h):
                    return self._passive_subject(h)
                objects = self._objects(h)
                if objects:
                    return objects
                if t.lower[p] == "for":
                    return self.subject(h, depth + 1)[0]
            return self._passive_subject(h) if self.passive(h) and t.lower[p] != "by" else self.subject(h, depth + 1)[0]
        if t.deps[h] in ("acomp", "attr") and t.is_verb(t.heads[h]):
            return self.subject(t.heads[h], depth + 1)[0]
        if t.is_noun(h):
            return self.agents(h)
        return self.subject(h, depth + 1)[0] if t.children(h, "nsubj") else []

    def _objects(self, v: int) -> list[int]:
        t = self.tree
        found: list[int] = []
        for o in t.children(v, "dobj"):
            found += self._relative(v, o)
        for c in t.children(v, "ccomp", "xcomp", "oprd"):
            if (
                not t.is_verb(c)
                or (not t.children(c, "aux", "mark")
                and t.tags[c] != "VBZ"
                and t.lemmas[v] in SMALL_CLAUSE
                and t.tags[c] in ("VBN", "VBG"))
            ):
                # a small clause: "holds Islamabad responsible", "called the claim a lie"
                found += [x for s in t.children(c, "nsubj", "nsubjpass") for x in self._group(s)]
        if found:
            return found
        if t.deps[v] == "relcl":
            subjects = t.children(v, "nsubj")
            if (
                subjects
                and t.lower[subjects[0]] not in RELATIVE
                and not any(t.lower[o] in RELATIVE for p in t.children(v, "prep") for o in t.children(p, "pobj"))
            ):
                return self._group(t.heads[v])  # "the group (that) Turkey attacked"
        if t.deps[v] == "relcl" or not t.children(v, "ccomp"):
            return found
        return found

    def _relative(self, v: int, tok: int) -> list[int]:
        """The antecedent where the token is a relative pronoun; else the token with its conjuncts."""
        t = self.tree
        if t.lower[tok] in RELATIVE and t.tags[tok] in ("WP", "WDT", "IN", "DT"):
            clause = v
            for _ in range(DEPTH):
                if t.deps[clause] == "relcl":
                    return self._group(t.heads[clause])
                if t.heads[clause] == clause:
                    break
                clause = t.heads[clause]
            return []
        return self._group(tok)

    def _group(self, tok: int) -> list[int]:
        """The token and its conjuncts, each followed through partitives ("hundreds of X", "members of X")."""
        return [self._through(c) for c in self.tree.conjuncts(tok)]

    def _through(self, tok: int) -> int:
        t = self.tree
        for _ in range(3):
            if t.lemmas[tok] in PARTITIVE or t.lower[tok] in PARTITIVE or t.tags[tok] == "CD":
                of = [o for p in t.children(tok, "prep") if t.lower[p] == "of" for o in t.children(p, "pobj")]
                if of:
                    tok = of[0]
                    continue
            break
        return tok

    def _preps(self, h: int, found: Slots) -> None:
        t = self.tree
        for p in t.children(h, "prep", "prt", "advmod", "agent"):
            if t.deps[p] == "advmod" and not t.children(p, "pobj", "prep"):
                continue
            name = t.lower[p]
            found.add(name, self._prep_objects(p))
            # "out of", "away from", "in favour of", "on behalf of"
            for q in t.children(p, "prep"):
                found.add(t.lower[q], self._prep_objects(q))
            for c in t.children(p, "conj"):
                found.add(t.lower[c], self._prep_objects(c))

    def _prep_objects(self, p: int) -> list[int]:
        t = self.tree
        return [x for o in t.children(p, "pobj") for x in self._group(o)]

    # -- nouns ------------------------------------------------------------------------------------------------------

    def noun(self, n: int) -> Slots:
        """Slots of an event noun: its possessor, modifiers and prepositions, and whom it inherits from a verb around it."""
        t = self.tree
        found = Slots(n, how="nominal")
        for k in t.kids[n]:
            dep = t.deps[k]
            if dep == "poss":
                if t.tags[k] == "WP$":
                    host = next((t.heads[v] for v in [n, *t.ancestors(n)] if t.deps[v] == "relcl"), None)
                    if host is not None:
                        found.add("poss", self._group(host))
                else:
                    found.add("poss", self._group(k))
            elif dep in ("amod", "compound", "nmod", "npadvmod"):
                found.add("mod", self.tree.conjuncts(k))
            elif dep == "appos":
                found.add("appos", self._group(k))
        self._preps(n, found)
        if t.deps[n] == "conj":  # "attacks and raids on X": what stands behind the last belongs to all
            first = t.first_conjunct(n)
            for k in t.kids[first]:
                if t.deps[k] == "poss":
                    found.add("poss", self._group(k))
                elif t.deps[k] in ("amod", "compound") and k < first:
                    found.add("mod", self.tree.conjuncts(k))
        for c in t.children(n, "conj"):
            if t.is_noun(c):
                for p in t.children(c, "prep"):
                    if t.lower[p] not in found.slots:
                        found.add(t.lower[p], self._prep_objects(p))
        for o in found.get("of"):  # "the attack of Azeri units on the posts": "on" hung on the units
            for p in t.children(o, "prep"):
                if t.lower[p] in ("on", "against", "upon", "with", "to") and t.lower[p] not in found.slots and p > n:
                    found.add(t.lower[p], self._prep_objects(p))
        for v in t.children(n, "acl"):
            if t.tags[v] == "VBN":
                for p in t.children(v, "agent", "prep"):
                    if t.lower[p] == "by":
                        found.add("by", self._prep_objects(p))
        return found

    def carrier(self, n: int) -> tuple[int, str] | None:
        """The verb that carries an event noun and the noun's place there: "launched [an attack]" → (launched, "dobj")."""
        t = self.tree
        top = t.first_conjunct(n)
        dep, h = t.deps[top], t.heads[top]
        for _ in range(3):
            if dep == "pobj" and t.deps[h] in ("prep", "agent"):
                g = t.heads[h]
                if t.is_verb(g):
                    return g, t.lower[h]
                if t.is_noun(g) and t.lemmas[g] in (
                    "series",
                    "round",
                    "wave",
                    "number",
                    "string",
                    "campaign",
                    "spate",
                    "set",
                    "package",
                    "kind",
                    "form",
                    "end",
                    "halt",
                ):
                    top = t.first_conjunct(g)
                    dep, h = t.deps[top], t.heads[top]
                    continue
                return None
            break
        if dep in ("dobj", "nsubjpass", "nsubj", "attr", "oprd", "xcomp", "ccomp") and t.is_verb(h):
            return h, dep
        if dep in ("relcl", "acl"):
            return None
        # "the talks that X held": the noun is the antecedent of a relative clause
        for v in t.children(n, "relcl", "acl"):
            if t.tags[v] == "VBN" and self.passive(v):
                return v, "nsubjpass"
            if t.children(v, "nsubj") and t.lower[t.children(v, "nsubj")[0]] not in RELATIVE:
                return v, "dobj"
        return None

    def agents(self, n: int) -> list[int]:
        """Whose act a noun is: possessor, national adjective, "by", or the subject of the verb that carries it."""
        t = self.tree
        s = self.noun(n)
        if s.get("poss"):
            return s.get("poss")
        if s.get("by"):
            return s.get("by")
        if s.get("mod"):
            return s.get("mod")
        got = self.carrier(n)
        if got and got[1] == "dobj":
            return self.subject(got[0])[0]
        if s.get("of"):
            return s.get("of")
        if t.deps[n] in ("nsubj",):
            return self._group(n)
        return []

    # -- adjectives and predicate nouns -----------------------------------------------------------------------------

    def entity(self, x: int) -> tuple[list[int], str]:
        """Of whom an adjective or a predicate noun is said: the copula's subject, the noun modified, the apposition's host."""
        t = self.tree
        dep, h = t.deps[x], t.heads[x]
        if dep in ("attr", "acomp", "oprd", "xcomp") and t.is_verb(h):
            if t.lemmas[h] in BE or dep != "attr":
                if dep in ("oprd", "xcomp") and not self.passive(h):
                    objects = self._objects(h)
                    if objects:
                        return objects, "object predicate"
                return (self._passive_subject(h) if self.passive(h) else self.subject(h)[0]), "copula"
            return self.subject(h)[0], "copula"
        if dep == "amod":
            return self._group(h), "attribute"
        if dep == "appos":
            return [max((c for c in t.conjuncts(h) if c < x), default=h)], "apposition"
        if dep == "conj":
            return self.entity(t.first_conjunct(x)) if t.first_conjunct(x) != x else ([], "none")
        if dep == "pobj" and t.lower[h] == "as":
            g = t.heads[h]
            if t.is_verb(g):
                if self.passive(g):
                    return self._passive_subject(g), "as"
                return self._objects(g) or self.subject(g)[0], "as"
        if dep == "acl":
            return self._group(h), "attribute"
        if dep in ("advcl", "ROOT", "ccomp", "relcl", "prep"):
            own = t.children(x, "nsubj", "nsubjpass")
            if own:
                return self._relative(x, own[0]), "copula"
            if dep == "relcl":
                return self._group(h), "relative"
            if dep == "advcl":
                return self.subject(h)[0], "participle"
        appos = t.children(x, "appos")
        if appos and t.is_noun(x):
            return self._group(appos[0]), "apposition"
        if dep == "compound":
            return [h], "compound"
        return [], "none"


def _control() -> tuple[frozenset[str], frozenset[str]]:
    data = read("stance")
    return frozenset(data["object_control"]["verbs"]), frozenset(data["subject_gerund"]["verbs"])
