"""The sample articles: the demo's face."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ingest import copies, read_articles
from kg.model import Article

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(read_articles([SEEDS], published=None, publisher="", on_skip=pytest.fail))


def test_there_are_enough_of_them_in_every_format(articles: list[Article]) -> None:
    assert len(articles) >= 12
    assert {p.suffix for p in SEEDS.iterdir()} == {".txt", ".md", ".html", ".jsonl"}
    assert {a.published.year for a in articles if a.published} >= {2014, 2026}


def test_each_is_whole(articles: list[Article]) -> None:
    for a in articles:
        assert a.published
        assert a.title
        assert "://" in a.url
        assert ".example.org/" in a.url
        assert a.publisher
        assert 250 <= len(a.text.split()) <= 450, a.title
        assert not set(a.text) & set("<>{}*#[]|")
        assert a.title not in a.text


def test_none_is_a_copy_and_ids_are_stable(articles: list[Article]) -> None:
    assert copies(articles) == {}
    assert len({a.id for a in articles}) == len(articles)


def test_the_page_has_lost_its_boilerplate(articles: list[Article]) -> None:
    [page] = [a for a in articles if "Karabakh" in a.text]
    for boilerplate in ("cookies", "newsletter", "Read more", "Chess", "rights reserved", "Share", "correspondents"):
        assert boilerplate not in page.text
    assert page.text.startswith("The foreign ministers")
    assert page.text.endswith("in Stepanakert.")
