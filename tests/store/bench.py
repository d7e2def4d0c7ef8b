"""Both stores measured in one run, a million statements on Neo4j included: ``python -m tests.store.bench``.

Takes half an hour, 4 GB of memory and 5 GB of disk. Neo4j is brought up as for the tests. The figures of
docs/store.md come from here.
"""

from __future__ import annotations

import argparse
import platform
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from kg.export import neo4j_admin
from kg.store import bench, embedded, open_store
from kg.store.bench import EACH, Measure
from tests.store import servers


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say(measures: Iterable[Measure]) -> None:
    for m in measures:
        tell(f"  {m}")


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall, and of CPU of this process and of those that it starts and waits for."""
    before = _cpu()
    return timed(work), _cpu() - before


def _cpu() -> float:
    mine, theirs = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def on_neo4j(home: Path, statements: int) -> None:
    tell(f"Neo4j {servers.fetch().name}")
    small = servers.bring_up(home / "small", heap="1g", pages="512m")
    try:
        with open_store(small.uri, user=small.user, password=small.password) as store:
            say(bench.incremental(store))
            few = bench.per_article(store, 10_000_000)
    finally:
        small.kill()
    say([Measure("one article more, at 10,000 statements", few)])
    big = home / "big"
    servers.prepare(big, heap="3g", pages="2g")
    rows = statements // EACH
    written = spent(lambda: neo4j_admin.export(bench.synthetic(0, rows), big / "import"))
    made = spent(lambda: sum(len(told) for _, told in bench.synthetic(0, rows)))
    command = shlex.split(neo4j_admin.command())[1:]
    read = spent(lambda: _imported(big, command))
    files = tuple(a - b for a, b in zip(written, made, strict=True))
    say([
        Measure(f"files for neo4j-admin, {statements:,} statements", files[0]),
        Measure("the same", files[1], "CPU-s"),
        Measure("neo4j-admin database import", read[0]),
        Measure("the same", read[1], "CPU-s"),
        Measure("files and import against the import alone", (files[0] + read[0]) / read[0], "×"),
        Measure("the same in CPU-seconds, which neighbours do not stretch", (files[1] + read[1]) / read[1], "×", 1.5),
    ])  # fmt: skip
    server = servers.launch(big)
    try:
        with open_store(server.uri, user=server.user, password=server.password) as store:
            ready = timed(lambda: (store.ensure_schema(), store.query("CALL db.awaitIndexes(900)")))
            many = bench.per_article(store, 10_000_000)
            say([
                Measure("constraints and indexes", ready),
                Measure(f"one article more, at {statements:,} statements", many),
                Measure("that against 10,000 statements", many / few, "×", 1.5),
            ])  # fmt: skip
            say(bench.asking(store))
    finally:
        server.kill()


def on_embedded(directory: Path, statements: int) -> None:
    tell("embedded")
    with open_store(directory=directory, heap="3g") as store:
        say(bench.incremental(store))
        few = bench.per_article(store, 10_000_000)
        done = bench.synthetic(500, max(statements // EACH - 500, 0))
        filled = timed(lambda: store.put_many(done))
        many = bench.per_article(store, 20_000_000)
        say([
            Measure("one article more, at 10,000 statements", few),
            Measure(f"put, up to {statements:,} statements", filled),
            Measure(f"one article more, at {statements:,} statements", many),
            Measure("that against 10,000 statements", many / few, "×", 1.5),
        ])  # fmt: skip
        say(bench.asking(store, target=0.0))
    say(bench.commands(directory))
    embedded.stop(directory)


def _imported(home: Path, command: list[str]) -> None:
    done = servers.admin(home, *command, at=home / "import")
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--neo4j", type=int, default=1_000_000, help="statements on Neo4j; 0 leaves it out")
    parser.add_argument("--embedded", type=int, default=100_000, help="statements on the embedded server; 0: none")
    given = parser.parse_args()
    tell(f"Python {platform.python_version()}, {platform.machine()}, {sys.platform}")
    place = Path(tempfile.mkdtemp(prefix="kg-bench-"))
    try:
        if given.neo4j:
            on_neo4j(place / "neo4j", given.neo4j)
        if given.embedded:
            on_embedded(place / "embedded", given.embedded)
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
