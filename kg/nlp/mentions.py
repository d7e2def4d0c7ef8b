"""Who is named where: catalogue names, composed organs and offices, and new actors.

Names come from the catalogue (``kg.actors.names``); this room adds what needs syntax: "Turkish troops" is an organ of Turkey,
"the Turkish foreign minister" an office with a holder, "Hikmet Hajiyev, an adviser to …" a person nobody has listed. References
back ("he", "the group") are left to ``kg.nlp.reference``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from kg.actors.catalogue import Catalogue
from kg.actors.names import Hit, Names, fold
from kg.model import ActorRef, ActorType, How
from kg.nlp.tree import Tree
from kg.nlp.words import Organ, longest, reference, roles

ADJECTIVAL = frozenset({"amod", "compound", "nmod", "npadvmod", "poss", "quantmod"})
HEADS = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "iobj",
        "dative",
        "attr",
        "conj",
        "appos",
        "ROOT",
        "poss",
        "agent",
        "oprd",
        "dep",
    }
)
DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "occupied", "upper", "lower", "post", "pre", "anti", "pro", "modern", "pre-war", "ancient"]
)
FORMER = frozenset(
    {"former", "ex", "late", "then", "deputy", "vice", "shadow", "assistant", "acting", "future", "onetime"}
)
GAP = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "HYPH", "VBN", "VBG", "``", "''", "CC", ","})
PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "ben", "de", "da", "di", "dos", "du", "del", "della", "van", "von", "der", "den", "ul", "ur", "abu", "umm", "la", "le", "bint", "ould"]
)
RESIDENT = frozenset({"CVL", "REB", "JUD", "COP", "OPP", "LEG", "MED", "NGO", "GOV-MIN"})
GENERIC = frozenset({"MIL", "REB", "GOV-OFF", "COA", "CVL", "GOV"})


@dataclass(slots=True)
class Ment:
    """A mention inside one tree: tokens ``[start, end)``, its syntactic ``head``, and who is meant (several for "both sides")."""

    start: int
    end: int
    head: int
    actors: list[ActorRef]
    how: How
    kind: str  # name, adjective, organ, role, person, new, reference
    via: str = ""
    role: str = ""
    owners: list[ActorRef] = field(default_factory=list)
    organ: str = ""
    candidates: tuple[str, ...] = ()
    title_owner: list[ActorRef] = field(default_factory=list)
    former: bool = False


class Directory:
    """One article's view of the catalogue: the references at its date, and the new actors found so far."""

    def __init__(self, catalogue: Catalogue, on: date | None) -> None:
        self.catalogue = catalogue
        self.on = on
        self._refs: dict[str, ActorRef] = {}
        self.new: dict[str, ActorRef] = {}
        self.surnames: dict[str, ActorRef] = {}
        """Folded surname → the person whom this article names in full."""
        self.roles_of: dict[str, tuple[str, ActorRef | None]] = {}
        """Actor id → the role (and its body) under which this article introduced the person."""
        self.seen: set[str] = set()

    def ref(self, actor_id: str) -> ActorRef:
        found = self._refs.get(actor_id)
        if found is None:
            found = self._refs[actor_id] = self.catalogue.ref(actor_id, self.on)
        return found

    def seat(self, ref: ActorRef, name: str) -> ActorRef:
        """The actor for which a seat stands, with the seat's name among its own: "the White House" is what the text says."""
        key = f"{ref.id} {name}"
        if key not in self._refs:
            self._refs[key] = replace(ref, aliases=(name, *ref.aliases[:7]))
        return self._refs[key]

    def organ(self, owner: ActorRef, organ: Organ, words: str) -> ActorRef:
        """The organ of an owner: "TUR-MIL" for Turkey's troops. Of a group's fighters or officials: the group itself."""
        if (
            owner.type not in (ActorType.STATE, ActorType.IGO, ActorType.PERSON, ActorType.PEOPLE)
            and organ.code in GENERIC
        ):
            return owner
        if owner.type == ActorType.PEOPLE and organ.code in GENERIC:
            return owner
        if owner.type == ActorType.STATE and organ.code in ("GOV",):
            return owner if "-GOV" in owner.id else self._compose(owner, organ, words)
        return self._compose(owner, organ, words)

    def _compose(self, owner: ActorRef, organ: Organ, words: str) -> ActorRef:
        base = owner
        if owner.type in (ActorType.GOVERNMENT, ActorType.MILITARY) and owner.principal is not None:
            base = owner.principal
        actor_id = f"{base.id}-{organ.code}"
        if actor_id in self.catalogue:
            return self.ref(actor_id)
        adjective = self.catalogue.adjective(base.id) if base.id in self.catalogue else base.name
        name = f"{base.name}'s {organ.name}" if base.type == ActorType.PERSON else f"{adjective} {organ.name}"
        top = base.principal or base
        alias = f"{adjective} {words}" if base.type != ActorType.PERSON else f"{base.name}'s {words}"
        aliases = (alias,) if alias != name else ()
        return ActorRef(actor_id, name, organ.type, organ.sector, aliases, "", None if organ.own_side else top)

    def office(self, owner: ActorRef, role: str, former: bool) -> tuple[ActorRef, str]:
        """Who holds a role of an owner on the article's date, or the office itself; and in words how that is known."""
        body = owner
        if owner.type in (ActorType.GOVERNMENT, ActorType.MILITARY) and owner.principal is not None:
            body = owner.principal
        if not former and role != "minister":
            for r in _same_role(role):
                if pid := self.catalogue.holder(r, body.id, self.on):
                    return self.ref(pid), f"{r} of {body.id} on {self.on}"
        slug = role.replace(" ", "-")
        name = f"{role} of {body.name}"
        prefix = "former-" if former else ""
        adjective = self.catalogue.adjective(body.id) if body.id in self.catalogue else body.name
        return (
            ActorRef(
                f"{body.id}-ROLE-{prefix}{slug}",
                name,
                ActorType.PERSON,
                "GOV",
                (f"{adjective} {role}",),
                "",
                body.principal or body,
            ),
            f"office of {body.id}",
        )

    def newcomer(self, name: str, type_: ActorType, principal: ActorRef | None, sector: str = "") -> ActorRef:
        """A new actor under its exact normalised name; a later mention may add the principal that an earlier one lacked."""
        actor_id = "~" + "-".join(re.findall(r"[a-z0-9]+", fold_name(name)))
        top = principal.principal or principal if principal is not None else None
        old = self.new.get(actor_id)
        if old is not None and (old.principal is not None or top is None):
            return old
        made = ActorRef(actor_id, name, type_, sector, (), "", top, linked=False)
        self.new[actor_id] = made
        return made


