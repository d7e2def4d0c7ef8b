"""The embedded server: found if it runs on a directory, started if not, shared by every command that asks.

The directory holds everything: the databases, ``password`` (0600), ``server.json`` (where the server answers, while it
does), ``server.lock`` (held by the server's process), ``start.lock`` (held by who starts it), ``server.log``.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreBusy, StoreError
from kg.store.lock import FileLock

DATABASE = "kg"
READER = "reader"
HEAP = "1g"
IDLE = 600.0
PATIENCE = 60.0
# Runs kg/store/host.py from where this package was imported, installed or not.
BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from kg.store.host import main; sys.exit(main(sys.argv[1:]))"
PACKAGES = str(Path(__file__).parents[2])
OTHERWISE = "end it, or use another directory"
# The words by which the server says that another program has its files open.
HELD = ("locked by another process", "LockException", "overlapping")


@dataclass(frozen=True, slots=True)
class Server:
    """A running embedded server. ``started`` is in seconds since 1970."""

    directory: Path
    pid: int
    port: int
    started: float
    token: str

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        return (self.directory / "password").read_text(encoding="ascii")


def default_directory() -> Path:
    """Where the graph is kept unless the user says: the data directory of this kind of system."""
    home = Path.home()
    if sys.platform == "win32":
        return home / "AppData" / "Local" / "kg" / "graph"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "kg" / "graph"
    return home / ".local" / "share" / "kg" / "graph"


def find(directory: Path) -> Server | None:
    """The server that runs on the directory, ``None`` without one. Cheap: nothing is started or waited for."""
    server = _server(directory, _state(directory))
    if server is None or not FileLock(directory / "server.lock").held() or not _answers(server.port):
        return None
    return server


def start(directory: Path | None = None, *, heap: str = HEAP, idle: float = IDLE, patience: float = PATIENCE) -> Server:
    """The server of a directory, started if it does not run. Two callers at once get the same one.

    Args:
        directory: Where the graph is; made if it is not there.
        heap: Java's memory limit, such as "1g"; ignored when the server runs already.
        idle: Seconds without a connection after which it ends by itself.
        patience: Seconds to wait for another process's start or stop, and for our own.

    Raises:
        StoreBusy: Something that is not ours has the directory.
        StoreError: The directory cannot be written, or the server does not start.
    """
    directory = (directory or default_directory()).absolute()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if server := find(directory):
            return server
        with FileLock(directory / "start.lock") as starting:
            if not starting.acquire(patience):
                raise StoreBusy(f"{directory}: another command is still starting its server; {OTHERWISE}")
            return find(directory) or _launch(directory, heap, idle, patience)
    except OSError as e:
        raise StoreError(f"{directory}: {_plainly(e)}; free some space or use another directory") from e


def stop(directory: Path | None = None, *, patience: float = PATIENCE) -> bool:
    """End the server of a directory in good order; whether one ran.

    Raises:
        StoreBusy: It did not end in time.
    """
    directory = (directory or default_directory()).absolute()
    server = find(directory) if directory.is_dir() else None
    if server is None:
        return False
    os.kill(server.pid, signal.SIGTERM)
    with FileLock(directory / "server.lock") as lock:
        if not lock.acquire(patience):
            raise StoreBusy(
                f"{directory}: process {server.pid} did not end within {patience:.0f} s; see server.log there"
            )
    return True


def _launch(directory: Path, heap: str, idle: float, patience: float) -> Server:
    with FileLock(directory / "server.lock") as lock:
        # A server that is just ending frees it in a second or two, on a busy machine in some more.
        if not lock.acquire(min(patience, 30.0)):
            pid = _state(directory).get("pid", "unknown")
            raise StoreBusy(f"{directory}: held by process {pid}, which does not answer; {OTHERWISE}")
    (directory / "server.json").unlink(missing_ok=True)  # left by a crash
    import secrets  # noqa: PLC0415 - whoever finds a server needs none

    _keep_password(directory / "password")
    token = secrets.token_hex(8)
    log = directory / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", BOOT, PACKAGES, str(directory), token, heap, str(idle)],
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=directory, start_new_session=True,
        )  # fmt: skip
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        state = _state(directory)
        if state.get("token") == token:
            if "error" in state:
                process.wait()
                raise _failure(directory, str(state["error"]))
            # The child outlives us by design; without this Python warns that nobody waited for it.
            process.returncode = 0
            if server := _server(directory, state):
                return server
        if process.poll() is not None:
            raise _failure(directory, _last_line(log))
        time.sleep(0.02)
    process.kill()
    process.wait()
    raise StoreError(f"{directory}: the server did not start within {patience:.0f} s; see {log}")


def _failure(directory: Path, said: str) -> StoreError:
    if any(words in said for words in HELD):
        return StoreBusy(f"{directory}: its databases are open in another program; {OTHERWISE}")
    return StoreError(f"{directory}: the embedded server did not start: {said or 'no reason'}; see server.log there")


def _keep_password(path: Path) -> None:
    """Make the password once; the server hashes it into its own files at its first start."""
    import secrets  # noqa: PLC0415 - as above

    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_urlsafe(24).encode("ascii"))
    except OSError:
        path.unlink()
        raise
    finally:
        os.close(handle)


def _state(directory: Path) -> dict[str, str | int | float]:
    """What ``server.json`` says; empty when it is missing or torn."""
    try:
        found = json.loads((directory / "server.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _server(directory: Path, state: dict[str, str | int | float]) -> Server | None:
    try:
        return Server(directory, int(state["pid"]), int(state["port"]), float(state["started"]), str(state["token"]))
    except (KeyError, ValueError):
        return None


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0):
            return True
    except OSError:
        return False


def _plainly(e: OSError) -> str:
    if e.errno == errno.ENOSPC:
        return "no space left on the disk"
    if e.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "may not be written by this user"
    return (e.strerror or str(e)).lower()


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else ""
