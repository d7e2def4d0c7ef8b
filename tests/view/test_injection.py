"""No text of an article, an actor or an address runs as script, wherever the page shows it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from kg.view.page import write_page
from kg.view.quick import show
from tests.view.conftest import Watched
from tests.view.evil import ATTACKS, evil

pytestmark = pytest.mark.browser

EVERYWHERE = """async () => {
  const rest = () => new Promise((done) => setTimeout(done, 60));
  const [a, b] = kg.view.ids;
  for (const act of [
    () => kg.pick(a), () => kg.pickPair(a, b), () => kg.update({ b: "", way: b }), () => kg.clear(),
    () => kg.update({ level: "actors" }), () => kg.pick(kg.view.ids[2]), () => kg.expand(kg.view.ids[1]),
    () => kg.open(kg.view.ids[0]),
    () => kg.clear(), () => kg.toggleChanges(), () => kg.update({ before: "", after: "" }),
    () => kg.update({ view: "table" }), () => kg.update({ view: "graph", noPublishers: [] }),
  ]) {
    await act();
    await rest();
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    document.querySelector(".timeline [role=button]")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await rest();
  }
  for (const text of ["<", "script", "img"]) {
    const field = document.querySelector("#find input");
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    await rest();
  }
  const box = document.querySelector("#graph");
  for (const id of kg.view.ids) {
    const { x, y } = kg.graph.screenOf(id);
    const at = box.getBoundingClientRect();
    box.dispatchEvent(new MouseEvent("mousemove", { clientX: at.left + x, clientY: at.top + y, bubbles: true }));
  }
  return window.hit ?? 0;
}"""
TAGS = "img, iframe, object, embed, script[src], link, base, form, [onerror], [onload], [onfocus], [onclick]"
FOREIGN = f"document.querySelectorAll('{TAGS}').length"


def survived(page: Page) -> None:
    """Go everywhere and see that nothing ran and nothing came in."""
    assert page.evaluate(EVERYWHERE) == 0
    assert page.evaluate(FOREIGN) == 0
    for address in page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)"):
        assert address.startswith(("http:", "https:", "file:")), address


@pytest.fixture
def attacked(watched: Watched, tmp_path: Path) -> Page:
    rows = evil()
    write_page(
        [s for _, s in rows], {a.id: a for a, _ in rows}.values(), tmp_path / "evil.html", title=" ".join(ATTACKS)
    )
    return watched.open((tmp_path / "evil.html").as_uri())


def test_offline_nothing_runs(attacked: Page) -> None:
    survived(attacked)


def test_an_attack_in_the_address_does_nothing(watched: Watched, tmp_path: Path) -> None:
    rows = evil()
    write_page([s for _, s in rows], [], tmp_path / "evil.html")
    for key in ("a", "way", "keep", "open", "noPublishers", "from", "level"):
        watched.page.goto("about:blank")  # another hash alone would not open it anew
        page = watched.open(
            f"{(tmp_path / 'evil.html').as_uri()}#{key}=%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E&a=x"
        )
        assert page.evaluate("window.hit ?? 0") == 0
        assert page.evaluate(FOREIGN) == 0


def test_what_is_taken_away_is_clean(attacked: Page) -> None:
    texts = {}
    for name in ("SVG", "CSV", "GEXF"):
        attacked.locator(".menu summary").click()
        with attacked.expect_download() as told:
            attacked.get_by_role("button", name=f"({name})").click()
        texts[name] = Path(told.value.path()).read_text(encoding="utf-8")
    for name in ("SVG", "GEXF"):
        for element in ElementTree.fromstring(texts[name]).iter():
            assert not element.tag.endswith(("script", "img", "iframe"))
            assert not [a for a in element.attrib if a.startswith("on")]
    cells = [cell for row in csv.reader(io.StringIO(texts["CSV"])) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_the_quick_graph_runs_nothing_and_asks_for_nothing(watched: Watched, tmp_path: Path) -> None:
    (tmp_path / "quick.html").write_text(show(s for _, s in evil()), encoding="utf-8", errors="replace")
    page = watched.page
    page.goto((tmp_path / "quick.html").as_uri())
    page.wait_for_selector("canvas")
    for x in range(100, 1300, 150):
        for y in range(60, 560, 120):
            page.mouse.move(x, y)
            page.mouse.click(x, y)
    page.wait_for_timeout(400)
    assert page.evaluate("window.hit ?? 0") == 0
    assert watched.requests == []
    assert page.evaluate("document.querySelectorAll('img, iframe, h1, script[src], link').length") == 0


def test_a_notebook_frames_the_quick_graph() -> None:
    framed = show(s for _, s in evil())._repr_html_()
    assert framed.startswith("<iframe ")
    assert 'sandbox="allow-scripts"' in framed
    assert "<script" not in framed
