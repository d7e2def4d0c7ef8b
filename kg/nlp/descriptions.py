"""Who "both sides", "the group" and "its rival" refer to."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from kg.model import ActorRef, ActorType
from kg.nlp.antecedents import SIDES, Antecedents, Seen
from kg.nlp.directory import Directory
from kg.nlp.gender import gender
from kg.nlp.mentions import Ment, side
from kg.nlp.pronouns import Pronouns, refer
from kg.nlp.unowned import Unowned
from kg.nlp.words import Trie, insert, longest, read, roles, vocabulary

DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
NAMED: dict[str, list[str]] = read("reference")["named"]
BODIES: dict[str, dict[str, str]] = read("reference")["bodies"]
HOME = vocabulary("reference", "relational", "home")
RELATIONAL = vocabulary("reference", "relational", "words")
PARTIAL = vocabulary("reference", "partial", "phrases")
DESCRIBING = frozenset({"adjective", "demonym", "seat"})  # "the Lebanese group", "the Kremlin critic"
MANY_UNITS = 16  # of a survey of the world's states the pair is among those named most; all pairs would take seconds
BARE = frozenset({"both", "pair", "two"})
FLOATING = frozenset({"are", "had", "has", "have", "they", "was", "we", "were", "will", "would", "you"})
FORMS = {word: frozenset(ids) for word, ids in read("reference")["forms"].items()}
WITHIN = vocabulary("reference", "within", "prepositions")
LEAVING = vocabulary("reference", "within", "verbs")
FAR = frozenset(
    {"igo", "armed", "group", "party"}
)  # a body is remembered through the article, a person only for a while
PAIR_PERSONS = vocabulary("reference", "pair", "person")
PAIR_STATES = vocabulary("reference", "pair", "state")
BODY_NOUNS = frozenset({"factions", "groups", "movements", "organisations", "organizations"})
SEVERAL = PAIR_PERSONS | vocabulary("reference", "several", "nouns")
NUMBERS = {word: n for n, word in enumerate(read("reference")["several"]["numbers"], start=3)}
BODIES_ONLY = frozenset({ActorType.ARMED_GROUP, ActorType.ORGANIZATION, ActorType.PARTY})
FOLLOWING = {
    **dict.fromkeys(("faction", "group", "movement", "organisation", "organization"), BODIES_ONLY),
    "militia": frozenset({ActorType.ARMED_GROUP}),
    "party": frozenset({ActorType.PARTY}),
}
TYPES: dict[str, set[ActorType]] = {
    "armed": {ActorType.ARMED_GROUP},
    "state": {ActorType.STATE},
    "group": {ActorType.ARMED_GROUP, ActorType.PARTY, ActorType.ORGANIZATION},
    "party": {ActorType.PARTY},
    "igo": {ActorType.IGO},
    "person": {ActorType.PERSON},
    "company": {ActorType.COMPANY, ActorType.ORGANIZATION},
}


def _pairs() -> Trie:
    trie: Trie = {}
    for phrase in read("reference")["pair"]["phrases"]:
        insert(trie, phrase, phrase)
    return trie


def _described() -> Trie:
    """Phrase → the kinds of actor that it may describe."""
    kinds: dict[str, set[str]] = {}
    for kind, phrases in read("reference")["description"].items():
        for phrase in phrases:
            kinds.setdefault(phrase, set()).add(kind)
    for word in NAMED:
        kinds.setdefault(word, {"igo"})
    trie: Trie = {}
    for phrase, which in kinds.items():
        insert(trie, phrase, which)
    return trie


PAIRS = _pairs()
DESCRIBED = _described()


class Descriptions:
    """The descriptions of one article."""

    def __init__(self, directory: Directory, past: Antecedents, pronouns: Pronouns, unowned: Unowned) -> None:
        self.dir = directory
        self.unowned = unowned
        self.past = past
        self.pronouns = pronouns

    def pair(self, i: int) -> Ment | None:
        """ "both sides", "the two leaders": the last two sides or persons of the text."""
        t = self.past.tree
        got = longest(PAIRS, t.lower, i)
        if got is None:
            return None
        end, phrase = got
        if end < len(t) and (
            (t.tags[end].startswith("NN") and t.deps[end - 1] not in ("nsubj", "pobj", "dobj", "conj", "nsubjpass"))
            or (t.lower[end] in ("of", "'s") and phrase in PARTIAL)
        ):
            return None
        if phrase == "both" and (t.tags[i] == "CC" or t.deps[i] in ("preconj", "det", "cc", "advmod")):
            return None
        if phrase == "both" and i and (t.is_noun(i - 1) or t.tags[i - 1] == "," or t.lower[i - 1] in FLOATING):
            return None  # "Paris and Rome have both …"
        noun = str(phrase).split()[-1]
        met = self._met(i) if noun in BARE else []
        found = met or self._two(i, end - 1, "leaders" if noun in BARE and self._after_persons() else noun)
        return refer(i, found, f"{phrase}: the two that the text has together", end) if found else None

    def several(self, i: int) -> Ment | None:
        """ "The three leaders", "all four countries": as many as the text has last named side by side."""
        t = self.past.tree
        j = i + 1
        if t.lower[i] not in ("the", "these", "all", "those") or j + 1 >= len(t):
            return None
        if t.lower[j] in ("the", "these", "other"):
            j += 1
        number = NUMBERS.get(t.lower[j])
        last = next((k for k in range(j + 1, min(j + 3, len(t))) if t.lower[k] in SEVERAL), None)
        if last is None and t.deps[j] in ("dobj", "nsubj", "nsubjpass", "pobj") and not t.kids[j][1:]:
            last = j  # "the four called on Minsk", "welcomed all three"
        if number is None or last is None or t.lower[last + 1 : last + 2] == ["of"]:
            return None
        found = self._side_by_side(i, number, "sides" if last == j else t.lower[last])
        said = " ".join(t.lower[j : last + 1])
        return refer(i, found, f"{said}: as many as are named together", last + 1) if found else None

    def _side_by_side(self, i: int, number: int, noun: str) -> list[ActorRef]:
        """As many of the kind as one coordination has, else one sentence, the last first."""
        own = self.past.own_clause(i)
        lists: dict[tuple[int, int], dict[str, ActorRef]] = {}
        sentences: dict[int, dict[str, ActorRef]] = {}
        for s in self.past.everyone(i):
            for a in s.actors if s.kind != "adjective" else ():
                one = a if noun in PAIR_PERSONS else (a.principal or a)
                if self._of_pair(one, noun) and not {a.id, one.id} & own:
                    lists.setdefault((s.sentence, s.group), {})[one.id] = one
                    sentences.setdefault(s.sentence, {})[one.id] = one
        for found in [*lists.values(), *sentences.values()]:
            if len(found) == number:
                return list(found.values())
        return []

    def _met(self, i: int) -> list[ActorRef]:
        """The only two persons that the sentence has named so far: "Thapa met Swaraj, and both …"."""
        some = {a.id: a for s in self.past.here if s.token < i for a in s.actors if a.type == ActorType.PERSON}
        return list(some.values()) if len(some) == 2 else []

    def _after_persons(self) -> bool:
        """Whether the sentence before is about two persons, so that "the two" are they."""
        last = [s for s in self.past.told if s.sentence == self.past.sentence - 1 and s.kind != "adjective"]
        persons = {a.id for s in last for a in s.actors if a.type == ActorType.PERSON}
        sides = {a.id for s in last for a in s.actors if a.type in SIDES and s.kind in ("name", "reference")}
        return len(persons) == 2 and len(sides) < 2

    def _two(self, i: int, last: int, noun: str) -> list[ActorRef]:
        """The two persons or sides that a pair's noun may mean and that the text has most often in one sentence."""
        wants_person = noun in PAIR_PERSONS
        own = set() if self._both_suffer(last) else self.past.own_clause(last)
        sentences: dict[int, dict[str, Seen]] = {}
        units: dict[str, ActorRef] = {}
        for s in [*self.past.told, *(s for s in self.past.here if s.token < i)]:
            for a in s.actors if s.kind != "adjective" else ():
                one = a if wants_person else (a.principal or a)
                if not {a.id, one.id} & own and self._of_pair(one, noun):
                    units.setdefault(one.id, one)
                    here = sentences.setdefault(s.sentence, {})
                    if one.id not in here or a.id == one.id:
                        here[one.id] = s
        if len(units) < 2:
            return self._two(i, last, "sides") if wants_person else []
        times = Counter(k for here in sentences.values() for k in here)
        units = {k: units[k] for k, _ in times.most_common(MANY_UNITS)}
        order = {k: n for n, k in enumerate(units)}

        over = set(self.past.tree.ancestors(last))

        def weight(two: tuple[str, str]) -> tuple[float, int]:
            total = 0.0
            for n, here in sentences.items():
                found = [here[k] for k in two if k in here]
                # a state counts for less where only a person who acts for it is named
                named = [1 if s.kind == "organ" or any(a.id in two for a in s.actors) else 0.5 for s in found]
                bond = self._bond(found, list(here.values())) if len(found) == 2 else 0
                if n == self.past.sentence and bond <= 1:
                    beside = [self.past.tree.heads[s.group] in over for s in found]
                    # "Brazil called on both sides": whoever deals with them is none
                    bond = 0 if any(beside) else bond / 2
                    named = [weighs for weighs, apart in zip(named, beside, strict=True) if not apart]
                total += (2 * bond * min(named, default=0) + sum(named) / 4) / (2 + self.past.sentence - n)
            bodies = sum(units[k].type == ActorType.IGO for k in two)
            return total / (1 + bodies), -sum(order[k] for k in two)

        best = max(combinations(units, 2), key=weight)
        return [units[k] for k in best]

    def _both_suffer(self, last: int) -> bool:
        """ "A guard and a rebel were killed in a clash between the two sides": the pair are those who do nothing here."""
        t = self.past.tree
        verb = next((v for v in t.ancestors(last) if t.is_verb(v)), None)
        subjects = t.children(verb, "nsubjpass") if verb is not None else []
        return any(len(t.conjuncts(s)) == 2 for s in subjects)

    def _bond(self, two: list[Seen], here: list[Seen]) -> float:
        """How closely a sentence binds two: 2 where it couples just them, 1 where it has both, less in a longer list."""
        t = self.past.tree
        group = two[0].group
        if group == two[1].group:
            if sum(s.group == group for s in here) > 2:
                return 0.2
            now = two[0].sentence == self.past.sentence
            return 2 if not now or t.deps[group] in ("nsubj", "nsubjpass", "pobj") else 1
        if two[0].sentence != self.past.sentence:
            return 1
        verbs = {t.heads[s.group] for s in two}
        return 2 if len(verbs) == 1 and t.is_verb(verbs.pop()) else 1

    def _of_pair(self, one: ActorRef, noun: str) -> bool:
        """Whether "both governments", "the two ministers", "the two women" may count somebody among them."""
        if noun in PAIR_PERSONS:
            role = noun.removesuffix("s")
            fits = noun not in ("ministers", "presidents") or self.unowned.may_be(one, role)
            return fits and one.type == ActorType.PERSON and gender(one) != {"men": "f", "women": "m"}.get(noun, "?")
        if noun in BODY_NOUNS:
            return one.type in (ActorType.ARMED_GROUP, ActorType.PARTY) or (
                one.type == ActorType.ORGANIZATION and noun not in ("factions", "groups")
            )
        if noun in ("armies", "militaries"):
            return one.type in (ActorType.ARMED_GROUP, ActorType.STATE)
        if noun in ("enemies", "foes", "rivals"):
            return one.type in SIDES and one.type != ActorType.IGO
        return one.type == ActorType.STATE if noun in PAIR_STATES else one.type in SIDES

    def description(self, i: int) -> Ment | None:
        """ "the group", "the country", "the Lebanese group": the last actor of that type, and of that nation if one is said."""
        t = self.past.tree
        if t.lower[i] not in DETERMINERS:
            return None
        j, nations = i + 1, set[str]()
        while j < len(t) and j < i + 5 and longest(DESCRIBED, t.lower, j) is None:
            m = self.past.taken.get(j)
            if m is not None and m.actors and m.kind in ("adjective", "name") and m.organ in DESCRIBING:
                nations |= {a.id for a in m.actors}
            elif (m is not None and m.actors) or t.tags[j] not in ("JJ", "VBN", "CD", "HYPH", "NNP", "NN"):
                return None
            j += 1
        if j >= len(t) or (got := longest(DESCRIBED, t.lower, j)) is None:
            return None
        end, kinds = got
        last = end - 1
        if (
            not t.is_noun(last)
            or (end < len(t) and t.tags[end].startswith("NN") and t.heads[last] >= end)
            or (end < len(t) and t.lower[end] == "of")
        ):
            return None
        if j > i + 1 and not {"armed", "group", "person", "igo", "state", "party"} & set(kinds):
            return None
        own = self.past.own_clause(last)
        far = self.past.everyone(i) if set(kinds) & FAR else self.past.back(i)
        fits = [s for s in far if len(s.actors) == 1 and s.kind != "adjective" and s.actors[0].id not in own]
        if nations:
            fits = [s for s in fits if s.actors[0].id not in nations and nations & self.dir.tied(s.actors[0])]
        if t.tags[last] == "NN":  # one of "Britain and Germany" is not "the country"
            listed = Counter((s.sentence, s.group) for s in far if s.kind != "adjective")
            fits.sort(key=lambda s: listed[s.sentence, s.group] > 1)
        word = t.lower[last]
        wanted = {type_ for kind in kinds for type_ in TYPES[kind]}
        if word in NAMED and "party" not in kinds:
            said = [w for w in t.lower[i + 1 : last] if not nations]
            bodies = self._bodies(fits, [s for s in far if len(s.actors) == 1], word)
            # "the constitutional court" is none that has another name
            bodies = [b for b in bodies if all(any(w in n.lower() for n in (b.name, *b.aliases)) for w in said)]
            return refer(i, bodies[:1], f"{' '.join(t.lower[i:end])}: last body of that name", end) if bodies else None
        if kinds == {"armed"} and not any(s.actors[0].type in wanted for s in fits):
            wanted = {ActorType.PARTY}  # a party that has taken up arms, but no opposition at large
            fits = [s for s in fits if not s.actors[0].id.endswith("-OPP")]
        if kinds == {"state"} and not nations and t.lower[i] != "that":
            states = self._country(i, last)
            return (
                refer(i, states, f"{' '.join(t.lower[i:end])}: the state of that form told of here", end)
                if states
                else None
            )
        fits = [s for s in fits if s.actors[0].type in wanted and self._may_be(s.actors[0], t.lower[j:end])]
        if not fits and "igo" in kinds:  # "Solana said the alliance …"
            above = [a.principal for s in far for a in s.actors if a.principal and a.principal.type == ActorType.IGO]
            return (
                refer(i, above[:1], f"{' '.join(t.lower[i:end])}: the body that somebody acts for", end)
                if above
                else None
            )
        if not fits:
            return None
        if set(kinds) & {"group", "party"} and not nations:
            times = self.dir.about + self.past.count
            fits.sort(key=lambda s: -self.past.near(s) * times[side(s.actors[0])])
        return refer(i, fits[0].actors, f"{' '.join(t.lower[i:end])}: last actor of that type", end)

    def _country(self, i: int, last: int) -> list[ActorRef]:
        """ "The country": of the states told of, itself or by whoever acts for it, the one that the text is most about.

        "The kingdom" is one that has a king. What goes on in a country may be its own doing ("Fiji let nobody into the
        country"), what is done to one is not.
        """
        t = self.past.tree
        p = t.heads[last]
        inside = (t.deps[last] == "pobj" and t.lower[p] in WITHIN) or (
            t.deps[last] == "dobj" and t.lemmas[p] in LEAVING
        )
        own = set[str]() if inside else self.past.own_clause(last)
        word = t.lower[last]
        states = [a for a in self.past.states(i, self.dir.about) if a.id not in own]
        if word in FORMS:
            states = [a for a in states if a.id in FORMS[word]]
        elif word == "republic":
            states = [a for a in states if a.id not in FORMS["monarchy"]]
        return states[:1]

    def _may_be(self, a: ActorRef, words: list[str]) -> bool:
        """Whether somebody may be called "the general"; a body may be called anything of its type."""
        got = longest(roles().trie, words, 0) if a.type == ActorType.PERSON else None
        return got is None or got[1][0] != "role" or self.unowned.may_be(a, got[1][1])

    def _bodies(self, told: list[Seen], people: list[Seen], word: str) -> list[ActorRef]:
        """The bodies whose name has a word, nearest first: named themselves, else those that somebody named acts for."""
        found = [a for s in told for a in s.actors if a.type != ActorType.PERSON and _bears(a, word)]
        if found:
            return found
        above = [a.principal or a for s in people for a in s.actors]
        organs = [self.dir.ref(o) for a in above if (o := BODIES.get(a.id, {}).get(word)) and o in self.dir.catalogue]
        return organs or [a for a in above if a.type != ActorType.STATE and _bears(a, word)]

    def homeland(self, i: int) -> Ment | None:
        """ "his country": the state of whoever he is."""
        t = self.past.tree
        if t.tags[i] != "PRP$" or i + 1 >= len(t) or t.lower[i + 1] not in HOME or t.deps[i] != "poss":
            return None
        made = self.pronouns.read(i)
        states = [a.principal or a for a in made.actors] if made is not None else []
        states = [a for a in states if a.type == ActorType.STATE]
        return refer(i, states, f"{t.lower[i]} {t.lower[i + 1]}", i + 2) if states else None

    def following(self, i: int) -> Ment | None:
        """ "Talabani's party", "his movement": the one that a person leads or belongs to."""
        t = self.past.tree
        wanted = FOLLOWING.get(t.lower[i])
        if wanted is None or t.children(i, "appos") or t.deps[i] == "compound":
            return None
        for k in t.children(i, "poss"):
            made = self.pronouns.read(k) if t.tags[k] == "PRP$" else None
            who = made.actors if made else [a for s in self.past.here if s.token == k for a in s.actors]
            if len(who) != 1 or who[0].type != ActorType.PERSON:
                continue
            bodies = [self.dir.ref(b) for b in sorted(self.dir.tied(who[0])) if b in self.dir.catalogue]
            bodies = [b for b in bodies if b.type in wanted]
            bodies = [b for b in bodies if who[0].principal and b.id == who[0].principal.id] or bodies
            if len(bodies) == 1:
                return refer(i, bodies, f"the {t.lower[i]} of {who[0].name}")
        return None

    def opponent(self, i: int) -> Ment | None:
        """ "its rival", "his neighbour": the other side of the text, when just one is in sight."""
        t = self.past.tree
        if t.lower[i] not in RELATIONAL or not any(t.deps[k] == "poss" for k in t.kids[i]):
            return None
        if t.deps[i] in ("appos", "attr", "compound") or (i + 1 < len(t) and t.tags[i + 1].startswith("NNP")):
            return None
        who: list[ActorRef] = []
        for k in t.kids[i]:
            if t.deps[k] == "poss":
                made = self.pronouns.read(k) if t.tags[k] == "PRP$" else None
                who += (
                    made.actors if made is not None else [a for s in self.past.here if s.token == k for a in s.actors]
                )
        if not who:
            return None
        owner, mine = {side(a) for a in who}, {a.id for a in who}
        plural = t.tags[i] == "NNS"
        told = [s for s in self.past.everyone(i) if s.kind != "adjective"]
        person = all(a.type == ActorType.PERSON for a in who) and not plural
        sides: dict[str, ActorRef] = {}
        times = Counter[str]()
        for s in told:
            for a in s.actors:
                one = a if person else (a.principal or a)
                other = one.id not in mine if person else one.id not in owner
                if other and (one.type == ActorType.PERSON if person else one.type in SIDES):
                    sides.setdefault(one.id, one)
                    times[one.id] += 1
        if not sides:
            return None
        # the nearest that the text names most: a bystander is named once; a neighbour may be named only later
        if t.lemmas[i] in ("neighbor", "neighbour"):
            times.update({k: self.dir.about[k] for k in sides})
        ranked = sorted(sides.values(), key=lambda a: -times[a.id])
        chosen = ranked[: 2 if plural else 1]
        return refer(i, chosen, f"{t.lower[i]}: the other side of the text")


def _bears(a: ActorRef, word: str) -> bool:
    """Whether a word is part of a body's own name: "the council" of a Security Council."""
    return any(w in n.lower().split() for n in (a.name, *a.aliases) for w in NAMED[word])
