"""Who "he", "the group", "both sides" and "the army" refer to. Precision first: without a clear antecedent, nobody.

Every resolution is a mention of its own that says in words how it was reached (``via``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.model import ActorRef, ActorType
from kg.nlp.mentions import Directory, Ment
from kg.nlp.tree import Tree
from kg.nlp.words import LEAF, insert, longest, reference, roles

BODIES = frozenset(ActorType) - {ActorType.PERSON, ActorType.PEOPLE}
SIDES = frozenset({ActorType.STATE, ActorType.ARMED_GROUP, ActorType.PEOPLE, ActorType.IGO, ActorType.PARTY})
DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
NAMED = frozenset(
    {
        "council",
        "commission",
        "court",
        "union",
        "league",
        "fund",
        "agency",
        "tribunal",
        "committee",
        "congress",
        "front",
        "party",
        "bank",
    }
)
RELATIONAL = frozenset(
    {
        "rival",
        "neighbour",
        "neighbor",
        "enemy",
        "foe",
        "adversary",
        "neighbours",
        "neighbors",
        "rivals",
        "opponent",
        "opponents",
    }
)
LOOK_BACK = 3  # sentences; beyond that a pronoun's antecedent is a guess
PLEONASTIC = frozenset(["be", "seem", "appear", "remain", "become", "take", "make", "mean", "follow", "turn"])


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention already passed: where, who, and whether it was a subject (subjects are what pronouns mostly mean)."""

    sentence: int
    token: int
    actors: tuple[ActorRef, ...]
    subject: bool
    plural: bool
    kind: str
    word: str = ""


