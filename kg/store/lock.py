"""A lock on a file that the operating system frees when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

POLL = 0.01


class FileLock:
    """An exclusive lock between processes. Holding it is the proof of life that no state file can give.

    A process id in a file goes stale with a crash and is given to another program later; a lock does neither.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self, timeout: float = 0.0) -> bool:
        """Whether the lock was had within ``timeout`` seconds; 0 asks once.

        Raises:
            OSError: The file cannot be made or opened.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + timeout
        while not _try(handle):
            if time.monotonic() >= deadline:
                os.close(handle)
                return False
            time.sleep(POLL)
        self._handle = handle
        return True

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)  # closing frees the lock
            self._handle = None

    def held(self) -> bool:
        """Whether some process, perhaps this one, holds it now."""
        if self._handle is not None:
            return True
        if self.acquire():
            self.release()
            return False
        return True

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
