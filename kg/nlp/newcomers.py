"""Persons and bodies that the catalogue does not know: "Hikmet Hajiyev, an adviser to …", "the Syria Recovery Council"."""

from __future__ import annotations

import re

from kg.actors.names import fold
from kg.model import ActorRef, ActorType
from kg.nlp.directory import fold_name, new_id
from kg.nlp.gender import FEMALE
from kg.nlp.lexicon import lexicon
from kg.nlp.mentions import Ment, Sight, head_of, role_before
from kg.nlp.organs import Organs
from kg.nlp.words import inverted, longest, roles, vocabulary

ROLES = roles()
STOP = vocabulary("reference", "stop", "names")
HEADS = {word: ActorType(type_) for word, type_ in inverted("reference", "head").items()}
WEAK_HEADS = vocabulary("names", "weak_heads")
PARTICLES = vocabulary("names", "particles")
NAMED_ACTS = vocabulary("constructions", "named_acts", "nouns")  # "operation Olive Branch" acts for nobody of that name
LEXICON = lexicon()
ARTICLE = re.compile(r"^(?:al|an|as|el|ul)-", re.IGNORECASE)  # "al-Hamdani" is "Hamdani" later
APPOSED = inverted("reference", "apposed")
ARMED = vocabulary("names", "armed")
SMALL_HEADS = vocabulary("names", "small_heads")
THINGS = vocabulary("names", "things")
TREATIES = vocabulary("names", "treaties")
KIN = vocabulary("names", "kin")
AIDES = vocabulary("names", "aides")
HE = frozenset({"he", "her", "herself", "him", "himself", "his", "she"})
# Relations that take a mind.
MINDED = frozenset({"ACCUSES", "AGREES_WITH", "CONSULTS", "REJECTS", "REQUESTS", "SUPPORTS"})
SPEAKING = vocabulary("names", "speaking")


