"""``kg doctor``: what is installed, what answers, what is wrong and how to mend it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typer

from kg.cli import options as opt
from kg.cli.console import say, say_json
from kg.errors import KgError

PACKAGES = ("spacy", "neo4j", "arcadedb-embedded", "networkx", "pyvis", "trafilatura", "typer", "rich", "numpy")
EXTRAS = {"pyarrow": "Parquet: pip install 'geokg[parquet]'"}
LITTLE = 500 * 2**20
MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and, where it is wrong, how to mend it."""

    what: str
    state: Literal["ok", "note", "wrong"]
    found: str
    mend: str = ""


def doctor(
    store: opt.Store = None,
    judged: opt.Judged = opt.JUDGEMENTS,
    overlays: opt.Overlays = None,
    as_json: opt.Json = False,
) -> None:
    """Say what is installed, reachable and wrong, and how to mend it; end with 1 where something is wrong.

    \b
    Example:
        kg doctor
    """
    found = list(_findings(store, judged, overlays))
    if as_json:
        say_json([asdict(f) for f in found])
    else:
        for f in found:
            say(f"{MARKS[f.state]} {f.what}: {f.found}" + (f"; {f.mend}" if f.mend else ""))
    if any(f.state == "wrong" for f in found):
        raise typer.Exit(1)


def _findings(store: Path | None, judged: Path, overlays: list[Path] | None) -> Iterator[Finding]:
    yield _python()
    for name in PACKAGES:
        yield _package(name)
    for name, mend in EXTRAS.items():
        found = _version(name)
        yield Finding(name, "ok", found) if found else Finding(name, "note", "not installed", mend)
    yield _checked("language model", _model)
    yield _checked("scoring model", _weights)
    yield _checked("catalogue", lambda: _catalogue(overlays))
    yield _checked("judgements", lambda: _judgements(judged))
    yield _checked("graph", lambda: _graph(store))
    yield _space(store)


def _python() -> Finding:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    good = (3, 11) <= sys.version_info < (3, 14)
    return Finding("Python", "ok" if good else "wrong", found, "" if good else "use Python 3.11, 3.12 or 3.13")


def _package(name: str) -> Finding:
    found = _version(name)
    return Finding(name, "ok", found) if found else Finding(name, "wrong", "not installed", f"pip install {name}")


def _version(name: str) -> str:
    """Of an installed package; empty for one that is not. The import costs what every other command would pay for."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _checked(what: str, look: Callable[[], str]) -> Finding:
    """A finding in words, or the error that looking gave: its message says how to mend it."""
    try:
        return Finding(what, "ok", look())
    except KgError as e:
        return Finding(what, "wrong", " ".join(str(e).split()))
    except OSError as e:
        return Finding(what, "wrong", f"{e.filename or what}: {(e.strerror or str(e)).lower()}")


def _model() -> str:
    from kg.nlp.parser import model_path, verify

    path = model_path()
    verify(path)
    return f"{path.name}, the pinned weights"


def _weights() -> str:
    from kg.nlp.score import Scorer

    return f"{len(Scorer.packaged().classes)} relations"


def _catalogue(overlays: list[Path] | None) -> str:
    from kg.actors.catalogue import problems
    from kg.run import cache_directory, open_catalogue

    catalogue = open_catalogue(overlays)
    wrong = problems(catalogue)
    more = f"; {len(wrong)} to look at: kg actors check" if wrong else ""
    return f"{len(catalogue.entries):,} actors, compiled in {cache_directory()}{more}"


def _judgements(path: Path) -> str:
    from kg.actors.judgements import Judgements

    found = Judgements.read(path)
    return f"{len(found.standing)} in {path}" if path.exists() else f"none ({path} is not there)"


def _graph(store: Path | None) -> str:
    from kg.run import open_graph

    with open_graph(store) as graph:
        [row] = graph.read("MATCH (s:Statement) RETURN count(s) AS n")
        return f"{graph.where} answers, with {row['n']:,} statements"


def _space(store: Path | None) -> Finding:
    """Room on the disk where the embedded graph is, or would be."""
    if os.environ.get("NEO4J_URI") and not store:
        return Finding("disk", "ok", "the graph is elsewhere")
    from kg.store.embedded import default_directory

    place = (store or default_directory()).absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    shown = f"{free / 2**30:.1f} GB free at {place}"
    return Finding("disk", "ok" if free > LITTLE else "wrong", shown, "" if free > LITTLE else "free some space")
