"""What a run is told to do: a straight line that reads, extracts, stores, renders and asserts.

Written as TOML (``pipelines/*.toml``), or put together by a command. What a run reads is looked for beside its file,
what it writes is put where it is started. Unknown keys are refused::

    [read]
    articles = ["../seeds/articles"]   # files, directories
    publisher = ""                     # of articles that name none
    published = 2018-02-16             # of articles that name none

    [extract]
    actors = []                        # directories of own actors, over the catalogue
    judgements = "judgements.jsonl"    # what people judged; applied where the file exists
    min_confidence = 0.0

    [store]
    directory = "out/store"            # of the embedded graph; without it NEO4J_URI, else the user's own
    query = "MATCH …"                  # answered at the end

    [render]
    page = "out/graph.html"
    title = "…"

    [assert]
    articles = 12                      # at least
    statements = 60                    # at least
    edges = ["Turkey OPPOSES United States"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import PipelineError
from kg.summary import triple


@dataclass(frozen=True, slots=True)
class Read:
    articles: tuple[str, ...] = ()
    publisher: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    actors: tuple[Path, ...] = ()
    judgements: Path = Path("judgements.jsonl")
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Store:
    directory: Path | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Render:
    page: Path | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Assert:
    articles: int = 0
    statements: int = 0
    edges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What to do. ``name`` is for messages."""

    name: str
    read: Read = field(default_factory=Read)
    extract: Extract = field(default_factory=Extract)
    store: Store = field(default_factory=Store)
    render: Render = field(default_factory=Render)
    asserts: Assert = field(default_factory=Assert)


SECTIONS = {"read": Read, "extract": Extract, "store": Store, "render": Render, "assert": Assert}


def load_run(path: Path) -> Run:
    """Read a run's TOML.

    Raises:
        PipelineError: The file cannot be read, has an unknown key, or a value of the wrong kind.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise PipelineError(f"{path}: {getattr(e, 'strerror', None) or e}") from e
    _refuse_unknown(data, SECTIONS, f"{path}")
    beside = path.resolve().parent
    made: dict[str, Any] = {}
    for name, kind in SECTIONS.items():
        rows = data.get(name, {})
        if not isinstance(rows, dict):
            raise PipelineError(f"{path}: {name!r} is a section; write [{name}]")
        _refuse_unknown(rows, [f.name for f in fields(kind)], f"{path}: [{name}]")
        made[name] = kind(**{k: _value(v, f"{path}: [{name}] {k}", kind, k, beside) for k, v in rows.items()})
    if not made["read"].articles:
        raise PipelineError(f'{path}: [read] articles is missing; name files or directories: articles = ["articles"]')
    asserts = made.pop("assert")
    for edge in asserts.edges:
        try:
            triple(edge)
        except ValueError as e:
            raise PipelineError(f"{path}: [assert] edges: {e}") from e
    return Run(path.stem, asserts=asserts, **made)


def _refuse_unknown(rows: Mapping[str, Any], known: Collection[str], where: str) -> None:
    if unknown := sorted(set(rows) - set(known)):
        near = get_close_matches(unknown[0], list(known), 1)
        mend = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
        raise PipelineError(f"{where}: unknown key {unknown[0]!r}; {mend}")


def _value(value: Any, where: str, section: type, key: str, beside: Path) -> Any:
    """A TOML value as the field of its section wants it."""
    wanted = next(f.type for f in fields(section) if f.name == key)
    match wanted:
        case "tuple[str, ...]" if _texts(value):
            return tuple(_input(v, beside) for v in value) if section is Read else tuple(value)
        case "tuple[Path, ...]" if _texts(value):
            return tuple(beside / v for v in value)
        case "Path" if isinstance(value, str):
            return beside / value
        case "Path | None" if isinstance(value, str):
            return Path(value)
        case "str" if isinstance(value, str):
            return value
        case "date | None" if type(value) is date:
            return value
        case "int" if type(value) is int:
            return value
        case "float" if type(value) in (int, float):
            return float(value)
    shown = KINDS[str(wanted)]
    raise PipelineError(f"{where} is {value!r}; it wants {shown}")


KINDS = {
    "tuple[str, ...]": 'a list of texts, such as ["a", "b"]',
    "tuple[Path, ...]": 'a list of directories, such as ["actors"]',
    "Path": "a path in quotes",
    "Path | None": "a path in quotes",
    "str": "text in quotes",
    "date | None": "a date without quotes, such as 2018-02-16",
    "int": "a whole number",
    "float": "a number",
}


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _input(text: str, beside: Path) -> str:
    return text if "://" in text or text == "-" else str(beside / text)
