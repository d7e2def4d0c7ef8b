"""What a request asks for, read from its query and checked; the names are those of the page's own state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.errors import InputError
from kg.model import ActorType
from kg.ontology import relations
from kg.view.model import STATUSES, Level
from kg.view.reduce import ACTORS, RELATIONS

Query = Mapping[str, Sequence[str]]

LONGEST: Final = 200
MOST_VALUES: Final = 400
LISTS: Final = ("open", "noRelations", "noTypes", "noPublishers", "statuses", "keep")
USUAL: Final = frozenset({"actual"})
SINGLE: Final = ("level", "signs", "confidence", "from", "to", "actors", "ties", "places")


@dataclass(frozen=True, slots=True)
class Choice:
    """The filters of a view. Days are ordinals, 0 where the range is open."""

    level: Level = "sides"
    open: frozenset[str] = frozenset()
    signs: frozenset[int] = frozenset({-1, 0, 1})
    no_relations: frozenset[str] = frozenset()
    no_types: frozenset[str] = frozenset()
    no_publishers: frozenset[str] = frozenset()
    statuses: frozenset[str] = USUAL
    confidence: int = 0
    since: int = 0
    until: int = 0
    actors: int = ACTORS
    ties: int = RELATIONS
    keep: tuple[str, ...] = ()
    places: bool = False


def choice(query: Query) -> Choice:
    """The filters of a query; what it does not say is as on the page's first view.

    Raises:
        InputError: A value is not one that the page would send; the message names the key.
    """
    lists = {key: _list(query, key) for key in LISTS}
    level = one(query, "level") or "sides"
    if level not in ("sides", "actors"):
        raise InputError("level: is sides or actors")
    signs = one(query, "signs") if "signs" in query else "fhn"
    if not re.fullmatch(r"[fhn]{0,3}", signs):
        raise InputError("signs: are letters of fhn")
    _known("noRelations", lists["noRelations"], relations())
    _known("noTypes", lists["noTypes"], list(ActorType))
    _known("statuses", lists["statuses"], STATUSES)
    return Choice(
        level="actors" if level == "actors" else "sides",
        open=frozenset(lists["open"]),
        signs=frozenset({"f": 1, "h": -1, "n": 0}[c] for c in signs),
        no_relations=frozenset(lists["noRelations"]),
        no_types=frozenset(lists["noTypes"]),
        no_publishers=frozenset(lists["noPublishers"]),
        statuses=frozenset(lists["statuses"]) if "statuses" in query else USUAL,
        confidence=whole(query, "confidence", 0, 0, 100),
        since=day(query, "from"),
        until=day(query, "to"),
        actors=whole(query, "actors", ACTORS, 5, 300),
        ties=whole(query, "ties", RELATIONS, 10, 1500),
        keep=tuple(lists["keep"]),
        places=one(query, "places") == "1",
    )


def allowed(query: Query, *more: str) -> None:
    """Refuse keys that nobody reads, for a misspelt filter would silently count everything.

    Raises:
        InputError: The query has another key.
    """
    if unknown := sorted(set(query) - {*LISTS, *SINGLE, *more}):
        raise InputError(f"{unknown[0][:LONGEST]!r} is not a key; use {', '.join(sorted({*LISTS, *SINGLE, *more}))}")


def one(query: Query, key: str, *, needed: bool = False) -> str:
    """The only value of a key.

    Raises:
        InputError: It comes twice, is too long or, where needed, missing.
    """
    values = query.get(key, ())
    if len(values) > 1 or any(len(v) > LONGEST for v in values):
        raise InputError(f"{key}: is one text of at most {LONGEST} characters")
    if needed and not (values and values[0]):
        raise InputError(f"{key}: is missing")
    return values[0] if values else ""


def whole(query: Query, key: str, usual: int, low: int, high: int) -> int:
    """A number in a range.

    Raises:
        InputError: It is not.
    """
    value = one(query, key)
    if not value:
        return usual
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or not low <= int(value) <= high:
        raise InputError(f"{key}: is a number from {low} to {high}")
    return int(value)


def day(query: Query, key: str) -> int:
    """A day as an ordinal, 0 where none is given.

    Raises:
        InputError: It is no day.
    """
    value = one(query, key)
    try:
        return date.fromisoformat(value).toordinal() if value else 0
    except ValueError:
        raise InputError(f"{key}: is a day such as 2018-02-15") from None


def _list(query: Query, key: str) -> list[str]:
    values = [v for v in query.get(key, ()) if v]
    if len(values) > MOST_VALUES or any(len(v) > LONGEST for v in values):
        raise InputError(f"{key}: are at most {MOST_VALUES} texts of at most {LONGEST} characters")
    return values


def _known(key: str, values: Sequence[str], those: Sequence[str] | Mapping[str, object]) -> None:
    for value in values:
        if value not in those:
            raise InputError(f"{key}: {value!r} is not one of {', '.join(those)}")
