"""Near-copies: the same report in several papers."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest import copies
from kg.ingest.copies import THRESHOLD, jaccard, shingles
from kg.model import Article

REPORT = """Turkey and the United States agreed on Friday to set up working groups on Manbij, where Turkish
troops and American special forces stand a few miles apart. The groups will meet before the middle of March, the
foreign ministers of the two countries told reporters in Ankara after three hours of talks. Turkey wants the
Kurdish militia to leave the town and to withdraw to the east of the Euphrates. Washington, which has armed the
militia against Islamic State, has promised before that it would, and has not kept that promise, the American
secretary of state acknowledged. Russia was not invited."""
OTHER = """Ethiopia began to fill the great dam on the Blue Nile on Wednesday, and Egypt asked the Security
Council to meet. Sudan said that its own reservoirs had fallen by a third within a day. The African Union, which
mediates between the three, urged them to return to the table and to refrain from threats. Addis Ababa rejects
any outside arbitration, its minister of water said, and considers the river a matter of its own sovereignty, as
does every government upstream of Khartoum."""


def article(name: str, text: str, day: int = 0) -> Article:
    return Article(text, name, published=date(2018, 2, day) if day else None)


def test_an_edited_copy_points_to_the_earliest() -> None:
    edited = REPORT.replace("a few miles apart", "a few kilometres apart") + " (Additional reporting by our own staff)"
    found = copies(
        [
            article("late", edited, 17),
            article("first", REPORT, 16),
            article("same", REPORT, 18),
            article("dam", OTHER, 16),
        ]
    )
    assert found == {"late": "first", "same": "first"}


def test_undated_articles_are_copies_of_dated_ones() -> None:
    assert copies([article("a", REPORT), article("b", REPORT, 20)]) == {"a": "b"}
    assert copies([article("b", REPORT), article("a", REPORT)]) == {"b": "a"}


def test_an_update_that_shares_a_paragraph_is_no_copy() -> None:
    update = REPORT[: len(REPORT) // 2] + OTHER
    assert copies([article("a", REPORT, 16), article("b", update, 17)]) == {}


def test_case_and_punctuation_do_not_matter() -> None:
    assert copies([article("a", REPORT, 16), article("b", REPORT.upper().replace(",", " –"), 17)]) == {"b": "a"}


def test_a_copy_of_a_copy_must_be_like_the_original() -> None:
    words = REPORT.split()
    drift = [" ".join(words[:-n] + [f"w{i}" for i in range(n)]) if n else REPORT for n in (0, 14, 28)]
    sets = [shingles(t) for t in drift]
    assert jaccard(set(sets[0]), sets[1]) >= THRESHOLD > jaccard(set(sets[0]), sets[2])
    found = copies(article(f"a{n}", t, n + 1) for n, t in enumerate(drift))
    assert found == {"a1": "a0"}


@pytest.mark.parametrize("text", ["", "...", "\n"])
def test_wordless_articles_are_like_nothing(text: str) -> None:
    assert copies([article("a", text), article("b", text)]) == {}


def test_one_article_given_twice_is_no_copy_of_itself() -> None:
    assert copies([article("a", REPORT, 16), article("a", REPORT, 16)]) == {}
    assert copies([]) == {}


WORDS = st.lists(st.sampled_from("a b c d e f".split()), max_size=14).map(" ".join)  # noqa: SIM905
ARTICLES = st.lists(st.tuples(WORDS, st.integers(0, 3)), max_size=8)


@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_the_articles_does_not_matter(rows: list[tuple[str, int]], chance: random.Random) -> None:
    some = [article(f"n{n}", text, day) for n, (text, day) in enumerate(rows)]
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert copies(some) == copies(shuffled)


@given(ARTICLES, st.sampled_from([0.3, 0.5, 0.7, 0.9, 1.0]))
def test_prefix_filtering_loses_no_pair(rows: list[tuple[str, int]], threshold: float) -> None:
    some = [article(f"n{n}", text, day) for n, (text, day) in enumerate(rows)]
    found = copies(some, threshold)
    sets = {a.id: shingles(a.text) for a in some}
    when = {a.id: (a.published is None, str(a.published), a.id) for a in some}
    originals = [a.id for a in some if a.id not in found]
    for copy, original in found.items():
        assert original in originals
        assert when[original] < when[copy]
        assert jaccard(set(sets[copy]), sets[original]) >= threshold
    for a in originals:
        for b in originals:
            assert a == b or jaccard(set(sets[a]), sets[b]) < threshold
