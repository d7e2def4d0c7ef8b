"""A time limit for queries on the embedded server, which ignores the one that the driver sends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from neo4j import Session

Sessions = Callable[[], "AbstractContextManager[Session]"]


@contextmanager
def cut_off(text: str, timeout: float, sessions: Sessions) -> Iterator[str]:
    """Give the text to run in place of ``text``, and have the server end it if it runs longer than ``timeout`` seconds.

    The server lists what it runs by text only, so a comment at its end tells this run from the same query elsewhere.
    """
    mark = f"// kg {threading.get_native_id()} {id(object()):x}"
    timer = threading.Timer(timeout, _terminate, (mark, sessions))
    timer.start()
    try:
        yield f"{text}\n{mark}"
    finally:
        timer.cancel()
        timer.join()


def _terminate(mark: str, sessions: Sessions) -> None:
    with sessions() as session:
        for row in session.run("SHOW TRANSACTIONS").data():
            if mark in str(row.get("currentQuery", "")):
                session.run(f"TERMINATE TRANSACTION '{row['transactionId']}'").consume()
