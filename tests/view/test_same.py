"""The browser, the offline builder and the server count alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from kg.server.choice import choice
from kg.server.find import search
from kg.server.views import Views
from kg.view.bins import bins_of
from kg.view.caption import caption
from kg.view.model import View
from kg.view.reduce import cells, pairs_of, reduce
from tests.server.rows import columns_of
from tests.view.browser import opened
from tests.view.conftest import WIDE, offline
from tests.view.synthetic import statements

pytestmark = pytest.mark.browser

ROWS = list(statements(300, 1500))
PAIR = (
    "a",
    "b",
    "friendly",
    "hostile",
    "neutral",
    "plus",
    "minus",
    "forward",
    "backward",
    "relations",
    "first",
    "last",
)

FILTERS: list[dict[str, Any]] = [
    {},
    {"level": "actors"},
    {"confidence": 70, "actors": 80, "ties": 300},
    {"from": "2018-03-04", "to": "2020-09-10"},
    {"statuses": ["actual", "intended", "negated"]},
    {"signs": "h"},
    {"signs": "fn", "statuses": ["negated", "actual"]},
    {"noRelations": ["ATTACKS", "CONSULTS"], "noPublishers": ["Levant Daily"]},
    {"noTypes": ["State"]},
    {"open": ["TUR", "USA"], "keep": ["PER-ERDOGAN"]},
    {"statuses": []},
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return offline(tmp_path_factory.mktemp("same") / "page.html", 300, 1500)


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page that all comparisons use."""
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    found = opened(context.new_page(), address)
    found.evaluate("window.begun = { ...kg.state }")
    yield found
    context.close()


@pytest.fixture(scope="module")
def served() -> Views:
    return Views(columns_of(ROWS))


# The modules are sealed: how the browser cuts a span is seen through the view of a page with just these dates.
BINS = """([first, last]) => {
  const { data } = kg.source;
  const kept = [data.first, data.last];
  [data.first, data.last] = [first, last];
  return kg.source.view(kg.state).then(({ bins }) => {
    [data.first, data.last] = kept;
    return bins;
  });
}"""


def drawn(page: Page) -> dict[str, Any]:
    """What the browser counts."""
    found: dict[str, Any] = page.evaluate(
        "({ ids: kg.view.ids, pairs: kg.view.pairs, totals: kg.view.totals, bins: kg.view.bins, histogram: kg.view.histogram,"
        " undated: kg.view.undated, weight: Object.fromEntries(kg.view.ids.map((id) => [id, kg.view.weight.get(id)])) })"
    )
    return found


def plain(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: p[k] for k in PAIR} for p in pairs]


@pytest.mark.parametrize("patch", FILTERS, ids=lambda p: " ".join(p) or "none")
def test_the_server_counts_as_the_browser_does(page: Page, served: Views, patch: dict[str, Any]) -> None:
    page.evaluate("patch => kg.update({ ...begun, ...patch })", patch)
    here = drawn(page)
    said = {k: (v or [""]) if isinstance(v, list) else [str(v)] for k, v in patch.items()}
    there = served.view(choice(said))
    for key in ("ids", "totals", "bins", "histogram", "undated", "weight"):
        assert there[key] == here[key], key
    assert plain(there["pairs"]) == plain(here["pairs"])
    assert urlencode(said, doseq=True) or not patch


def test_the_builder_counts_as_the_browser_does(page: Page) -> None:
    page.evaluate("kg.update(begun)")
    view: View = reduce(pairs_of(cells(s for _, s in ROWS)))
    here = drawn(page)
    assert list(view.ids) == here["ids"]
    assert [(p.a, p.b, p.plus, p.minus) for p in view.shown] == [
        (p["a"], p["b"], p["plus"], p["minus"]) for p in here["pairs"]
    ]
    names = {a.id: a.name for _, s in ROWS for a in (s.source.actor, s.target.actor)}
    assert caption(view, names) == page.locator("#caption").inner_text()


def test_blocs_are_the_same(page: Page, served: Views) -> None:
    page.evaluate("kg.update(begun)")
    for level in ("sides", "actors"):
        here = page.evaluate(
            "level => Object.fromEntries(kg.source.data.actors.id.map((id) => [id, kg.source.bloc(id, level)]))", level
        )
        there = served.blocs(level)  # type: ignore[arg-type]
        assert {i: b for i, b in here.items() if b >= 0} == {i: b for i, b in there.items() if b >= 0}


def test_paths_searches_neighbours_changes_and_evidence_are_the_same(page: Page, served: Views) -> None:
    page.evaluate("kg.update(begun)")
    for a, b in (("TUR", "PRK"), ("TUR", "TUR"), ("TUR", "NOBODY"), ("YPG", "JPN")):
        here = page.evaluate("([a, b]) => kg.source.path(kg.state, a, b)", [a, b])
        assert plain(served.path(choice({}), a, b)["pairs"]) == plain(here), (a, b)
    for text in ("tur", "erdogan", "US", "people's", "", "zzz", "TUR-MIL"):
        found = page.evaluate("text => kg.source.search(text, 10)", text)
        assert [a["id"] for a in search(served.columns, text, 10)] == [a["id"] for a in found], text
    here = page.evaluate("kg.source.neighbours(kg.state, 'TUR')")
    assert {(p["a"], p["b"]) for p in served.neighbours(choice({}), "TUR")["pairs"]} == {(p["a"], p["b"]) for p in here}
    told = page.evaluate("kg.source.changes({ ...kg.state, before: '2018-01-01', after: '2022-01-01', window: 365 })")
    there = served.changes(choice({}), 736695, 738156, 365)
    assert there["counts"] == told["counts"]
    assert {c["how"] for c in told["changes"]} == {"turned", "appeared", "ended"}
    for mine, theirs in zip(told["changes"], there["changes"], strict=True):
        assert mine["how"] == theirs["how"]
        assert plain([mine["pair"]]) == plain([theirs["pair"]])
        assert bool(mine["was"]) == bool(theirs["was"])
        if mine["how"] == "turned":
            kinds = ("a", "b", "friendly", "hostile", "plus", "minus")
            assert [mine["was"][k] for k in kinds] == [theirs["was"][k] for k in kinds]
    said = page.evaluate("kg.source.evidence(kg.state, 'TUR', '')")
    rows = served.rows(choice({}), "TUR", "")
    assert len(rows) == said["total"]
    heat = sum(s["heat"] for s in said["series"])
    assert sum(s["heat"] for s in served.series(choice({}), rows)) == heat


def test_bins_are_cut_alike(page: Page, served: Views) -> None:
    page.evaluate("kg.update(begun)")
    spans = ((0, 0), (0, 61), (0, 62), (0, 279), (0, 1300), (-36700, 1300))
    for first, last in ((736700 + a, 736700 + b) for a, b in spans):
        assert bins_of(first, last)._asdict() == page.evaluate(BINS, [first, last])
