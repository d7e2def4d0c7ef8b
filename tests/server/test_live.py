"""The live page over a real graph, on both servers: the same page, asked piece by piece, and judged."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kg.actors.judgements import Judgements
from kg.errors import InputError
from kg.server import Review, Server, api, reading, serve
from kg.server.reading import read_columns
from kg.store import GraphStore
from tests.server.conftest import ROWS, fill, running, served
from tests.server.rows import columns_of
from tests.view.browser import until
from tests.view.claims import article, claim
from tests.view.conftest import Watched
from tests.view.evil import evil
from tests.view.test_injection import survived

TOTAL = "kg.view.totals.statements"


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)


def unbroken(page: Page) -> bool:
    """Whether no rule of axe is broken, light and dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(300)
        found += [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]
    assert found == []
    return True


def undo_all(server: Server) -> None:
    for j in server.api.judgements({})["judgements"]:
        server.api.judge({"act": "undo", "of": j["id"]})


def test_a_graph_is_read_as_it_was_written(graph: GraphStore) -> None:
    read, made = read_columns(graph), columns_of(ROWS)
    assert len(read) == len(made) == 400
    assert read.whole

    def plain(c: Any) -> set[tuple[object, ...]]:
        keys = ("article", "source", "target", "relation", "status", "confidence", "start", "publisher")
        return {
            (i, c.articles.of[a], c.actors.of[s], c.actors.of[t], r, st, conf, day, c.publishers.of[p])
            for i, a, s, t, r, st, conf, day, p in zip(c.ids, *(c[k] for k in keys), strict=True)
        }

    assert plain(read) == plain(made)
    about = ("id", "name", "type", "aliases", "linked")
    for actor in made.actors.of:
        assert [read.describe(actor)[k] for k in about] == [made.describe(actor)[k] for k in about]


@pytest.mark.browser
def test_the_live_page_shows_evidence_and_asks_only_its_own_server(live: Server, watched: Watched) -> None:
    page = watched.open(live.url)
    settled(page)
    assert page.evaluate("kg.view.ids.length") == 40
    assert unbroken(page)
    page.evaluate("kg.pickPair('IRN', 'RUS')")
    expect(page.locator(".card mark.trigger").first).to_be_visible()
    expect(page.locator(".card .said").first).to_contain_text("eported")
    page.evaluate("kg.update({ way: '', a: '', b: '', from: '2019-01-01', level: 'actors' })")
    settled(page)
    page.evaluate("kg.update({ a: 'PRK', way: 'DEU', level: 'sides', from: '' })")
    expect(page.locator(".steps .row").first).to_contain_text("North Korea – ")
    page.evaluate("kg.update({ a: '', way: '' })")
    page.evaluate("kg.toggleChanges()")
    settled(page)
    expect(page.locator("#panel h2")).to_have_text("What changed")
    page.keyboard.press("/")
    page.keyboard.type("turk")
    expect(page.get_by_role("option").first).to_contain_text("Turk")
    assert unbroken(page)
    assert watched.requests
    assert all(r.startswith(live.url) for r in watched.requests)


@pytest.mark.browser
def test_a_wrong_statement_leaves_at_once_and_comes_back(live: Server, watched: Watched, graph: GraphStore) -> None:
    page = watched.open(live.url)
    page.evaluate("kg.pickPair('IRN', 'RUS')")
    page.wait_for_selector(".card")
    assert unbroken(page)
    before = page.evaluate(TOTAL)
    card = page.locator(".card", has_not=page.locator(".status")).first
    statement = card.get_attribute("data-statement")
    card.get_by_role("button", name="Wrong").click()
    expect(page.locator(f'[data-statement="{statement}"]')).to_have_count(0)
    assert page.evaluate(TOTAL) == before - 1
    assert not graph.read("MATCH (s:Statement {id: $id}) RETURN s.id AS id", {"id": statement})
    page.get_by_role("button", name="Judgements").click()
    expect(page.locator("#judged")).to_contain_text("is wrong")
    assert unbroken(page)
    page.locator("#judged").get_by_role("button", name="Undo").click()
    expect(page.locator("#judged")).to_contain_text("Nothing has been judged yet")
    assert page.evaluate(TOTAL) == before
    assert graph.read("MATCH (s:Statement {id: $id}) RETURN s.id AS id", {"id": statement})
    lines = live.api.review.judgements.path.read_text(encoding="utf-8").splitlines()  # type: ignore[union-attr]
    assert [("wrong" in lines[0]), ("undo" in lines[1])] == [True, True]


@pytest.mark.browser
def test_a_right_statement_is_marked_by_keyboard(live: Server, watched: Watched) -> None:
    page = watched.open(live.url + "#a=IRN&b=RUS")
    button = page.locator(".card").first.get_by_role("button", name="Right")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("Judged right")
    assert [j["act"] for j in live.api.judgements({})["judgements"]] == ["right"]
    undo_all(live)


@pytest.mark.browser
def test_two_actors_are_merged_from_the_page_and_separated_again(live: Server, watched: Watched) -> None:
    page = watched.open(live.url)
    page.evaluate("kg.pick('KURDS')")
    page.get_by_text("Judge who this is").click()
    page.get_by_role("combobox", name="Is the same as …").fill("YPG")
    page.keyboard.press("Enter")
    until(page, "!kg.view.ids.includes('KURDS')")
    assert "KURDS" not in spoken_of(live)
    page.evaluate("kg.pick('YPG')")
    page.get_by_role("button", name="Judgements").click()
    page.locator("#judged").get_by_role("button", name="Undo").click()
    until(page, "kg.view.ids.includes('KURDS')")
    assert "KURDS" in spoken_of(live)


