"""The live page over a real graph: the same page, asked piece by piece, and judged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kg.actors.judgements import Judgements
from kg.errors import InputError
from kg.model import Article, Statement
from kg.server import Review, Server, serve
from kg.server.columns import read_columns
from kg.store import GraphStore, open_store
from tests.conftest import empty
from tests.server.rows import columns_of
from tests.view.browser import until
from tests.view.conftest import Watched
from tests.view.evil import evil
from tests.view.synthetic import statements
from tests.view.test_injection import survived

Rows = list[tuple[Article, Statement]]

ROWS = list(statements(60, 400))


@pytest.fixture(scope="module")
def graph(opened: dict[str, GraphStore], request: pytest.FixtureRequest) -> GraphStore:
    if "embedded" not in opened:
        opened["embedded"] = open_store(directory=request.getfixturevalue("embedded_directory"))
    return opened["embedded"]


def fill(store: GraphStore, rows: Rows) -> None:
    empty(store)
    by_article: dict[str, tuple[Article, list[Statement]]] = {}
    for a, s in rows:
        by_article.setdefault(a.id, (a, []))[1].append(s)
    store.put_many(by_article.values())


@pytest.fixture
def live(graph: GraphStore, tmp_path: Path) -> Iterator[Server]:
    """A server that takes judgements, over a graph of sixty actors."""
    fill(graph, ROWS)
    yield from served(graph, tmp_path)


def served(graph: GraphStore, directory: Path) -> Iterator[Server]:
    judgements = Judgements.read(directory / "judgements.jsonl")
    server = serve(graph, port=0, review=Review(judgements, "ana", lambda: "2026-01-02T03:04:05+00:00"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)


def test_a_graph_is_read_as_it_was_written(graph: GraphStore) -> None:
    fill(graph, ROWS)
    read, made = read_columns(graph), columns_of(ROWS)
    assert len(read) == len(made) == 400

    def plain(c: object) -> set[tuple[object, ...]]:
        return {
            (i, c.articles.of[a], c.actors.of[s], c.actors.of[t], r, st, conf, day, c.publishers.of[p])  # type: ignore[attr-defined]
            for i, a, s, t, r, st, conf, day, p in zip(
                c.ids, *(c[k] for k in ("article", "source", "target", "relation", "status", "confidence", "start", "publisher")),  # type: ignore[attr-defined,index]
                strict=True,
            )
        }  # fmt: skip

    assert plain(read) == plain(made)


@pytest.mark.browser
def test_the_live_page_shows_evidence_and_asks_only_its_own_server(live: Server, watched: Watched) -> None:
    page = watched.open(live.url)
    settled(page)
    assert page.evaluate("kg.view.ids.length") == 40
    page.evaluate("kg.pickPair('IRN', 'RUS')")
    expect(page.locator(".card mark.trigger").first).to_be_visible()
    page.evaluate("kg.update({ way: '', a: '', b: '', from: '2019-01-01', level: 'actors' })")
    settled(page)
    page.evaluate("kg.toggleChanges()")
    settled(page)
    expect(page.locator("#panel h2")).to_have_text("What changed")
    page.keyboard.press("/")
    page.keyboard.type("turk")
    expect(page.get_by_role("option").first).to_contain_text("Turk")
    assert watched.requests
    assert all(r.startswith(live.url) for r in watched.requests)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(300)
        assert Axe().run(page).response["violations"] == []


@pytest.mark.browser
def test_a_wrong_statement_leaves_at_once_and_comes_back(live: Server, watched: Watched, graph: GraphStore) -> None:
    page = watched.open(live.url)
    page.evaluate("kg.pickPair('IRN', 'RUS')")
    page.wait_for_selector(".card")
    before = page.evaluate("kg.view.totals.statements")
    card = page.locator(".card", has_not=page.locator(".status")).first
    statement = card.get_attribute("data-statement")
    card.get_by_role("button", name="Wrong").click()
    expect(page.locator(f'[data-statement="{statement}"]')).to_have_count(0)
    assert page.evaluate("kg.view.totals.statements") == before - 1
    assert not graph.read("MATCH (s:Statement {id: $id}) RETURN s.id AS id", {"id": statement})
    page.get_by_role("button", name="Judgements").click()
    expect(page.locator("#judged")).to_contain_text("is wrong")
    assert Axe().run(page).response["violations"] == []
    page.locator("#judged").get_by_role("button", name="Undo").click()
    expect(page.locator("#judged")).to_contain_text("Nothing has been judged yet")
    assert page.evaluate("kg.view.totals.statements") == before
    assert graph.read("MATCH (s:Statement {id: $id}) RETURN s.id AS id", {"id": statement})
    lines = live.api.review.judgements.path.read_text(encoding="utf-8").splitlines()  # type: ignore[union-attr]
    assert [("wrong" in lines[0]), ("undo" in lines[1])] == [True, True]


@pytest.mark.browser
def test_two_actors_are_merged_from_the_page(live: Server, watched: Watched) -> None:
    page = watched.open(live.url)
    page.evaluate("kg.pick('KURDS')")
    page.get_by_text("Judge who this is").click()
    page.get_by_role("combobox", name="Is the same as …").fill("YPG")
    page.keyboard.press("Enter")
    until(page, "!kg.view.ids.includes('KURDS')")
    names = {live.api.columns.actors.of[n] for n in live.api.columns["source"]}
    assert "KURDS" not in names


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
    with pytest.raises(InputError, match=words):
        live.api.judge(said)
    assert not live.api.review.judgements.path.exists()  # type: ignore[union-attr]


def test_without_review_nothing_can_be_written(graph: GraphStore) -> None:
    fill(graph, ROWS[:20])
    server = serve(graph, port=0)
    try:
        with pytest.raises(InputError, match="read-only"):
            server.api.judge({"act": "wrong", "statement": ROWS[0][1].id})
    finally:
        server.server_close()


@pytest.mark.browser
def test_live_nothing_runs(graph: GraphStore, watched: Watched, tmp_path: Path) -> None:
    fill(graph, evil(spaces=False))
    for server in served(graph, tmp_path):
        page = watched.open(server.url)
        settled(page)
        survived(page)
        assert all(r.startswith(server.url) for r in watched.requests)


@pytest.mark.browser
def test_what_others_load_is_seen_soon(live: Server, graph: GraphStore, watched: Watched) -> None:
    page = watched.open(live.url)
    before = page.evaluate("kg.view.totals.statements")
    more = [(a, s) for a, s in statements(60, 500, seed=8)][:100]
    for a, s in more:
        graph.put(a, [s])
    until(page, f"kg.render(true).then(() => kg.view.totals.statements > {before})")
