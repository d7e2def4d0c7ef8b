"""The rooms of the architecture, told by what they import.

spaCy stays in ``nlp`` (``extract`` may hold its documents), the Neo4j driver in ``store``, networkx in ``graph``,
``analysis``, ``view`` and ``export``, pyvis in ``view``; environment, clock, randomness and logging set-up in ``run``
and ``cli``. The exceptions below carry their reasons.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KG = ROOT / "kg"
FILES = sorted(KG.rglob("*.py"))

# A library, and the rooms that may import it.
ROOMS = {
    "spacy": {"nlp", "extract"},
    "neo4j": {"store"},
    "networkx": {"graph", "analysis", "view", "export"},
    "pyvis": {"view"},
}

# What reads the world beside files, by dotted name; only ``run`` and ``cli`` may.
WORLD = {
    "environment": {"os.environ", "os.environb", "os.getenv", "os.putenv"},
    "clock": {
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "datetime.date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
    },
    "randomness": {"random", "secrets", "uuid.uuid1", "uuid.uuid4", "os.urandom", "numpy.random", "np.random"},
    "logging set-up": {"logging.basicConfig", "logging.config", "logging.dictConfig"},
}
HOME = {"run", "cli"}
ALLOWED = {
    # The embedded server's password is random, so that no other process of the machine can guess it, …
    ("randomness", "store/embedded.py"),
    # … and its lock says when it was started, so that a stale one can be told from a fresh one.
    ("clock", "store/host.py"),
}


def name(path: Path) -> str:
    return path.relative_to(KG).as_posix()


def room(path: Path) -> str:
    """The first directory under ``kg``, or the module's own name."""
    return path.relative_to(KG).with_suffix("").parts[0]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever the import stands; those for type checkers only count as well."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def used(path: Path) -> set[str]:
    """Dotted names that a file imports or reaches, under their full names."""
    full: dict[str, str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            full |= {
                (a.asname or a.name.split(".")[0]): (a.name if a.asname else a.name.split(".")[0]) for a in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            full |= {(a.asname or a.name): f"{node.module}.{a.name}" for a in node.names}
    found = set(imports(path))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = dotted(node).partition(".")
            if first in full:
                found.add(f"{full[first]}.{rest}" if rest else full[first])
    return found


def within(found: str, forbidden: str) -> bool:
    return found == forbidden or found.startswith(forbidden + ".")


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    strays = {name(p) for p in FILES if room(p) not in ROOMS[library] and any(within(i, library) for i in imports(p))}
    assert not strays, f"{library} belongs to {sorted(ROOMS[library])}"


@pytest.mark.parametrize("kind", WORLD)
def test_the_world_is_read_in_run_and_cli_only(kind: str) -> None:
    strays = {
        (name(p), u)
        for p in FILES
        if room(p) not in HOME and (kind, name(p)) not in ALLOWED
        for u in used(p)
        if any(within(u, forbidden) for forbidden in WORLD[kind])
    }
    assert not strays, f"pass the {kind} in from run or cli"


def test_no_exception_is_stale() -> None:
    """An allowance that nothing needs any more goes."""
    unused = {
        (kind, file)
        for kind, file in ALLOWED
        if not (KG / file).is_file() or not any(within(u, f) for u in used(KG / file) for f in WORLD[kind])
    }
    assert not unused


def test_the_model_needs_the_standard_library_only() -> None:
    assert {i.split(".")[0] for i in imports(KG / "model.py")} <= set(sys.stdlib_module_names) | {"__future__"}


def test_imports_are_absolute() -> None:
    """A relative import would slip past the rules above."""
    relative = {name(p) for p in FILES for n in ast.walk(tree(p)) if isinstance(n, ast.ImportFrom) and n.level}
    assert not relative


# -- knowledge lives in data ------------------------------------------------------------------------------------------


@cache
def states() -> frozenset[str]:
    """Names of states; those that are everyday words or names in code as well would only raise false alarms."""
    rows = tomllib.loads((ROOT / "seeds" / "actors" / "states.toml").read_text(encoding="utf-8"))["actor"]
    everyday = {"Chad", "Georgia", "Guinea", "Jordan", "Mali", "Man", "Niger", "Togo"}
    return frozenset(row["name"] for row in rows if len(row["name"]) > 3) - everyday


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """String literals but docstrings and errors, which show how to mend by example."""
    said = {id(part) for node in ast.walk(tree(path)) if isinstance(node, ast.Raise) for part in ast.walk(node)} | {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


# Examples that a user reads in ``--help`` are documentation, as a docstring is.
SHOWN = {"cli"}


def test_no_actor_is_named_in_code() -> None:
    strays = [
        f"{name(p)}:{line}: {state}"
        for p in FILES
        if room(p) not in SHOWN
        for line, text in literals(p)
        for state in states()
        if state in text
    ]
    assert not strays, "an actor's name belongs to seeds/actors"


# -- a checkout stands alone ------------------------------------------------------------------------------------------


KINDS = {
    ".py",
    ".toml",
    ".md",
    ".txt",
    ".yml",
    ".yaml",
    ".cypher",
    ".js",
    ".css",
    ".html",
    ".in",
    ".json",
    ".jsonl",
    "",
}
BUILT = {
    ".git",
    ".venv",
    ".cache",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "build",
    "dist",
    "out",
}


def own_files() -> Iterator[Path]:
    """The project's own text files."""
    tops = [p for p in sorted(ROOT.iterdir()) if p.name not in BUILT]
    for p in (f for top in tops for f in ([top] if top.is_file() else sorted(top.rglob("*")))):
        if p.suffix in KINDS and "__pycache__" not in p.parts and p.is_file() and p.stat().st_size < 2_000_000:
            yield p


def test_nothing_outside_the_checkout_is_needed() -> None:
    """Only tests may look beside the checkout; they skip what is not there, except in CI."""
    beside = "../" + "shared"
    strays = []
    for p in own_files():
        where = p.relative_to(ROOT)
        text = p.read_text(encoding="utf-8", errors="replace")
        if where.parts[0] == "tests" and p.suffix == ".py":
            continue
        if beside in text or "/" + "work/" in text:
            strays.append(where.as_posix())
    assert not strays
