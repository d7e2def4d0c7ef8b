"""Organs and offices: "Turkish troops" is an organ of Turkey, "the Turkish foreign minister" an office with a holder."""

from __future__ import annotations

from kg.model import ActorRef, ActorType
from kg.nlp.mentions import Ment, Sight
from kg.nlp.words import Organ, longest, roles, vocabulary

ROLES = roles()
GAP = frozenset({"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "HYPH", "VBN", "VBG", "``", "''"})
FORCES = frozenset({"COP", "COP-BOR", "MIL", "MIL-AIR", "MIL-CG", "MIL-NAV"})
ASSETS = vocabulary("reference", "organs", "assets")
SPEAKING_FOR = vocabulary("names", "speaking_for")
COURTS = frozenset({"court", "judges", "prosecutors", "tribunal"})
WORLD_COURTS = ("ICJ", "ICC")  # both sit in The Hague; the one that the article names, else the older
FORMER = vocabulary("names", "former")
DEPUTY = vocabulary("names", "deputy")
FORMER_WITHIN = vocabulary("names", "former_within")
SPOTS = vocabulary("reference", "organs", "spots")
RESIDENT = vocabulary("reference", "organs", "resident")
LOYAL = frozenset({("loyal", "to"), ("faithful", "to")})  # "fighters loyal to X" are X's


class Organs:
    """The organs and offices of one sentence."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.tree = sight.tree
        self.dir = sight.dir
        self.taken = sight.taken
        self.places = sight.places

    def find(self) -> list[Ment]:
        """Every organ and office; those without an owner here have no actors yet."""
        t = self.tree
        found: list[Ment] = []
        i, n = 0, len(t)
        while i < n:
            if i in self.taken or i in self.sight.nobody or i in self.places:
                i += 1
                continue
            got = longest(ROLES.trie, t.lower, i)
            if got is None or any(k in self.taken for k in range(i, got[0])):
                i += 1
                continue
            end, (_, value) = got
            last = end - 1
            if t.lower[last] in ("side", "sides", "parties", "party") and any(
                t.lower[k] in ("each", "both", "two", "either", "neither", "all") for k in range(max(0, i - 2), i)
            ):
                i = end
                continue
            if not (t.tags[last].startswith("NN") or t.tags[last] in ("JJ", "VBG")) or (
                t.deps[last] == "amod" and t.tags[last] == "JJ"
            ):
                i = end
                continue
            if isinstance(value, Organ) and self._asset(value, end):
                end += 1  # "navy boats": the navy's
            m = self._organ(i, end, value)
            if m is not None:
                found.append(self.sight.add(m))
            i = end
        for m in found:
            if m.kind == "role" and not m.actors and t.lower[m.end : m.end + 1] == ["of"]:
                self._serve(m)
        return found

    def _serve(self, m: Ment) -> None:
        """ "The commander of the Fijian army": an office of an organ that is found only after it."""
        organ = next((o for k in range(m.end + 1, m.end + 4) if (o := self.taken.get(k)) is not None), None)
        if organ is None or organ.kind != "organ" or not organ.actors or self.tree.heads[organ.head] != m.end:
            return
        m.owners = list(organ.actors)
        m.actors = [self.dir.office(o, m.role, m.former)[0] for o in m.owners]

    def _asset(self, organ: Organ, end: int) -> bool:
        """Whether the next word is a thing or men of the forces just named."""
        t = self.tree
        if organ.code not in FORCES or end >= len(t) or end in self.taken:
            return False
        return t.lower[end] in ASSETS and t.heads[end - 1] == end

    def _organ(self, i: int, end: int, value: Organ | str) -> Ment | None:
        t = self.tree
        last = end - 1
        if t.deps[last] == "compound" and t.heads[last] > last:
            head = t.heads[last]
            follows = self.taken.get(head)
            named = (follows is not None and follows.kind in ("person", "new", "name")) or t.tags[head] == "NNP"
            if not named:
                return None  # "army chief": the longer phrase is another one
        if t.lower[last] in COURTS and t.lower[end : end + 3] == ["in", "the", "hague"]:
            world = next((c for c in WORLD_COURTS if c in self.dir.seen), WORLD_COURTS[0])
            if world in self.dir.catalogue:
                return Ment(i, end, last, [self.dir.ref(world)], "catalogue", "name", "the court in The Hague")
        owners, start = self.owners(i, end)
        if not owners and isinstance(value, Organ) and value.code in RESIDENT and end < len(t) and t.lower[end] == "in":
            # "protesters in Iran", "a court in Turkey": whoever lives there or rules there
            m = next(
                (
                    self.taken[k]
                    for k in range(end + 1, min(end + 4, len(t)))
                    if k in self.taken and self.taken[k].actors
                ),
                None,
            )
            if m is not None and m.actors[0].type == ActorType.STATE and self._lies_in(m, end):
                owners = list(m.actors)
        if t.lower[last] == "governments" and start < i and t.lower[i - 1] not in ("'s", "'"):
            return None  # "European governments" are many
        first = start
        while first > 0 and start - first < 3 and t.tags[first - 1] in ("JJ", "VBN", "NN", "RB", "HYPH"):
            first -= 1  # "the ousted Malian president"
        former = any(t.lower[k] in FORMER for k in range(first, i) if k not in self.taken) or (
            t.lower[i] in FORMER_WITHIN and not (isinstance(value, str) and value.startswith(t.lower[i]))
        )
        deputy = former and not any(t.lower[k] in FORMER - DEPUTY for k in range(first, end) if k not in self.taken)
        words = t.text[t.starts[i] - t.start : t.ends[last] - t.start]
        if isinstance(value, str):
            if not owners:
                return Ment(i, end, last, [], "composed", "role", "", value, former=former, deputy=deputy)
            actors, via = [], ""
            for o in owners:
                ref, via = self.dir.office(o, value, former)
                actors.append(ref)
            return Ment(start, end, last, actors, "composed", "role", via, value, owners, former=former, deputy=deputy)
        if not owners:
            return Ment(i, end, last, [], "composed", "organ", "", "", [], value.code)
        actors = [self.dir.organ(o, value, words) for o in owners]
        return Ment(
            start,
            end,
            last,
            actors,
            "composed",
            "organ",
            f"{value.name} of {', '.join(o.id for o in owners)}",
            "",
            owners,
            value.code,
        )

    def _lies_in(self, m: Ment, prep: int) -> bool:
        """ "in Iran", "in Peru's largest city", "in the Kenyan port of Mombasa": of places only."""
        t = self.tree
        spot = t.heads[m.head]
        if m.kind == "name" and spot == prep:
            return True
        while t.deps[spot] in ("compound", "nmod") and t.heads[spot] > spot:
            spot = t.heads[spot]
        if t.heads[spot] != prep or not (t.deps[m.head] == "poss" or m.kind == "adjective"):
            return False
        return spot in self.places or t.lower[spot] in SPOTS or any(t.lower[k] in SPOTS for k in t.kids[spot])

    def owners(self, i: int, end: int) -> tuple[list[ActorRef], int]:
        """Whose organ it is: to the left in the noun phrase, or behind "of"; with the token at which they begin."""
        t = self.tree
        owners: list[ActorRef] = []
        k, start = i - 1, i
        gap = 0
        while k >= 0 and gap < 5:
            m = self.taken.get(k)
            if m is not None:
                if t.words[k + 1] == "-" and k + 2 < i and t.tags[k + 2] in ("VBN", "VBD"):
                    break  # "an Iran-backed militia" is not Iran's
                if m.actors and (
                    m.kind in ("name", "adjective", "person", "new", "organ")
                    or (m.kind == "role" and t.lower[k + 1 : k + 2] == ["'s"])
                ):
                    # "named Raab foreign secretary": nobody's office but his own
                    if m.actors[0].type == ActorType.PERSON and t.lower[k + 1] not in ("'s", "'"):
                        break
                    if (
                        m.kind == "name"
                        and t.tags[m.head] in ("NNS", "NNPS")
                        and t.lower[k + 1] not in ("'s", "'")
                        and m.actors[0].type == ActorType.STATE
                        and m.organ == "demonym"
                    ):
                        break
                    possessive = t.lower[k + 1] in ("'s", "'")
                    if possessive and owners and all(a.type == ActorType.PEOPLE for a in owners):
                        owners = []  # "Iraq's Kurdish president" is Iraq's
                    owners[:0] = [a for a in m.actors if a not in owners]
                    start = m.start
                    k = m.start - 1
                    if m.kind == "adjective" and m.actors[0].type == ActorType.PEOPLE and t.lower[k] == "'s":
                        continue
                    # "French and British jets": a coordinated adjective belongs too
                    if (
                        k > 0
                        and (t.lower[k] in ("and", "or", "-", "–") or (t.lower[k] == "," and not possessive))
                        and self.taken.get(k - 1) is not None
                        and (
                            self._shares_noun(self.taken[k - 1], m)
                            or (
                                self.taken[k - 1].kind == m.kind
                                and (m.kind == "adjective" or possessive or t.lower[k] in ("-", "–"))
                            )
                        )
                    ):
                        k -= 1
                        continue
                break
            if t.lower[k] in ("'s", "'"):
                k -= 1
                continue
            if k in self.places:
                owners = [self.places[k]]
                while k - 1 in self.places:
                    k -= 1
                start = k
                break
            if t.tags[k] not in GAP:
                break
            k -= 1
            gap += 1
        whose = any(t.deps[k] == "poss" and t.tags[k] == "PRP$" for k in t.kids[end - 1])
        speaks = t.lower[end - 1] in SPEAKING_FOR
        if (
            not owners
            and not whose
            and end < len(t)
            and t.lower[end] in ("of", "in", "at", *(("for",) if speaks else ()))
        ):
            owners = self._behind(end)
        elif not owners and tuple(t.lower[end : end + 2]) in LOYAL:
            owners = self._behind(end + 1)
        return owners, start

    def _shares_noun(self, left: Ment, right: Ment) -> bool:
        """ "South Korean and US forces": an adjective and a name before the same noun."""
        t = self.tree
        before = t.deps[left.head] in ("amod", "compound", "nmod") or t.deps[right.head] in ("amod", "compound", "nmod")
        return (
            {left.kind, right.kind} == {"adjective", "name"}
            and before
            and t.first_conjunct(left.head) == t.first_conjunct(right.head)
        )

    def _behind(self, end: int) -> list[ActorRef]:
        """The owners behind "of" and "loyal to", a state behind "in" by its capital or a town; they keep mentions of their own."""
        t = self.tree
        prep = t.lower[end]
        j = end + 1
        if prep == "in" and t.lower[end - 1] in COURTS and t.lower[end + 1 : end + 3] == ["the", "hague"]:
            return []  # of the world, not of the Netherlands
        while j < len(t) and ((t.tags[j] in ("DT", "JJ") and j not in self.taken) or t.lower[j] == "state"):
            j += 1
        owners = [self.places[j]] if j in self.places else []
        m = self.taken.get(j)
        if m is None or not m.actors or (m.kind == "adjective" and prep != "for"):
            return owners  # but "a spokesman for the Malian army" speaks for Mali
        if prep in ("of", "for", "to") or (prep == "in" and m.organ == "capital" and m.start == j):
            owners = list(m.actors)
            for c in t.conjuncts(m.head)[1:]:
                other = self.taken.get(c)
                if other is not None and other.kind == "name" and t.tags[end - 1] in ("NNS", "NNPS"):
                    owners += other.actors
        return owners