def fold_name(name: str) -> str:
    return " ".join(fold(w) for w in re.findall(r"\w+", name))


def _same_role(role: str) -> tuple[str, ...]:
    return {
        "leader": ("leader", "supreme leader", "president", "prime minister", "monarch", "head of state"),
        "president": ("president", "head of state"),
        "prime minister": ("prime minister", "head of government", "chancellor"),
        "monarch": ("monarch", "head of state"),
        "head of state": ("head of state", "president", "monarch"),
        "ambassador": (),
        "envoy": (),
        "spokesman": (),
        "adviser": (),
        "member": (),
        "legislator": (),
        "commander": (),
        "director": (),
        "cleric": (),
        "judge": (),
        "governor": (),
    }.get(role, (role,))


class Finder:
    """Finds the mentions of one article, sentence by sentence."""

    def __init__(self, names: Names, directory: Directory) -> None:
        self.names = names
        self.dir = directory
        self.catalogue = names.catalogue
        self.roles = roles()
        self.places: dict[int, ActorRef] = {}
        """Of the sentence last read: tokens of a town's or region's name → the state it lies in."""
        stop = reference()["stop"]["names"]
        self.stop = frozenset(stop)
        self.heads = {w: ActorType(t) for t, ws in reference()["head"].items() for w in ws}

    # -- first pass: whom the article names in full ---------------------------------------------------------------

    def survey(self, text: str) -> list[Hit]:
        """All catalogue names of the article; persons named in full lend their surname to the rest of it."""
        hits = self.names.find(text, self.dir.on)
        for h in hits:
            if h.kind == "name" and len(h.actors) >= 1:
                self.dir.seen.add(h.actors[0])
                e = self.catalogue.entries[h.actors[0]]
                if e.actor.type == ActorType.PERSON and " " in h.text:
                    self.dir.surnames[fold_name(e.surname or h.text.split()[-1])] = self.dir.ref(e.actor.id)
                    self.dir.surnames.setdefault(fold_name(h.text.split()[-1]), self.dir.ref(e.actor.id))
            elif h.kind in ("adjective", "demonym", "capital", "seat"):
                self.dir.seen.add(h.actors[0])
        return hits

    # -- second pass: one sentence ----------------------------------------------------------------------------------

    def find(self, tree: Tree, hits: list[Hit]) -> list[Ment]:
        """The mentions of a sentence, left to right, none overlapping; ``hits`` are the names inside it."""
        found: list[Ment] = []
        taken: dict[int, Ment] = {}
        self.places = {}
        for h in hits:
            if h.kind == "place":
                first, last = tree.at(h.start), tree.at(h.end - 1)
                if first is not None and last is not None and tree.tags[last] in ("NNP", "NNPS", "NN"):
                    self.places |= {k: self.dir.ref(h.actors[0]) for k in range(first, last + 1)}
                continue
            m = self._place(tree, h)
            if m is not None and not any(i in taken for i in range(m.start, m.end)):
                found.append(m)
                for i in range(m.start, m.end):
                    taken[i] = m
        found += self._unknown(tree, taken)
        found += self._organs(tree, taken)
        self._titles(tree, found, taken)
        self._appositions(tree, found)
        found = [m for m in found if m.start < m.end]
        found.sort(key=lambda m: (m.start, -m.end))
        return found

    def _place(self, tree: Tree, h: Hit) -> Ment | None:
        first, last = tree.at(h.start), tree.at(h.end - 1)
        if first is None or last is None:
            return None
        head = _head(tree, first, last + 1)
        if h.kind == "surname":
            return self._surname(tree, h, first, last + 1, head)
        actor = h.actors[0]
        entry = self.catalogue.entries.get(actor)
        if entry is None:
            return self._seat_of_organ(h, first, last + 1, head)
        if h.kind == "weak":
            if actor not in self.dir.seen:
                return None
        elif entry.actor.type == ActorType.STATE and self._inside_other_name(tree, first, last):
            return None
        kind = "name"
        if h.kind in ("adjective", "demonym"):
            noun = tree.deps[head] in HEADS and not (tree.deps[head] in ("conj", "ROOT") and tree.tags[head] == "JJ")
            kind = (
                "name"
                if noun
                and (
                    h.kind == "demonym"
                    or tree.tags[head] in ("NNS", "NNPS", "NNP", "NN")
                    or (first > 0
                    and tree.lower[first - 1] == "the")
                )
                else "adjective"
            )
            if h.kind == "adjective" and kind == "name" and tree.deps[head] == "poss":
                kind = "name"
        how: How = "catalogue"
        via = {"seat": "seat of government", "capital": "capital"}.get(h.kind, "")
        ref = self.dir.ref(actor)
        if h.kind == "seat":
            ref = self.dir.seat(ref, h.text)
        if h.kind == "demonym" and kind == "name" and entry.actor.type == ActorType.STATE:
            plural = tree.tags[head] in ("NNS", "NNPS") or h.text.endswith("s")
            via = "nationals" if plural else "national"
        return Ment(
            first,
            last + 1,
            head,
            [ref],
            how,
            kind,
            via,
            candidates=h.actors[1:6] if len(h.actors) > 1 else (),
            organ=h.kind,
        )

    def _seat_of_organ(self, h: Hit, first: int, end: int, head: int) -> Ment | None:
        """ "Pentagon" stands for USA-GOV-MOD, which is composed, not listed."""
        owner, _, code = h.actors[0].partition("-")
        organ = self.roles.organs.get(code)
        if organ is None or owner not in self.catalogue:
            return None
        return Ment(
            first,
            end,
            head,
            [self.dir._compose(self.dir.ref(owner), organ, h.text)],
            "catalogue",
            "name",
            "seat of government",
        )

    def _inside_other_name(self, tree: Tree, first: int, last: int) -> bool:
        """ "Jordan Hale", "Michael Jordan", "New Georgia Times": a state's name inside a longer one that is no state's."""
        n = len(tree)
        if (
            last + 1 < n
            and tree.tags[last + 1] in ("NNP", "NNPS")
            and tree.words[last + 1][:1].isupper()
            and tree.tags[last] in ("NNP", "NNPS")
        ):
            nxt = tree.lower[last + 1]
            names = longest(self.roles.trie, tree.lower, last + 1)
            if (
                names is None
                and nxt not in self.roles.titles
                and nxt not in self.stop
                and tree.heads[last] == last + 1
                and tree.deps[last] == "compound"
            ):
                hit = self.names.root.get(fold(tree.words[last + 1]))
                if hit is None:
                    return True
        if first > 0 and tree.tags[first - 1] in ("NNP", "NNPS") and tree.words[first - 1][:1].isupper():
            before = tree.lower[first - 1]
            if (
                before not in DIRECTIONS
                and before not in self.roles.titles
                and before not in self.stop
                and tree.heads[first - 1] in range(first, last + 1)
                and tree.deps[first - 1] == "compound"
                and self.names.root.get(fold(tree.words[first - 1])) is None
                and before not in self.roles.trie
            ):
                return True
        return False

    def _surname(self, tree: Tree, h: Hit, first: int, end: int, head: int) -> Ment | None:
        """A bare surname: of who is named in full here; of a title's holder; of the one such person in office; else nobody's."""
        if tree.tags[first] not in ("NNP", "NNPS", "NN", "NNS") or not tree.words[first][0].isupper():
            return None
        if (
            first > 0
            and tree.tags[first - 1] == "NNP"
            and tree.heads[first - 1] == first
            and tree.deps[first - 1] == "compound"
        ):
            before = tree.lower[first - 1]
            if (
                before not in self.roles.titles
                and before not in self.stop
                and not self._role_ends(tree, first)
                and not self._is_state(tree, first - 1)
            ):
                return None  # "Paul Kagame Foundation", "Janet Powell": another person of that surname
        if end < len(tree) and tree.tags[end] == "NNP" and tree.heads[first] == end and tree.deps[first] == "compound":
            return None
        known = self.dir.surnames.get(fold_name(h.text))
        if known is not None:
            return Ment(first, end, head, [known], "catalogue", "person", "surname of a person named in full")
        at = [a for a in self.names.by_date(list(h.actors), self.dir.on) if self._in_office(a)]
        titled = first > 0 and (tree.lower[first - 1] in self.roles.titles or self._role_ends(tree, first) is not None)
        role = self._role_ends(tree, first)
        if role:
            fits = [
                a
                for a in at
                if any(o.role in _same_role(role) or o.role == role for o in self.catalogue.entries[a].actor.offices)
            ]
            at = fits or at
        if len(at) == 1 and (titled or len(fold_name(h.text)) > 3) and (titled or fold(h.text) not in COMMON):
            ref = self.dir.ref(at[0])
            self.dir.surnames[fold_name(h.text)] = ref
            return Ment(
                first, end, head, [ref], "catalogue", "person", "surname of the one in office", candidates=h.actors[:6]
            )
        top = [a for a in at if self._tops(a)] or ([] if at else [a for a in h.actors if self._tops(a)])
        if len(top) == 1 and (titled or fold(h.text) not in COMMON):
            return Ment(
                first,
                end,
                head,
                [self.dir.ref(top[0])],
                "catalogue",
                "person",
                "surname of the one who held the highest office",
                candidates=h.actors[:6],
            )
        if not at and len(h.actors) == 1 and (titled or fold(h.text) not in COMMON) and len(h.text) > 4:
            return Ment(
                first,
                end,
                head,
                [self.dir.ref(h.actors[0])],
                "catalogue",
                "person",
                "the only person of that surname",
                candidates=h.actors[:6],
            )
        return None

    def _is_state(self, tree: Tree, i: int) -> bool:
        node = self.names.root.get(fold(tree.words[i]))
        return bool(node and any(k in ("name", "adjective") for k, *_ in node.get("\0", ())))

    def _in_office(self, actor_id: str) -> bool:
        a = self.catalogue.entries[actor_id].actor
        if not a.offices or self.dir.on is None:
            return True
        day, year = self.dir.on.isoformat(), self.dir.on.year
        return any((not o.since or o.since <= day) and (not o.until or int(o.until[:4]) >= year - 1) for o in a.offices)

    def _tops(self, actor_id: str) -> bool:
        return any(
            o.role in ("president", "prime minister", "chancellor", "monarch", "supreme leader")
            for o in self.catalogue.entries[actor_id].actor.offices
        )

    def _role_ends(self, tree: Tree, i: int) -> str | None:
        """The role whose words end just before token ``i`` ("Foreign Minister | Lavrov")."""
        for j in range(max(0, i - 6), i):
            got = longest(self.roles.trie, tree.lower, j)
            if got and got[0] == i and got[1][0] == "role":
                return str(got[1][1])
        return None

    # -- organs and offices -----------------------------------------------------------------------------------------

    def _organs(self, tree: Tree, taken: dict[int, Ment]) -> list[Ment]:
        found: list[Ment] = []
        i, n = 0, len(tree)
        while i < n:
            if i in taken:
                i += 1
                continue
            got = longest(self.roles.trie, tree.lower, i)
            if got is None or any(k in taken for k in range(i, got[0])):
                i += 1
                continue
            end, (what, value) = got
            last = end - 1
            if tree.lower[last] in ("side", "sides", "parties", "party") and any(
                tree.lower[k] in ("each", "both", "two", "either", "neither", "all") for k in range(max(0, i - 2), i)
            ):
                i = end
                continue
            if not (tree.tags[last].startswith("NN") or tree.tags[last] in ("JJ", "VBG")) or (
                tree.deps[last] in ("amod",) and tree.tags[last] == "JJ"
            ):
                i = end
                continue
            m = self._organ(tree, i, end, what, value, taken)
            if m is not None:
                found.append(m)
                for k in range(m.start, m.end):
                    taken.setdefault(k, m)
            i = end
        return found

    def _organ(
        self, tree: Tree, i: int, end: int, what: str, value: Organ | str, taken: dict[int, Ment]
    ) -> Ment | None:
        last = end - 1
        if tree.deps[last] == "compound" and tree.heads[last] > last:
            head = tree.heads[last]
            follows = taken.get(head)
            named = (follows is not None and follows.kind in ("person", "new", "name")) or tree.tags[head] == "NNP"
            if not named:
                return None  # "army chief": the longer phrase is another one
        owners, start, spelled = self._owners(tree, i, end, taken)
        if (
            not owners
            and isinstance(value, Organ)
            and value.code in RESIDENT
            and end < len(tree)
            and tree.lower[end] == "in"
        ):
            # "protesters in Iran", "a court in Turkey": whoever lives there or rules there
            m = next(
                (taken[k] for k in range(end + 1, min(end + 4, len(tree))) if k in taken and taken[k].actors), None
            )
            if m is not None and m.kind == "name" and m.actors[0].type == ActorType.STATE and tree.heads[m.head] == end:
                owners = list(m.actors)
        former = any(tree.lower[k] in FORMER for k in range(max(0, start), i)) or tree.lower[i] in (
            "former",
            "ex",
            "deputy",
            "vice",
        )
        words = tree.text[tree.starts[i] - tree.start : tree.ends[last] - tree.start]
        if what == "role":
            assert isinstance(value, str)
            if not owners:
                return Ment(i, end, last, [], "composed", "role", "", value, former=former)
            actors, via = [], ""
            for o in owners:
                ref, via = self.dir.office(o, value, former)
                actors.append(ref)
            return Ment(start, max(end, spelled), last, actors, "composed", "role", via, value, owners, former=former)
        assert isinstance(value, Organ)
        if not owners:
            return Ment(i, end, last, [], "composed", "organ", "", "", [], value.code)
        actors = [self.dir.organ(o, value, words) for o in owners]
        return Ment(
            start,
            max(end, spelled),
            last,
            actors,
            "composed",
            "organ",
            f"{value.name} of {', '.join(o.id for o in owners)}",
            "",
            owners,
            value.code,
        )

    def _owners(self, tree: Tree, i: int, end: int, taken: dict[int, Ment]) -> tuple[list[ActorRef], int, int]:
        """Whose organ it is: to the left in the noun phrase, or behind "of"; with the span that says so."""
        owners: list[ActorRef] = []
        k, start = i - 1, i
        gap = 0
        while k >= 0 and gap < 5:
            m = taken.get(k)
            if m is not None:
                if m.actors and (
                    m.kind in ("name", "adjective", "person", "new", "organ")
                    or (m.kind == "role" and tree.lower[k + 1 : k + 2] == ["'s"])
                ):
                    if m.kind == "person" and tree.lower[k + 1] not in ("'s", "'"):
                        break
                    if (
                        m.kind == "name"
                        and tree.tags[m.head] in ("NNS", "NNPS")
                        and tree.lower[k + 1] not in ("'s", "'")
                        and m.actors[0].type == ActorType.STATE
                        and m.organ == "demonym"
                    ):
                        break
                    possessive = tree.lower[k + 1] in ("'s", "'")
                    owners[:0] = [a for a in m.actors if a not in owners]
                    start = m.start
                    k = m.start - 1
                    # "French and British jets": a coordinated adjective belongs too
                    if (
                        k > 0
                        and tree.lower[k] in ("and", "or", ",", "-", "–")
                        and taken.get(k - 1) is not None
                        and taken[k - 1].kind == m.kind
                        and (m.kind == "adjective" or possessive or tree.lower[k] in ("-", "–"))
                    ):
                        k -= 1
                        continue
                break
            if tree.lower[k] in ("'s", "'"):
                k -= 1
                continue
            if k in self.places:
                owners = [self.places[k]]
                while k - 1 in self.places:
                    k -= 1
                start = k
                break
            if (
                tree.tags[k] not in GAP
                or tree.tags[k] in ("CC", ",")
                or tree.lower[k]
                in ("other", "many", "some", "several", "foreign", "western", "regional", "neighbouring")
            ):
                if not (tree.tags[k] in GAP and tree.tags[k] not in ("CC", ",")):
                    break
            k -= 1
            gap += 1
        spelled = end
        if not owners and end < len(tree) and tree.lower[end] in ("of", "in", "for", "to", "at"):
            prep = tree.lower[end]
            j = end + 1
            while j < len(tree) and ((tree.tags[j] in ("DT", "JJ") and j not in taken) or tree.lower[j] in ("state",)):
                j += 1
            m = taken.get(j)
            if j in self.places and prep in ("in", "of", "at"):
                owners = [self.places[j]]
            if (
                (m is not None
                and m.actors
                and m.kind in ("name", "person", "new", "organ", "adjective")
                and m.start == j)
                or (m is not None
                and m.actors
                and tree.lower[end] == "of")
            ):
                ok = prep == "of" or (prep == "in" and m.organ == "capital") or (prep in ("for", "to", "at") and False)
                if m.kind == "adjective":
                    ok = False
                if ok:
                    owners = list(m.actors)
                    spelled = end  # the owner keeps its own mention
                    for c in tree.conjuncts(m.head)[1:]:
                        other = taken.get(c)
                        if other is not None and other.kind == "name" and tree.tags[end - 1] in ("NNS", "NNPS"):
                            owners += other.actors
        return owners, start, spelled

    # -- persons and bodies that the catalogue does not know ---------------------------------------------------------

    def _unknown(self, tree: Tree, taken: dict[int, Ment]) -> list[Ment]:
        found: list[Ment] = []
        i, n = 0, len(tree)
        while i < n:
            if (
                i in taken
                or i in self.places
                or tree.tags[i] not in ("NNP", "NNPS")
                or not tree.words[i][0].isupper()
                or tree.lower[i] in self.stop
            ):
                i += 1
                continue
            if (
                (got := longest(self.roles.trie, tree.lower, i))
                and got[0] <= n
                and not (got[0] < n and tree.tags[got[0]] == "NNP" and tree.deps[got[0] - 1] != "compound")
            ):
                i = got[0]
                continue
            if tree.lower[i] in self.roles.titles:
                i += 1
                continue
            j = i + 1
            while j < n and j not in taken and j not in self.places and self._continues(tree, i, j):
                j += 1
            while j > i + 1 and not tree.words[j - 1][0].isalnum():
                j -= 1
            m = self._newcomer(tree, i, j, taken)
            if m is not None:
                found.append(m)
                for k in range(m.start, m.end):
                    taken[k] = m
            i = max(j, i + 1)
        return found

    def _continues(self, tree: Tree, i: int, j: int) -> bool:
        w = tree.words[j]
        if tree.tags[j] in ("NNP", "NNPS") and w[0].isupper():
            return tree.lower[j] not in self.stop
        if tree.lower[j] in PARTICLES or w in ("-", "’", "'"):
            return (
                j + 1 < len(tree)
                and tree.words[j + 1][:1].isupper()
                and tree.tags[j + 1] in ("NNP", "NNPS", "JJ")
                and (w != "-" or tree.starts[j] == tree.ends[j - 1])
            )
        if w in ("for", "of", "and") and j + 1 < len(tree):
            last = tree.lower[j - 1]
            if last in self.heads and w == "of" and tree.words[j + 1][0].isupper() and j + 1 < len(tree):
                return True
            if last in self.heads and w == "for" and tree.words[j + 1][0].isupper():
                return True
        return False

    def _newcomer(self, tree: Tree, i: int, j: int, taken: dict[int, Ment]) -> Ment | None:
        start_char, end_char = tree.starts[i] - tree.start, tree.ends[j - 1] - tree.start
        name = tree.text[start_char:end_char]
        head = _head(tree, i, j)
        words = [tree.lower[k] for k in range(i, j)]
        known = self.dir.surnames.get(fold_name(name))
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
        actor_id = "~" + "-".join(re.findall(r"[a-z0-9]+", fold_name(name)))
        if actor_id in self.dir.new:
            a = self.dir.new[actor_id]
            return Ment(i, j, head, [a], "new", "person" if a.type == ActorType.PERSON else "new")
        type_ = self.heads.get(words[-1]) or next(
            (self.heads[w] for w in words if w in self.heads and w not in ("guard", "force", "post", "times")), None
        )
        if type_ is not None and len(words) >= 2:
            owner = taken.get(i - 1) if i else None
            principal = (
                owner.actors[0] if owner is not None and owner.actors and type_ in (ActorType.GOVERNMENT,) else None
            )
            return Ment(
                i, j, head, [self.dir.newcomer(name, type_, principal)], "new", "new", f"new {type_} by its head noun"
            )
        before = tree.lower[i - 1] if i else ""
        role = self._role_ends(tree, i)
        titled = before in self.roles.titles or role is not None
        proper = [w for w in words if w not in PARTICLES and w[0].isalpha()]
        if before in self.roles.announcing and len(proper) >= 2 and tree.tags[i - 1].startswith("NN"):
            owners, _, _ = self._owners(tree, i - 1, i, taken)
            ref = self._person(tree, i, j, head, name, None)
            if owners:
                ref.actors = [self.dir.newcomer(name, ActorType.PERSON, owners[0])]
            return ref
        if titled and len(proper) >= 1:
            return self._person(tree, i, j, head, name, role)
        if len(proper) >= 2 and len(proper) <= 4 and self._acts_like_person(tree, head, j):
            return self._person(tree, i, j, head, name, None)
        if (
            len(words) == 1
            and name.isupper()
            and 2 <= len(name) <= 8
            and tree.deps[head] in ("nsubj", "dobj", "pobj", "nsubjpass", "conj", "poss", "appos")
        ):
            return Ment(i, j, head, [self.dir.newcomer(name, ActorType.ORGANIZATION, None)], "new", "new", "acronym")
        return None

    def _person(self, tree: Tree, i: int, j: int, head: int, name: str, role: str | None) -> Ment:
        ref = self.dir.newcomer(name, ActorType.PERSON, None)
        surname = fold_name(name.rsplit(maxsplit=1)[-1])
        if " " in name and surname not in self.dir.surnames:
            self.dir.surnames[surname] = ref
        return Ment(i, j, head, [ref], "new", "person", "new person", role or "")

    def _acts_like_person(self, tree: Tree, head: int, end: int) -> bool:
        """Named like a person and placed like one: speaks, or is described by an office or an age beside the name."""
        dep = tree.deps[head]
        if dep == "nsubj" and tree.lemmas[tree.heads[head]] in SPEAKING:
            return True
        for k in tree.kids[head]:
            if tree.deps[k] == "appos":
                got = [longest(self.roles.trie, tree.lower, x) for x in tree.subtree(k)]
                if any(g and g[1][0] == "role" for g in got) or tree.tags[k] == "CD":
                    return True
            if tree.deps[k] == "relcl" and any(tree.lower[x] in ("who", "whom", "whose") for x in tree.subtree(k)):
                return True
        if dep == "appos":
            host = tree.heads[head]
            return any(
                (g := longest(self.roles.trie, tree.lower, x)) and g[1][0] == "role" and g[0] - 1 == host
                for x in range(max(0, host - 4), host + 1)
            )
        return False

    # -- titles and appositions ---------------------------------------------------------------------------------------

    def _titles(self, tree: Tree, found: list[Ment], taken: dict[int, Ment]) -> None:
        """ "Turkish Foreign Minister Mevlut Cavusoglu": the role before a person's name is that person's."""
        by_start = {
            m.start: m
            for m in found
            if m.kind in ("person", "new", "name") and m.actors and m.actors[0].type == ActorType.PERSON
        }
        for r in [m for m in found if m.kind == "role"]:
            j = r.end
            while (
                j < len(tree)
                and (tree.lower[j] in self.roles.titles or (tree.lower[j] in ("-", ",") and tree.lower[j] == "-"))
                and j not in by_start
            ):
                j += 1
            p = by_start.get(j)
            if p is None or j - r.end > 2:
                continue
            self._entitle(p, r)
            p.start = (
                r.start
                if not any(
                    taken.get(k) not in (None, r, p) and taken[k].kind in ("person",) for k in range(r.start, p.start)
                )
                else p.start
            )
            r.end = r.start  # absorbed
        # owners that a role or organ has swallowed are no mentions of their own
        for r in [m for m in found if (m.kind in ("role", "organ", "person") or m.role) and m.start < m.end]:
            for m in found:
                if (
                    m is not r
                    and m.start >= r.start
                    and m.end <= r.end
                    and m.start < m.end
                    and m.kind in ("adjective", "name", "organ", "person", "new")
                    and not (m.start == r.start and m.end == r.end)
                ):
                    m.end = m.start

    def _entitle(self, person: Ment, role: Ment) -> None:
        person.role, person.owners, person.former = role.role, role.owners, role.former
        ref = person.actors[0]
        if not ref.linked and role.owners and ref.principal is None:
            person.actors = [self.dir.newcomer(ref.name, ActorType.PERSON, role.owners[0])]
            for k, v in self.dir.surnames.items():
                if v.id == ref.id:
                    self.dir.surnames[k] = person.actors[0]
        self.dir.roles_of[person.actors[0].id] = (role.role, role.owners[0] if role.owners else None)

    def _appositions(self, tree: Tree, found: list[Ment]) -> None:
        """ "X, Japan's foreign minister," and "Japan's foreign minister, X,": one actor, named once."""
        people = [
            m
            for m in found
            if m.start < m.end and m.actors and m.actors[0].type == ActorType.PERSON and m.kind != "role"
        ]
        for r in [m for m in found if m.kind == "role" and m.start < m.end]:
            for p in people:
                if p.start == p.end or (p.role and p.owners):
                    continue
                after = (
                    p.end < len(tree)
                    and p.end < r.start
                    and tree.lower[p.end] == ","
                    and _only_description(tree, p.end + 1, r.start)
                )
                before = (
                    r.end < p.start <= r.end + 8
                    and tree.lower[p.start - 1] == ","
                    and _owner_phrase(tree, r.end, p.start - 1)
                )
                linked = (
                    (tree.deps[r.head] == "appos"
                    and tree.heads[r.head] == p.head)
                    or (tree.deps[p.head] == "appos"
                    and tree.heads[p.head] == r.head)
                )
                if (
                    (after and linked)
                    or (before and (linked or p.start == r.end + 1))
                    or (after and r.owners and p.start >= 0 and tree.deps[r.head] == "appos")
                ):
                    if not r.owners and not after:
                        r.actors = list(p.actors)
                        continue
                    self._entitle(p, r)
                    r.actors, r.via = list(p.actors), "apposition"
                    r.how = p.how
                    break


