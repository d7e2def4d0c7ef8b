"""What the driver raises, as the errors of ``kg.errors``: one line that says what, where and how to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import AuthFailed, QueryError, StoreError, Unreachable, WriteRefused

# "(line 2, column 18 (offset: 17))" of Neo4j; the embedded server has two ways, and counts columns from 0.
NEO4J_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
ARCADE_PLACES = (
    re.compile(r"^Syntax error at line (?P<line>\d+):(?P<column>\d+) - (?P<what>.*)"),
    re.compile(r"^(?P<what>.*) at line (?P<line>\d+), column (?P<column>\d+)"),
)
REFUSED = ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.Security.Forbidden")
CUT_OFF = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Transaction.Terminated",
)
UNKNOWN = "Neo.DatabaseError.General.UnknownError"
NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"
SERVER = "bolt://host:7687 or neo4j://host:7687"
NO_WRITES = "the query would change the graph; allow it with --write"


@contextmanager
def told(where: str, *, before: int = 0, timeout: float | None = None, write: bool = False) -> Iterator[None]:
    """Raise our errors for the driver's.

    Args:
        where: The server's address, as the user knows it.
        before: Characters that were put before the user's text, to be taken off the place of an error.
        timeout: Seconds that the query was given.
        write: Whether it was allowed to write, as far as we are concerned.

    Raises:
        Unreachable, AuthFailed, WriteRefused, QueryError, StoreError: In place of what the driver raised.
    """
    from neo4j import exceptions as e  # noqa: PLC0415 - keeps the driver out of ``import kg.store``

    try:
        yield
    except e.AuthError as x:
        mend = "set NEO4J_USERNAME and NEO4J_PASSWORD"
        raise AuthFailed(f"{where} refuses the user or the password; {mend}") from x
    except (e.ServiceUnavailable, e.SessionExpired) as x:
        mend = "start the server, or mend NEO4J_URI"
        raise Unreachable(f"no answer from {where} ({_first(str(x))}); {mend}") from x
    except e.ClientError as x:
        raise _client_error(x.code or "", x.message or "", where, before, timeout, write) from x
    except e.Neo4jError as x:
        # The embedded server has no better name for what is wrong with a query when it finds so while it runs it.
        if x.code == UNKNOWN and not _full(x.message):
            raise QueryError(f"Cypher: {position(x.message or '', before)}") from x
        raise StoreError(f"{where}: {_first(x.message or x.code or type(x).__name__)}{_full(x.message)}") from x
    except (e.ConfigurationError, ValueError) as x:
        raise StoreError(f"{where}: {_first(str(x))}; write the address as {SERVER}") from x
    except e.DriverError as x:
        raise StoreError(f"{where}: {_first(str(x)) or type(x).__name__}") from x


def lost(error: Exception) -> bool:
    """Whether the server is gone, as opposed to busy."""
    from neo4j import exceptions as e  # noqa: PLC0415 - keeps the driver out of ``import kg.store``

    return isinstance(error, (e.ServiceUnavailable, e.SessionExpired, ConnectionError, Unreachable))


def retryable(error: Exception) -> bool:
    """Whether trying again may help: a lost connection, or a deadlock."""
    from neo4j import exceptions as e  # noqa: PLC0415 - keeps the driver out of ``import kg.store``

    return lost(error) or (isinstance(error, (e.DriverError, e.Neo4jError)) and error.is_retryable())


def _client_error(  # noqa: PLR0917 - what told() knows
    code: str, message: str, where: str, before: int, timeout: float | None, write: bool
) -> StoreError:
    if code in REFUSED or "in read access mode" in message:
        if write:
            return QueryError(f"{where} does not let this account do that: {_first(message)}")
        return WriteRefused(NO_WRITES)
    if code in CUT_OFF:
        given = f" after {timeout:g} s" if timeout else ""
        return QueryError(f"the query was stopped{given}; ask for less, or give it more time with --timeout")
    if code == NO_DATABASE:
        return StoreError(f"{where} has no such database; set NEO4J_DATABASE")
    return QueryError(f"Cypher: {position(message, before)}")


def position(message: str, before: int = 0) -> str:
    """A server's message in one line, with the place in the user's own text in front."""
    if found := NEO4J_PLACE.search(message):
        line, column = int(found[1]), int(found[2])
        if line <= 1:  # Neo4j says line 0 of what has no place
            column = max(column - before, 1)
        return f"line {max(line, 1)}, column {column}: {_first(message[: found.start()])}"
    for place in ARCADE_PLACES:
        if found := place.search(message):
            return f"line {found['line']}, column {int(found['column']) + 1}: {_first(found['what'])}"
    return _first(message)


def _first(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[0].strip().rstrip(".") if lines else ""


def _full(message: str | None) -> str:
    return "; free some space on its disk" if message and "space left" in message else ""
