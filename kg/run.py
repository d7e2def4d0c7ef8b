"""Runs performed, and what they are performed with: the user's catalogue and graph.

The environment is read here and in ``kg.cli``, and nowhere else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import PipelineError
from kg.places import packaged

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.runfile import Run
    from kg.store import GraphStore, Loaded, Result
    from kg.summary import Summary


def cache_directory() -> Path:
    """Where what can be made again is kept: the cache directory of this kind of system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "kg" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "kg"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg"


def open_catalogue(overlays: Sequence[Path] | None = None) -> Catalogue:
    """The packaged actors, with own directories over them; compiled once and kept.

    Raises:
        CatalogueError: A file breaks the schema.
    """
    from kg.actors.catalogue import load

    directories = [packaged("seeds") / "actors", *(overlays or ())]
    try:
        return load(directories, cache_directory())
    except OSError:  # a home that cannot be written to, or a full disk: slower, and no reason to stop
        return load(directories)


def open_graph(directory: Path | None = None) -> GraphStore:
    """The graph that the user means: an embedded one in a directory, else NEO4J_URI, else the user's own embedded one.

    Raises:
        StoreError: No graph answers there.
    """
    from kg.store import open_store

    uri = "" if directory else os.environ.get("NEO4J_URI", "")
    return open_store(
        uri or None,
        user=os.environ.get("NEO4J_USERNAME", "neo4j") if uri else "",
        password=os.environ.get("NEO4J_PASSWORD", ""),
        database=os.environ.get("NEO4J_DATABASE", ""),
        directory=directory,
    )
