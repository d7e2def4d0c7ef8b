"""What the page costs, measured in a real browser against the bar: ``python -m tests.view.bench [SIZE …]``.

``--live N`` measures the live page over N statements, on Neo4j and on the embedded server; a million take half an hour.
Figures depend on the machine; two shared cores without a graphics card are what the bar was set for.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from kg.view.data import numbered_blocs
from kg.view.layout import arrange, separation
from kg.view.page import write_page
from kg.view.reduce import cells, pairs_of
from tests.server.bench import live
from tests.view.browser import launched, opened
from tests.view.figure import Figure
from tests.view.synthetic import statements

FRAMES = """async (kind) => {
  const { network } = kg.graph;
  const [start, scale] = [network.getViewPosition(), network.getScale()];
  let frames = 0;
  const began = performance.now();
  while (performance.now() - began < 3000) {
    await new Promise(requestAnimationFrame);
    const turn = (performance.now() - began) / 300;
    if (kind === "pan") network.moveTo({ position: { x: start.x + 150 * Math.sin(turn), y: start.y + 90 * Math.cos(turn) }, scale });
    else network.moveTo({ position: start, scale: scale * (1 + 0.4 * Math.sin(turn)) });
    frames++;
  }
  network.moveTo({ position: start, scale });
  return (frames * 1000) / (performance.now() - began);
}"""
FILTER = """async (patch) => {
  const began = performance.now();
  await kg.update(patch);
  await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""


def measured(size: int, browser: Browser, directory: Path) -> list[Figure]:
    """All figures for a graph of this many actors, with four statements an actor."""
    rows = list(statements(size, 4 * size))
    path = directory / f"{size}.html"
    write_page([s for _, s in rows], {a.id: a for a, _ in rows}.values(), path)
    pairs = pairs_of(cells(s for _, s in rows))
    ids = sorted({i for ends in pairs for i in ends})
    blocs = numbered_blocs(pairs)
    began = time.process_time()
    places = arrange(ids, list(pairs.values()), {i: b for i, b in blocs.items() if b >= 0})
    layout = time.process_time() - began
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    began = time.perf_counter()
    opened(page, path.as_uri())
    paint = time.perf_counter() - began
    name = f"{size:,} actors: "
    figures = [
        Figure(name + "file", path.stat().st_size / 1e6, "MB", 1.2 if size <= 500 else 10),
        Figure(name + "first view drawn", paint, "s", 2),
        Figure(name + "layout of all, CPU", layout, "s", 6),
        Figure(name + "friends and foes apart", separation(places, list(pairs.values())), "", 0.8, True),
        *_moved(page, name),
    ]
    page.close()
    return figures


def _moved(page: Page, name: str) -> list[Figure]:
    patches = (
        {"confidence": 60},
        {"from": "2018-01-01", "to": "2020-12-31"},
        {"signs": "h"},
        {"noPublishers": ["Northern Wire"]},
    )
    filters = []
    for patch in patches:
        filters.append(page.evaluate(FILTER, patch))
        page.evaluate(FILTER, {"confidence": 0, "from": "", "to": "", "signs": "fhn", "noPublishers": []})
    page.evaluate(FILTER, {"actors": 300, "ties": 700})
    page.wait_for_timeout(500)
    shown = page.evaluate("kg.view.ids.length")
    return [
        Figure(name + "slowest of four filters", max(filters), "ms", 200),
        Figure(name + f"pan, {shown} in view", page.evaluate(FRAMES, "pan"), "fps", 50, True),
        Figure(name + f"zoom, {shown} in view", page.evaluate(FRAMES, "zoom"), "fps", 40, True),
    ]


def figures(sizes: list[int], statements: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as directory, launched() as browser:
        for size in sizes:
            yield from measured(size, browser, Path(directory))
        if statements:
            yield from live(statements, browser)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", help="actors of offline pages; 500 and 10,000 without --live")
    parser.add_argument("--live", type=int, default=0, metavar="N", help="statements of live graphs")
    given = parser.parse_args()
    met = True
    for figure in figures(given.sizes or ([] if given.live else [500, 10_000]), given.live):
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
        met &= figure.met
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
