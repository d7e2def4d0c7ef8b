"""Everything by keyboard: each key that the page lists, and each control that has none, from where Tab leads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.view.browser import until

pytestmark = pytest.mark.browser

# What stands in the list of keys, what is pressed in the drawing, and what then holds.
KEYS = [
    ("/", ["/"], "document.activeElement.matches('#find input')"),
    ("Tab", ["Tab"], "document.activeElement.id === 'closer'"),
    ("← ↑ → ↓", ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"], "/in view$/.test(said.textContent)"),
    ("Enter", ["ArrowRight", "Enter"], "kg.state.a && document.activeElement.matches('#panel h2')"),
    (", and .", [".", ".", ","], "/relation 1 of/.test(said.textContent)"),
    ("E", ["e"], "kg.state.keep.includes(kg.state.a)"),
    ("M", ["m"], "kg.state.open.length === 1"),
    ("P", ["p"], "document.activeElement.matches('#panel .target input')"),
    ("+ − 0", ["+", "+", "-"], "Math.abs(kg.graph.network.getScale() / scale - 1.3) < 0.05"),
    ("Shift + arrows", ["Shift+ArrowRight"], "kg.graph.network.getViewPosition().x > middle.x"),
    ("T", ["t"], "kg.state.view === 'table'"),
    ("C", ["c"], "kg.state.before !== ''"),
    ("L", ["l"], "document.querySelector('#notice').textContent === 'Arranged anew'"),
    ("D", ["d"], "document.documentElement.dataset.theme === 'dark'"),
    ("Esc", ["Enter", "Escape"], "kg.state.a === ''"),
    ("?", ["?"], "document.querySelector('#help').open"),
]
BEGIN = """async () => {
  document.querySelector("#help").close();
  delete document.documentElement.dataset.theme;
  await kg.update(begun);
  kg.graph.fit(true);
  window.scale = kg.graph.network.getScale();
  window.middle = kg.graph.network.getViewPosition();
  window.said = document.querySelector("#said");
  document.activeElement.blur();
}"""


def test_every_key_that_is_listed_is_tried(kept: Page) -> None:
    listed = kept.evaluate("[...document.querySelectorAll('#keys dt')].map((dt) => dt.textContent)")
    assert listed == [shown for shown, _, _ in KEYS]


@pytest.mark.parametrize(("shown", "pressed", "holds"), KEYS, ids=[shown for shown, _, _ in KEYS])
def test_a_key_does_what_the_list_says(kept: Page, shown: str, pressed: list[str], holds: str) -> None:
    kept.evaluate(BEGIN)
    if shown == "M":
        kept.evaluate("kg.pick('TUR')")  # whoever is picked has the cursor
    kept.keyboard.press("Tab")
    kept.locator("#graph").focus()
    for key in pressed:
        kept.keyboard.press(key)
        if key in "+-":
            kept.wait_for_timeout(320)
    until(kept, f"Boolean({holds})")
    kept.evaluate(BEGIN)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(150):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


# Where Tab leads, what is pressed there, and what then holds.
CONTROLS = [
    ("#filters input[type=checkbox]", ["Space"], "kg.state.signs === 'hn'"),
    ("#filters [data-value=actors]", ["Enter"], "kg.state.level === 'actors'"),
    ("#filters input[aria-label='Confidence from']", ["ArrowRight"], "kg.state.confidence === 5"),
    ("#filters input[aria-label='Strongest actors']", ["ArrowLeft"], "kg.state.actors === 35"),
    ("#filters summary", ["Enter"], "document.activeElement.parentElement.open"),
    (".handle[aria-label='First day shown']", ["ArrowRight"], "kg.state.from !== ''"),
    ("#everything", ["Enter"], "true"),
    (".menu summary", ["Enter", "Tab"], "document.activeElement.textContent === 'Picture (PNG)'"),
    ("#panel .row", ["Enter"], "kg.state.b !== ''"),
    ("#theme-button", ["Enter"], "document.documentElement.dataset.theme === 'dark'"),
]


@pytest.mark.parametrize(("where", "pressed", "holds"), CONTROLS, ids=[where for where, _, _ in CONTROLS])
def test_a_control_without_a_key_is_reached_and_used(kept: Page, where: str, pressed: list[str], holds: str) -> None:
    kept.evaluate(BEGIN)
    tab_to(kept, where)
    for key in pressed:
        kept.keyboard.press(key)
    until(kept, f"Boolean({holds})")
    kept.evaluate("document.querySelectorAll('details[open]').forEach((d) => (d.open = false))")
    kept.evaluate(BEGIN)


def test_the_evidence_is_read_by_keyboard_alone(kept: Page) -> None:
    """From the drawing to an actor, a bar of its chart, a relation of its cards, and more cards."""
    kept.evaluate(BEGIN)
    kept.keyboard.press("Tab")
    kept.locator("#graph").focus()
    kept.keyboard.press("Enter")
    until(kept, "document.activeElement.matches('#panel h2')")
    tab_to(kept, ".timeline [role=button]")
    kept.keyboard.press("ArrowRight")
    kept.keyboard.press("Enter")
    until(kept, "document.querySelector('.timeline [aria-pressed=true]')")
    kept.keyboard.press("Enter")
    tab_to(kept, ".chip")
    kept.keyboard.press("Enter")
    until(kept, "document.activeElement.matches('.chip[aria-pressed=true]')")
    kept.keyboard.press("Enter")
    before = kept.locator(".card").count()
    tab_to(kept, ".cards ~ .more")
    kept.keyboard.press("Enter")
    until(kept, f"document.querySelectorAll('.card').length > {before}")
    tab_to(kept, "#panel .close, .card a")


def test_the_table_is_sorted_and_read_by_keyboard(kept: Page) -> None:
    kept.evaluate(BEGIN)
    kept.keyboard.press("t")
    tab_to(kept, "#table thead button")
    kept.keyboard.press("Enter")
    until(kept, "document.querySelector('#table th[aria-sort=ascending]')")
    tab_to(kept, "#table tbody button")
    kept.keyboard.press("Enter")
    until(kept, "kg.state.b !== '' && document.querySelector('.card')")
