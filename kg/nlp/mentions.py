"""Mentions: where in a sentence who is named, and the sentence while they are being found."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.actors.names import Names
from kg.model import ActorRef, How
from kg.nlp.directory import Directory
from kg.nlp.tree import Tree
from kg.nlp.words import longest, roles


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
    former: bool = False
    deputy: bool = False
    """Former only in that the office is another's: deputies serve the body all the same."""


@dataclass(slots=True)
class Sight:
    """One sentence while its mentions are being found."""

    tree: Tree
    names: Names
    dir: Directory
    taken: dict[int, Ment] = field(default_factory=dict)
    """Token → the mention that it belongs to."""
    places: dict[int, ActorRef] = field(default_factory=dict)
    """Tokens of a town's or region's name → the state it lies in."""

    nobody: set[int] = field(default_factory=set)
    """Tokens that would name an actor elsewhere."""

    def add(self, m: Ment) -> Ment:
        """Mark the mention's tokens as taken; those of an owner inside it stay the owner's."""
        for k in range(m.start, m.end):
            self.taken.setdefault(k, m)
        return m


def head_of(tree: Tree, start: int, end: int) -> int:
    """The token of a span whose head lies outside it (the last such, so that "Erdogan" heads "Recep Tayyip Erdogan")."""
    for k in range(end - 1, start - 1, -1):
        if not start <= tree.heads[k] < end or tree.heads[k] == k:
            return k
    return end - 1


def role_before(tree: Tree, i: int) -> str | None:
    """The role whose words end just before token ``i`` ("Foreign Minister | Lavrov")."""
    for j in range(max(0, i - 6), i):
        got = longest(roles().trie, tree.lower, j)
        if got and got[0] == i and got[1][0] == "role":
            return str(got[1][1])
    return None


def side(a: ActorRef) -> str:
    """The id of the actor that it acts for, its own without one."""
    return (a.principal or a).id
