"""What the TOML of a catalogue may say; every refusal names the file, the row and the mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import CatalogueError
from kg.model import ActorType

Row = dict[str, Any]

STRINGS = (
    "id",
    "name",
    "type",
    "sector",
    "principal",
    "country",
    "active_from",
    "active_to",
    "wikidata",
    "surname",
    "iso3",
)
LISTS = ("aliases", "adjectives", "demonyms", "metonyms", "weak", "belongs_to")
ACTOR = frozenset({*STRINGS, *LISTS, "offices"})
OFFICE = frozenset({"role", "of", "since", "until"})
METONYM = frozenset({"name", "actor", "kind", "aliases"})
NAME = frozenset({"text", "default", "senses"})
SENSE = frozenset({"actor", "left", "right", "context"})
TABLES = frozenset({"actor", "metonym", "name", "family", "places"})
ROLES = frozenset(
    """president;prime minister;monarch;supreme leader;chancellor;head of state;head of government;vice president;
    deputy prime minister;crown prince;foreign minister;defence minister;interior minister;finance minister;
    trade minister;energy minister;justice minister;minister;national security adviser;secretary-general;
    director-general;director;chair;leader;co-leader;deputy leader;founder;commander;chief of staff;army chief;
    intelligence chief;police chief;spokesman;ambassador;envoy;speaker;opposition leader;governor;mayor;legislator;
    judge;prosecutor;chief executive;member;activist;cleric;adviser""".replace("\n    ", "").split(";")
)
DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
WIKIDATA = re.compile(r"^Q[1-9]\d*$")


def check_file(data: Mapping[str, Any], path: Path) -> None:
    """Check all tables of one file.

    Raises:
        CatalogueError: At the first row that breaks the schema.
    """
    if unknown := set(data) - TABLES:
        raise CatalogueError(
            f"{path}: unknown table {min(unknown)!r}; use [[actor]], [[metonym]], [[name]] or [places]"
        )
    for table, check in (("actor", _actor), ("metonym", _metonym), ("name", _name)):
        rows = data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            raise CatalogueError(f"{path}: write [[{table}]] above each {table}")
        for row in rows:
            check(row, path)
    places = data.get("places", {})
    if not isinstance(places, dict) or not all(isinstance(v, str) for v in places.values()):
        raise CatalogueError(f'{path}: [places] holds lines such as Aleppo = "SYR"')


def _actor(row: Row, path: Path) -> None:
    where = f"{path}: actor {row.get('id', row.get('name', '?'))!r}"
    _keys(row, ACTOR, where)
    _texts(row, STRINGS, where)
    _lists(row, LISTS, where)
    for key in ("id", "name", "type"):
        if not row.get(key):
            raise CatalogueError(f"{where}: {key!r} is missing")
    if row["type"] not in list(ActorType):
        raise CatalogueError(
            f"{where}: type {row['type']!r} is not one of {', '.join(ActorType)}{_near(row['type'], ActorType)}"
        )
    if row.get("wikidata") and not WIKIDATA.match(row["wikidata"]):
        raise CatalogueError(f"{where}: wikidata {row['wikidata']!r} is no item id such as Q43")
    _dates(row, ("active_from", "active_to"), where)
    offices = row.get("offices", [])
    if not isinstance(offices, list) or not all(isinstance(o, dict) for o in offices):
        raise CatalogueError(
            f'{where}: offices are a list such as [{{ role = "president", of = "TUR", since = "2014" }}]'
        )
    for o in offices:
        if set(o) - OFFICE or not o.get("role") or not o.get("of"):
            raise CatalogueError(f"{where}: an office has role and of, and may have since and until, nothing else")
        _texts(o, tuple(OFFICE), where)
        if o["role"] not in ROLES:
            raise CatalogueError(f"{where}: role {o['role']!r} is unknown{_near(o['role'], ROLES)}")
        _dates(o, ("since", "until"), where)


def _metonym(row: Row, path: Path) -> None:
    where = f"{path}: metonym {row.get('name', '?')!r}"
    _keys(row, METONYM, where)
    _texts(row, ("name", "actor", "kind"), where)
    _lists(row, ("aliases",), where)
    if not row.get("name") or not row.get("actor") or row.get("kind") not in ("seat", "capital"):
        raise CatalogueError(f"{where}: it needs name, actor and kind (seat or capital), and may have aliases")


def _name(row: Row, path: Path) -> None:
    where = f"{path}: name {row.get('text', '?')!r}"
    _keys(row, NAME, where)
    _texts(row, ("text", "default"), where)
    if not row.get("text"):
        raise CatalogueError(f"{where}: 'text' is missing")
    senses = row.get("senses", [])
    if not isinstance(senses, list) or not all(isinstance(s, dict) for s in senses):
        raise CatalogueError(f'{where}: senses are a list such as [{{ actor = "GEO", context = ["Tbilisi"] }}]')
    for s in senses:
        _keys(s, SENSE, where)
        _texts(s, ("actor",), where)
        _lists(s, ("left", "right", "context"), where)


def _keys(row: Row, known: Iterable[str], where: str) -> None:
    if unknown := set(row) - set(known):
        raise CatalogueError(f"{where}: unknown key {min(unknown)!r}{_near(min(unknown), known)}")


def _texts(row: Row, keys: Iterable[str], where: str) -> None:
    for key in keys:
        if not isinstance(row.get(key, ""), str):
            raise CatalogueError(f"{where}: {key!r} must be text in quotes")


def _lists(row: Row, keys: Iterable[str], where: str) -> None:
    for key in keys:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
            raise CatalogueError(f"{where}: {key!r} must be a list of texts")


def _dates(row: Row, keys: Iterable[str], where: str) -> None:
    for key in keys:
        if row.get(key) and not DATE.match(row[key]):
            raise CatalogueError(f"{where}: {key} {row[key]!r} is not a year, month or day (1999, 1999-07, 1999-07-21)")


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, [str(k) for k in known], 1)
    return f"; did you mean {near[0]!r}?" if near else ""
