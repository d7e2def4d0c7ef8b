"""The catalogue's actors in the graph, with its dated facts: who acts for whom, holds which office, belongs to what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import Actor
from kg.store.rows import Properties, actor_row
from kg.store.text import cypher
from kg.store.write import change_actors, create_actors, plain

if TYPE_CHECKING:
    from kg.store.write import Tx


class Fact(NamedTuple):
    """One catalogue relationship from an actor; ``since`` and ``until`` are empty where it is open."""

    relation: str
    target: str
    office: str = ""
    since: str = ""
    until: str = ""

    @property
    def properties(self) -> dict[str, str]:
        dates = {"office": self.office, "since": self.since, "until": self.until}
        return {k: v for k, v in dates.items() if v}


def facts_of(a: Actor) -> set[Fact]:
    """What the catalogue says of an actor. Whoever holds an office acts for its body in that time.

    A stated principal stands for all times and takes the place of what offices imply.
    """
    found = {Fact("HOLDS", o.of, o.role, o.since, o.until) for o in a.offices}
    found |= {Fact("BELONGS_TO", b) for b in a.belongs_to}
    if a.principal:
        found.add(Fact("ACTS_FOR", a.principal))
    else:
        found |= {Fact("ACTS_FOR", o.of, "", o.since, o.until) for o in a.offices}
    return {f for f in found if f.target != a.id}


def write_nodes(tx: Tx, actors: Sequence[Actor]) -> int:
    """Create or bring up to date the actors' nodes; how many changed."""
    stored = {a["id"]: plain(a) for a, _ in tx.run(cypher("read_actors"), ids=[a.id for a in actors])}
    rows = {a.id: actor_row(a) for a in actors}
    new = [row for i, row in rows.items() if i not in stored]
    changed: list[tuple[Properties, Properties]] = [
        (stored[i], row) for i, row in rows.items() if i in stored and stored[i] != row
    ]
    create_actors(tx, new)
    change_actors(tx, changed)
    return len(new) + len(changed)


def write_facts(tx: Tx, actors: Sequence[Actor]) -> set[str]:
    """Make the actors' facts just the catalogue's; their nodes must be there.

    Returns:
        Ids that facts point to and that the graph does not have; those facts are left out.
    """
    stored: dict[str, list[Fact]] = {}
    for actor, facts in tx.run(cypher("read_facts"), ids=[a.id for a in actors]):
        stored[actor["id"]] = sorted(Fact(*(v or "" for v in f)) for f in facts)
    wanted = {a.id: facts_of(a) for a in actors}
    targets = sorted({f.target for facts in wanted.values() for f in facts})
    there = {a["id"] for a, _ in tx.run(cypher("read_actors"), ids=targets)}
    changed: dict[str, list[Fact]] = {}
    for actor_id, facts in wanted.items():
        standing = sorted(f for f in facts if f.target in there)
        if standing != stored.get(actor_id):
            changed[actor_id] = standing
    if changed:
        tx.run(cypher("delete_facts"), ids=sorted(changed)).consume()
    _create(tx, ((i, f) for i, facts in changed.items() for f in facts))
    return set(targets) - there


def _create(tx: Tx, facts: Iterable[tuple[str, Fact]]) -> None:
    by_type = sorted(facts, key=lambda pair: pair[1].relation)
    for relation, group in groupby(by_type, key=lambda pair: pair[1].relation):
        rows: list[dict[str, Any]] = [{"source": i, "target": f.target, "properties": f.properties} for i, f in group]
        tx.run(cypher("create_facts", relation=relation), rows=rows).consume()
