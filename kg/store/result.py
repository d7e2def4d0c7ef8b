"""What a query gives back, in plain values: nothing of the driver leaves this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeAlias

Value: TypeAlias = Any
"""``None``, truth, number, text, date or time, list, map, :class:`Node`, :class:`Relationship` or :class:`Path`."""


@dataclass(frozen=True, slots=True)
class Node:
    labels: tuple[str, ...]
    properties: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Relationship:
    """``source`` and ``target`` are the ``id`` properties of its ends, empty where the query did not fetch them."""

    type: str
    source: str
    target: str
    properties: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Path:
    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Rows under their columns. ``more`` says that a limit cut them off; ``warnings`` what the user should know."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    more: bool = False
    warnings: tuple[str, ...] = field(default=())

    def maps(self) -> list[dict[str, Value]]:
        """Each row as a map from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def json(self) -> list[dict[str, Value]]:
        """As :meth:`maps`, with values that JSON has."""
        return [{k: to_json(v) for k, v in row.items()} for row in self.maps()]


def to_json(value: Value) -> Value:
    """A value that JSON has: dates as ISO text, nodes and relationships as maps."""
    match value:
        case Node():
            return {"labels": list(value.labels), "properties": to_json(value.properties)}
        case Relationship():
            ends = {"source": value.source, "target": value.target}
            return {"type": value.type, **ends, "properties": to_json(value.properties)}
        case Path():
            return {"nodes": to_json(value.nodes), "relationships": to_json(value.relationships)}
        case Mapping():
            return {str(k): to_json(v) for k, v in value.items()}
        case list() | tuple():
            return [to_json(v) for v in value]
        case None | bool() | int() | float() | str():
            return value
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return str(value)


def to_plain(value: Any) -> Value:
    """The driver's value as ours."""
    from neo4j import graph as g  # noqa: PLC0415 - keeps the driver out of ``import kg.store``
    from neo4j.time import Duration  # noqa: PLC0415 - as above

    match value:
        case g.Node():
            return Node(tuple(sorted(value.labels)), {k: to_plain(v) for k, v in value.items()})
        case g.Relationship():
            ends = [str(n.get("id", "")) if n is not None else "" for n in (value.start_node, value.end_node)]
            return Relationship(value.type, ends[0], ends[1], {k: to_plain(v) for k, v in value.items()})
        case g.Path():
            return Path(tuple(map(to_plain, value.nodes)), tuple(map(to_plain, value.relationships)))
        case Mapping():
            return {k: to_plain(v) for k, v in value.items()}
        case Duration():  # a tuple to Python
            return value.iso_format()
        case list() | tuple():
            return [to_plain(v) for v in value]
        case _:
            return value.to_native() if hasattr(value, "to_native") else value
