"""The questions that people have, as named Cypher texts in ``cypher/ask/``.

A file's comment is its documentation: the first line says what it answers, each ``$name:`` line a word that the user
gives, ``Example:`` a command. Four rules make one text do for every case:

* A line that begins with ``AND`` or ``MATCH`` and names ``$since``, ``$until``, ``$confidence`` or ``$publisher`` is
  left out when that is not given. A statement's last day counts: one that holds "since 1984" is of the article's day.
* At the level of principals ``s.source``, ``s.target`` and ``s.pair`` become ``s.source_principal`` and so on: whom
  they acted for at the article's date.
* A line that begins with ``USING`` tells the server which index to take. It helps with one filter only, which it names
  at its end, and is left out with any other.
* ``__RELATIONS__`` stands for all relations of the codebook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import QueryError
from kg.ontology import relations

if TYPE_CHECKING:
    from kg.store.graphstore import GraphStore
    from kg.store.result import Result

Level = Literal["actor", "principal"]

OPTIONAL: Final = re.compile(r"^\s*(?:AND|MATCH)\b.*\$(since|until|confidence|publisher)\b")
HINT: Final = re.compile(r"^\s*USING\b.*// \$(\w+) alone$")
SIDES: Final = re.compile(r"\b([sc]\.|Statement\()(source|target|pair)\b")
PRINCIPALS: Final = {"source": "source_principal", "target": "target_principal", "pair": "principal_pair"}
LIMIT: Final = 50


@dataclass(frozen=True, slots=True)
class Question:
    """One named question. ``asks`` are the words that the user gives, in order, with what each is."""

    name: str
    title: str
    asks: tuple[tuple[str, str], ...]
    example: str
    text: str

    @property
    def dated(self) -> bool:
        """Whether it needs both dates."""
        return any(name in ("since", "until") for name, _ in self.asks)


@cache
def questions() -> dict[str, Question]:
    """All questions by name, in the order of the alphabet."""
    found = {}
    for path in sorted((files("kg.store") / "cypher" / "ask").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".cypher"):
            name = path.name.removesuffix(".cypher")
            found[name] = question_of(name, path.read_text(encoding="utf-8"))
    return found


def ask(
    store: GraphStore,
    name: str,
    words: Mapping[str, str] | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    min_confidence: float = 0.0,
    publisher: str = "",
    level: Level = "actor",
    limit: int = LIMIT,
) -> Result:
    """The answer to a named question.

    Args:
        store: The graph.
        name: Of the question.
        words: What it asks for; actors by id, name or alias.
        since: First day; undated statements are left out when a day is given.
        until: Last day.
        min_confidence: Least confidence of a statement.
        publisher: Only what this publisher carries.
        level: "principal" puts everybody together with whom they acted for.
        limit: Most rows.

    Raises:
        QueryError: No such question, a word is missing or unknown, or a date that it needs.
    """
    question = find(name)
    given = filters(since, until, min_confidence, publisher)
    if question.dated and not (since and until):
        raise QueryError(f"{name} compares two times; give both --since and --until")
    symmetric = [code for code, relation in relations().items() if relation.symmetric]
    values = _values(store, question, words or {})
    if {"a", "b"} <= values.keys():
        values["pair"] = " ".join(sorted((values["a"], values["b"])))
    text = text_of(question, given, level)
    return store.query(text, {**given, **values, "symmetric": symmetric, "limit": limit})


def filters(since: date | None, until: date | None, min_confidence: float, publisher: str) -> dict[str, Any]:
    """The filters under the names that the texts have for them."""
    return {"since": since, "until": until, "confidence": min_confidence, "publisher": publisher}


def find(name: str) -> Question:
    """The question of a name.

    Raises:
        QueryError: There is none; the message names the nearest.
    """
    if name in questions():
        return questions()[name]
    near = get_close_matches(name, questions(), 1)
    known = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(questions())}"
    raise QueryError(f"no question is called {name!r}; {known}")


def text_of(question: Question, given: Mapping[str, Any], level: Level = "actor") -> str:
    """The Cypher text for the filters that are given."""
    lines = []
    for line in question.text.splitlines():
        optional, hint = OPTIONAL.match(line), HINT.match(line)
        if hint:
            if [name for name, value in given.items() if value] == [hint[1]]:
                lines.append(line)
        elif optional is None or given.get(optional[1]):
            lines.append(line)
    text = "\n".join(lines)
    kinds = list(relations())
    if level == "principal":
        kinds.append("ACTS_FOR")
        text = SIDES.sub(lambda m: f"{m[1]}{PRINCIPALS[m[2]]}", text)
    return text.replace("__RELATIONS__", "|".join(kinds))


def resolve(store: GraphStore, word: str) -> str:
    """The id of an actor that is given by id, name or alias, whatever its case.

    Raises:
        QueryError: Nobody is called so, or several are.
    """
    rows = store.read(ACTOR, {"word": word})
    for how in ("id", "name", "alias"):
        ids = sorted(row["id"] for row in rows if row["how"] == how)
        if len(ids) > 1:
            raise QueryError(f"{word!r} may be {', '.join(ids)}; give the id")
        if ids:
            return str(ids[0])
    names = [str(row["name"]) for row in store.read("MATCH (a:Actor) RETURN a.name AS name ORDER BY name")]
    near = get_close_matches(word, names, 1)
    raise QueryError(f"no actor is called {word!r}" + (f"; did you mean {near[0]!r}?" if near else " in this graph"))


ACTOR: Final = """
MATCH (a:Actor)
WHERE a.id = $word OR toLower(a.name) = toLower($word) OR any(x IN a.aliases WHERE toLower(x) = toLower($word))
RETURN a.id AS id, CASE WHEN a.id = $word THEN 'id' WHEN toLower(a.name) = toLower($word) THEN 'name' ELSE 'alias' END
  AS how
"""


def question_of(name: str, text: str) -> Question:
    """A question as its text's comment documents it."""
    comments = [line.removeprefix("//").strip() for line in text.splitlines() if line.startswith("//")]
    asks = tuple((m[1], m[2]) for line in comments if (m := re.match(r"\$(\w+): (.*)", line)))
    (example,) = [line.removeprefix("Example: ") for line in comments if line.startswith("Example: ")]
    return Question(name, comments[0], asks, example, text)


def _values(store: GraphStore, question: Question, words: Mapping[str, str]) -> dict[str, str]:
    """The user's words as the parameters that the text has."""
    names = [name for name, _ in question.asks if name not in ("since", "until")]
    values = {}
    for name in names:
        if not words.get(name):
            raise QueryError(f"{question.name} needs {' and '.join(names)}; for example: {question.example}")
        if name == "relation":
            values[name] = relation_of(words[name])
        else:
            values[name] = resolve(store, words[name])
    if unknown := set(words) - set(names):
        raise QueryError(f"{question.name} does not ask for {sorted(unknown)[0]!r}; for example: {question.example}")
    return values


def relation_of(word: str) -> str:
    """The code of a relation in any case, with spaces or dashes.

    Raises:
        QueryError: There is none; the message names the nearest.
    """
    code = word.upper().replace(" ", "_").replace("-", "_")
    if code in relations():
        return code
    near = get_close_matches(code, relations(), 1)
    raise QueryError(f"{word!r} is not a relation" + (f"; did you mean {near[0]}?" if near else ""))
