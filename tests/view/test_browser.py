"""The page as a reader uses it, in a real browser."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.view.browser import until
from tests.view.conftest import Watched

pytestmark = pytest.mark.browser

SHOWN = "kg.view.ids.length"
IDS = "kg.view.ids"


def settled(page: Page, act: Callable[[], object], rest: int = 80) -> None:
    """Do something and wait until the page has answered it; a moved picture comes to rest after 400 ms."""
    act()
    page.wait_for_timeout(rest)
    page.evaluate("new Promise(requestAnimationFrame)")


def click_actor(page: Page, actor: str) -> None:
    spot = page.evaluate("id => kg.graph.screenOf(id)", actor)
    page.locator("#graph").click(position=spot)


def pick_pair(page: Page) -> tuple[str, str]:
    """Click on the first line whose middle lies free; the ids of its ends."""
    key = page.evaluate(
        """() => kg.graph.lines.map((l) => l.tie.key).find((key) => {
          const p = kg.graph.midway(key);
          const at = kg.graph.network.getNodeAt(p);
          return at === undefined && p.x > 40 && p.y > 40 && p.x < 700 && p.y < 600;
        })"""
    )
    page.locator("#graph").click(position=page.evaluate("key => kg.graph.midway(key)", key))
    until(page, "Boolean(kg.state.a && kg.state.b)")
    a, b = page.evaluate("[kg.state.a, kg.state.b]")
    return a, b


def test_nothing_is_asked_of_the_network(watched: Watched, small: str) -> None:
    watched.open(small)
    assert watched.requests == []


def test_actors_and_ties_are_drawn(page: Page) -> None:
    assert page.evaluate(SHOWN) == 40
    colours = page.evaluate(
        """() => {
          const canvas = document.querySelector("#graph canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
          return seen.size;
        }"""
    )
    assert colours > 100
    assert (
        page.locator("#caption").inner_text().startswith("40 of 51 actors, 92 of 209 relations, Feb 2014 – Jun 2025;")
    )


def test_the_first_view_stands_where_the_layout_put_it(page: Page) -> None:
    """Nothing moves after opening: places come with the page, only pulled to the shape of the window."""
    before = page.evaluate("[...kg.graph.scene.places].map(([id, p]) => [id, p.x])")
    page.wait_for_timeout(500)
    assert page.evaluate("[...kg.graph.scene.places].map(([id, p]) => [id, p.x])") == before


def test_names_do_not_cover_each_other(page: Page) -> None:
    page.wait_for_timeout(300)
    boxes = page.evaluate("kg.graph.labels().map(({ left, top, right, bottom }) => [left, top, right, bottom])")
    assert len(boxes) >= 0.8 * page.evaluate(SHOWN)
    covered = {
        n
        for n, a in enumerate(boxes)
        for m, b in enumerate(boxes)
        if n != m and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    }
    assert len(covered) <= 0.05 * len(boxes)


def test_a_line_that_is_clicked_shows_its_sentences(page: Page) -> None:
    a, b = pick_pair(page)
    card = page.locator(".card").first
    expect(card.locator("mark.source")).to_have_count(1)
    expect(card.locator("mark.trigger")).to_have_count(1)
    names = page.evaluate("ids => ids.map((id) => kg.source.actor(id).name)", [a, b])
    expect(page.locator("#panel h2")).to_have_text(f"{names[0]} and {names[1]}")
    assert len(card.locator("blockquote").inner_text()) > 20
    expect(card.locator(".origin a")).to_have_attribute("href", re.compile(r"^https://news\.example\.org/"))
    expect(card.locator(".origin a")).to_have_attribute("rel", "noopener noreferrer")


def test_an_actor_that_is_clicked_tells_about_itself(page: Page) -> None:
    click_actor(page, "TUR")
    expect(page.locator("#panel h2")).to_have_text("Turkey")
    expect(page.locator("#panel .members summary")).to_have_text("With 2 members")
    page.locator("#panel .rows .row").first.click()
    expect(page.locator("#panel h2")).to_contain_text(" and ")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("What stands out")


def test_a_card_says_in_words_how_it_is_told(page: Page) -> None:
    """Modality, polarity and the chain of speakers stand in words on every card."""
    page.evaluate("kg.pick('RUS')")
    expect(page.locator(".card").first).to_be_visible()
    told = set(page.locator(".card .said").all_inner_texts())
    assert len(page.locator(".card .said").all()) == page.locator(".card").count()
    assert any(re.fullmatch(r"Reported as fact, in the article's own words", t) for t in told)
    assert any(re.match(r"\w.*, said by [A-Z]", t) for t in told)


def test_each_bar_of_a_dyad_is_a_way_to_its_sentences(page: Page) -> None:
    settled(page, lambda: page.evaluate("kg.pickPair('IRN', 'RUS')"))
    every = page.locator(".card").count()
    bar = page.locator(".timeline [role=button]").first
    words = bar.get_attribute("aria-label") or ""
    settled(page, bar.click)
    assert 0 < page.locator(".card").count() < every
    month = words.split(":")[0]
    expect(page.locator("#panel h3", has_text="Evidence")).to_contain_text(month, ignore_case=True)
    assert all(month.split()[-1] in t for t in page.locator(".card p.note:not(.origin)").all_inner_texts())


def test_relations_in_the_panel_narrow_the_cards(page: Page) -> None:
    settled(page, lambda: page.evaluate("kg.pickPair('IRN', 'RUS')"))
    chip = page.locator(".chip").first
    word = (chip.inner_text()).rsplit(" ", 1)[0]
    settled(page, chip.click)
    assert {t.strip() for t in page.locator(".card .relation").all_inner_texts()} == {word}


def test_denials_are_shown_and_do_not_count(page: Page) -> None:
    settled(page, lambda: page.evaluate("kg.pick('RUS')"))
    while (
        page.locator("#panel .more", has_text="Show").count()
        and page.locator("#panel .more", has_text="Show").is_visible()
    ):
        page.locator("#panel .more", has_text="Show").click()
    denied = page.locator(".card", has=page.locator(".status.negated"))
    assert denied.count() > 0
    expect(denied.first.locator(".status")).to_have_text("denied")
    before = page.evaluate("kg.view.totals.statements")
    settled(page, lambda: page.evaluate("kg.update({ statuses: ['actual', 'negated'] })"))
    assert page.evaluate("kg.view.totals.statements") > before


@pytest.mark.parametrize(
    ("patch", "holds"),
    [
        ({"signs": "h"}, "kg.view.pairs.every((p) => p.hostile && !p.friendly && !p.neutral)"),
        ({"signs": "f"}, "kg.view.pairs.every((p) => p.friendly && !p.hostile)"),
        ({"noRelations": ["ATTACKS"]}, "kg.view.pairs.every((p) => !p.relations.ATTACKS)"),
        ({"noTypes": ["State"]}, "kg.view.ids.every((id) => kg.source.actor(id).type !== 'State')"),
        ({"actors": 10}, "kg.view.ids.length === 10"),
        ({"from": "2020-01-01", "to": "2020-12-31"}, "kg.view.pairs.every((p) => p.first >= 737425 && p.last <= 737790)"),
        ({"confidence": 90}, "kg.view.totals.statements < 300"),
        ({"noPublishers": ["Northern Wire", "The Continental"]}, "kg.view.totals.statements < 600"),
        ({"level": "actors"}, "kg.view.ids.includes('PER-ERDOGAN')"),
        ({"confidence": 100, "from": "2014-01-01", "to": "2014-01-02"}, "kg.view.ids.length === 0"),
    ],
)  # fmt: skip
def test_a_filter_changes_what_is_shown(kept: Page, patch: dict[str, object], holds: str) -> None:
    kept.evaluate("patch => kg.update(patch)", patch)
    assert kept.evaluate(holds)
    drawn = kept.evaluate("kg.graph.network.body.data.nodes.getIds()")
    assert sorted(drawn) == sorted(kept.evaluate(IDS))


def test_the_filters_work_by_mouse(page: Page) -> None:
    settled(page, lambda: page.get_by_label("Friendly", exact=True).uncheck())
    assert page.evaluate("kg.state.signs") == "hn"
    page.locator("summary", has_text="Kinds").click()
    settled(page, lambda: page.locator("label.check", has_text="attacks").locator("input").uncheck())
    assert page.evaluate("kg.state.noRelations") == ["ATTACKS"]
    settled(page, lambda: page.get_by_role("button", name="Each alone").click())
    assert page.evaluate("kg.state.level") == "actors"
    settled(page, lambda: page.get_by_role("button", name="Reset filters").click())
    assert page.evaluate("location.hash") == ""


def test_actors_are_found_by_name_without_accents_and_by_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("erdog")
    expect(page.get_by_role("option").first).to_contain_text("Recep Tayyip Erdoğan")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("Erdoğan")
    page.keyboard.press("/")
    page.keyboard.type("nobody at all")
    expect(page.get_by_role("option")).to_have_text("Nobody of that name")


def test_a_path_between_two_is_shown_step_by_step(page: Page) -> None:
    settled(page, lambda: page.evaluate("kg.pick('PRK')"))
    page.get_by_role("button", name="Path to…").click()
    page.keyboard.type("germany")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("From North Korea to Germany")
    steps = page.locator(".steps .row .who").all_inner_texts()
    assert steps[0].startswith("North Korea – ")
    assert steps[-1].endswith(" – Germany")
    assert [s.split(" – ")[0] for s in steps[1:]] == [s.split(" – ")[1] for s in steps[:-1]]
    lit = page.evaluate("kg.graph.lines.filter((l) => kg.graph.lit.ties.has(l.tie.key)).length")
    assert lit == len(steps)  # each step is drawn, however weak
    settled(page, lambda: page.keyboard.press("Escape"))
    assert page.evaluate("kg.graph.lit.ties.size") > 0  # back at the actor


def test_neighbours_are_added_and_hidden_again(page: Page) -> None:
    settled(page, lambda: page.evaluate("kg.update({ actors: 10 })"))
    before = page.evaluate(IDS)
    settled(page, lambda: page.evaluate("kg.pick(kg.view.ids[0])"))
    settled(page, lambda: page.get_by_role("button", name="Add neighbours").click())
    assert len(page.evaluate(IDS)) > len(before)
    settled(page, lambda: page.get_by_role("button", name="Hide added neighbours").click())
    assert page.evaluate(IDS) == before


def test_a_way_that_is_in_the_address_beside_changes_is_left_out(watched: Watched, small: str) -> None:
    """Changes show what changed, and a way may run over what did not."""
    page = watched.open(small + "#a=PRK&way=DEU&before=2018-01-01&after=2022-01-01")
    expect(page.locator("#panel h2")).to_have_text("North Korea")


def test_everybody_is_in_the_picture_at_either_level(page: Page) -> None:
    inside = """() => {
      const { clientWidth, clientHeight } = document.querySelector("#graph");
      return kg.view.ids.map((id) => kg.graph.screenOf(id))
        .every(({ x, y }) => x > 10 && y > 10 && x < clientWidth - 10 && y < clientHeight - 10);
    }"""
    assert page.evaluate(inside)
    settled(page, lambda: page.get_by_role("button", name="Each alone").click())
    until(page, f"({inside})()")


def test_nobody_stands_on_another_after_others_came_in(page: Page) -> None:
    page.evaluate("kg.expand('TUR')")
    page.evaluate("kg.toggleChanges()")
    places = page.evaluate("kg.view.ids.map((id) => kg.graph.scene.places.get(id)).map(({ x, y }) => [x, y])")
    near = [
        (a, b) for n, a in enumerate(places) for b in places[n + 1 :] if abs(a[0] - b[0]) < 40 and abs(a[1] - b[1]) < 40
    ]
    assert not near


def test_a_side_is_opened_to_its_members(page: Page) -> None:
    settled(page, lambda: page.evaluate("kg.pick('TUR')"))
    page.locator("#panel .members summary").click()
    settled(page, lambda: page.get_by_role("button", name="Show them apart").click())
    assert {"PER-ERDOGAN", "TUR-MIL"} & set(page.evaluate("kg.view.weight.size ? [...kg.view.weight.keys()] : []"))
    assert page.evaluate("kg.state.open") == ["TUR"]


def test_changes_between_two_dates(page: Page) -> None:
    settled(page, lambda: page.get_by_role("button", name="Changes").click())
    expect(page.locator("#panel h2")).to_have_text("What changed")
    assert "relations turned" in page.locator("#caption").inner_text()
    settled(page, lambda: page.locator("#panel select").select_option("36500"))
    assert page.evaluate("kg.changes.counts.ended") == 0  # seen through everything before, nothing ends
    settled(page, lambda: page.keyboard.press("c"))
    assert page.evaluate("kg.state.before") == ""


def test_the_view_is_in_the_address(watched: Watched, small: str) -> None:
    page = watched.open(small)
    page.evaluate("kg.update({ from: '2019-01-01', signs: 'h', actors: 15 })")
    settled(page, lambda: page.evaluate("kg.pick('TUR')"))
    address, shown = page.url, page.evaluate(IDS)
    settled(page, page.go_back)
    expect(page.locator("#panel h2")).to_have_text("What stands out")
    other = watched.open(address)
    other.reload()
    other.wait_for_selector("body[data-ready]")
    assert other.evaluate(IDS) == shown
    expect(other.locator("#panel h2")).to_have_text("Turkey")


def test_nonsense_in_the_address_does_no_harm(watched: Watched, small: str) -> None:
    page = watched.open(
        small + "#actors=1e9&level=%3Cscript%3E&from=yesterday&signs=xyz&a=<img src=x>&statuses=maybe&keep=&ties=-4"
    )
    assert page.evaluate(SHOWN) <= 300
    assert page.evaluate("document.images.length") == 0


def test_the_time_range_moves_by_keyboard(page: Page) -> None:
    handle = page.get_by_role("slider", name="First day shown")
    handle.focus()
    settled(page, lambda: page.keyboard.press("PageUp"))
    assert page.evaluate("kg.state.from") == "2015-02-01"
    settled(page, lambda: page.keyboard.press("ArrowLeft"))
    assert page.evaluate("kg.state.from") == "2015-01-01"
    settled(page, lambda: page.keyboard.press("Home"))
    assert page.evaluate("kg.state.from") == ""


def test_everything_by_keyboard(page: Page) -> None:
    page.locator("#graph").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#said")).to_contain_text("in view")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(".")
    expect(page.locator("#said")).to_contain_text("relation 1 of")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator("#panel h2")).to_contain_text(" and ")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.locator("#table table")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    scale = page.evaluate("kg.graph.network.getScale()")
    settled(page, lambda: page.keyboard.press("+"), 400)
    assert page.evaluate("kg.graph.network.getScale()") > scale
    settled(page, lambda: page.keyboard.press("0"), 400)
    assert page.evaluate("kg.graph.network.getScale()") == pytest.approx(scale, rel=0.01)


def test_every_control_can_be_reached_with_tab(page: Page) -> None:
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.id || document.activeElement.textContent.trim().slice(0, 20)")
        )
    for control in (
        "graph",
        "table-button",
        "changes-button",
        "theme-button",
        "help-button",
        "closer",
        "panel",
        "link-button",
    ):
        assert control in reached


def test_the_table_shows_the_same_relations_and_sorts(page: Page) -> None:
    page.get_by_role("button", name="Table").click()
    rows = page.locator("#table tbody tr")
    assert rows.count() == page.evaluate("kg.view.pairs.length")
    page.locator("#table thead button", has_text="Hostile").click()
    counts = [int(t) for t in page.locator("#table tbody td:nth-child(6)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    expect(page.locator("#table th[aria-sort=descending]")).to_have_count(1)
    page.locator("#table tbody th button").first.click()
    expect(page.locator(".card").first).to_be_visible()


def saved(page: Page, name: str, directory: Path) -> Path:
    page.locator(".menu summary").click()
    with page.expect_download() as told:
        page.get_by_role("button", name=name).click()
    path = directory / told.value.suggested_filename
    told.value.save_as(path)
    return path


def test_what_is_shown_can_be_taken_away(page: Page, tmp_path: Path) -> None:
    assert saved(page, "PNG", tmp_path).read_bytes().startswith(b"\x89PNG")
    drawing = ElementTree.parse(saved(page, "SVG", tmp_path)).getroot()
    assert len(drawing.findall("{http://www.w3.org/2000/svg}path")) == 40
    with saved(page, "CSV", tmp_path).open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert len(rows) == page.evaluate("kg.view.pairs.length")
    assert set(rows[0]) >= {"Id", "Actor", "Other actor", "Friendly", "Hostile", "First"}
    graph = ElementTree.parse(saved(page, "GEXF", tmp_path)).getroot()
    space = "{http://gexf.net/1.3}"
    assert len(graph.findall(f".//{space}node")) == 40
    assert len(graph.findall(f".//{space}edge")) == len(rows)


def test_a_phone_shows_it_without_scrolling_sideways(watched: Watched, small: str) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(small)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SHOWN) == 20
    page.get_by_role("button", name="Filters").click()
    expect(page.locator("#filters")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    settled(page, lambda: page.evaluate("kg.pickPair(kg.view.pairs[0].a, kg.view.pairs[0].b)"))
    page.locator(".card").first.scroll_into_view_if_needed()
    expect(page.locator(".card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Table").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_has_the_drawing_and_the_table_without_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("#table table")).to_be_visible()
    expect(page.locator("#paper svg > path")).to_have_count(40)
    for control in (".tools", "#filters", ".zoom", "#time", "#canvas"):
        expect(page.locator(control).first).to_be_hidden()
    ink = "[getComputedStyle(document.body).backgroundColor, kg.graph.colours.canvas, kg.graph.colours.kinds.friendly]"
    assert page.evaluate(ink) == [
        "rgb(255, 255, 255)",
        "#ffffff",
        "#0060a8",
    ]  # paper is white, whatever the system likes
    page.emulate_media(media="screen", color_scheme="dark")
    expect(page.locator("#paper svg")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 27, 32)"


def test_a_system_in_dark_mode_gets_a_dark_page(watched: Watched, small: str) -> None:
    watched.page.emulate_media(color_scheme="dark")
    page = watched.open(small)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 27, 32)"
    assert json.loads(page.evaluate("JSON.stringify(kg.graph.colours.kinds)"))["friendly"] == "#5cb2f2"


def test_without_script_the_page_says_what_it_holds(watched: Watched, small: str) -> None:
    browser = watched.page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small)
    expect(page.locator("#caption")).to_contain_text("40 of 51 actors")
    context.close()
