"""Titles and appositions: the role beside a person's name is that person's."""

from __future__ import annotations

from dataclasses import replace

from kg.model import ActorRef, ActorType
from kg.nlp.directory import STATE_ROLES
from kg.nlp.mentions import Ment, Sight, head_of
from kg.nlp.organs import GAP
from kg.nlp.tree import Tree
from kg.nlp.words import roles

ROLES = roles()
SERVING = STATE_ROLES | {"ambassador", "president"}
PLURAL = ("ministers", "premiers", "presidents", "secretaries", "chancellors")
CROWNS = frozenset({"emir", "emperor", "king", "pope", "queen", "sultan"})
DESCRIBING = GAP | {"CC", "DT", "PRP$", "POS", "RB", "IN"}


class Titles:
    """The titles of one sentence."""

    def __init__(self, sight: Sight) -> None:
        self.tree = sight.tree
        self.dir = sight.dir
        self.taken = sight.taken

    def titles(self, found: list[Ment]) -> None:
        """ "Turkish Foreign Minister Mevlut Cavusoglu": the role before a person's name is that person's."""
        t = self.tree
        by_start = {
            m.start: m
            for m in found
            if m.kind in ("person", "new", "name") and m.actors and m.actors[0].type == ActorType.PERSON
        }
        for r in [m for m in found if m.kind == "role"]:
            j = r.end
            while j < len(t) and (t.lower[j] in ROLES.titles or t.lower[j] == "-") and j not in by_start:
                j += 1
            p = by_start.get(j)
            if p is None and r.owners and r.end < len(t) and t.lower[r.end] == "of":
                # "the Prime Minister of Turkey Mevlut Cavusoglu": the name follows the owner without a comma
                j = r.end + 1
                while j < min(len(t), r.end + 7) and j not in by_start and (j in self.taken or t.tags[j] == "DT"):
                    j += 1
                p = by_start.get(j)
                if p is not None:
                    self._entitle(p, r)
                    r.actors, r.via, r.how = list(p.actors), "title", p.how
                continue
            if p is None or j - r.end > 2:
                continue
            self._entitle(p, r if r.owners else replace(r, owners=self._state_behind(p)))
            if t.lower[r.end - 1].endswith(PLURAL):
                self._each(p, r, by_start)
            between = (self.taken.get(k) for k in range(r.start, p.start))
            if not any(m is not None and m.kind == "person" and m not in (r, p) for m in between):
                p.start = r.start
            r.end = r.start  # absorbed
        for person in by_start.values():
            self._crown(person)
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

    def _each(self, first: Ment, role: Ment, by_start: dict[int, Ment]) -> None:
        """ "Presidents X of Peru and Y of Chile": the title is each one's, the state behind a name that one's."""
        listed = [m for k in self.tree.conjuncts(first.head) for m in by_start.values() if m.head == k]
        for n, m in enumerate(listed):
            if m is first or not m.role:
                apart = role.owners[n : n + 1] if len(role.owners) == len(listed) else role.owners
                self._entitle(m, replace(role, owners=self._state_behind(m) or apart))

    def _state_behind(self, m: Ment) -> list[ActorRef]:
        """The state of "X of Peru"; of "X and Y of Peru and Chile" nobody knows whose."""
        t = self.tree
        state = self.taken.get(m.end + 1) if t.lower[m.end : m.end + 1] == ["of"] else None
        if state is None or state.kind != "name" or len(t.conjuncts(state.head)) > 1:
            return []
        return [a for a in state.actors if a.type in (ActorType.IGO, ActorType.STATE)]

    def _crown(self, person: Ment) -> None:
        """ "King Fahd", whom the catalogue knows for a monarch; "King Hussein of Jordan", all of it a listed name."""
        words, start = self.tree.lower, person.start
        ref = person.actors[0]
        e = self.dir.catalogue.get(ref.id)
        reigns = e is not None and any(o.role == "monarch" for o in e.actor.offices)
        listed = person.kind == "name" and words[start] in CROWNS and person.end - start > 1
        if listed or (reigns and set(words[max(0, start - 1) : start + 1]) & CROWNS):
            person.role = person.role or "monarch"
        if listed and "of" in words[start : person.end] and ref.principal is not None:
            person.owners = person.owners or [ref.principal]

    def _entitle(self, person: Ment, role: Ment) -> None:
        person.role, person.owners, person.former, person.deputy = role.role, role.owners, role.former, role.deputy
        ref = person.actors[0]
        if ref.linked and not role.former and role.role in SERVING and len(role.owners) == 1:
            person.actors = [self.dir.serving(ref, role.owners[0])]
        if not ref.linked and role.owners and ref.principal is None:
            person.actors = [self.dir.newcomer(ref.name, ActorType.PERSON, role.owners[0])]
            self.dir.rename(ref, person.actors[0])
        self.dir.roles_of[person.actors[0].id] = (role.role, role.owners[0] if role.owners else None)

    def appositions(self, found: list[Ment]) -> None:
        """ "X, Japan's foreign minister," and "Japan's foreign minister, X,": one actor, named once."""
        t = self.tree
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
                    p.end < len(t)
                    and p.end < r.start
                    and t.lower[p.end] == ","
                    and _only_description(t, p.end + 1, r.start)
                )
                before = (
                    r.end < p.start <= r.end + 8
                    and t.lower[p.start - 1] == ","
                    and _owner_phrase(t, r.end, p.start - 1)
                )
                head = head_of(t, r.start, r.end)  # of "secretary of state" the secretary
                linked = (t.deps[head] == "appos" and t.heads[head] == p.head) or (
                    t.deps[p.head] == "appos" and t.heads[p.head] == head
                )
                if (
                    (after and linked)
                    or (before and (linked or p.start == r.end + 1))
                    or (after and r.owners and t.deps[r.head] == "appos")
                ):
                    if not r.owners and not after:
                        r.actors = list(p.actors)
                        if not p.role:
                            p.role, p.former = r.role, r.former
                        continue
                    self._entitle(p, r)
                    r.actors, r.via = list(p.actors), "apposition"
                    r.how = p.how
                    break


def _only_description(tree: Tree, start: int, end: int) -> bool:
    return end - start <= 8 and all(tree.tags[k] in DESCRIBING for k in range(start, end))


def _owner_phrase(tree: Tree, start: int, end: int) -> bool:
    return start == end or (tree.lower[start] in ("at", "for", "in", "of", "to") and end - start <= 7)
