"""Which predicates express which relation, with their roles; read from ``kg/data/lexicon/en/relations/*.toml``.

An entry's roles read "source > target slots": "subj > obj|with" means the subject acts, and the object or else the object of
"with" is acted on. Words are lemmas: ``turn+down`` has a particle, ``open:fire`` an object that makes the sense.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.ontology import relations
from kg.places import LEXICON

GROUPS = ("verbs", "nouns", "predicates", "adjectives")
KEYS = {"roles", "words", "needs", "mutual", "weak", "attr", "target", "source", "with", "bare", "laden"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One sense of one predicate."""

    relation: str
    word: str
    kind: str
    source: tuple[str, ...]
    targets: tuple[str, ...]
    particle: str = ""
    object: str = ""
    needs: frozenset[str] = frozenset()
    mutual: bool = False
    attr: frozenset[str] = frozenset()
    target_types: frozenset[str] = frozenset()
    source_types: frozenset[str] = frozenset()
    bare: bool = False
    """Only without an object: "returned to the capital", not "returned the statue to its owners"."""
    laden: bool = False
    """Only with a thing as object, the other way round."""

    @property
    def name(self) -> str:
        return self.word + (f"+{self.particle}" if self.particle else "") + (f":{self.object}" if self.object else "")


Phrased = dict[str, list[tuple[tuple[str, ...], Entry]]]


@dataclass(slots=True)
class Lexicon:
    """Entries by kind and key word (for nouns and predicates the last word, the phrase being checked before it)."""

    verbs: dict[str, list[Entry]]
    nouns: Phrased
    predicates: Phrased
    adjectives: Phrased

    def __len__(self) -> int:
        return sum(len(v) for part in (self.verbs, self.nouns, self.predicates, self.adjectives) for v in part.values())


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon.

    Raises:
        OntologyError: A file has an unknown relation or key.
    """
    return load(sorted((LEXICON / "relations").glob("*.toml")))


@cache
def _classes() -> dict[str, list[str]]:
    """Families of objects that make a sense together: "send:@arms" stands for every word of ``classes.toml``'s arms."""
    return {k: list(v) for k, v in tomllib.loads((LEXICON / "classes.toml").read_text(encoding="utf-8")).items()}


def load(paths: Iterable[Path]) -> Lexicon:
    out = Lexicon({}, {}, {}, {})
    for path in paths:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        relation = data.pop("relation", None)
        data.pop("intensity", None)
        if relation not in relations():
            near = get_close_matches(str(relation), relations(), 1)
            raise OntologyError(
                f"{path}: relation {relation!r} is unknown" + (f"; did you mean {near[0]!r}?" if near else "")
            )
        if unknown := set(data) - set(GROUPS):
            raise OntologyError(f"{path}: unknown group {sorted(unknown)[0]!r}; use {', '.join(GROUPS)}")
        for kind in GROUPS:
            for group in data.get(kind, ()):
                _group(out, path, relation, kind, group)
    return out


def _group(out: Lexicon, path: Path, relation: str, kind: str, group: dict[str, Any]) -> None:
    if unknown := set(group) - KEYS:
        raise OntologyError(f"{path}: unknown key {sorted(unknown)[0]!r} in [[{kind}]]; use {', '.join(sorted(KEYS))}")
    source, _, target = group["roles"].partition(">")
    classes = _classes()
    words = [
        w
        for word in group["words"]
        for w in (
            [f"{word.partition(':@')[0]}:{x}" for x in classes[word.partition(":@")[2]]] if ":@" in word else [word]
        )
    ]
    for word in dict.fromkeys(words):
        head, _, obj = word.partition(":")
        head, _, particle = head.partition("+")
        entry = Entry(
            relation,
            head,
            kind,
            source=tuple(source.strip().split("|")),
            targets=tuple(t.strip() for t in target.strip().split("|")),
            particle=particle.split("+")[0],
            object=obj.split("+")[0],
            needs=frozenset(group.get("needs", ())),
            mutual=group.get("mutual", False),
            attr=frozenset(group.get("attr", ())),
            target_types=frozenset(group.get("target", ())),
            source_types=frozenset(group.get("source", ())),
            bare=group.get("bare", False),
            laden=group.get("laden", False),
        )
        if kind == "verbs":
            out.verbs.setdefault(head, []).append(entry)
            continue
        phrase = tuple(word.replace("-", " - ").split())
        part = getattr(out, kind)
        key = phrase[0] if kind == "adjectives" or "of" in phrase else phrase[-1]
        part.setdefault(key, []).append((phrase, entry))
