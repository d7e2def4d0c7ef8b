"""A connection that outlives the server's hiccups: opened once, tried again when it is lost."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from kg.errors import StoreBusy, StoreError
from kg.store import driver, embedded
from kg.store.failure import SERVER, lost, retryable, told
from kg.store.lock import FileLock

if TYPE_CHECKING:
    from neo4j import Driver, Session

    from kg.store.write import Tx

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("kg.store")

SCHEME: Final = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://\S")
PATIENCE: Final = 60.0
# A server that is killed under a load has its log to read before it answers; on a busy machine that takes minutes.
LOADING: Final = 300.0
FIRST_WAIT: Final = 0.1
LONGEST_WAIT: Final = 5.0
TURN: Final = 600.0
# Two loaders that make the same node at once: the second finds it at the next try, so a few tries tell a real clash.
# Neo4j calls that a constraint, the embedded server all sorts of things, such as "Record #5:3 not found".
CLASHES: Final = 8


@dataclass(frozen=True, slots=True)
class Address:
    """Where a graph is. Without ``uri`` it is the embedded server's in ``directory``."""

    uri: str = ""
    user: str = ""
    password: str = ""
    database: str = ""
    directory: Path | None = None
    heap: str = embedded.HEAP
    idle: float = embedded.IDLE


class Connection:
    """Sessions on a server, for reading and for writing.

    On the embedded server these are two accounts: it does not refuse writes in a session opened for reading, but it
    refuses them to an account that may only read.
    """

    def __init__(self, address: Address) -> None:
        driver.load()
        self.address = address
        self.embedded = not address.uri
        self.where = address.uri or f"the embedded graph in {address.directory or embedded.default_directory()}"
        self._drivers: dict[bool, Driver] = {}
        self._token = ""
        if address.uri and not SCHEME.match(address.uri):
            raise StoreError(f"{address.uri!r} is not a server's address; write it as {SERVER}")
        with told(self.where):
            self._open()

    def close(self) -> None:
        for opened in self._drivers.values():
            opened.close()
        self._drivers.clear()

    @contextmanager
    def session(self, write: bool) -> Iterator[Session]:
        from neo4j import READ_ACCESS, WRITE_ACCESS  # noqa: PLC0415 - keeps ``import kg.store`` cheap

        database = embedded.DATABASE if self.embedded else self.address.database or None
        mode = WRITE_ACCESS if write else READ_ACCESS
        with self._driver(write).session(database=database, default_access_mode=mode) as session:
            yield session

    def write(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do work in one transaction, again from its start where that may help. It must stand being done twice."""

        def once() -> T:
            with self.turn(), self.session(write=True) as session, session.begin_transaction() as tx:
                done = work(tx, *args, **kwargs)
                tx.commit()
                return done

        return self.retrying(once, writes=True)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn to write to the embedded server; Neo4j orders its writers itself.

        The embedded server does so by refusing all but one at their commit, or with errors on what they both make.

        Raises:
            StoreBusy: Another process has been writing for ten minutes.
        """
        if not self.embedded:
            yield
            return
        directory = self.address.directory or embedded.default_directory()
        with FileLock(directory / "write.lock") as lock:
            if not lock.acquire(TURN):
                raise StoreBusy(
                    f"{self.where}: another command has been writing for ten minutes; end it, or wait for it"
                )
            yield

    def retrying(self, work: Callable[[], T], *, writes: bool = False) -> T:
        """Do work, again and more and more slowly while the server is lost or busy with another writer.

        Args:
            work: To be done, perhaps more than once.
            writes: Whether it is a transaction of our own, whose texts are known to be right.

        Raises:
            Unreachable, StoreError: It stayed so for a minute, or for five where something is to be written.
        """
        from neo4j.exceptions import ClientError, ConstraintError, DriverError, Neo4jError  # noqa: PLC0415 - as above

        started, clashes, patience = time.monotonic(), 0, LOADING if writes else PATIENCE
        # Two writers in each other's way must not come back in step, and nothing here may be random.
        wait = FIRST_WAIT * (1 + os.getpid() % 10 / 10)
        with told(self.where):
            while True:
                try:
                    return work()
                except (DriverError, Neo4jError, ConnectionError, StoreError) as e:
                    clash = writes and isinstance(e, ClientError if self.embedded else ConstraintError)
                    gone = self.embedded and (lost(e) or self._ended())
                    clashes += clash
                    over = time.monotonic() + wait - started > patience or clashes > CLASHES
                    if over or not (clash or gone or retryable(e)):
                        raise
                    log.warning("%s: %s; trying again in %.1f s", self.where, _short(e), wait)
                    time.sleep(wait)
                    wait = min(2 * wait, LONGEST_WAIT)
                    if gone:
                        self.close()  # the server may have come back on another port

    def _ended(self) -> bool:
        """Whether the embedded server that we know is not the one that runs now.

        One that ends in good order takes its accounts and databases away before it closes connections: what is asked
        then fails in all sorts of ways.
        """
        running = embedded.find((self.address.directory or embedded.default_directory()).absolute())
        return running is None or running.token != self._token

    def _open(self) -> None:
        """Fail at once where nobody answers or the password is wrong."""
        try:
            self._driver(False).verify_connectivity()
        except BaseException:
            self.close()
            raise

    def _driver(self, write: bool) -> Driver:
        role = write and self.embedded  # elsewhere one account does both
        if role not in self._drivers:
            self._drivers[role] = self._make(role)
        return self._drivers[role]

    def _make(self, root: bool) -> Driver:
        from neo4j import GraphDatabase  # noqa: PLC0415 - as above

        a = self.address
        uri, user, password = a.uri, a.user, a.password
        if self.embedded:
            server = embedded.start(a.directory, heap=a.heap, idle=a.idle)
            self._token = server.token
            uri, user, password = server.uri, "root" if root else embedded.READER, server.password
        return GraphDatabase.driver(
            uri,
            auth=(user, password) if user or password else None,
            connection_timeout=10.0,
            max_transaction_retry_time=0.0,
            notifications_min_severity="OFF",
            user_agent="kg",
        )


def _short(e: Exception) -> str:
    lines = str(getattr(e, "message", None) or e).splitlines()
    return lines[0] if lines else type(e).__name__