class Resolver:
    """Carries the actors of one article from sentence to sentence."""

    def __init__(self, directory: Directory) -> None:
        self.dir = directory
        words = reference()
        self.pronouns = {w: kind for kind, ws in words["pronoun"].items() for w in ws if kind != "relative"}
        self.pairs: dict[str, object] = {}
        for phrase in words["pair"]["phrases"]:
            insert(self.pairs, phrase, phrase)
        self.pair_persons = tuple(words["pair"]["person"])
        self.described: dict[str, object] = {}
        for kind, phrases in words["description"].items():
            for phrase in phrases:
                node_kinds = set()
                got = longest(self.described, phrase.split(), 0)
                if got and got[0] == len(phrase.split()):
                    node_kinds = got[1]
                insert(self.described, phrase, {*node_kinds, kind})
        self.history: list[Seen] = []
        self.count: Counter[str] = Counter()
        self.sentence = -1
        self.speaker: list[ActorRef] = []
        self.speaker_before: list[ActorRef] = []

    def resolve(self, tree: Tree, ments: list[Ment], speaker: list[ActorRef]) -> list[Ment]:
        """Fill the open mentions of a sentence and add those of pronouns and descriptions; left to right."""
        self.sentence += 1
        self.speaker_before, self.speaker = self.speaker or self.speaker_before, speaker
        taken = {i: m for m in ments for i in range(m.start, m.end)}
        here: list[Seen] = []
        out: list[Ment] = []
        i = 0
        while i < len(tree):
            m = taken.get(i)
            if m is not None:
                if m.start == i:
                    self._complete(tree, m, here)
                    if m.role == "counterpart":
                        self._counterpart(tree, m, here)
                    if m.actors:
                        out.append(m)
                        if m.kind != "adjective":
                            self._note(tree, m, here)
                i += 1
                continue
            made = (
                self._pair(tree, i, here)
                or self._pronoun(tree, i, here)
                or self._description(tree, i, here)
                or self._opponent(tree, i, here)
            )
            if made is not None and any(k in taken and taken[k].actors for k in range(made.start, made.end)):
                made = None
            if made is not None:
                out.append(made)
                self._note(tree, made, here)
                i = made.end
                continue
            i += 1
        self.history = [s for s in self.history if s.sentence > self.sentence - LOOK_BACK] + here
        return out

    # -- book-keeping -------------------------------------------------------------------------------------------------

    def _note(self, tree: Tree, m: Ment, here: list[Seen]) -> None:
        dep = tree.deps[tree.first_conjunct(m.head)]
        subject = dep in ("nsubj", "nsubjpass")
        named_state = m.kind == "name" and m.organ != "demonym" and m.actors[0].type in (ActorType.STATE, ActorType.IGO)
        plural = (
            (tree.tags[m.head] in ("NNS", "NNPS") and not named_state)
            or len(m.actors) > 1
            or len(tree.conjuncts(m.head)) > 1
        )
        here.append(Seen(self.sentence, m.head, tuple(m.actors), subject, plural, m.kind, tree.lower[m.head]))
        for a in m.actors:
            side = a.principal or a
            self.count[side.id] += 1

    def _back(self, here: list[Seen], before: int) -> list[Seen]:
        """Candidates, best first: this sentence's subjects, then its others (nearest first), then earlier sentences likewise."""
        mine = [s for s in here if s.token < before]
        order = sorted(mine, key=lambda s: (not s.subject, -s.token))
        for back in range(1, LOOK_BACK + 1):
            old = [s for s in self.history if s.sentence == self.sentence - back]
            order += sorted(old, key=lambda s: (not s.subject, s.token if s.subject else -s.token))
        return order

    # -- pronouns -------------------------------------------------------------------------------------------------------

    def _pronoun(self, tree: Tree, i: int, here: list[Seen]) -> Ment | None:
        if tree.tags[i] not in ("PRP", "PRP$"):
            return None
        kind = self.pronouns.get(tree.lower[i])
        if kind is None or (tree.lower[i] == "us" and tree.deps[i] in ("amod", "compound", "nmod")):
            return None
        if kind == "person":
            return self._he(tree, i, here)
        if kind == "thing":
            return self._it(tree, i, here)
        if kind == "many":
            return self._they(tree, i, here)
        who = self.speaker or self.speaker_before
        if not who or not (self.speaker or "“" in tree.text or '"' in tree.text):
            return None
        if kind == "i":
            return self._ref(tree, i, who[:1], "first person: the speaker")
        sides = [a.principal or a for a in who[:1]]
        return self._ref(tree, i, sides, "first person plural: the speaker's side")

    def _ref(self, tree: Tree, i: int, actors: list[ActorRef] | tuple[ActorRef, ...], via: str, end: int = 0) -> Ment:
        end = end or i + 1
        return Ment(i, end, end - 1, list(actors), "coreference", "reference", via)

    def _clause_subject(self, tree: Tree, i: int, here: list[Seen]) -> list[Seen]:
        """Subjects of the clauses that contain the token, innermost first, left of it."""
        found = []
        for v in tree.ancestors(i):
            for s in here:
                if s.subject and s.token < i and tree.heads[tree.first_conjunct(s.token)] == v:
                    found.append(s)
            if tree.deps[v] == "relcl" and not any(
                tree.lower[o] in ("whom", "which", "that") for o in tree.children(v, "dobj")
            ):
                host = tree.heads[v]
                found += [s for s in here if s.token == host and s.token < i]
            if tree.deps[v] == "conj":
                first = tree.first_conjunct(v)
                found += [
                    s for s in here if s.subject and s.token < i and tree.heads[tree.first_conjunct(s.token)] == first
                ]
        return found

    def _he(self, tree: Tree, i: int, here: list[Seen]) -> Ment | None:
        def fits(s: Seen) -> bool:
            return len(s.actors) == 1 and s.actors[0].type == ActorType.PERSON

        possessive = tree.tags[i] == "PRP$"
        nearest = [s for s in self._clause_subject(tree, i, here) if fits(s)]
        if nearest and (
            possessive
            or tree.deps[i] not in ("dobj",)
            or tree.heads[tree.first_conjunct(nearest[0].token)] != tree.heads[i]
        ):
            return self._ref(tree, i, nearest[0].actors, f"{tree.lower[i]}: subject of the clause")
        candidates = [s for s in self._back(here, i) if fits(s)]
        if tree.deps[i] == "dobj":
            own = {
                s.actors[0].id for s in here if s.subject and tree.heads[tree.first_conjunct(s.token)] == tree.heads[i]
            }
            candidates = [s for s in candidates if s.actors[0].id not in own]
        if not candidates:
            return None
        best = candidates[0]
        rivals = {s.actors[0].id for s in candidates if s.sentence == best.sentence and s.subject == best.subject}
        if len(rivals) > 1 and best.sentence != self.sentence:
            return self._ref(tree, i, best.actors, f"{tree.lower[i]}: first person of the sentence before")
        return self._ref(tree, i, best.actors, f"{tree.lower[i]}: last person")

    def _it(self, tree: Tree, i: int, here: list[Seen]) -> Ment | None:
        if tree.lower[i] == "it" and tree.deps[i] in ("nsubj", "nsubjpass", "expl"):
            v = tree.heads[i]
            if tree.deps[i] == "expl" or (
                tree.lemmas[v] in PLEONASTIC
                and any(tree.deps[k] in ("ccomp", "xcomp", "acomp", "advcl", "csubj") for k in tree.kids[v])
            ):
                return None

        def fits(s: Seen) -> bool:
            return len(s.actors) == 1 and s.actors[0].type in BODIES and s.kind != "adjective"

        nearest = [s for s in self._clause_subject(tree, i, here) if fits(s)]
        if nearest and (tree.tags[i] == "PRP$" or tree.heads[tree.first_conjunct(nearest[0].token)] != tree.heads[i]):
            return self._ref(tree, i, nearest[0].actors, f"{tree.lower[i]}: subject of the clause")
        mine = [
            s for s in here if s.token < i and fits(s) and tree.heads[tree.first_conjunct(s.token)] != tree.heads[i]
        ]
        if mine:
            subjects = [s for s in mine if s.subject]
            best = (subjects or mine)[-1] if tree.tags[i] == "PRP$" or not subjects else subjects[0]
            return self._ref(tree, i, best.actors, f"{tree.lower[i]}: body named before it")
        if any(s.token < i for s in here) and tree.tags[i] != "PRP$":
            return None
        before = [s for s in self.history if s.sentence == self.sentence - 1 and fits(s)]
        subjects = [s for s in before if s.subject]
        if subjects:
            return self._ref(tree, i, subjects[0].actors, f"{tree.lower[i]}: subject of the sentence before")
        if len({s.actors[0].id for s in before}) == 1:
            return self._ref(tree, i, before[0].actors, f"{tree.lower[i]}: the only body of the sentence before")
        return None

    def _they(self, tree: Tree, i: int, here: list[Seen]) -> Ment | None:
        def fits(s: Seen) -> bool:
            return s.plural or any(
                a.type in (ActorType.PEOPLE, ActorType.ARMED_GROUP, ActorType.MILITARY, ActorType.PARTY)
                for a in s.actors
            )

        nearest = [s for s in self._clause_subject(tree, i, here) if fits(s)]
        pool = [s for s in here if s.token < i and fits(s)]
        if (tree.tags[i] == "PRP$" and nearest) or (nearest and tree.heads[tree.first_conjunct(nearest[0].token)] != tree.heads[i]):
            chosen = nearest[0]
        elif pool:
            subjects = [s for s in pool if s.subject]
            chosen = (subjects or pool)[0 if subjects else -1]
        else:
            before = [s for s in self.history if s.sentence == self.sentence - 1 and fits(s)]
            subjects = [s for s in before if s.subject]
            if not (subjects or before) or (here and tree.tags[i] != "PRP$" and not subjects):
                return None
            chosen = (subjects or before)[0]
        actors = self._coordinated(chosen, tree, here)
        return self._ref(tree, i, actors, f"{tree.lower[i]}: those named before")

    def _coordinated(self, chosen: Seen, tree: Tree, here: list[Seen]) -> list[ActorRef]:
        if len(chosen.actors) > 1 or chosen.sentence != self.sentence:
            same = [s for s in self.history if s.sentence == chosen.sentence and s.subject and chosen.subject]
            if len(chosen.actors) == 1 and chosen.plural and same:
                return list(dict.fromkeys(a for s in same for a in s.actors))
            return list(chosen.actors)
        group = set(tree.conjuncts(tree.first_conjunct(chosen.token)))
        return list(dict.fromkeys(a for s in here if s.token in group for a in s.actors))

    # -- descriptions -----------------------------------------------------------------------------------------------------

    def _pair(self, tree: Tree, i: int, here: list[Seen]) -> Ment | None:
        got = longest(self.pairs, tree.lower, i)  # type: ignore[arg-type]
        if got is None:
            return None
        end, phrase = got
        if end < len(tree) and (
            (tree.tags[end].startswith("NN")
            and tree.deps[end - 1] not in ("nsubj", "pobj", "dobj", "conj", "nsubjpass"))
            or (tree.lower[end] in ("of", "'s")
            and phrase in ("both", "the two", "the pair", "either side", "both sides"))
        ):
            return None
        if phrase == "both" and (tree.tags[i] == "CC" or tree.deps[i] in ("preconj", "det", "cc", "advmod")):
            return None
        wants_person = any(str(phrase).endswith(w) for w in self.pair_persons)
        own = self._own_clause(tree, end - 1, here)
        sides: list[ActorRef] = []
        for s in self._back(here, i):
            if s.kind == "adjective" or any(
                a.id in own or (a.principal is not None and a.principal.id in own) for a in s.actors
            ):
                continue
            for a in s.actors:
                one = a if wants_person else (a.principal or a)
                if (
                    (one.type == ActorType.PERSON) == wants_person
                    and (wants_person or one.type in SIDES)
                    and one.id not in {x.id for x in sides}
                ):
                    sides.append(one)
            if len(sides) >= 2 and s.sentence != self.sentence:
                break
        if wants_person and len(sides) < 2:
            wants_person = False
            states = [a.principal or a for s in self._back(here, i) if s.kind != "adjective" for a in s.actors]
            sides = list({a.id: a for a in states if a.type in SIDES and a.id not in own}.values())
        mine = list(
            dict.fromkeys(
                (a if wants_person else a.principal or a).id
                for s in here
                if s.token < i
                for a in s.actors
                if (a if wants_person else a.principal or a).id not in own
            )
        )
        if 2 <= len(mine) <= 2:
            sides = [x for x in sides if x.id in mine] or sides
        if len(sides) < 2:
            return None
        return self._ref(
            tree,
            i,
            sides[:2][::-1] if sides[0].id != (mine[0] if mine else "") else sides[:2],
            f"{phrase}: the last two sides",
            end,
        )

    def _own_clause(self, tree: Tree, i: int, here: list[Seen]) -> set[str]:
        """Actors that are subject of the verb over a token (which its object therefore does not mean), with their sides."""
        if tree.deps[i] in ("nsubj", "nsubjpass"):
            return set()
        return {
            x for s in self._clause_subject(tree, i, here)[:3] for a in s.actors for x in (a.id, (a.principal or a).id)
        }

    def _description(self, tree: Tree, i: int, here: list[Seen]) -> Ment | None:
        if tree.lower[i] not in DETERMINERS:
            return None
        j = i + 1
        while (
            j < len(tree)
            and j < i + 4
            and tree.tags[j] in ("JJ", "VBN", "CD", "HYPH", "NNP")
            and longest(self.described, tree.lower, j) is None
        ):  # type: ignore[arg-type]
            j += 1
        if j >= len(tree):
            return None
        got = longest(self.described, tree.lower, j)  # type: ignore[arg-type]
        if got is None:
            return None
        end, kinds = got
        last = end - 1
        if (
            not tree.is_noun(last)
            or (end < len(tree) and tree.tags[end].startswith("NN") and tree.heads[last] == end)
            or (end < len(tree) and tree.lower[end] in ("of",))
        ):
            return None
        if j > i + 1 and not {"group", "person", "igo", "state"} & set(kinds):
            return None
        wanted: set[ActorType] = set()
        for k in kinds:
            wanted |= DESCRIBED[k]
        own = self._own_clause(tree, last, here)
        fits = [
            s
            for s in self._back(here, i)
            if len(s.actors) == 1 and s.actors[0].type in wanted and s.kind != "adjective" and s.actors[0].id not in own
        ]
        word = tree.lower[last]
        if word in NAMED:
            fits = [s for s in fits if any(word in n.lower().split() for n in (s.actors[0].name, *s.actors[0].aliases))]
        elif word in ("country", "state", "nation"):
            fits = [s for s in fits if s.actors[0].id not in own]
        return (
            self._ref(tree, i, fits[0].actors, f"{' '.join(tree.lower[i:end])}: last actor of that type", end)
            if fits
            else None
        )

    def _opponent(self, tree: Tree, i: int, here: list[Seen]) -> Ment | None:
        """ "its rival", "his neighbour": the other side of the text, when just one is in sight."""
        if tree.lower[i] not in RELATIONAL or not any(tree.deps[k] == "poss" for k in tree.kids[i]):
            return None
        if tree.deps[i] in ("appos", "attr", "compound") or (i + 1 < len(tree) and tree.tags[i + 1].startswith("NNP")):
            return None
        owner: set[str] = set()
        for k in tree.kids[i]:
            if tree.deps[k] == "poss":
                made = self._pronoun(tree, k, here) if tree.tags[k] == "PRP$" else None
                who = made.actors if made is not None else [a for s in here if s.token == k for a in s.actors]
                owner |= {(a.principal or a).id for a in who}
        if not owner:
            return None
        plural = tree.tags[i] == "NNS"
        sides: dict[str, ActorRef] = {}
        for s in self._back(here, i):
            for a in s.actors:
                side = a.principal or a
                if side.id not in owner and side.type in SIDES and s.kind != "adjective":
                    sides.setdefault(side.id, side)
            if sides and s.sentence < self.sentence - 1:
                break
        if not sides:
            return None
        chosen = list(sides.values())[: 2 if plural else 1]
        return self._ref(tree, i, chosen, f"{tree.lower[i]}: the other side of the text")

    # -- open roles and organs ----------------------------------------------------------------------------------------------

    def _complete(self, tree: Tree, m: Ment, here: list[Seen]) -> None:
        """ "its army", "the president", "whose guards": an organ or office whose owner is said elsewhere."""
        if m.actors and not (m.kind == "person" and m.role and not m.owners):
            return
        owners, via = self._owner_by_pronoun(tree, m, here)
        if m.kind == "person":
            if owners and m.actors and not m.actors[0].linked and m.actors[0].principal is None:
                m.owners = owners
                m.actors = [self.dir.newcomer(m.actors[0].name, ActorType.PERSON, owners[0])]
            elif owners:
                m.owners = owners
            return
        if m.kind == "role":
            if owners:
                self._fill_role(m, owners, via)
                return
            if not self._definite(tree, m):
                return
            for s in self._back(here, m.start):
                if len(s.actors) == 1 and s.actors[0].type == ActorType.PERSON and self._has_role(s.actors[0], m.role):
                    m.actors, m.via, m.how, m.kind = (
                        list(s.actors),
                        f"the {m.role}: last person in that office",
                        "coreference",
                        "reference",
                    )
                    return
            if (
                m.role
                in ("president", "prime minister", "foreign minister", "defence minister", "monarch", "supreme leader")
                and (state := self._salient(here, m.start)) is not None
            ):
                self._fill_role(m, [state], "the article's state")
            return
        organ = roles().organs[m.organ]
        if not owners and self._definite(tree, m):
            word = tree.lower[m.head]
            for s in self._back(here, m.start):
                if s.word == word and s.kind in ("organ", "role", "reference") and len(s.actors) == 1:
                    m.actors, m.via, m.how, m.kind = (
                        list(s.actors),
                        f"the {word}: those named before",
                        "coreference",
                        "reference",
                    )
                    return
        if not owners and organ.code in ("REB", "MIL", "OPP") and self._definite(tree, m):
            words = tree.lower[m.start : m.end]
            if organ.code == "REB" or words[-1] in ("fighters", "militia", "militias", "militiamen"):
                for s in self._back(here, m.start):
                    if len(s.actors) == 1 and s.actors[0].type == ActorType.ARMED_GROUP:
                        m.actors, m.via, m.how, m.kind = (
                            list(s.actors),
                            f"the {words[-1]}: last armed group",
                            "coreference",
                            "reference",
                        )
                        return
        if not owners and organ.code in (
            "GOV",
            "MIL",
            "REB",
            "GOV-MFA",
            "GOV-MOD",
            "COP",
            "OPP",
            "LEG",
            "MIL-AIR",
            "MIL-NAV",
            "SPY",
            "GOV-MOI",
            "EMB",
            "COP-BOR",
            "JUD",
            "MED",
        ):
            if not self._definite(tree, m) and not (
                organ.code == "REB" and tree.tags[m.head] == "NNS" and tree.deps[m.head] in ("nsubj", "nsubjpass")
            ):
                return
            own = (
                self._own_clause(tree, m.head, here)
                if tree.lower[m.head]
                in ("regime", "government", "junta", "rebels", "insurgents", "opposition", "authorities")
                else set()
            )
            state = self._salient(here, m.start, own)
            if state is not None:
                owners, via = [state], "the article's state"
        if owners:
            words_ = " ".join(tree.words[m.start : m.end])
            m.actors = [self.dir.organ(o, organ, words_) for o in owners]
            m.owners, m.via = owners, f"{organ.name} of {', '.join(o.id for o in owners)} ({via})"

    def _fill_role(self, m: Ment, owners: list[ActorRef], via: str) -> None:
        m.owners = owners
        m.actors = []
        for o in owners:
            ref, how = self.dir.office(o, m.role, m.former)
            m.actors.append(ref)
            m.via = f"{how} ({via})"

    def _owner_by_pronoun(self, tree: Tree, m: Ment, here: list[Seen]) -> tuple[list[ActorRef], str]:
        for k in tree.kids[m.head]:
            if tree.deps[k] == "poss" and k < m.head:
                if tree.tags[k] == "WP$":
                    host = next((tree.heads[v] for v in tree.ancestors(k) if tree.deps[v] == "relcl"), None)
                    for s in here:
                        if s.token == host:
                            return list(s.actors), "whose"
                    return [], ""
                if tree.tags[k] in ("NN", "NNS"):
                    owners = [a for s in here if s.token == k for a in s.actors]
                    if owners:
                        return owners, "possessor"
                if tree.tags[k] == "PRP$":
                    made = self._pronoun(tree, k, here)
                    if made is not None:
                        actors = [
                            a.principal or a if a.type == ActorType.PERSON and m.kind == "role" else a
                            for a in made.actors
                        ]
                        return actors, made.via
        return [], ""

    def _definite(self, tree: Tree, m: Ment) -> bool:
        k = m.start - 1
        steps = 0
        while k >= 0 and steps < 3 and tree.tags[k] in ("JJ", "NN", "VBN", "CD", "HYPH"):
            k -= 1
            steps += 1
        return k >= 0 and tree.lower[k] in ("the", "this", "that")

    def _has_role(self, a: ActorRef, role: str) -> bool:
        known = self.dir.roles_of.get(a.id)
        if known and (
            known[0] == role or (role == "leader" and known[0] in ("president", "prime minister", "monarch"))
        ):
            return True
        e = self.dir.catalogue.get(a.id)
        if e is None:
            return False
        day = self.dir.on.isoformat() if self.dir.on else ""
        now = {
            o.role
            for o in e.actor.offices
            if not day or ((not o.since or o.since <= day) and (not o.until or day <= o.until + "-99"))
        }
        return (
            role in now
            or (role == "leader" and bool(now & {"president", "prime minister", "monarch", "supreme leader"}))
            or (role == "commander" and "army chief" in now)
        )

    def _salient(self, here: list[Seen], before: int, own: set[str] | None = None) -> ActorRef | None:
        """The state that the text is about: of the nearest subject's side, else the most frequent one."""
        own = own or set()
        for s in self._back(here, before):
            if s.subject and len(s.actors) == 1:
                side = s.actors[0].principal or s.actors[0]
                if side.id in own:
                    continue
                if side.type == ActorType.STATE:
                    return side
                break
        for actor_id, _ in self.count.most_common():
            if (
                actor_id not in own
                and actor_id in self.dir.catalogue
                and self.dir.ref(actor_id).type == ActorType.STATE
            ):
                return self.dir.ref(actor_id)
        return None

    def _counterpart(self, tree: Tree, m: Ment, here: list[Seen]) -> None:
        """ "his Iranian counterpart": the same office, of the other state."""
        if not m.owners or m.start == m.end:
            return
        for s in self._back(here, m.start):
            if len(s.actors) != 1 or s.actors[0].type != ActorType.PERSON:
                continue
            role = self._role_of(s.actors[0])
            if role is None:
                continue
            m.role = role
            if m.kind == "role":
                self._fill_role(m, m.owners, f"counterpart of {s.actors[0].name}")
            elif m.actors:
                self.dir.roles_of[m.actors[0].id] = (role, m.owners[0])
            return

    def _role_of(self, a: ActorRef) -> str | None:
        known = self.dir.roles_of.get(a.id)
        if known and known[0] != "counterpart":
            return known[0]
        e = self.dir.catalogue.get(a.id)
        if e is None or not e.actor.offices:
            return None
        day = self.dir.on.isoformat() if self.dir.on else ""
        now = [
            o
            for o in e.actor.offices
            if not day or ((not o.since or o.since <= day) and (not o.until or day <= o.until + "-99"))
        ]
        return now[0].role if now else None


DESCRIBED: dict[str, set[ActorType]] = {
    "state": {ActorType.STATE},
    "group": {ActorType.ARMED_GROUP, ActorType.PARTY, ActorType.ORGANIZATION},
    "party": {ActorType.PARTY},
    "igo": {ActorType.IGO},
    "person": {ActorType.PERSON},
    "company": {ActorType.COMPANY, ActorType.ORGANIZATION},
}
assert LEAF
