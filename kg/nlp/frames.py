"""Predicates and who fills their slots: syntax only, no meaning.

One function per kind of predicate gives the same thing: slots (``subj``, ``obj``, a preposition …) filled with head tokens.
Active and passive, relative and reduced clauses, control and raising, coordination and light verbs are undone here, once, so
that the lexicon can say "condemn: subj > obj" and nothing more.
"""

from __future__ import annotations

from kg.nlp.phrases import DEPTH, LIGHT, MEDIATING, OF_PARTICIPLE, RELATIVE, Phrases, Slots
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

EACH = frozenset({"each"})
COPULA = vocabulary("syntax", "copula")
SMALL_CLAUSE = vocabulary("syntax", "small_clause")
AUTHORING = vocabulary("syntax", "authoring")
ORDINAL = vocabulary("syntax", "ordinal")
DITRANSITIVE = vocabulary("syntax", "ditransitive")
DOCUMENTS = vocabulary("syntax", "documents")
ACCUSING = vocabulary("stance", "accusing", "verbs")
DEEDS = vocabulary("syntax", "deeds")
COMMITTING = vocabulary("syntax", "committing")
OBJECT_CONTROL = vocabulary("stance", "object_control", "verbs")
TELEPHONING = vocabulary("stance", "urging", "telephoning")
ADDRESSED = vocabulary("stance", "urging", "addressed")
ADDRESSING = frozenset({"for", "on", "to", "upon"})
SUBJECT_GERUND = vocabulary("stance", "subject_gerund", "verbs")