class Newcomers:
    """The unknown names of one sentence."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.tree = sight.tree
        self.dir = sight.dir
        self.taken = sight.taken
        self.places = sight.places

    def find(self) -> list[Ment]:
        """Every unknown name that is typed by its own words or by what stands beside it."""
        t = self.tree
        found: list[Ment] = []
        i, n = 0, len(t)
        while i < n:
            if (
                i in self.taken
                or i in self.places
                or i in self.sight.nobody
                or not (t.tags[i] in ("NNP", "NNPS") or self.dir.bearers.get(fold_name(t.words[i])))
                or not t.words[i][0].isupper()
                or t.lower[i] in STOP
            ):
                i += 1
                continue
            if (
                (got := longest(ROLES.trie, t.lower, i))
                and not self.dir.bearers.get(fold_name(t.words[i]))
                and not (got[0] < n and t.tags[got[0]] == "NNP" and t.deps[got[0] - 1] != "compound")
            ):
                i = got[0]
                continue
            if t.lower[i] in ROLES.titles:
                i += 1
                continue
            j = i + 1
            while j < n and j not in self.taken and j not in self.places and self._continues(j):
                j += 1
            while j > i + 1 and not t.words[j - 1][0].isalnum():
                j -= 1
            if j < n and t.lower[j] in SMALL_HEADS and j not in self.taken and t.heads[j - 1] == j:
                j += 1  # "the Zorbal party"
            m = self._newcomer(i, j)
            if m is not None:
                found.append(self.sight.add(m))
            i = max(j, i + 1)
        return found

    def _continues(self, j: int) -> bool:
        t = self.tree
        w = t.words[j]
        if t.tags[j] in ("NNP", "NNPS") and w[0].isupper():
            return t.lower[j] not in STOP
        if t.lower[j] in PARTICLES and t.words[j + 1 : j + 2] == ["-"]:
            j += 1  # "al-Hamdani"
        if t.lower[j] in PARTICLES or w in ("-", "’", "'") or t.words[j] == "-":
            return (
                j + 1 < len(t)
                and t.words[j + 1][:1].isupper()
                and t.tags[j + 1] in ("NNP", "NNPS", "JJ")
                and (w != "-" or t.starts[j] == t.ends[j - 1])
            )
        return w in ("for", "of") and t.lower[j - 1] in HEADS and j + 1 < len(t) and t.words[j + 1][0].isupper()

    def _newcomer(self, i: int, j: int) -> Ment | None:
        t = self.tree
        if j in self.taken and (got := longest(ROLES.trie, t.lower, i)) and got[0] == j:
            return None  # "Prime Minister" before a name is an office, and nobody's name
        start_char, end_char = t.starts[i] - t.start, t.ends[j - 1] - t.start
        name = t.text[start_char:end_char]
        head = head_of(t, i, j)
        words = [t.lower[k] for k in range(i, j)]
        title = t.lower[i - 1] if i else ""
        known = self.dir.bearer(fold_name(name), t.starts[i], title) or self.dir.bearer(
            fold_name(ARTICLE.sub("", name)), t.starts[i], title
        )
        if known is not None:
            return Ment(
                i,
                j,
                head,
                [known],
                "new" if not known.linked else "catalogue",
                "person",
                "surname of a person named in full",
            )
        if len(words) == 1 and (kin := self._relative(i)) is not None:
            return Ment(i, j, head, [kin], "catalogue", "person", "given name of a relative")
        actor_id = new_id(name)
        if actor_id in self.dir.new:
            a = self.dir.new[actor_id]
            return Ment(i, j, head, [a], "new", "person" if a.type == ActorType.PERSON else "new")
        if words[0] == "air" and len(words) == 2:  # "Air France"
            return Ment(i, j, head, [self.dir.newcomer(name, ActorType.COMPANY, None)], "new", "new", "new airline")
        type_ = HEADS.get(words[-1]) or next((HEADS[w] for w in words if w in HEADS and w not in WEAK_HEADS), None)
        if type_ is not None and len(words) >= 2:
            owner = self.taken.get(i - 1) if i else None
            principal = (
                owner.actors[0] if owner is not None and owner.actors and type_ == ActorType.GOVERNMENT else None
            )
            return Ment(
                i, j, head, [self.dir.newcomer(name, type_, principal)], "new", "new", f"new {type_} by its head noun"
            )
        before = t.lower[i - 1] if i else ""
        role = role_before(t, i)
        titled = before in ROLES.titles or role is not None
        proper = [w for w in words if w not in PARTICLES and w[0].isalpha()]
        if before in ROLES.announcing and len(proper) >= 2 and t.tags[i - 1].startswith("NN"):
            owners, _ = Organs(self.sight).owners(i - 1, i)
            ref = self._person(i, j, head, name, None)
            if owners:
                ref.actors = [self.dir.newcomer(name, ActorType.PERSON, owners[0])]
            return ref
        if before == "," and len(proper) >= 2 and self._described_before(head, i):
            return self._person(i, j, head, name, None)
        if words[-1] in TREATIES:
            return None  # "the Rio Protocol"
        if titled and words[-1] in THINGS:
            return None  # "President Clinton High School"
        if titled and proper:
            return self._person(i, j, head, name, role)
        if 2 <= len(proper) <= 4 and self._acts_like_person(head):
            return self._person(i, j, head, name, None)
        if (
            len(words) == 1
            and name.isupper()
            and 2 <= len(name) <= 8
            and t.deps[head] in ("nsubj", "dobj", "pobj", "nsubjpass", "conj", "poss", "appos")
        ):
            return Ment(i, j, head, [self.dir.newcomer(name, ActorType.ORGANIZATION, None)], "new", "new", "acronym")
        if (
            before not in NAMED_ACTS
            and self._acts(head)
            and self._has_partner(head)
            and len(words) <= 5
            and (i > 0 or len(words) > 1 or self._capital_inside(name) or self._minds(head))
        ):
            # named like nobody known, but it does or suffers what the lexicon knows: an actor all the same
            given = fold(proper[0]) in self.sight.names.given or fold(proper[0]) in FEMALE
            if (2 <= len(proper) <= 3 and given) or (len(proper) == 1 and self._called_he(head)):
                return self._person(i, j, head, name, None)
            said = self._said_to_be(head)
            via = f"new {said} by what it is said to be" if said else "by its act"
            return Ment(i, j, head, [self.dir.newcomer(name, said or ActorType.ORGANIZATION, None)], "new", "new", via)
        return None

    def _said_to_be(self, head: int) -> ActorType | None:
        """The type that an apposition gives: "the Zorbal, a rebel group"."""
        t = self.tree
        for k in t.children(head, "appos"):
            got = longest(ROLES.trie, t.lower, k - 1) or longest(ROLES.trie, t.lower, k)
            if t.lower[k] in APPOSED:
                rebels = got is not None and got[1][0] == "organ" and got[1][1].code in ("REB", "MIL")
                armed = rebels or any(t.lower[c] in ARMED for c in t.kids[k])
                return ActorType.ARMED_GROUP if armed else ActorType(APPOSED[t.lower[k]])
        return None

    def _capital_inside(self, word: str) -> bool:
        """Whether a word that opens a sentence has its capital elsewhere too: "Heatwave" may be a common noun."""
        return bool(re.search(rf"[a-z,;] {re.escape(word)}\b", self.dir.text))

    def _described_before(self, head: int, i: int) -> bool:
        """ "A Jewish extremist, Yigal Amir,": an apposition to a noun for one person."""
        t = self.tree
        host = t.heads[head]
        if t.deps[head] != "appos" or host >= i or t.tags[host] != "NN":
            return False
        got = longest(ROLES.trie, t.lower, host)
        described = t.lower[host] in ROLES.announcing | KIN | AIDES
        return described or (got is not None and got[1][0] == "role")

    def _relative(self, i: int) -> ActorRef | None:
        """ "his brother Mahinda": the listed person of that given name whose surname the article has named."""
        t = self.tree
        if i == 0 or t.lower[i - 1] not in KIN:
            return None
        names = self.sight.names
        for actor_id in names.given.get(fold(t.words[i]), ()):
            e = self.dir.catalogue.entries[actor_id]
            if self.dir.bearers.get(fold_name(e.surname or e.actor.name.split()[-1])):
                return self.dir.ref(actor_id)
        return None

    def _acts(self, head: int) -> bool:
        """Whether the name is subject or object of a predicate of the lexicon."""
        t = self.tree
        top = t.first_conjunct(head)
        dep, h = t.deps[top], t.heads[top]
        if self._acted_on_in_clause(top):
            return True
        if dep in ("nsubj", "nsubjpass", "dobj") and t.is_verb(h):
            if t.lemmas[h] in LEXICON.verbs:
                return True
            # "Ayotte decided to endorse X", "said that she will support X"
            return dep == "nsubj" and any(t.lemmas[k] in LEXICON.verbs for k in t.children(h, "xcomp", "ccomp"))
        if dep != "pobj":
            return False
        prep, g = t.lower[h], t.heads[h]
        if prep in ("by", "against", "with"):
            return t.lemmas[g] in (LEXICON.verbs if t.is_verb(g) else LEXICON.nouns)
        entries = (
            LEXICON.verbs.get(t.lemmas[g], []) if t.is_verb(g) else [e for _, e in LEXICON.nouns.get(t.lemmas[g], ())]
        )
        if self._given(head) and any(prep in e.targets for e in entries):
            return True
        # "an inquiry into Zorbal": what a noun of blame is into, is no place
        return prep == "into" and any(e.relation == "ACCUSES" for _, e in LEXICON.nouns.get(t.lemmas[g], ()))

    def _given(self, head: int) -> bool:
        """Whether a name begins with a given name: somebody's, not a town's."""
        t = self.tree
        words = [k for k in t.kids[head] if t.deps[k] == "compound" and t.tags[k] == "NNP"]
        return bool(words) and (fold(t.words[words[0]]) in self.sight.names.given or fold(t.words[words[0]]) in FEMALE)

    def _acted_on_in_clause(self, top: int) -> bool:
        """ "ordered Zorbal to appear", "found Zorbal guilty": the subject of a clause is whom the verb over it acts on."""
        t = self.tree
        h = t.heads[top]
        if t.deps[top] not in ("nsubj", "nsubjpass") or t.deps[h] not in ("ccomp", "xcomp") or t.heads[h] == h:
            return False
        over = LEXICON.verbs.get(t.lemmas[t.heads[h]], ())
        return any("clause" in e.targets for e in over) or (t.tags[h].startswith("JJ") and bool(over))

    def _minds(self, head: int) -> bool:
        """Whether a name does or suffers what only minds do: "Ayotte endorsed X" names somebody, "Ebola hit X" may not."""
        t = self.tree
        v = t.heads[head]
        if t.tags[head] != "NNP" or t.deps[head] not in ("nsubj", "nsubjpass") or not t.is_verb(v):
            return False
        if t.lemmas[v] in SPEAKING:
            return True
        particles = {t.lower[k] for k in t.children(v, "prt")}
        plain = [
            e
            for e in LEXICON.verbs.get(t.lemmas[v], ())
            if not (e.object or e.attr) and (not e.particle or e.particle in particles)
        ]
        return any(e.relation in MINDED and e.source == ("subj",) for e in plain)

    def _called_he(self, head: int) -> bool:
        """Whether a subject is a person by the pronoun behind it: "Ayotte said that she …"."""
        t = self.tree
        v = t.heads[head]
        if t.tags[head] != "NNP" or t.deps[head] not in ("nsubj", "nsubjpass") or not t.is_verb(v):
            return False
        behind = [k for k in t.subtree(v) if k > head and t.tags[k] in ("NNP", "PRP", "PRP$")][:1]
        behind += [s for c in t.conjuncts(v) for k in t.children(c, "ccomp") for s in t.children(k, "nsubj")]
        return any(t.lower[k] in HE for k in behind)

    def _has_partner(self, head: int) -> bool:
        """Whether another name stands beside the same predicate: who only runs a garage acts on nobody."""
        t = self.tree
        top = t.first_conjunct(head)
        verb = t.heads[top]
        if not t.is_verb(verb) or self._acted_on_in_clause(top):
            return True
        if t.deps[top] != "nsubj":
            return True  # what is done to somebody is done by somebody
        others = t.children(verb, "dobj", "dative", "ccomp", "xcomp")
        others += [o for p in t.children(verb, "prep", "agent") for o in t.children(p, "pobj") if o not in self.places]
        return any(
            t.is_verb(k)
            or k in self.taken
            or t.tags[k] in ("NNP", "NNPS", "PRP")
            or t.lower[k] in ROLES.trie
            or any(x in self.taken for x in t.subtree(k))
            for k in others
        )

    def _person(self, i: int, j: int, head: int, name: str, role: str | None) -> Ment:
        ref = self.dir.newcomer(name, ActorType.PERSON, None)
        surname = fold_name(ARTICLE.sub("", name.rsplit(maxsplit=1)[-1]))
        if " " in name and surname not in self.dir.bearers:
            self.dir.name(surname, ref, self.tree.starts[i])
        return Ment(i, j, head, [ref], "new", "person", "new person", role or "")

    def _acts_like_person(self, head: int) -> bool:
        """Named like a person and placed like one: speaks, or is described by an office or an age beside the name."""
        dep = self.tree.deps[head]
        if dep == "nsubj" and self.tree.lemmas[self.tree.heads[head]] in SPEAKING:
            return True
        for k in self.tree.kids[head]:
            if self.tree.deps[k] == "appos":
                got = [longest(ROLES.trie, self.tree.lower, x) for x in self.tree.subtree(k)]
                if any(g and g[1][0] == "role" for g in got) or self.tree.tags[k] == "CD":
                    return True
            if self.tree.deps[k] == "relcl" and any(
                self.tree.lower[x] in ("who", "whom", "whose") for x in self.tree.subtree(k)
            ):
                return True
        if dep == "appos":
            host = self.tree.heads[head]
            return any(
                (g := longest(ROLES.trie, self.tree.lower, x)) and g[1][0] == "role" and g[0] - 1 == host
                for x in range(max(0, host - 4), host + 1)
            )
        return False
