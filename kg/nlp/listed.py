"""Names of the catalogue as mentions: what a hit in the text means where it stands, and whose a bare surname is."""

from __future__ import annotations

from collections.abc import Sequence

from kg.actors.catalogue import within
from kg.actors.names import LEAF, Hit, fold
from kg.model import ActorType, Office
from kg.nlp.directory import fold_name, same_office
from kg.nlp.gender import TITLED, gender
from kg.nlp.mentions import Ment, Sight, head_of, role_before
from kg.nlp.words import longest, read, roles, vocabulary

ROLES = roles()
STOP = vocabulary("reference", "stop", "names")
DIRECTIONS = vocabulary("names", "directions")
PARTICLES = vocabulary("names", "particles")
MONTHS = frozenset(month.lower() for month, *_ in read("when")["months"])
BEFORE_MONTH = vocabulary("names", "before_month")
THINGS = vocabulary("names", "things")
COMMON_SURNAMES = vocabulary("names", "common_surnames")
HIGHEST = vocabulary("names", "offices", "highest")
# Whose name may stand inside another: a people's only where it is weak ("Wa" in "Wa Lone").
NATIONS = {False: frozenset({ActorType.STATE}), True: frozenset({ActorType.PEOPLE})}
# Labels of a word that stands for somebody rather than describes a noun.
NOMINAL = frozenset(
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


class Listed:
    """The catalogue's names in one sentence."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.tree = sight.tree
        self.dir = sight.dir
        self.names = sight.names

    def read(self, h: Hit) -> Ment | None:
        """A hit as a mention; ``None`` where the words mean something else here."""
        first, last = self.tree.at(h.start), self.tree.at(h.end - 1)
        if first is None or last is None:
            return None
        head = head_of(self.tree, first, last + 1)
        if h.kind == "surname":
            return None if self._names_a_thing(last) else self._surname(h, first, last + 1, head)
        actor = h.actors[0]
        entry = self.dir.catalogue.entries.get(actor)
        if entry is None:
            return self._seat_of_organ(h, first, last + 1, head)
        if h.kind == "weak":
            backed = self._backed(h)
            if backed is None:
                return None
            actor = backed
            entry = self.dir.catalogue.entries[actor]
        if entry.actor.type in NATIONS[h.kind == "weak"] and self._inside_other_name(first, last):
            return None
        if entry.actor.type == ActorType.PERSON:
            if self._names_a_thing(last):
                return None
            if entry.surname or " " in h.text:
                self.dir.name(fold_name(entry.surname or entry.actor.name.split()[-1]), self.dir.ref(actor), h.start)
        if h.kind == "demonym" and (body := self._of_region(h.text, last)) is not None:
            end = last + 3
            return Ment(first, end, first, [self.dir.ref(body)], "catalogue", "name")
        kind = "name"
        if h.kind in ("adjective", "demonym"):
            first_of = self.tree.first_conjunct(head)  # "Cambodian and Thai troops"
            noun = self.tree.deps[head] in NOMINAL and not (
                (self.tree.deps[head] in ("conj", "ROOT") and self.tree.tags[head] == "JJ")
                or (first_of != head and self.tree.tags[first_of] == "JJ" and self.tree.deps[first_of] == "amod")
            )
            kind = (
                "name"
                if noun
                and (
                    h.kind == "demonym"
                    or self.tree.tags[head] in ("NNS", "NNPS", "NNP", "NN")
                    or (first > 0 and self.tree.lower[first - 1] == "the")
                )
                else "adjective"
            )
        via = {"seat": "seat of government", "capital": "capital"}.get(h.kind, "")
        ref = self.dir.ref(actor)
        if h.kind == "seat":
            ref = self.dir.seat(ref, h.text)
        if h.kind == "demonym" and kind == "name" and entry.actor.type == ActorType.STATE:
            plural = self.tree.tags[head] in ("NNS", "NNPS") or h.text.endswith("s")
            via = "nationals" if plural else "national"
        return Ment(
            first,
            last + 1,
            head,
            [ref],
            "catalogue",
            kind,
            via,
            candidates=h.actors[1:6] if len(h.actors) > 1 else (),
            organ=h.kind,
        )

    def _names_a_thing(self, last: int) -> bool:
        """ "President Clinton High School", "Truman Doctrine": called after somebody, who is not meant."""
        t = self.tree
        k = last
        while t.deps[k] == "compound" and t.heads[k] > k:
            k = t.heads[k]
        return k > last and t.lower[k] in THINGS and all(t.words[j][:1].isupper() for j in range(last + 1, k + 1))

    def _of_region(self, people: str, last: int) -> str | None:
        """ "the Serbs of Krajina" are the Krajina Serbs, "the Kurds of Iraq" the Iraqi Kurds, where these are listed."""
        t = self.tree
        if t.lower[last + 1 : last + 2] not in (["of"], ["in"]) or last + 2 >= len(t):
            return None
        region = t.words[last + 2]
        state = self.names.only(region)
        names = [region] if state is None else [region, *self.dir.catalogue.entries[state].adjectives]
        return next((a for n in names if (a := self.names.only(f"{n} {people}")) is not None), None)

    def _backed(self, h: Hit) -> str | None:
        """Whom a weak name means: who is named outright, or the only one whose country or principal is."""
        named = [a for a in h.actors if a in self.dir.seen]
        if named:
            return named[0]
        entries = [(a, self.dir.catalogue.entries[a]) for a in h.actors]
        persons = [a for a, e in entries if e.actor.type == ActorType.PERSON and self._in_office(a)]
        if persons:
            return persons[0] if " " in h.text and len(persons) == 1 else None
        near = [a for a, e in entries if {e.country, e.actor.principal} & (self.dir.seen - {""})]
        near = near or [a for a, e in entries if {a, e.country, e.actor.principal} & self.dir.around()]
        if near:
            return near[0] if len(near) == 1 else None
        # the only one of that name in the world, and then it lived: "the EC", "the Quartet"
        alive = len(entries) == 1 and within(
            self._day(), entries[0][1].actor.active_from, entries[0][1].actor.active_to
        )
        return h.actors[0] if alive and self._plain(h, entries[0][1].actor.type) else None

    def _plain(self, h: Hit, type_: ActorType) -> bool:
        """Whether a weak name stands where a body's name does: an acronym, or an international body behind "the"."""
        i = self.tree.at(h.start)
        if i is None or self.tree.tags[i] not in ("NNP", "NNPS", "JJ", "NN"):
            return False
        if type_ in (ActorType.PERSON, ActorType.STATE, ActorType.MEDIA, ActorType.COMPANY):
            return False
        if h.text.isupper() and len(h.text) > 2:
            return True
        return type_ == ActorType.IGO and i > 0 and self.tree.lower[i - 1] == "the"

    def _day(self) -> str:
        return self.dir.on.isoformat() if self.dir.on else ""

    def _seat_of_organ(self, h: Hit, first: int, end: int, head: int) -> Ment | None:
        """ "Pentagon" stands for USA-GOV-MOD, which is composed, not listed."""
        owner, _, code = h.actors[0].partition("-")
        organ = ROLES.organs.get(code)
        if organ is None or owner not in self.dir.catalogue:
            return None
        return Ment(
            first,
            end,
            head,
            [self.dir.compose(self.dir.ref(owner), organ, h.text)],
            "catalogue",
            "name",
            "seat of government",
        )

    def _inside_other_name(self, first: int, last: int) -> bool:
        """ "Jordan Hale", "Michael Jordan", "New Georgia Times": a state's name inside a longer one that is no state's."""
        n = len(self.tree)
        if (
            last + 1 < n
            and self.tree.tags[last + 1] in ("NNP", "NNPS")
            and self.tree.words[last + 1][:1].isupper()
            and self.tree.tags[last] in ("NNP", "NNPS")
        ):
            nxt = self.tree.lower[last + 1]
            names = longest(ROLES.trie, self.tree.lower, last + 1)
            if (
                names is None
                and nxt not in ROLES.titles
                and nxt not in STOP
                and self.tree.heads[last] == last + 1
                and self.tree.deps[last] == "compound"
                and not self._is_state(last + 1)
                and not self.tree.words[last].replace(".", "").isupper()
            ):
                return True
        if first > 0 and self.tree.tags[first - 1] in ("NNP", "NNPS") and self.tree.words[first - 1][:1].isupper():
            before = self.tree.lower[first - 1]
            if (
                before not in DIRECTIONS
                and before not in ROLES.titles
                and before not in STOP
                and self.tree.heads[first - 1] in range(first, last + 1)
                and self.tree.deps[first - 1] == "compound"
                and not self._is_state(first - 1)
                and (longest(ROLES.trie, self.tree.lower, first - 1) or (0,))[0] != first
            ):
                return True
        return False

    def _surname(self, h: Hit, first: int, end: int, head: int) -> Ment | None:
        """A bare surname: of who is named in full here; of a title's holder; of the one such person in office; else nobody's."""
        t = self.tree
        last = end - 1
        # "bin Laden", "dos Santos" begin small; "May will" is tagged as an auxiliary, "Trump himself" as a verb
        named = (
            t.tags[last] in ("NNP", "NNPS", "NN", "NNS")
            or (t.tags[last] == "MD" and t.tags[end : end + 1] == ["MD"])
            or (t.deps[last] in ("nsubj", "nsubjpass") and t.tags[last] in ("JJ", "RB", "UH", "VB", "VBP"))
        )
        if not named or not t.words[last][0].isupper():
            return None
        if first > 0 and t.tags[first - 1] == "NNP" and t.heads[first - 1] == first and t.deps[first - 1] == "compound":
            before = t.lower[first - 1]
            if (
                before not in ROLES.titles
                and before not in STOP
                and not role_before(t, first)
                and not self._is_state(first - 1)
            ):
                return None  # "Paul Kagame Foundation", "Janet Powell": another person of that surname
        if self._given_name(first, end):
            return None
        if (
            first > 2
            and t.words[first - 1] == "-"
            and t.lower[first - 2] in PARTICLES
            and t.tags[first - 3] == "NNP"
            and t.lower[first - 3] not in ROLES.titles
            and not role_before(t, first - 2)
        ):
            return None  # "Abdullah al-Nasser" is not Gamal Abdel Nasser
        if t.lower[first] in MONTHS and (
            (first and t.lower[first - 1] in BEFORE_MONTH)
            or any(t.tags[k] == "CD" for k in (first - 1, end) if 0 <= k < len(t))
        ):
            return None  # "in May", whoever else is called so
        known = self.dir.bearer(fold_name(h.text), h.start, t.lower[first - 1] if first else "")
        if known is not None:
            return Ment(first, end, head, [known], "catalogue", "person", "surname of a person named in full")
        bearers = self._of_sex(h.actors, t.lower[first - 1] if first else "")
        at = [a for a in self.names.by_date(bearers, self.dir.on) if self._in_office(a)]
        if at and not any(self._offices(a) for a in at):
            at = [a for a in bearers if self._tops(a)] or at  # a candidate, not his wife, who never held an office
        owner = self._possessor(first)
        if owner and (theirs := [a for a in bearers if owner in self.dir.tied(self.dir.ref(a))]):
            at = theirs  # "Venezuela's Maduro"
        titled = owner or (first > 0 and (t.lower[first - 1] in ROLES.titles or role_before(t, first) is not None))
        role = role_before(t, first)
        if role:
            fits = [a for a in at if any(o.role in same_office(role) or o.role == role for o in self._offices(a))]
            at = fits or at
        if len(at) == 1 and (titled or len(fold_name(h.text)) > 3) and (titled or fold(h.text) not in COMMON_SURNAMES):
            ref = self.dir.ref(at[0])
            self.dir.name(fold_name(h.text), ref, h.start)
            return Ment(
                first, end, head, [ref], "catalogue", "person", "surname of the one in office", candidates=h.actors[:6]
            )
        top = [a for a in at if self._tops(a)] or ([] if at else [a for a in bearers if self._tops(a)])
        if len(top) == 1 and (titled or fold(h.text) not in COMMON_SURNAMES):
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
        if not at and len(bearers) == 1 and (titled or fold(h.text) not in COMMON_SURNAMES) and len(h.text) > 4:
            return Ment(
                first,
                end,
                head,
                [self.dir.ref(bearers[0])],
                "catalogue",
                "person",
                "the only person of that surname",
                candidates=h.actors[:6],
            )
        return None

    def _given_name(self, first: int, end: int) -> bool:
        """ "Mohamed" of "Mohamed Hassan Lebatt", "Hassan" of "Hassan al-Alfi": a longer name goes on behind it."""
        t = self.tree
        head = t.heads[first]
        return (
            t.deps[first] == "compound"
            and head >= end
            and all(t.tags[k] in ("NNP", "HYPH") or t.words[k] == "-" for k in range(end, head + 1))
        )

    def _possessor(self, first: int) -> str:
        """The id of the state whose a name is said to be; empty without one."""
        t = self.tree
        state = self.sight.taken.get(first - 2) if first > 1 and t.lower[first - 1] == "'s" else None
        return state.actors[0].id if state is not None and state.actors[0].type == ActorType.STATE else ""

    def _is_state(self, i: int) -> bool:
        node = self.names.root.get(fold(self.tree.words[i]))
        return bool(node and any(k in ("name", "adjective") for k, *_ in node.get(LEAF, ())))

    def _of_sex(self, actors: Sequence[str], title: str) -> list[str]:
        """Those whom a title may stand before, all where it fits none: "Mrs Clinton" is not Bill."""
        sex = TITLED.get(title.rstrip("."))
        return [a for a in actors if sex is None or gender(self.dir.ref(a)) == sex] or list(actors)

    def _offices(self, actor_id: str) -> tuple[Office, ...]:
        return self.dir.catalogue.entries[actor_id].actor.offices

    def _in_office(self, actor_id: str) -> bool:
        offices = self._offices(actor_id)
        if not offices or self.dir.on is None:
            return True
        day, year = self.dir.on.isoformat(), self.dir.on.year
        return any((not o.since or o.since <= day) and (not o.until or int(o.until[:4]) >= year - 1) for o in offices)

    def _tops(self, actor_id: str) -> bool:
        return any(o.role in HIGHEST for o in self._offices(actor_id))
