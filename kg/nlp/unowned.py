"""Organs and offices whose owner is said elsewhere: "its army", "the president", "his Iranian counterpart"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from kg.actors.catalogue import within
from kg.model import ActorRef, ActorType, Office
from kg.nlp.antecedents import Antecedents, Seen
from kg.nlp.directory import Directory, same_office
from kg.nlp.domestic import Domestic
from kg.nlp.lexicon import lexicon
from kg.nlp.mentions import Ment, side
from kg.nlp.pronouns import Pronouns, refer
from kg.nlp.words import read, roles, vocabulary

SINGLE = vocabulary("names", "offices", "single")
UNIQUE = vocabulary("names", "offices", "unique")
LEADING = vocabulary("names", "offices", "leading")
LEADING_INTRODUCED = vocabulary("names", "offices", "leading_introduced")
TITLE_OF: dict[str, list[str]] = read("names")["title_of"]
AKIN: dict[str, list[str]] = read("names")["akin"]
DESPOT = vocabulary("names", "despot")
SALIENT = vocabulary("reference", "organs", "salient")
OPPOSED = vocabulary("reference", "organs", "opposed")
VAGUE = vocabulary("reference", "organs", "vague")
HEADING = vocabulary("reference", "organs", "heading")
FIGHTING = vocabulary("reference", "organs", "fighting")
FIGHTERS = vocabulary("reference", "organs", "fighters")


RESIDENTS = frozenset({ActorType.COMPANY, ActorType.MEDIA, ActorType.ORGANIZATION, ActorType.PARTY, ActorType.PEOPLE})
BARE = vocabulary("reference", "organs", "bare")
CROWDS = vocabulary("reference", "organs", "crowds")
MASSES = vocabulary("reference", "organs", "masses") | CROWDS
ELSEWHERE = vocabulary("reference", "organs", "elsewhere")
AT_HOME = vocabulary("reference", "organs", "at_home")
PROTESTING = vocabulary("reference", "organs", "protesting")
GOVERNED = frozenset({ActorType.PARTY, ActorType.PEOPLE})
DOMESTIC = frozenset({"COP", "JUD"})
LOCAL = vocabulary("reference", "organs", "local")
RULING = frozenset({ActorType.STATE, ActorType.MILITARY, ActorType.IGO, ActorType.ARMED_GROUP})
HOSTILE = frozenset({"ATTACKS", "COERCES", "SANCTIONS"})
CLEAR = 2  # times as often named as any other state, and as often before: the state that a text is about
SOON = timedelta(days=7)


class Unowned:
    """The open mentions of one article."""

    def __init__(self, directory: Directory, past: Antecedents, pronouns: Pronouns) -> None:
        self.dir = directory
        self.past = past
        self.pronouns = pronouns
        self.domestic = Domestic(past)

    def complete(self, m: Ment) -> None:
        """ "its army", "the president", "whose guards": an organ or office whose owner is said elsewhere."""
        if m.kind == "role" and m.role == "leader" and len(m.owners) == 1 and not m.former:
            self._named_leader(m)
        said = self.past.tree.deps[m.head] in ("appos", "attr", "oprd")  # "Assad is the president of Syria"
        if m.kind == "role" and m.actors and "-ROLE-" in m.actors[0].id and self._definite(m) and not said:
            self._fill_by_side(m)
        if m.kind == "organ" and m.owners and all(o.type == ActorType.IGO for o in m.owners):
            self._fill_by_body(m)
        if m.kind in ("name", "new", "person") and m.role and m.actors and not m.owners:
            m.owners = self._owner_of_office(m)
        if m.actors and not (m.kind == "person" and m.role and not m.owners):
            return
        owners, via = self._owner_by_pronoun(m)
        if m.kind == "person":
            owners = owners or self._of_the_article(m)
            if owners:
                m.owners = owners
                if m.actors and not m.actors[0].linked and m.actors[0].principal is None:
                    m.actors = [self.dir.newcomer(m.actors[0].name, ActorType.PERSON, owners[0])]
        elif m.kind == "role":
            self._complete_role(m, owners, via)
            if not m.actors:
                self._say_of(m)
        else:
            self._complete_organ(m, owners, via)

    def _owner_of_office(self, m: Ment) -> list[ActorRef]:
        """ "its leader, X", "whose chairman, X,": the owner of the office beside a name, where X may be of that side."""
        t = self.past.tree
        beside = [t.heads[m.head]] if t.deps[m.head] == "appos" else t.children(m.head, "appos")
        for k in beside:
            owners, _ = self._owner_by_pronoun(replace(m, head=k, kind="role"))
            known = self.dir.tied(m.actors[0]) if m.actors[0].linked else set()
            if found := [o for o in owners if not known or o.id in known]:
                return found
            if any(t.tags[x] == "WP$" for x in t.children(k, "poss")):
                m.role = ""  # of a body that he is not known to act for: not of his state either
        return []

    def _of_the_article(self, m: Ment) -> list[ActorRef]:
        """ "Prime Minister X" of whom nothing else is known: of the state that the text is mostly about."""
        one = m.actors[0]
        if m.former or m.role not in SINGLE or one.linked or one.principal is not None:
            return []
        times = Counter(self.past.count) + Counter(self.dir.about)
        states = self._salient(m)
        clear = states[:1] if len(states) < 2 or times[states[0].id] >= CLEAR * times[states[1].id] else []
        clear = [s for s in clear if sum(side(a) == s.id for x in self.past.told for a in x.actors) >= CLEAR]
        held = self.dir.roles_of.items()
        return [s for s in clear if not any(r == m.role and o is not None and o.id == s.id for _, (r, o) in held)]

    def _say_of(self, m: Ment) -> None:
        """ "X was elected president": of X's own state, or the one that the text is about."""
        t = self.past.tree
        v = t.heads[m.head]
        if t.deps[m.head] == "pobj" and t.lower[v] == "as":
            v = t.heads[v]
        elif t.deps[m.head] not in ("attr", "oprd"):
            return
        if m.role not in SINGLE or t.tags[m.head] != "NN" or t.children(m.head, "det", "poss", "prep"):
            return
        passive = bool(t.children(v, "auxpass"))
        dep = ("nsubjpass",) if passive else ("dobj",) if t.deps[m.head] == "oprd" else ("nsubj", "dobj")
        named = [s for s in self.past.here if t.heads[s.token] == v and t.deps[s.token] in dep and s.token < m.start]
        if not named or len(named[-1].actors) != 1 or named[-1].actors[0].type != ActorType.PERSON:
            return
        one = named[-1].actors[0]
        tied = [s for s in self._salient(m) if s.id in self.dir.tied(one)] if one.linked or one.principal else []
        owners = tied[:1] or ([] if one.linked else self._salient(m)[:1])
        if owners:
            m.actors, m.owners, m.via = [one], owners, "said of somebody"

    def _complete_role(self, m: Ment, owners: list[ActorRef], via: str) -> None:
        if owners:
            self._fill_role(m, owners, via)
            return
        t = self.past.tree
        behind = t.lower[m.end] if m.end < len(t) and t.heads[m.end] == m.head else ""
        if not self._definite(m) or behind in ("of", "for"):
            return  # "the president of the chess club"
        said = " ".join(t.lower[m.start : m.end])
        if t.tags[m.head] == "NNS":
            return
        bound = TITLE_OF.get(said, [])
        for s in self._by_weight(m) if said in DESPOT else self.past.everyone(m.start):
            one = s.actors[0]
            if m.former:
                fits = self._had_role(one, m.role)
            else:
                fits = self._has_role(one, m.role) or (said in DESPOT and self.may_be(one, m.role))
            if len(s.actors) == 1 and one.type == ActorType.PERSON and fits:
                if bound and side(one) not in bound:
                    continue
                _settle(m, s.actors, f"the {m.role}: last person in that office")
                return
        states = self._salient(m)
        if bound:
            states = [s for s in states if s.id in bound] or [self.dir.ref(bound[0])]
        elif m.role not in SINGLE:
            states = [s for s in states if m.role in UNIQUE and self.dir.holder(s, m.role)]
        if states:
            owner = next((s for s in states if self.dir.holder(s, m.role)), states[0])
            self._fill_role(m, [owner], "the article's state")

    def _by_weight(self, m: Ment) -> list[Seen]:
        """Mentions of the most often named first: "the dictator" is whom the text is about, not who speaks of him."""
        told = [s for s in self.past.everyone(m.start) if len(s.actors) == 1]
        times = Counter(s.actors[0].id for s in told)
        return sorted(told, key=lambda s: (s.actors[0].id in self.dir.roles_of, -times[s.actors[0].id]))

    def _complete_organ(self, m: Ment, owners: list[ActorRef], via: str) -> None:
        t = self.past.tree
        organ = roles().organs[m.organ]
        behind = (
            m.end + 1 < len(t) and t.lower[m.end] == "of" and t.heads[m.end] == m.head and t.tags[m.end + 1] != "VBG"
        )
        if not owners and behind:
            return  # "the presidency of the bloc"
        if not owners and t.lower[m.head] in OPPOSED and self._definite(m):
            owners, via = self._of_subjects(m), "of those who deal with it"
        if not owners and (own_state := self.domestic.owner(m)) is not None:
            owners, via = [own_state], "of those who act in its sentence"
        if not owners and self._definite(m):
            word = t.lower[m.head]
            for s in self.past.back(m.start):
                if s.word == word and s.kind in ("organ", "role", "reference") and len(s.actors) == 1:
                    _settle(m, s.actors, f"the {word}: those named before")
                    return
        if not owners and organ.code in FIGHTING and self._definite(m):
            words = t.lower[m.start : m.end]
            if organ.code == "REB" or words[-1] in FIGHTERS:
                not_meant = self.past.own_clause(m.head)
                for s in self.past.everyone(m.start):
                    if s.actors[0].id in not_meant:
                        continue
                    if len(s.actors) == 1 and s.actors[0].type == ActorType.ARMED_GROUP:
                        _settle(m, s.actors, f"the {words[-1]}: last armed group")
                        return
        if not owners and organ.code == "CVL" and t.tags[m.head] == "NNS":
            word = t.lower[m.head]
            if self._definite(m) and word in MASSES and (told := self._last_people(m)):
                _settle(m, told, f"the {word}: the people named before")
                return
            others = any(
                t.deps[k] in ("poss", "nmod") or t.lower[k] in ELSEWHERE for k in t.kids[m.head] if k < m.start
            )
            if not others and word in CROWDS:
                states = self._scene(m) or self._salient(m)
                owners, via = states[:1], "the article's state"
            elif not others and word in MASSES | AT_HOME and self._protesting(m):
                beside = self.past.taken.get(t.first_conjunct(m.head))  # "Mali's teachers and students"
                states = (list(beside.owners) if beside else []) or self._scene(m) or self._salient(m)
                owners, via = states[:1], "the article's state"
            elif not others and word in AT_HOME:
                owners, via = self._home_forces(m), "whose forces deal with them"
        if not owners and organ.code in SALIENT and t.lower[m.head] not in VAGUE:
            if not self._definite(m) and not self._unmarked(m, organ.code):
                return
            heading = t.deps[m.head] == "dobj" and t.lemmas[t.heads[m.head]] in HEADING
            own = self._rulers(m) if t.lower[m.head] in OPPOSED and not heading else set()
            if organ.code in LOCAL and (scene := self._scene(m)):
                owners, via = scene[:1], "the state in which it happens"
            elif home := self._at_home(m):
                owners, via = home, "the state of those who deal with it"
            elif states := self._salient(m, own):
                owners, via = states[:1], "the article's state"
        if owners:
            said = " ".join(t.words[m.start : m.end])
            m.actors = [self.dir.organ(o, organ, said) for o in owners]
            m.owners, m.via = owners, f"{organ.name} of {', '.join(o.id for o in owners)} ({via})"

    def _at_home(self, m: Ment) -> list[ActorRef]:
        """ "Kenyan unions demanded higher wages from the government": a people's, a party's or a company's own state."""
        for s in self.past.clause_subject(m.head):
            one = s.actors[0]
            if one.type in RESIDENTS and one.principal is not None and one.principal.id in self.dir.catalogue:
                home = self.dir.ref(one.principal.id)
                return [home] if home.type == ActorType.STATE else []
        return []

    def _fill_by_body(self, m: Ment) -> None:
        """ "The UN agency": the one of its bodies that the text names, not an organ made up for it."""
        word, owner = self.past.tree.lower[m.head], m.owners[0]
        told = [s for s in self.past.everyone(m.start) if len(s.actors) == 1 and s.actors[0].id != owner.id]
        for s in told if self._definite(m) else ():
            one = s.actors[0]
            if one.type not in (ActorType.IGO, ActorType.ORGANIZATION) or owner.id not in self.dir.tied(one):
                continue
            if word == "agency" or word in one.name.lower():
                _settle(m, s.actors, f"the {word}: last such body of {owner.name}")
                return

    def _fill_by_side(self, m: Ment) -> None:
        """ "The Chechen commander", an office without a known holder: the last Chechen whose role may be that."""
        owners = {o.id for o in m.owners}
        for s in self.past.everyone(m.start):
            one = s.actors[0]
            if len(s.actors) > 1 or one.type != ActorType.PERSON or "-ROLE-" in one.id:
                continue
            if self._same_side(owners, one) and self.may_be(one, m.role):
                _settle(m, s.actors, f"the {m.role}: last such person of that side")
                return

    def _named_leader(self, m: Ment) -> None:
        """ "The Israeli leader": of those who may be called so, whom the text names already."""
        for s in self.past.back(m.start):
            one = s.actors[0]
            if len(s.actors) > 1 or one.type != ActorType.PERSON or side(one) != m.owners[0].id:
                continue
            if self._has_role(one, "leader"):
                m.actors, m.via = list(s.actors), f"the leader of {m.owners[0].id} whom the text names"
                return

    def _same_side(self, owners: set[str], a: ActorRef) -> bool:
        """Whether somebody belongs to an owner, or to one of the same adjective: Chechens fight for several."""
        tied = self.dir.tied(a)
        if owners & tied:
            return True
        entries = self.dir.catalogue.entries
        words = [{w for i in ids if i in entries for w in entries[i].adjectives} for ids in (owners, tied)]
        return bool(words[0] & words[1])

    def may_be(self, a: ActorRef, role: str) -> bool:
        """Whether nothing known of somebody speaks against a role: held or akin to one held, now or else ever."""
        e = self.dir.catalogue.get(a.id)
        held = {o.role for o in self._offices(a)} or ({o.role for o in e.actor.offices} if e is not None else set())
        if known := self.dir.roles_of.get(a.id):
            held.add(known[0])
        return not held or bool(held & {role, *AKIN.get(role, ())})

    def _fill_role(self, m: Ment, owners: list[ActorRef], via: str) -> None:
        m.owners = owners
        m.actors = []
        for o in owners:
            ref, how = self.dir.office(o, m.role, m.former)
            m.actors.append(ref)
            m.via = f"{how} ({via})"

    def _owner_by_pronoun(self, m: Ment) -> tuple[list[ActorRef], str]:
        t = self.past.tree
        for k in t.kids[m.head]:
            if t.deps[k] == "poss" and k < m.head:
                if t.tags[k] == "WP$":
                    host = next((t.heads[v] for v in t.ancestors(k) if t.deps[v] == "relcl"), None)
                    for s in self.past.here:
                        if s.token == host:
                            return list(s.actors), "whose"
                    return [], ""
                if t.tags[k] in ("NN", "NNS"):
                    owners = [a for s in self.past.here if s.token == k for a in s.actors]
                    if owners:
                        return owners, "possessor"
                if t.tags[k] == "PRP$":
                    made = self._whose_loss(m, k) or self.pronouns.read(k)
                    if made is not None:
                        actors = [
                            a.principal or a if a.type == ActorType.PERSON and m.kind == "role" else a
                            for a in made.actors
                        ]
                        return actors, made.via
        return [], ""

    def _whose_loss(self, m: Ment, k: int) -> Ment | None:
        """ "South Africa said M23 had killed its soldiers": not those of whoever kills."""
        t = self.past.tree
        if m.kind != "organ" or not any(
            t.deps[v] in ("dobj", "pobj", "conj") for v in (m.head, *t.ancestors(m.head)) if t.is_noun(v)
        ):
            return None
        verb = next((v for v in t.ancestors(k) if t.is_verb(v)), None)
        if verb is None or not any(e.relation in HOSTILE for e in lexicon().verbs.get(t.lemmas[verb], ())):
            return None
        own = self.past.own_clause(m.head)
        if t.deps[verb] == "conj":  # "suspended Syria and imposed sanctions on its government"
            first = t.heads[verb]
            hit = {
                o
                for h in (first, *t.children(first, "dobj"))
                for p in t.children(h, "prep")
                for o in t.children(p, "pobj")
            }
            hit |= set(t.children(first, "dobj"))
            struck = [s for s in self.past.here if s.token in hit and len(s.actors) == 1]
            if own and struck and not {struck[0].actors[0].id, side(struck[0].actors[0])} & own:
                return refer(k, struck[0].actors, f"{t.lower[k]}: who was struck before")
        outer = [s for s in self.past.clause_subject(k) if not {s.actors[0].id, side(s.actors[0])} & own]
        return refer(k, outer[0].actors, f"{t.lower[k]}: who speaks of it") if outer and own else None

    def _definite(self, m: Ment) -> bool:
        t = self.past.tree
        if t.lower[m.start] == "the":
            return True  # part of the owner's name: "The UN agency"
        k = m.start - 1
        steps = 0
        while k >= 0 and steps < 6 and t.tags[k] in ("JJ", "NN", "VBN", "CD", "HYPH"):
            k -= 1
            steps += 1
        bare = m.organ == "LEG" and t.words[m.start][0].isupper() and t.tags[m.head] == "NNP"  # "lost in Parliament"
        return bare or (k >= 0 and t.lower[k] in ("the", "this", "that"))

    def _unmarked(self, m: Ment, code: str) -> bool:
        """ "Police arrested …", "Rebels attacked …": bare as a subject, and meant like "the police"."""
        t = self.past.tree
        first = t.first_conjunct(m.head)
        acting = t.deps[first] in ("nsubj", "nsubjpass") or t.deps[t.heads[first]] == "agent"
        if code == "REB":
            return acting and t.tags[m.head] == "NNS"
        before = [k for k in t.kids[m.head] if k < m.start]
        alone = not any(t.deps[k] in ("det", "poss", "nummod") or t.lower[k] in ELSEWHERE for k in before) and not any(
            t.lower[p] in ("from", "of") for p in t.children(m.head, "prep")
        )
        return acting and alone and code in BARE and (t.tags[m.head] == "NNS" or t.lower[m.head] == "police")

    def _last_people(self, m: Ment) -> list[ActorRef]:
        """Who "the refugees", "the strikers" are: the last people that the article has named, not those who act here."""
        own = self.past.own_clause(m.head)
        for s in self.past.everyone(m.start):
            people = s.actors[0].type == ActorType.PEOPLE or (s.plural and s.kind == "name" and s.word.endswith("s"))
            if len(s.actors) == 1 and people and s.actors[0].id not in own:
                return list(s.actors)
        return []

    def _protesting(self, m: Ment) -> bool:
        """ "Teachers went on strike against the ministry": the article's own."""
        t = self.past.tree
        first = t.first_conjunct(m.head)
        v = t.heads[first]
        return (
            t.deps[first] == "nsubj"
            and t.is_verb(v)
            and (t.lemmas[v] in PROTESTING or any(t.lemmas[k] in PROTESTING and k > v for k in t.subtree(v)))
        )

    def _home_forces(self, m: Ment) -> list[ActorRef]:
        """ "The police detained four doctors": of the same state, unless it is said whose they are."""
        t = self.past.tree
        if t.deps[t.first_conjunct(m.head)] not in ("dobj", "pobj", "nsubjpass"):
            return []
        tokens = self.past.doer(m.head)
        forces = [a for s in self.past.here if s.token in tokens for a in s.actors if s.kind == "organ"]
        return [self.dir.ref(side(a)) for a in forces[:1] if a.sector in DOMESTIC and side(a) in self.dir.catalogue]

    def _scene(self, m: Ment) -> list[ActorRef]:
        """ "In Ghana, … were arrested by the police": the state in which the sentence is laid."""
        t = self.past.tree
        return [
            a
            for k, n in sorted(self.past.taken.items())
            if n.kind == "name" and n.organ != "seat" and k == n.head and t.deps[k] == "pobj"
            for a in n.actors[:1]
            if a.type == ActorType.STATE
            and ((t.lower[t.heads[k]] == "in" and t.is_verb(t.heads[t.heads[k]])) or m.head in t.ancestors(k))
        ]

    def _rulers(self, m: Ment) -> set[str]:
        """Who acts in the clause for a state: another one's government is meant; a court or a party means its own."""
        own = self.past.own_clause(m.head)
        told = [a for s in self.past.here for a in s.actors if a.id in own]
        if told and not any(a.type in RULING or self._in_state_office(a) for a in told):
            return set()
        return own

    def _of_subjects(self, m: Ment) -> list[ActorRef]:
        """ "Chadian students marched against the government", "the Likud urged the government": the state of who acts."""
        own = self.past.own_clause(m.head)
        told = [a for s in self.past.here if s.kind in ("name", "organ") for a in s.actors if a.id in own]
        if not told or self._rulers(m) or not (told[0].type in GOVERNED or told[0].sector in DOMESTIC):
            return []
        e = self.dir.catalogue.get(told[0].id)
        for home in (side(told[0]), e.country if e is not None else ""):
            if home in self.dir.catalogue and (ref := self.dir.ref(home)).type == ActorType.STATE:
                return [ref]
        return []

    def _in_state_office(self, a: ActorRef) -> bool:
        if a.type != ActorType.PERSON:
            return False
        return not a.linked or any(o.of == side(a) for o in self._offices(a))

    def _salient(self, m: Ment, own: set[str] | None = None) -> list[ActorRef]:
        """The states of the text: those told of before a mention, then those named only later, most frequent first."""
        own = own or set()
        found = {a.id: a for a in self.past.states(m.start, self.dir.about + self.past.count) if a.id not in own}
        for actor_id, _ in self.dir.about.most_common():
            if actor_id not in own and actor_id in self.dir.catalogue:
                ref = self.dir.ref(actor_id)
                if ref.type == ActorType.STATE:
                    found.setdefault(actor_id, ref)
        return list(found.values())

    def counterpart(self, m: Ment) -> None:
        """ "his Iranian counterpart": the same office, of the other state."""
        t = self.past.tree
        if not m.owners or m.start == m.end:
            return
        for k in t.children(m.head, "appos"):
            named = self.past.taken.get(k)
            if named is not None and len(named.actors) == 1 and named.actors[0].type == ActorType.PERSON:
                _settle(m, named.actors, "counterpart: named beside it")
                return
        bare = m.start == m.head and m.kind == "role"
        if bare and any(t.deps[k] == "poss" and t.tags[k] == "PRP$" for k in t.kids[m.head]):
            self._other_holder(m)
            return
        for s in self.past.back(m.start):
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

    def _other_holder(self, m: Ment) -> None:
        """ "His counterpart" without a state: the last person of another side who may hold the same office."""
        mine = {o.id for o in m.owners}
        told = [s for s in self.past.everyone(m.start) if len(s.actors) == 1 and s.actors[0].type == ActorType.PERSON]
        role = next((r for s in told if side(s.actors[0]) in mine and (r := self._role_of(s.actors[0]))), None)
        m.actors = []
        for s in told if role is not None else ():
            if side(s.actors[0]) not in mine and self._has_role(s.actors[0], role or ""):
                _settle(m, s.actors, f"counterpart: the other {role} of the text")
                return

    def _has_role(self, a: ActorRef, role: str) -> bool:
        known = self.dir.roles_of.get(a.id)
        if known and (known[0] == role or (role == "leader" and known[0] in LEADING_INTRODUCED)):
            return True
        now = {o.role for o in self._offices(a)}
        return (
            role in now or (role == "leader" and bool(now & LEADING)) or (role == "commander" and "army chief" in now)
        )

    def _had_role(self, a: ActorRef, role: str) -> bool:
        """Whether somebody held a role until the article's date at the latest; the news itself may be of the end."""
        e = self.dir.catalogue.get(a.id)
        if e is None or self.dir.on is None:
            return False
        ended = (self.dir.on + SOON).isoformat()
        terms = [o for o in e.actor.offices if o.role in same_office(role) and o.since <= ended]
        return bool(terms) and all("" < o.until <= ended for o in terms)

    def _role_of(self, a: ActorRef) -> str | None:
        known = self.dir.roles_of.get(a.id)
        if known and known[0] != "counterpart":
            return known[0]
        return next((o.role for o in self._offices(a)), None)

    def _offices(self, a: ActorRef) -> list[Office]:
        """The offices that somebody holds on the article's date, or ever did where it has none."""
        e = self.dir.catalogue.get(a.id)
        if e is None:
            return []
        day = self.dir.on.isoformat() if self.dir.on else ""
        return [o for o in e.actor.offices if not day or within(day, o.since, o.until)]


def _settle(m: Ment, actors: Iterable[ActorRef], via: str) -> None:
    """Make an open mention a reference to actors named before."""
    m.actors, m.via, m.how, m.kind = list(actors), via, "coreference", "reference"