@pytest.mark.browser
def test_two_actors_are_kept_apart_from_the_page(live: Server, watched: Watched) -> None:
    page = watched.open(live.url + "#a=SDF")
    page.get_by_text("Judge who this is").click()
    assert unbroken(page)
    page.get_by_role("combobox", name="Is not the same as …").fill("YPG")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("Syrian Democratic Forces is not YPG")
    assert [j["act"] for j in live.api.judgements({})["judgements"]] == ["different"]
    assert {"SDF", "YPG"} <= spoken_of(live)
    undo_all(live)


def spoken_of(server: Server) -> set[str]:
    columns = server.api.columns
    return {columns.actors.of[n] for n in columns["source"]} | {columns.actors.of[n] for n in columns["target"]}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"act": "rename", "actor": "TUR", "name": "x"}, "act: is one of"),
        ({"act": "wrong"}, "statement: is missing"),
        ({"act": "wrong", "statement": 5}, "statement: is missing"),
        ({"act": "wrong", "statement": "0" * 16}, "no statement"),
        ({"act": "wrong", "statement": "x", "actor": "TUR"}, "'actor' is not a key"),
        ({"act": "same", "actor": "TUR", "other": "NOBODY"}, "no actor 'NOBODY'"),
        ({"act": "same", "actor": "TUR", "other": "TUR"}, "against itself"),
        ({"act": "undo", "of": "nothing"}, "no judgement"),
        ({"act": "wrong", "statement": "x", "note": "n" * 501}, "note: is a text"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused(live: Server, said: dict[str, object], words: str) -> None:
    path = live.api.review.judgements.path  # type: ignore[union-attr]
    before = path.read_bytes() if path.exists() else b""
    with pytest.raises(InputError, match=words):
        live.api.judge(said)
    assert (path.read_bytes() if path.exists() else b"") == before


def test_without_review_nothing_can_be_written(graph: GraphStore) -> None:
    server = serve(graph, port=0)
    try:
        with pytest.raises(InputError, match="read-only"):
            server.api.judge({"act": "wrong", "statement": ROWS[0][1].id})
    finally:
        server.server_close()


class Slow:
    """A graph that gives its pieces only as they are let through."""

    def __init__(self, graph: GraphStore) -> None:
        self.graph = graph
        self.through = threading.Semaphore(0)

    def read(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        if "$low" in text:
            self.through.acquire()
        return self.graph.read(text, parameters)


@pytest.mark.browser
def test_a_large_graph_is_shown_from_its_first_pieces(
    graph: GraphStore, watched: Watched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The page opens before the graph is read, says of how much it speaks, and goes on by itself."""
    monkeypatch.setattr(reading, "PIECE", 30)
    monkeypatch.setattr(api, "PATIENCE", 0.0)
    slow = Slow(graph)
    slow.through.release(4)
    judgements = Judgements.read(tmp_path / "judgements.jsonl")
    review = Review(judgements, "ana", lambda: "2026-01-02T03:04:05+00:00")
    with running(serve(slow, port=0, review=review)) as server:  # type: ignore[arg-type]
        page = watched.open(server.url)
        expect(page.locator("#caption")).to_contain_text("Read so far: ")
        expect(page.locator("#caption")).to_contain_text(" % of 400 statements.")
        assert unbroken(page)
        shown = page.evaluate(TOTAL)
        assert 0 < shown < 200
        with pytest.raises(InputError, match="still being read"):
            server.api.judge({"act": "wrong", "statement": ROWS[0][1].id})
        page.evaluate("kg.pick(kg.view.ids[0])")
        page.locator("#panel h2").focus()
        slow.through.release(100)
        until(page, f"{TOTAL} > {shown} && !/Read so far/.test(document.querySelector('#caption').textContent)")
        expect(page.locator("#panel h2")).to_be_focused()  # who reads is not disturbed
        whole = watched.open(server.url)
        assert whole.evaluate("kg.view.read") == {"done": 400, "of": 400}
        facets = page.evaluate("Object.values(kg.source.data.facets.statuses).reduce((a, b) => a + b)")
        assert facets == 400


@pytest.mark.browser
def test_live_nothing_runs(graph: GraphStore, watched: Watched, tmp_path: Path) -> None:
    fill(graph, evil(spaces=False))
    try:
        with served(graph, tmp_path) as server:
            page = watched.open(server.url)
            settled(page)
            survived(page)
            assert all(r.startswith(server.url) for r in watched.requests)
    finally:
        fill(graph, ROWS)


@pytest.mark.browser
def test_what_others_load_is_seen_soon(graph: GraphStore, watched: Watched) -> None:
    with running(serve(graph, port=0)) as server:
        page = watched.open(server.url)
        before = page.evaluate(TOTAL)
        new = article(7, "Elsewhere")
        try:
            graph.put(new, [claim("TUR AIDS SYR 2020-02-02", new)])
            until(page, f"kg.render(true).then(() => {TOTAL} === {before} + 1)")
        finally:
            graph.delete_article(new.id)


def test_what_others_change_is_seen_though_the_count_stays(graph: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "REST", 0)
    monkeypatch.setattr(api, "LEAST_REST", 0.0)
    new = article(8, "Elsewhere")
    before, after = claim("TUR AIDS SYR 2020-02-02", new), claim("TUR ATTACKS SYR 2020-02-02", new)
    try:
        graph.put(new, [before])
        server = serve(graph, port=0)
        server.server_close()
        assert server.api.columns.article_of(before.id) == new.id
        graph.put(new, [after])
        for _ in range(200):
            server.api.subgraph({})
            if server.api.columns.article_of(after.id):
                break
            time.sleep(0.05)
        assert server.api.columns.article_of(after.id) == new.id
        assert not server.api.columns.article_of(before.id)
    finally:
        graph.delete_article(new.id)