class Framer(Phrases):
    """Reads slots off one tree. Results are cached: subjects are asked for again and again along control chains."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(tree)
        self._subjects: dict[int, tuple[list[int], str]] = {}
        self._verbs: dict[int, Slots] = {}

    # -- verbs ------------------------------------------------------------------------------------------------------

    def verb(self, v: int) -> Slots:
        """Slots of a verb with everything that syntax lets it inherit."""
        known = self._verbs.get(v)
        if known is not None:
            return known
        t = self.tree
        caused = self._caused(v)
        found = Slots(v, self.passive(v) or caused)
        self._verbs[v] = found
        if caused:
            found.add("subj", self.subject(t.heads[v])[0])
            found.add("obj", [x for s in t.children(v, "nsubj") for x in self.group(s)])
            found.how = "caused"
        elif found.passive:
            for a in t.children(v, "agent"):
                found.add("subj", self.prep_objects(a))
                for c in t.children(a, "conj"):  # "by Hungary and by the OSCE"
                    if t.lower[c] == "by":
                        found.add("subj", self.prep_objects(c))
            for p in t.children(v, "prep"):
                if t.lower[p] == "by":
                    found.add("subj", self.prep_objects(p))
            if not found.get("subj"):
                # "kept alive for years by Cuba": the agent hung on the adjunct
                hosts = [*t.children(v, "dobj"), *(o for p in t.children(v, "prep") for o in t.children(p, "pobj"))]
                for o in hosts:
                    for q in t.children(o, "prep", "agent"):
                        if t.lower[q] == "by" and q > o:
                            found.add("subj", self.prep_objects(q))
            if not found.get("subj"):
                found.add("subj", self._shared_agent(v))
            granted = [x for o in t.children(v, "dobj") for x in self.group(o)] if t.lemmas[v] in DITRANSITIVE else []
            # "was granted asylum by X": the subject is who receives
            found.add("obj", granted or self._passive_subject(v))
            if granted:
                found.add("iobj", self._passive_subject(v))
            found.how = "passive"
        else:
            subjects, how = self.subject(v)
            found.add("subj", subjects)
            found.how = how
            found.add("obj", self._objects(v))
        if t.lemmas[v] in DITRANSITIVE:
            for o in list(found.get("obj")):
                # "granted Mr Snowden asylum": the parser makes one noun phrase of the two objects, but not of "a UN team"
                if t.tags[o] in ("NN", "NNS") and not any(t.lower[k] in ("a", "an") for k in t.children(o, "det")):
                    found.add(
                        "iobj", [k for k in t.children(o, "compound", "nmod") if t.tags[k] in ("NNP", "NNPS") and k < o]
                    )
        for d in t.children(v, "dative", "iobj"):
            if t.tags[d] in ("IN", "TO"):
                found.add("to", self.prep_objects(d))
            else:
                found.add("iobj", self.group(d))
        self.preps(v, found)
        for k in t.children(v, "attr", "acomp", "oprd"):
            found.add("attr", self.group(k))
        for c in t.children(v, "ccomp"):
            if t.is_verb(c) and not self.stands_alone(c, v):
                found.add("clause", [x for s in t.children(c, "nsubj", "nsubjpass") for x in self.relative(c, s)])
        for c in t.children(v, "advcl", "ccomp", "xcomp"):
            # "gave approval for X to fly", "pushed for X to leave": the parser makes *for* a conjunction
            if t.tags[c] == "VB" and any(t.lower[k] == "for" for k in t.children(c, "mark")):
                found.add("for", [x for s in t.children(c, "nsubj", "nsubjpass") for x in self.group(s)])
        # prepositional relatives: "with whom X met", "to which it sent arms"
        if t.deps[v] == "relcl":
            for p in t.children(v, "prep"):
                if any(t.lower[o] in RELATIVE for o in t.children(p, "pobj")):
                    found.slots[t.lower[p]] = self.group(t.heads[v])
            if any(t.lower[k] == "where" for k in t.children(v, "advmod")):
                found.slots.setdefault("in", self.group(t.heads[v]))
        # a preposition may hang on the object by mistake: "sent arms to X"
        for o in list(found.get("obj")):
            for p in t.children(o, "prep"):
                found.slots.setdefault("obj." + t.lower[p], [])
                found.add("obj." + t.lower[p], self.prep_objects(p))
            found.add("obj.poss", [x for k in t.children(o, "poss") for x in self.group(k)])
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

    def stands_alone(self, c: int, v: int) -> bool:
        """ "X attacked Y; Z said it was worried": the parser makes the first of two sentences a clause of the second."""
        t = self.tree
        return c < v and (";" in t.words[c:v] or any(k > v for k in t.children(v, "ccomp")))

    def _caused(self, v: int) -> bool:
        """ "had X arrested": whoever has it done."""
        t = self.tree
        return (
            t.tags[v] in ("VBN", "VBD")
            and t.deps[v] in ("ccomp", "xcomp")
            and t.lemmas[t.heads[v]] in ("have", "get")
            and bool(t.children(v, "nsubj"))
            and not t.children(v, "aux", "auxpass", "mark", "dobj")
        )

    def _shared_agent(self, v: int) -> list[int]:
        """ "was bombed and blockaded by X": the agent behind the last of several participles."""
        t = self.tree
        for k in t.conjuncts(v):
            if k > v and t.tags[k] == "VBN" and not t.children(k, "nsubj", "nsubjpass", "aux", "auxpass"):
                agents = [x for a in t.children(k, "agent") for x in self.prep_objects(a)]
                if agents:
                    return agents
        return []

    def _passive_subject(self, v: int, depth: int = 0) -> list[int]:
        t = self.tree
        found: list[int] = []
        for s in t.children(v, "nsubjpass", "nsubj"):
            found += self.relative(v, s)
        if found or depth > DEPTH:
            return found
        if t.deps[v] == "acl":
            return self.group(t.heads[v])
        if t.deps[v] == "conj" and t.is_verb(t.heads[v]):
            head = t.heads[v]
            return self._passive_subject(head, depth + 1) if self.passive(head) else self.subject(head)[0]
        if t.deps[v] in ("xcomp", "advcl", "ccomp", "dep"):
            return self.subject_of_matrix(v)
        if t.deps[v] == "relcl":
            return self.group(t.heads[v])
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
        """As ``subject``; what a text or a deed does its author does: "passed a resolution criticising X", "a raid that killed X"."""
        found, how = self._bearer(v, depth)
        if how in ("relative", "participle") and len(found) == 1:
            if self.tree.lemmas[found[0]] in DOCUMENTS:
                return self._authors(found[0]) or found, "text"
            if self.tree.lemmas[found[0]] in DEEDS:
                return self._doers(found[0]) or found, "deed"
        return found, how

    def _doers(self, n: int) -> list[int]:
        """Who committed a deed; who condemns or foils one did not."""
        s = self.noun(n)
        named = s.get("poss") or s.get("by")
        carried = self.carrier(n)
        national = any(self.tree.words[k][:1].isupper() for k in s.get("mod"))  # the noun itself tells whose it is
        if named or national or carried is None or self.tree.lemmas[carried[0]] not in COMMITTING:
            return named
        return self.subject(carried[0])[0] if carried[1] == "dobj" else self.verb(carried[0]).get("subj")

    def _authors(self, n: int) -> list[int]:
        """Who issued a text; who blocks one did not."""
        t = self.tree
        carried = self.carrier(n)
        if carried is not None and carried[1] == "dobj" and t.lemmas[carried[0]] not in LIGHT | AUTHORING:
            return []
        return self.agents(n)

    def _bearer(self, v: int, depth: int) -> tuple[list[int], str]:
        t = self.tree
        own = t.children(v, "nsubj", "csubj")
        if own:
            s = own[-1] if t.lower[own[0]] in ("there", "it") and len(own) > 1 else own[0]
            if (
                t.lower[s] in EACH
                and not t.kids[s]
                and t.deps[v] in ("advcl", "ccomp", "conj")
                and t.is_verb(t.heads[v])
            ):
                return self.subject(t.heads[v], depth + 1)[0], "control"  # "exchanged fire, each blaming the other"
            group = self.relative(v, s)
            return group, "relative" if group and s not in group else "active"
        if t.children(v, "nsubjpass"):
            return self.relative(v, t.children(v, "nsubjpass")[0]), "passive"
        if depth > DEPTH:
            return [], "none"
        dep, h = t.deps[v], t.heads[v]
        if dep == "conj" and (t.is_verb(h) or t.children(h, "nsubj", "nsubjpass")):
            if self.passive(h) and not self.passive(v):
                return self._passive_subject(h), "shared"
            return self.subject(h, depth + 1)[0], "shared"
        infinitive = t.tags[v] == "VB" and any(t.lower[k] == "to" for k in t.children(v, "aux"))
        if dep == "relcl" and not infinitive:
            return self.group(h), "relative"
        ordinal = (dep in ("acl", "relcl", "advcl", "xcomp") and t.lower[h] in ORDINAL) or (
            dep in ("acl", "relcl") and any(t.lower[k] in ORDINAL for k in t.children(h, "amod"))
        )
        if (
            ordinal
            and any(t.lower[k] == "to" for k in t.children(v, "aux"))
            and t.deps[h] in ("attr", "acomp", "oprd")
            and t.is_verb(t.heads[h])
        ):
            return self.subject(t.heads[h], depth + 1)[0], "control"  # "was the first to denounce him"
        if dep == "acl" or (dep == "relcl" and infinitive):  # the parser has both for "money to pay for aid"
            if t.tags[v] == "VBG":
                return self.group(h), "participle"
            if t.tags[v] == "VB" or any(t.lower[k] == "to" for k in t.children(v, "aux")):
                asked = [o for p in t.children(h, "prep") if t.lower[p] in ADDRESSING for o in self.prep_objects(p)]
                if asked and t.lemmas[h] in ADDRESSED:
                    return asked, "nominal control"  # "an invitation to Chad to join"
                agents = self.agents(h)
                return agents, "nominal control"
            return [], "none"
        if dep in ("xcomp", "advcl", "ccomp", "dep", "oprd", "parataxis"):
            return self.subject_of_matrix(v, depth + 1), "control"
        if dep == "pcomp":
            return self._gerund(v, depth), "gerund"
        if dep in ("dobj", "nsubj", "pobj") and t.tags[v] == "VBG":
            possessor = t.children(v, "poss")
            if possessor:
                return self.group(possessor[0]), "nominal"
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
                return self.group(t.children(m, "nsubj")[0])
            if t.tags[m] in ("JJ", "VBN") and t.deps[m] == "amod":
                return self.group(t.heads[m])
            return self.agents(m)
        if self.passive(m):
            return self._passive_subject(m)
        if t.deps[v] in ("xcomp", "ccomp", "oprd") and t.lemmas[m] in OBJECT_CONTROL:
            objects = [
                o
                for d in t.children(m, "dobj", "dative", "iobj")
                for o in self.group(d)
                if t.tags[d] not in ("IN", "TO") and t.lemmas[m] not in TELEPHONING
            ]
            for p in t.children(m, "prep"):
                if t.lower[p] in ("on", "to", "upon") and not objects and t.lemmas[m] in ("call", "appeal"):
                    objects = self.prep_objects(p)
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
                    for o in self.prep_objects(k)
                ]
                if on:
                    return on  # "imposed an embargo on Eritrea for arming …"
            instead = any(t.lower[k] == "instead" for k in t.children(p, "advmod"))
            charged = t.lower[p] == "with" and t.lemmas[h] in ACCUSING
            if (
                (charged or t.lower[p] in ("of", "for", "from", "into"))
                and t.lemmas[h] not in SUBJECT_GERUND
                and not instead
            ):
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
        if t.deps[h] == "amod" and t.tags[h].startswith("JJ"):
            return self.group(t.heads[h])  # "found X guilty of siding with Y"
        if t.is_noun(h):
            return self.agents(h)
        return self.subject(h, depth + 1)[0] if t.children(h, "nsubj") else []

    def _objects(self, v: int) -> list[int]:
        t = self.tree
        found: list[int] = []
        for o in t.children(v, "dobj"):
            found += self.relative(v, o)
        for c in t.children(v, "ccomp", "xcomp", "oprd"):
            if not t.is_verb(c) or (
                not t.children(c, "aux", "mark")
                and t.tags[c] != "VBZ"
                and t.lemmas[v] in SMALL_CLAUSE
                and t.tags[c] in ("VBN", "VBG")
            ):
                # a small clause: "holds Islamabad responsible", "called the claim a lie"
                found += [x for s in t.children(c, "nsubj", "nsubjpass") for x in self.group(s)]
        if found:
            return found
        if t.deps[v] == "relcl":
            subjects = t.children(v, "nsubj")
            if (
                subjects
                and t.lower[subjects[0]] not in RELATIVE
                and not any(t.lower[o] in RELATIVE for p in t.children(v, "prep") for o in t.children(p, "pobj"))
            ):
                return self.group(t.heads[v])  # "the group (that) Turkey attacked"
        return found

    def group(self, tok: int) -> list[int]:
        """As in ``Phrases``; who "was among those arrested" is arrested."""
        t = self.tree
        p = t.heads[tok]
        be = t.heads[p]
        if t.deps[tok] == "pobj" and t.lower[p] == "among" and t.lower[tok] == "those" and t.lemmas[be] == "be":
            return [x for s in t.children(be, "nsubj") for x in super(Framer, self).group(s)]
        return super().group(tok)

    # -- nouns and adjectives ----------------------------------------------------------------------------------------

    def noun(self, n: int) -> Slots:
        """Slots of an event noun, with what a relative clause about it tells: "the sanctions that X imposed on Y"."""
        t = self.tree
        found = super().noun(n)
        for v in t.children(n, "relcl"):
            objects = t.children(v, "dobj")
            subjects = t.children(v, "nsubj")
            if t.lemmas[v] not in LIGHT or t.lemmas[v] in MEDIATING or not subjects or t.lower[subjects[0]] in RELATIVE:
                continue
            if objects and t.lower[objects[0]] not in RELATIVE:
                continue
            if not found.get("by"):
                found.add("by", self.subject(v)[0])
            for p in t.children(v, "prep", "dative"):
                if t.lower[p] in OF_PARTICIPLE and t.lower[p] not in found.slots:
                    found.add(t.lower[p], self.prep_objects(p))
        return found

    def agents(self, n: int) -> list[int]:
        """Whose act a noun is: possessor, national adjective, "by", or the subject of the verb that carries it."""
        t = self.tree
        s = self.noun(n)
        if s.get("poss"):
            return s.get("poss")
        if s.get("by"):
            return s.get("by")
        if named := [k for k in s.get("mod") if t.words[k][:1].isupper()]:
            return named
        got = self.carrier(n)
        if got and got[1] == "dobj":
            return self.subject(got[0])[0]
        if s.get("of"):
            return s.get("of")
        if t.deps[n] == "nsubj":
            return self.group(n)
        return []

    def entity(self, x: int) -> tuple[list[int], str]:
        """Of whom an adjective or a predicate noun is said: the copula's subject, the noun modified, the apposition's host."""
        t = self.tree
        dep, h = t.deps[x], t.heads[x]
        if dep in ("attr", "acomp", "oprd", "xcomp") and t.is_verb(h):
            if t.lemmas[h] in COPULA or dep != "attr":
                if dep in ("oprd", "xcomp") and not self.passive(h):
                    objects = self._objects(h)
                    if objects:
                        return objects, "object predicate"
                return (self._passive_subject(h) if self.passive(h) else self.subject(h)[0]), "copula"
            return self.subject(h)[0], "copula"
        if dep == "amod":
            return self.group(h), "attribute"
        if dep == "appos":
            hosts = [c for c in t.conjuncts(h) if c < x]
            return (hosts if t.tags[x] == "NNS" and hosts else hosts[-1:] or [h]), "apposition"
        if dep == "conj":
            return self.entity(t.first_conjunct(x)) if t.first_conjunct(x) != x else ([], "none")
        if dep == "pobj" and t.lower[h] == "as":
            g = t.heads[h]
            if t.is_verb(g):
                if self.passive(g):
                    return self._passive_subject(g), "as"
                return self._objects(g) or self.subject(g)[0], "as"
        if dep == "pobj" and t.lower[h] == "of" and t.lower[t.heads[h]] in ("one", "some", "two"):
            return self.entity(t.heads[h])  # "is one of the critics of X"
        if dep == "pobj" and t.lower[h] == "among" and t.lemmas[t.heads[h]] == "be":
            return self.subject(t.heads[h])[0], "copula"  # "is among the critics of X"
        if dep == "acl":
            return self.group(h), "attribute"
        if dep in ("advcl", "ROOT", "ccomp", "relcl", "prep"):
            own = t.children(x, "nsubj", "nsubjpass")
            if own:
                return self.relative(x, own[0]), "copula"
            if dep == "relcl":
                return self.group(h), "relative"
            if dep == "advcl":
                return self.subject(h)[0], "participle"
        appos = t.children(x, "appos")
        if appos and t.is_noun(x):
            return self.group(appos[0]), "apposition"
        if dep == "compound":
            return [h], "compound"
        return [], "none"
