"""Phrases of one tree: coordination, partitives, prepositions, and what stands around a noun.

The half of ``kg.nlp.frames`` that needs no verb: who is meant by "hundreds of protesters and monks", what belongs to "the
Turkish attack on Afrin", and which verb carries that noun.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

RELATIVE = frozenset({"who", "which", "that", "whom"})
PARTITIVE = vocabulary("syntax", "partitive")
SERIES = vocabulary("syntax", "series")
LIGHT = vocabulary("stance", "light", "verbs")
MEDIATING = vocabulary("constructions", "mediation", "verbs")
EDGES = vocabulary("constructions", "border", "edges")
MEANS = vocabulary("syntax", "means")
COMPANY = vocabulary("syntax", "company")
BYSTANDING = vocabulary("syntax", "bystanding")
HYPHENS = frozenset({"-", "–"})
OF_PARTICIPLE = frozenset({"against", "at", "between", "on", "to", "toward", "towards", "upon", "with"})
DEPTH = 6  # steps of control or coordination followed before giving up
NESTED = 3  # "one of a number of members of X": partitives and series followed into each other


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


class Phrases:
    """Groups and noun phrases of one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def relative(self, v: int, tok: int) -> list[int]:
        """The antecedent where the token is a relative pronoun; else the token with its conjuncts."""
        t = self.tree
        if t.lower[tok] in RELATIVE and t.tags[tok] in ("WP", "WDT", "IN", "DT"):
            clause = v
            for _ in range(DEPTH):
                if t.deps[clause] == "relcl":
                    return self._described(t.heads[clause])
                if t.heads[clause] == clause:
                    break
                clause = t.heads[clause]
            return []
        return self.group(tok)

    def _described(self, host: int) -> list[int]:
        """Who a described noun is: "X is the only member that …", "X and Y, members that …": X."""
        t = self.tree
        over = t.heads[host]
        if t.tags[host] in ("NN", "NNS") and t.deps[host] == "appos" and t.tags[over].startswith("NNP"):
            return self.group(t.first_conjunct(over) if t.tags[host] == "NNS" else over)
        if t.deps[host] == "attr" and t.lemmas[over] == "be":
            named = [s for s in t.children(over, "nsubj") if t.tags[s].startswith("NNP")]
            if named:
                return self.group(named[0])
        return self.group(host)

    def group(self, tok: int) -> list[int]:
        """The token and its conjuncts, each followed through partitives ("hundreds of X", "members of X")."""
        return [self._through(c) for c in [*self.tree.conjuncts(tok), *self._companions(tok)]]

    def _companions(self, tok: int) -> list[int]:
        """ "Qatar, along with Egypt, …": who does it with the subject."""
        t = self.tree
        if t.deps[tok] not in ("nsubj", "nsubjpass"):
            return []
        v = t.heads[tok]
        return [
            c
            for p in [*t.kids[tok], *(k for k in t.kids[v] if tok < k < v)]
            if t.lower[p] in COMPANY or any(t.lower[k] in COMPANY for k in t.children(p, "advmod"))
            for q in (p, *t.children(p, "prep"))
            for o in t.children(q, "pobj")
            for c in t.conjuncts(o)
        ]

    def _through(self, tok: int) -> int:
        t = self.tree
        for _ in range(NESTED):
            if t.lemmas[tok] in PARTITIVE or t.lower[tok] in PARTITIVE or t.tags[tok] == "CD":
                of = [o for p in t.children(tok, "prep") if t.lower[p] == "of" for o in t.children(p, "pobj")]
                if of:
                    tok = of[0]
                    continue
            break
        return tok

    def whose(self, n: int) -> list[int]:
        """Whom *whose* before a noun stands for: what the relative clause hangs on."""
        t = self.tree
        clause = next((v for v in [n, *t.ancestors(n)] if t.deps[v] == "relcl"), None)
        return self.group(t.heads[clause]) if clause is not None else []

    def preps(self, h: int, found: Slots) -> None:
        """Add what stands behind the prepositions of ``h``, each as a slot of its own."""
        t = self.tree
        for p in t.children(h, "prep", "prt", "advmod", "agent"):
            if t.deps[p] == "advmod" and not t.children(p, "pobj", "prep"):
                continue
            name = t.lower[p]
            if name == "with" and self.bystanders(p):
                continue
            found.add(name, self.prep_objects(p))
            found.add("border", [o for o in self.prep_objects(p) if t.lemmas[o] in EDGES])
            for o in t.children(p, "pobj") if name == "in" else ():
                if t.lower[o] == "front":  # "demonstrated in front of the embassy"
                    found.add("outside", [x for q in t.children(o, "prep") for x in self.prep_objects(q)])
            # "out of", "away from", "in favour of", "on behalf of"
            for q in t.children(p, "prep") if name != "according" else ():
                found.add(t.lower[q], self.prep_objects(q))
            for c in t.children(p, "conj"):
                found.add(t.lower[c], self.prep_objects(c))
        if "with" not in found.slots:
            found.add("with", [x for p in t.children(h, "prep") for x in self._across(p)])

    def _across(self, p: int) -> list[int]:
        """ "talks in London with X", "by phone with X": *with* hung on the place or the means."""
        t = self.tree
        return [
            x
            for o in t.children(p, "pobj")
            if (t.lower[p] in ("at", "in") and t.tags[o] == "NNP")
            or (t.lower[p] in ("by", "over") and t.lemmas[o] in MEANS)
            for q in t.children(o, "prep")
            if t.lower[q] == "with"
            for x in self.prep_objects(q)
        ]

    def bystanders(self, p: int) -> str:
        """As what somebody stands by, who then is no party: "signed a treaty, with Egypt as mediator"; else nothing."""
        t = self.tree
        beside = [k for host in (t.heads[p], *t.children(p, "pobj")) for k in t.children(host, "prep") if k > p]
        words = (t.lemmas[o] for k in beside if t.lower[k] == "as" for o in t.children(k, "pobj"))
        return next((word for word in words if word in BYSTANDING), "")

    def prep_objects(self, p: int) -> list[int]:
        """What stands behind a preposition."""
        t = self.tree
        return [x for o in t.children(p, "pobj") for x in self.group(o)]

    def noun(self, n: int) -> Slots:
        """Slots of an event noun: its possessor, modifiers and prepositions, and whom it inherits from a verb around it."""
        t = self.tree
        found = Slots(n, how="nominal")
        for k in t.kids[n]:
            dep = t.deps[k]
            if dep == "poss":
                found.add("poss", self.whose(n) if t.tags[k] == "WP$" else self.group(k))
            elif dep in ("amod", "compound", "nmod", "npadvmod"):
                found.add("mod", [*self._hyphenated(k), *t.conjuncts(k)])
            elif dep == "appos":
                found.add("appos", self.group(k))
        self.preps(n, found)
        if t.deps[n] == "conj":  # "attacks and raids on X": what stands behind the last belongs to all
            first = t.first_conjunct(n)
            for k in t.kids[first]:
                if t.deps[k] == "poss":
                    found.add("poss", self.group(k))
                elif t.deps[k] in ("amod", "compound") and k < first:
                    found.add("mod", t.conjuncts(k))
        for c in t.children(n, "conj"):
            if t.is_noun(c):
                for p in t.children(c, "prep"):
                    if t.lower[p] not in found.slots:
                        found.add(t.lower[p], self.prep_objects(p))
        for o in found.get("of"):  # "the attack of Azeri units on the posts": "on" hung on the units
            for p in t.children(o, "prep"):
                if t.lower[p] in ("on", "against", "upon", "with", "to") and t.lower[p] not in found.slots and p > n:
                    found.add(t.lower[p], self.prep_objects(p))
        for v in t.children(n, "acl", "ccomp"):
            if any(t.lower[k] == "that" and t.tags[k] == "IN" for k in t.kids[v]):  # "the demand that X leave"
                found.add("that", [x for s in t.children(v, "nsubj", "nsubjpass") for x in self.group(s)])
            if t.tags[v] == "VBN" and t.deps[v] == "acl":
                for p in t.children(v, "agent", "prep"):
                    if t.lower[p] == "by":
                        if t.lemmas[v] in LIGHT and t.lemmas[v] not in MEDIATING:
                            found.add("by", self.prep_objects(p))
                    elif t.lower[p] in OF_PARTICIPLE and t.lower[p] not in found.slots:
                        found.add(t.lower[p], self.prep_objects(p))  # "the sanctions imposed on Iran"
        return found

    def _hyphenated(self, k: int) -> list[int]:
        """The first half of a pair that modifies a noun: the *US* of "US-Taliban talks"."""
        t = self.tree
        if k < 2 or t.words[k - 1] not in HYPHENS or t.starts[k] != t.ends[k - 1] or t.starts[k - 1] != t.ends[k - 2]:
            return []
        return [k - 2] if t.tags[k - 2].startswith(("NNP", "JJ")) else []

    def carrier(self, n: int) -> tuple[int, str] | None:
        """The verb that carries an event noun and the noun's place there: "launched [an attack]" → (launched, "dobj")."""
        t = self.tree
        top = t.first_conjunct(n)
        dep, h = t.deps[top], t.heads[top]
        for _ in range(NESTED):
            if dep == "pobj" and t.deps[h] in ("prep", "agent"):
                g = t.heads[h]
                if t.is_verb(g):
                    return g, t.lower[h]
                if t.is_noun(g) and t.lemmas[g] in SERIES:
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

    def passive(self, v: int) -> bool:
        """Whether a verb is passive, also as a bare participle ("the town taken by X") or sharing another's auxiliary."""
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
        return (
            t.deps[v] in ("amod", "ROOT", "ccomp", "dep")
            and any(t.lower[p] == "by" for p in t.children(v, "prep"))
            and not t.children(v, "dobj", "aux")
        )
