"""The closed word lists that the language rooms share, read once from ``kg/data/lexicon/en``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import OntologyError
from kg.model import ActorType
from kg.places import LEXICON

Trie = dict[str, Any]
LEAF = "\0"


@dataclass(frozen=True, slots=True)
class Organ:
    """A kind of body that an actor has: its army, its foreign ministry, its people."""

    code: str
    type: ActorType
    sector: str
    name: str
    own_side: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """Organ and office nouns by their words; each leaf is ``("organ", Organ)`` or ``("role", name)``."""

    trie: Trie
    titles: frozenset[str]
    announcing: frozenset[str]
    """Nouns before the name of a person nobody has listed: "the journalist Mesale Tolu"."""
    organs: dict[str, Organ]


@cache
def read(name: str) -> dict[str, Any]:
    """One file of the lexicon.

    Raises:
        OntologyError: The file is missing or is not TOML.
    """
    path = LEXICON / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as e:
        raise OntologyError(f"{path}: {e}") from e


def vocabulary(file: str, *keys: str) -> frozenset[str]:
    """The words of one list of the lexicon: ``vocabulary("stance", "say", "verbs")``."""
    node = read(file)
    for key in keys:
        node = node[key]
    return frozenset(node)


def inverted(file: str, *keys: str) -> dict[str, str]:
    """Word → the key of the list that holds it, for a table of lists: "backed" → "SUPPORTS"."""
    node = read(file)
    for key in keys:
        node = node[key]
    return {word: key for key, words in node.items() for word in words}


def insert(trie: Trie, phrase: str, value: object) -> None:
    node = trie
    for w in split_words(phrase):
        node = node.setdefault(w, {})
    node[LEAF] = value


def split_words(phrase: str) -> list[str]:
    """As the tokeniser splits them: hyphens and possessives stand alone."""
    return phrase.replace("-", " - ").replace("'s", " 's").split()


def longest(trie: Trie, lower: list[str], i: int) -> tuple[int, Any] | None:
    """The longest phrase that starts at ``i``: its end and its value."""
    node, j, best = trie.get(lower[i]), i + 1, None
    while node is not None:
        if LEAF in node:
            best = (j, node[LEAF])
        if j >= len(lower):
            break
        node, j = node.get(lower[j]), j + 1
    return best


def singular(phrase: str) -> str:
    """ "police officers" → "police officer"; a phrase that is not a plural stays."""
    for end, one in (
        ("men", "man"),
        ("women", "woman"),
        ("ies", "y"),
        ("ss", "ss"),
        ("us", "us"),
        ("sses", "ss"),
        ("s", ""),
    ):
        if phrase.endswith(end):
            return phrase[: -len(end)] + one
    return phrase


@cache
def roles() -> Roles:
    data = read("roles")
    trie: Trie = {}
    organs: dict[str, Organ] = {}
    for code, row in data["organ"].items():
        organ = Organ(code, ActorType(row["type"]), row["sector"], row["name"], row.get("own_side", False))
        organs[code] = organ
        for phrase in row["words"]:
            insert(trie, phrase, ("organ", organ))
        for phrase in row["words"]:
            one = singular(phrase)
            if one != phrase and longest(trie, split_words(one), 0) is None:
                insert(trie, one, ("organ", organ))
    for role, phrases in data["role"].items():
        for phrase in phrases:
            insert(trie, phrase, ("role", role))
    return Roles(trie, frozenset(data["person"]["titles"]), frozenset(data["person"]["announcing"]), organs)
