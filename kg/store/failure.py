"""What the driver raises, as the errors of ``kg.errors``: one line that says what, where and how to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import AuthFailed, QueryError, StoreError, Unreachable, WriteRefused

# "(line 2, column 18 (offset: 17))" of Neo4j, "line 1:9" of the embedded server, which counts columns from 0.
NEO4J_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
ARCADE_PLACE = re.compile(r"^Syntax error at line (\d+):(\d+) - ")
REFUSED = ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.Security.Forbidden")
CUT_OFF = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Transaction.Terminated",
)
NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"
NO_WRITES = "the query would change the graph; allow it with --write"


@contextmanager
def told(where: str, *, above: int = 0, timeout: float | None = None) -> Iterator[None]:
    """Raise our errors for the driver's.

    Args:
        where: The server's address, as the user knows it.
        above: Lines that were put above the user's text, to be taken off the position of a syntax error.
        timeout: Seconds that the query was given.

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
        raise _client_error(x.code or "", x.message or "", where, above, timeout) from x
    except e.Neo4jError as x:
        raise StoreError(f"{where}: {_first(x.message or x.code or type(x).__name__)}{_full(x.message)}") from x
    except (e.ConfigurationError, ValueError) as x:
        raise StoreError(f"{where}: {_first(str(x))}; write the address as bolt://host:7687") from x
    except e.DriverError as x:
        raise StoreError(f"{where}: {_first(str(x)) or type(x).__name__}") from x


def lost(error: Exception) -> bool:
    """Whether the server is gone, as opposed to busy."""
    from neo4j import exceptions as e  # noqa: PLC0415 - keeps the driver out of ``import kg.store``

    return isinstance(error, (e.ServiceUnavailable, e.SessionExpired, ConnectionError, Unreachable))


def retryable(error: Exception) -> bool:
    """Whether trying again may help: a lost connection, a deadlock, or two writers that made the same node at once."""
    from neo4j import exceptions as e  # noqa: PLC0415 - keeps the driver out of ``import kg.store``

    if isinstance(error, e.ConstraintError) or lost(error):
        return True
    return isinstance(error, (e.DriverError, e.Neo4jError)) and error.is_retryable()


def _client_error(code: str, message: str, where: str, above: int, timeout: float | None) -> StoreError:
    if code in REFUSED or "in read access mode" in message:
        return WriteRefused(NO_WRITES)
    if code in CUT_OFF:
        given = f" after {timeout:g} s" if timeout else ""
        return QueryError(f"the query was stopped{given}; ask for less, or give it more time with --timeout")
    if code == NO_DATABASE:
        return StoreError(f"{where} has no such database; set NEO4J_DATABASE")
    return QueryError(f"Cypher: {position(message, above)}")


def position(message: str, above: int = 0) -> str:
    """A server's message in one line, with the place in the user's own text in front."""
    if found := NEO4J_PLACE.search(message):
        line, column = int(found[1]) - above, int(found[2])
        text = _first(message[: found.start()])
        return f"line {line}, column {column}: {text}" if line > 0 else text
    if found := ARCADE_PLACE.search(message):
        return f"line {found[1]}, column {int(found[2]) + 1}: {_first(message[found.end() :])}"
    return _first(message)


def _first(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[0].strip().rstrip(".") if lines else ""


def _full(message: str | None) -> str:
    return "; free some space on its disk" if message and "space left" in message else ""
