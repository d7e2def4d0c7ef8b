"""Real servers for the tests: the embedded one, and a Neo4j that is given by ``NEO4J_URI`` or brought up here.

Without ``NEO4J_URI`` Neo4j comes from Maven Central (``tests/neo4j-server/pom.xml``), once, into ``.cache/neo4j``. Java
or Maven missing is a failure that says so, never a skip: a suite that passed on one server only has proved little.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from kg.store.lock import FileLock

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "tests" / "neo4j-server"
CACHE = ROOT / ".cache" / "neo4j"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
JAVA_OPTIONS = (
    "-XX:+UseSerialGC",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)
# Tests ask each thing once; code that is compiled well for the next thousand times costs them half of their time.
BRIEF = "-XX:TieredStopAtLevel=1"


@dataclass
class Neo4j:
    """A Neo4j for tests. ``home`` is set when it is ours to stop and start, ``brief`` when it serves for minutes."""

    uri: str
    user: str
    password: str
    home: Path | None = None
    brief: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def kill(self) -> None:
        """As ``kill -9`` does."""
        assert self.process, "only a Neo4j that the tests started is theirs to kill"
        self.process.kill()
        self.process.wait(60)
        self.process = None

    def start(self) -> None:
        """Start it again on its data and port."""
        assert self.home
        self.process = _run(self.home, self.brief)
        _await(self)


def given() -> Neo4j | None:
    """The server that the environment names."""
    uri = os.environ.get("NEO4J_URI")
    if not uri:
        return None
    return Neo4j(uri, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))


def bring_up(home: Path, *, heap: str = "768m", pages: str = "256m", brief: bool = False) -> Neo4j:
    """A fresh Neo4j in a directory, with a random password, on a free loopback port."""
    prepare(home, heap=heap, pages=pages)
    return launch(home, brief=brief)


def prepare(home: Path, *, heap: str = "768m", pages: str = "256m") -> None:
    """Lay out a server's directory without starting it, as a bulk import needs it."""
    fetched = fetch()
    for name in ("data", "logs", "run", "import", "plugins", "conf"):
        (home / name).mkdir(parents=True, exist_ok=True)
    (home / "lib").symlink_to(fetched)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    conf = (RECIPE / "conf" / "neo4j.conf").read_text(encoding="utf-8")
    conf = conf.replace("@BOLT@", str(port)).replace("@HEAP@", heap).replace("@PAGES@", pages)
    (home / "conf" / "neo4j.conf").write_text(conf, encoding="utf-8")


def launch(home: Path, *, brief: bool = False) -> Neo4j:
    """Start a server that :func:`prepare` laid out, and give it a password of its own."""
    port = re.search(r"127\.0\.0\.1:(\d+)", (home / "conf" / "neo4j.conf").read_text(encoding="utf-8"))
    assert port
    server = Neo4j(f"bolt://127.0.0.1:{port[1]}", "neo4j", "neo4j", home, brief, _run(home, brief))
    try:
        _await(server)
        password = secrets.token_urlsafe(16)
        _change_password(server, password)
        server.password = password
    except BaseException:
        server.kill()
        raise
    return server


def admin(home: Path, *arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Run ``neo4j-admin`` in a directory, on a server that is not running."""
    command = [java(), "-Xmx2g", *JAVA_OPTIONS, "-cp", f"{home}/lib/*", "org.neo4j.cli.AdminTool", *arguments]
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    return subprocess.run(command, env=environment, cwd=at, capture_output=True, text=True, check=False, timeout=900)


def fetch() -> Path:
    """The directory of Neo4j's jars, fetched at the first call and kept."""
    version = re.search(r"<neo4j.version>([\d.]+)<", (RECIPE / "pom.xml").read_text(encoding="utf-8"))
    assert version
    jars = CACHE / version[1]
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "fetch.lock") as lock:
        assert lock.acquire(600), "another test run has been fetching Neo4j for ten minutes"
        if not jars.is_dir():
            part = jars.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            maven = shutil.which("mvn")
            assert maven, "Maven is missing; install it, or set NEO4J_URI to a Neo4j 5 that the tests may empty"
            command = [maven, "-q", "-B", "-f", str(RECIPE / "pom.xml"), PLUGIN, f"-DoutputDirectory={part}"]
            done = subprocess.run([*command, "-DincludeScope=runtime"], capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"Maven could not fetch Neo4j: {done.stdout[-2000:]}"
            part.rename(jars)
    return jars


def java() -> str:
    home = os.environ.get("JAVA_HOME")
    found = f"{home}/bin/java" if home else shutil.which("java")
    assert found, "Java 17 or 21 is missing; install it, or set NEO4J_URI to a Neo4j 5 that the tests may empty"
    return found


def _run(home: Path, brief: bool) -> subprocess.Popen[bytes]:
    memory = re.search(r"heap.max_size=(\w+)", (home / "conf" / "neo4j.conf").read_text(encoding="utf-8"))
    assert memory
    command = [
        java(),
        f"-Xmx{memory[1]}",
        *JAVA_OPTIONS,
        *([BRIEF] if brief else []),
        "-cp",
        f"{home}/lib/*",
        "org.neo4j.server.CommunityEntryPoint",
    ]
    with (home / "logs" / "console.log").open("ab") as log:
        return subprocess.Popen(
            [*command, f"--home-dir={home}", f"--config-dir={home / 'conf'}"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip


def _await(server: Neo4j, patience: float = 120.0) -> None:
    assert server.home and server.process
    host, port = server.uri.removeprefix("bolt://").split(":")
    deadline = time.monotonic() + patience
    log = server.home / "logs" / "console.log"
    while time.monotonic() < deadline:
        assert server.process.poll() is None, f"Neo4j ended at once: {log.read_text(errors='replace')[-2000:]}"
        try:
            socket.create_connection((host, int(port)), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"Neo4j did not answer within {patience:.0f} s; see {log}")


def _change_password(server: Neo4j, password: str) -> None:
    import neo4j

    text = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query(text, old=server.password, new=password, database_="system")
