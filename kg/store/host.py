"""The process that holds the embedded server; its arguments are directory, token, heap and idle time.

Started by :func:`kg.store.embedded.start`, never by hand. It keeps ``server.lock`` for its whole life, tells its port
in ``server.json`` once it answers, and ends by itself when nobody has been connected for ``IDLE`` seconds.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any, Final

import arcadedb_embedded
import jpype
from arcadedb_embedded.jvm import start_jvm

from kg.store.embedded import DATABASE, READER
from kg.store.lock import FileLock

BOLT: Final = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"
CONNECTION: Final = "com.arcadedb.bolt.BoltNetworkExecutor"
# A query reads and writes the graph, never the disk or the network of whoever runs the server. The server takes these
# from Java's own settings only.
CONFINED: Final = (
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
    "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
)
READ_ONLY: Final = '{"resultSetLimit":-1,"readTimeout":-1,"access":[],"types":{"*":{"access":["readRecord"]}}}'


def main(arguments: list[str]) -> int:
    """Serve until told to end or idle; the exit code is for the log only, ``server.json`` tells what went wrong."""
    directory, token, heap, idle = Path(arguments[0]), arguments[1], arguments[2], float(arguments[3])
    lock = FileLock(directory / "server.lock")
    if not lock.acquire(timeout=5.0):
        return 3
    try:
        server, port = _start(directory, heap)
    except Exception as e:  # noqa: BLE001 - whatever Java threw is told to who waits for the server
        _publish(directory, {"token": token, "error": str(e).splitlines()[0] if str(e) else type(e).__name__})
        return 1
    over = threading.Event()
    _on_termination(over)
    _publish(directory, {"token": token, "pid": os.getpid(), "port": port, "started": time.time()})
    _wait(directory, over, idle)
    # The state goes first: who reads it must find a server; who finds none starts the next once the lock is free.
    (directory / "server.json").unlink(missing_ok=True)
    server.stop()
    lock.release()
    return 0


def _start(directory: Path, heap: str) -> tuple[Any, int]:
    """The running server and its Bolt port; both its listeners take a free loopback port of the system's choosing."""
    password = (directory / "password").read_text(encoding="ascii")
    crash = f"-XX:ErrorFile={directory / 'log' / 'crash.log'}"
    start_jvm(heap_size=heap, jvm_args=["-XX:+UseSerialGC", crash, *CONFINED])
    server = arcadedb_embedded.create_server(
        root_path=str(directory),
        root_password=password,
        config={
            "host": "127.0.0.1",
            "http_port": 0,
            "bolt_port": 0,
            "server_saltIterations": 1000,
            "server_plugins": BOLT,
        },
    )
    server.start()
    java: Any = server._java_server  # accounts and the chosen port have no Python face
    if java.existsDatabase(DATABASE):
        server.get_database(DATABASE)
    else:
        server.create_database(DATABASE)
    _add_reader(java.getSecurity(), jpype.JClass("com.arcadedb.serializer.json.JSONObject"), password)
    port = next(int(p.getPort()) for p in java.getPlugins() if "Bolt" in str(p.getName()))
    return server, port


def _add_reader(security: Any, json_object: Any, password: str) -> None:
    """An account that can only read: this server does not refuse writes in a session opened for reading."""
    if security.existsUser(READER):
        return
    security.saveGroup("*", READER, json_object(READ_ONLY))
    user = json_object().put("name", READER).put("password", security.encodePassword(password))
    security.createUser(user.put("databases", json_object('{"*":["reader"]}')))


def _on_termination(over: threading.Event) -> None:
    """Stop in good order on SIGTERM; set after Java has started, which installs its own handler."""

    def end(number: int, frame: FrameType | None) -> None:
        over.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def _publish(directory: Path, state: dict[str, Any]) -> None:
    part = directory / "server.json.part"
    part.write_text(json.dumps(state), encoding="utf-8")
    part.replace(directory / "server.json")


def _wait(directory: Path, over: threading.Event, idle: float) -> None:
    """Return when told to end, or when nobody was connected for ``idle`` seconds and nobody is about to connect."""
    last = asked = time.monotonic()
    # Short naps: a signal that reaches one of Java's threads does not wake Python's main thread.
    while not over.wait(0.2):
        now = time.monotonic()
        if now - asked < min(5.0, idle / 4):
            continue
        asked = now
        if _connections():
            last = now
        elif now - last > idle:
            starting = FileLock(directory / "start.lock")
            if starting.acquire():  # else a client is just being told where to connect
                (directory / "server.json").unlink(missing_ok=True)
                starting.release()
                return


def _connections() -> int:
    """Open Bolt connections, each of which has a thread of its own."""
    threads = jpype.JClass("java.lang.Thread").getAllStackTraces().keySet()
    return sum(str(t.getClass().getName()) == CONNECTION for t in threads)
