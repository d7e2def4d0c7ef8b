"""The rules of axe-core, in every state of the page, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.view.conftest import Watched

pytestmark = pytest.mark.browser

STATES = {
    "beginning": "kg.clear()",
    "actor": "kg.pick('TUR')",
    "pair": "kg.pickPair('IRN', 'RUS')",
    "path": "kg.update({ a: 'PRK', way: 'DEU' })",
    "changes": "kg.toggleChanges()",
    "table": "kg.update({ view: 'table' })",
    "nothing": "kg.update({ signs: '' })",
    "keys": "kg.help()",
    "filters": "[...document.querySelectorAll('#filters details')].forEach((d) => (d.open = true))",
}


BACK = "document.querySelector('#help').close(); kg.update({ a: '', b: '', way: '', before: '', view: 'graph', signs: 'fhn' })"


def broken(page: Page) -> list[tuple[str, list[object]]]:
    """The rules that are broken, and where."""
    page.wait_for_timeout(350)
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_is_broken(watched: Watched, small: str, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = watched.open(small)
    for state, act in STATES.items():
        page.evaluate(act)
        assert broken(page) == [], state
        page.evaluate(BACK)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_is_broken_on_a_phone(watched: Watched, small: str, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(small)
    for state, act in STATES.items():
        page.evaluate(act)
        wide = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        assert wide <= 390, f"{state} scrolls sideways"
        if state in ("beginning", "pair", "changes"):
            assert broken(page) == [], state
        page.evaluate(BACK)
    page.evaluate("kg.toggle('filters')")
    assert broken(page) == []
