"""The behaviour table ``when.md``, and the laws of date expressions."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Time
from kg.nlp.when import Found, when

TABLE = Path(__file__).with_name("when.md")
Case = tuple[date | None, str, list[tuple[str, str]]]


@cache
def tokens(sentence: str) -> list[str]:
    """As the pipeline's own tokeniser splits it."""
    return [t.text for t in _tokeniser()(sentence) if t.text.strip()]


@cache
def _tokeniser() -> spacy.language.Language:
    return spacy.blank("en")


def found(sentence: str, published: date | None) -> list[Found]:
    words = tokens(sentence)
    return when(words, [w.lower().replace("’", "'") for w in words], published)


def cases() -> list[Case]:
    out: list[Case] = []
    published: date | None = None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            day = re.search(r"published (\S+)", line)
            published = date.fromisoformat(day[1]) if day else None
        elif line.startswith("> "):
            out.append((published, line[2:], []))
        elif line.startswith("    ") and line.strip() != "none":
            text, value = re.split(r" {2,}", line.strip())
            out[-1][2].append((text, value))
    return out


def written(time: Time) -> str:
    """A time as the table writes it."""
    if not time.start and not time.end:
        return f"? {time.precision}"
    if time.precision == "day":
        assert time.start == time.end
        return time.start
    if time.precision == "month":
        y, m = int(time.start[:4]), int(time.start[5:7])
        assert (time.start[8:], time.end) == ("01", f"{y:04}-{m:02}-{monthrange(y, m)[1]}")
        return time.start[:7]
    if time.precision == "year":
        assert (time.start[4:], time.end) == ("-01-01", f"{time.start[:4]}-12-31")
        return time.start[:4]
    return f"{time.start}..{time.end}"


@pytest.mark.parametrize(("published", "sentence", "expected"), cases(), ids=lambda v: v if isinstance(v, str) else "")
def test_table(published: date | None, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.time.text, written(f.time)) for f in found(sentence, published)] == expected


def test_the_table_is_large_enough() -> None:
    assert len(cases()) >= 120
    assert sum(not expected for _, _, expected in cases()) >= 30


WORDS = st.sampled_from(
    """in on at by since until from to between and the last next this early mid - late of , ( ) 's March may May
    Thursday Sunday Feb. 15 30 31 2018 1984 2000 53 90s 1990s week weeks month year years ago decade two a few recent
    past coming today last night tomorrow will was said held army Times troops century 19th half first quarter summer
    9/11 15/02/2018 – 0 99999 day""".split()  # noqa: SIM905
)
DATES = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


@given(st.lists(WORDS, max_size=25), DATES)
def test_spans_are_ordered_and_apart_and_times_run_forward(words: list[str], published: date | None) -> None:
    end = 0
    for f in when(words, [w.lower() for w in words], published):
        assert end <= f.start < f.end <= len(words)
        end = f.end
        t = f.time
        assert t.source == "text"
        assert t.text
        assert not (t.start and t.end) or date.fromisoformat(t.start) <= date.fromisoformat(t.end)
        assert t.precision == "interval" or bool(t.start) == bool(t.end)


@given(st.lists(st.text(min_size=1, max_size=12).filter(lambda w: bool(w.strip())), max_size=15), DATES)
def test_any_words_at_all(words: list[str], published: date | None) -> None:
    for f in when(words, [w.lower() for w in words], published):
        assert 0 <= f.start < f.end <= len(words)
