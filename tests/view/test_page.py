"""The offline file: its bytes, its size, its policy, and how it is written."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from kg import graph as graphs
from kg.errors import InputError
from kg.model import ActorRef, ActorType, Mention, Span, Statement
from kg.view import bundle
from kg.view.columns import LONGEST_SENTENCE, columns, excerpt, in_names
from kg.view.data import page_data
from kg.view.page import html, write_page
from kg.view.quick import show
from tests.view.claims import article, claim, claims, moved
from tests.view.synthetic import statements

LINES = "TUR ATTACKS YPG 2018-01-20\nUSA AIDS YPG 2018-02-01\nTUR ACCUSES USA 2018-02-03"


def data_of(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    read: dict[str, object] = json.loads(found[1])
    return read


def test_the_same_statements_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    some = claims(LINES)
    articles = [article(n) for n in (1, 2, 3)]
    write_page(some, articles, tmp_path / "a.html")
    write_page(some[::-1] + some, articles[::-1], tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_the_caption_says_what_is_to_be_seen() -> None:
    names = "3 actors, 3 relations, Jan 2018 – Feb 2018; most hostile: Turkey – YPG; closest: United States – YPG."
    assert page_data(claims(LINES), []).caption == names.replace("United States – YPG", "United States – YPG")


def test_a_page_of_nothing_says_so(tmp_path: Path) -> None:
    data = write_page([], [], tmp_path / "empty.html")
    assert data.caption.startswith("Nothing is left")


@pytest.mark.parametrize(("size", "bar"), [(500, 1.2e6)])
def test_a_page_of_five_hundred_actors_is_small(size: int, bar: float, tmp_path: Path) -> None:
    rows = list(statements(size, 4 * size))
    path = tmp_path / "page.html"
    write_page([s for _, s in rows], {a.id: a for a, _ in rows}.values(), path)
    assert path.stat().st_size <= bar


def test_what_does_not_fit_is_left_out_and_counted() -> None:
    rows = [*claims(["TUR ATTACKS YPG"] * 8), *claims(["USA AIDS NATO"] * 2), claim("RUS AIDS SYR 0.2")]
    rows = [replace(s, article_id=f"a{n}") for n, s in enumerate(rows)]
    data = page_data(rows, [], most=8, confidence=0.5)
    assert data.json["left"] == (
        "This file leaves out 3 statements of 11: 1 below confidence 50% and 2 between the weakest pairs."
    )
    assert len(data.json["statements"]["id"]) == 8


def test_of_one_id_the_most_confident_statement_is_shown() -> None:
    data = page_data([claim("TUR ATTACKS YPG 0.4"), claim("TUR ATTACKS YPG 0.8")], [])
    assert data.json["statements"]["confidence"] == [80]


def test_only_what_the_page_carries_may_run() -> None:
    text = html({"live": False}, title="T", caption="C")
    rule = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert rule
    assert rule[1].startswith("default-src 'none'; ")
    assert "unsafe" not in rule[1]
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert (len(scripts), len(styles)) == (2, 1)
    for inner in (*scripts, *styles):
        assert f"'sha256-{b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'" in rule[1]
    assert "connect-src 'none'" in rule[1]
    assert not re.search(r"\son\w+=|javascript:|<(link|img|iframe|object|embed)\b", text.split("<script>")[0])


def test_no_text_ends_the_data(tmp_path: Path) -> None:
    evil = claim("TUR ATTACKS YPG")
    evil = replace(evil, sentence=Span("</script><script>alert(1)</script><!-- \u2028 \ud800", 0, 48))
    write_page([evil], [article()], tmp_path / "page.html", title="</title><script>alert(2)</script>")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.count("</script>") == 3
    assert "<script>alert" not in text
    sentences = data_of(text)["sentences"]
    assert isinstance(sentences, list)
    assert sentences[0].startswith("</script><script>alert(1)")


def test_spans_count_as_javascript_does() -> None:
    """A character outside the first plane is two to JavaScript and one to Python."""
    text = "🇹🇷 Turkey attacks YPG."
    s = Statement(
        "a1", Span(text, 100, 100 + len(text)), Mention(103, 109, "Turkey", ActorRef("TUR", "Turkey", ActorType.STATE), "catalogue"),
        "ATTACKS", Mention(118, 121, "YPG", ActorRef("YPG", "YPG", ActorType.ARMED_GROUP), "catalogue"), Span("attacks", 110, 117),
    )  # fmt: skip
    (start, length, *_) = columns([s], {})["statements"]["spans"]
    assert text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le") == "Turkey"


def test_a_mention_in_another_sentence_is_not_marked() -> None:
    s = claim("TUR ATTACKS YPG")
    s = replace(s, source=Mention(400, 402, "it", s.source.actor, "coreference", "the last state named"))
    found = columns([s], {})
    assert found["statements"]["spans"][:2] == [-1, 0]
    assert found["words"][found["statements"]["via"][0][0]] == "the last state named"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("armed forces of TUR", "armed forces of Turkey"),
        ("officials of TUR, USA (whose)", "officials of Turkey, United States (whose)"),
        ("foreign minister of TUR on 2018-02-16", "foreign minister of Turkey on 2018-02-16"),
        ("people of ~new-town", "people of New Town"),
        ("Afrin lies in Syria", "Afrin lies in Syria"),
        ("court of TURK", "court of TURK"),  # nobody's id
    ],
)
def test_how_a_mention_was_read_is_told_with_names(how: str, words: str) -> None:
    names = {"TUR": "Turkey", "USA": "United States", "~new-town": "New Town"}
    assert in_names(how, lambda i: names.get(i, i)) == words


def test_the_page_names_whoever_somebody_was_read_through() -> None:
    s = claim("TUR-MIL ATTACKS YPG")
    s = replace(s, source=replace(s.source, via="armed forces of TUR"))
    found = columns([s], {})
    assert found["words"][found["statements"]["via"][0][0]] == "armed forces of Turkey"


def test_of_an_endless_sentence_what_surrounds_the_evidence_is_kept() -> None:
    s = moved(claim("TUR ATTACKS YPG"), 3000)
    long = "x" * 3000 + s.sentence.text + "y" * 3000
    text, start = excerpt(replace(s, sentence=Span(long, 0, len(long))))
    assert len(text) <= LONGEST_SENTENCE
    assert text[3000 - start :].startswith("Turkey attacks YPG.")


def test_an_article_that_nobody_describes_is_shown_without_title() -> None:
    found = columns(claims("TUR ATTACKS YPG"), {})
    assert found["articles"]["title"] == [""]


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_page(claims(LINES), [], target)
    assert list(tmp_path.iterdir()) == [target]


def test_the_engine_comes_from_the_installed_pyvis() -> None:
    assert "vis-network" in bundle.engine()[:400]
    assert "@license" in bundle.engine()[:1000]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("export default 1;\n", "named exports"),
        ('import * as x from "./dom.js";\n', "named imports"),
        ('import { start } from "./main.js";\n', "in a circle"),
        ("const x = '</script>';\n", "</script"),
    ],
)
def test_modules_that_cannot_be_joined_fail_the_build(text: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_module", lambda name: text if name == "main" else "")
    with pytest.raises(bundle.BundleError, match=words):
        bundle.script.__wrapped__()


def test_a_notebook_draws_statements_and_every_kind_of_graph() -> None:
    some = claims(LINES)
    whole = graphs.build([(article(n), [s]) for n, s in enumerate(some, 1)])
    for given in (some, whole, graphs.collapse(whole), graphs.pairs(whole), graphs.rolled_up(whole)):
        drawn = show(given)
        for name in ("Turkey", "YPG", "United States"):
            assert f'"label": "{name}"' in drawn
        assert drawn.count('"from": ') == 3
        assert "http://" not in re.sub(r"<script>.*?</script>", "", drawn, flags=re.DOTALL)
