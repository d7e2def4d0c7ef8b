"""One graph store over the ``neo4j`` driver, for two servers: a Neo4j, or the embedded one of this package.

Importing this is cheap: the driver is loaded when a store is opened, and what writes when something is written.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.connection import Address
from kg.store.embedded import HEAP, IDLE
from kg.store.graphstore import GraphStore
from kg.store.result import Result

if TYPE_CHECKING:
    from kg.store.batch import Judge
    from kg.store.write import Loaded

__all__ = ["GraphStore", "Judge", "Loaded", "Result", "open_store"]


def open_store(
    uri: str | None = None,
    *,
    user: str = "",
    password: str = "",
    database: str = "",
    directory: Path | None = None,
    heap: str = HEAP,
    idle: float = IDLE,
) -> GraphStore:
    """Connect to a graph; close it, or use it as a context.

    Args:
        uri: A Neo4j server's address, ``bolt://…`` or ``neo4j://…``; without one the embedded server is used, and
            started where it does not run. The environment is the caller's to read.
        user: Account at that server.
        password: Its password.
        database: One of its databases; empty for the account's own.
        directory: Of the embedded server; ``None`` for the user's data directory.
        heap: Java's memory limit for an embedded server that has to be started.
        idle: Seconds without a connection after which that ends by itself.

    Raises:
        Unreachable: Nobody answers at the address.
        AuthFailed: The server refuses the account.
        StoreBusy: The directory is in use by something else.
        StoreError: The embedded server does not start.
    """
    return GraphStore(Address(uri or "", user, password, database, directory, heap, idle))


def __getattr__(name: str) -> object:
    where = {"Judge": "batch", "Loaded": "write"}.get(name)
    if where is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"kg.store.{where}"), name)