SPEAKING = frozenset(
    ["say", "tell", "announce", "declare", "warn", "add", "insist", "argue", "claim", "state", "write", "note", "explain", "complain", "remark", "accuse", "deny", "vow", "pledge", "urge", "describe", "call", "believe", "think", "predict", "retort", "reply", "promise", "concede", "admit", "recall", "reckon", "maintain", "lament", "quip", "observe", "acknowledge", "suggest", "stress", "emphasise", "emphasize", "reject", "condemn", "criticise", "praise"]
)
# Surnames that are common words or common first names: alone they name nobody.
COMMON = frozenset(
    ["brown", "bush", "may", "rice", "cook", "powell", "major", "black", "king", "grant", "ford", "hope", "long", "short", "young", "day", "hill", "wood", "stone", "park", "song", "song", "kim", "lee", "li", "wang", "khan", "ali", "singh", "santos", "perry", "bell", "marsh", "baker", "carter", "martin", "howard", "gates", "cross", "chance", "rivers", "hassan", "ahmed", "abdullah", "mohammed", "omar", "ibrahim", "hussein", "house", "power", "strange", "field", "banks"]
)


def _head(tree: Tree, start: int, end: int) -> int:
    """The token of a span whose head lies outside it (the last such, so that "Erdogan" heads "Recep Tayyip Erdogan")."""
    for k in range(end - 1, start - 1, -1):
        if not start <= tree.heads[k] < end or tree.heads[k] == k:
            return k
    return end - 1


def _only_description(tree: Tree, start: int, end: int) -> bool:
    return end - start <= 8 and all(
        tree.tags[k] in GAP | {"DT", "PRP$", "POS", "RB", "IN"} and tree.tags[k] != "," for k in range(start, end)
    )


def _owner_phrase(tree: Tree, start: int, end: int) -> bool:
    return start == end or (tree.lower[start] in ("of", "for", "to") and end - start <= 7)
