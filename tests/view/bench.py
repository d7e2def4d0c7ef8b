"""What the page costs, measured in a real browser against the bar: ``python -m tests.view.bench [SIZE …]``.

Figures depend on the machine; two shared cores without a graphics card are what the bar was set for.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from kg.view.data import numbered_blocs
from kg.view.layout import arrange, separation
from kg.view.page import write_page
from kg.view.reduce import cells, pairs_of
from tests.view.browser import launched, opened
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


class Figure(NamedTuple):
    what: str
    value: float
    unit: str
    bar: float
    least: bool = False
    """Whether the bar is a least, not a most."""

    @property
    def met(self) -> bool:
        return self.value >= self.bar if self.least else self.value <= self.bar

    def __str__(self) -> str:
        sign = "≥" if self.least else "≤"
        return f"{'ok ' if self.met else 'NOT'} {self.what:<44} {self.value:8.2f} {self.unit:<3} {sign} {self.bar:g}"


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


def main(sizes: list[int]) -> int:
    with tempfile.TemporaryDirectory() as directory, launched() as browser:
        figures = [f for size in sizes for f in measured(size, browser, Path(directory))]
    sys.stdout.write("\n".join(map(str, figures)) + "\n")
    return 0 if all(f.met for f in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main([int(a) for a in sys.argv[1:]] or [500, 10_000]))
