"""Laws of reading: offsets slice back, the order of articles does not matter, the same input gives the same bytes.

Most of them run on the stored parses of the behaviour tables (``tests/language``), which makes many examples cheap; those
that say so run the model.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import Article, Mention, Span, Statement
from kg.nlp.parser import parse
from kg.nlp.read import read_article
from kg.nlp.score import Scorer, statement
from kg.nlp.sentences import MAX_CHARS, dateline, split
from kg.nlp.tree import Tree
from kg.record import dump
from tests.language import tables

slow = settings(deadline=None, max_examples=60)

SENTENCES = sorted(s for s in tables.parses() if s[-1] in ".”" and len(list(split(f"{s} He said.\n\n{s}"))) == 3)
DAYS = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2030, 12, 31)))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Some sentences of the tables in any order, in one paragraph or several."""
    said = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
    between = draw(st.lists(st.sampled_from([" ", "\n\n", "  ", " \n\n "]), min_size=len(said), max_size=len(said)))
    return draw(st.sampled_from(["", "\n", "  "])) + "".join(
        a + b for pair in zip(said, between, strict=True) for a, b in [pair]
    )


ARTICLES = st.builds(Article, texts(), published=DAYS)


def stored(articles: Iterable[str]) -> Iterator[list[Tree]]:
    """In place of ``kg.nlp.parser.parse``: the trees as stored."""
    for text in articles:
        yield tables.trees(text)


def extracted(articles: Iterable[Article]) -> dict[str, list[str]]:
    """The lines of each article, by its id, without the model (and without preparing the names anew each time)."""
    with patch("kg.extract.parse", stored), patch("kg.extract.Names", lambda catalogue: tables.names()):
        done = extract(articles, tables.names().catalogue)
        return {d.article.id: [dump(s, d.article) for s in d.statements] for d in done}


def slices_back(text: str, span: Span | Mention) -> bool:
    return 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text


def check(article: Article, trees: list[Tree]) -> None:
    """Every span of an article's trees, mentions, candidates and statements."""
    text = article.text
    for tree in trees:
        assert text[tree.start : tree.end] == tree.text
        for word, start, end in zip(tree.words, tree.starts, tree.ends, strict=True):
            assert tree.start <= start < end <= tree.end
            assert text[start:end] == word
        assert all(0 <= h < len(tree) for h in tree.heads)
    reading = read_article(article, trees, tables.names())
    for s in reading.sentences:
        assert all(0 <= m.start <= m.head < m.end <= len(s.tree) for m in s.ments)
    proposed = [statement(reading, s, c, 1.0) for s in reading.sentences for c in s.candidates]
    for made in (proposed, Scorer.packaged().judge(reading)):
        for one in made:
            check_statement(text, one)


def check_statement(text: str, s: Statement) -> None:
    assert slices_back(text, s.sentence)
    for part in (s.source, s.target, s.trigger):
        assert slices_back(text, part)
        assert s.sentence.start <= part.start < part.end <= s.sentence.end
    assert s.source.actor.id != s.target.actor.id
    assert s.time.text in s.sentence.text
    assert s.place in s.sentence.text
    assert 0 < s.confidence <= 1


# -- offsets ----------------------------------------------------------------------------------------------------------


@slow
@given(ARTICLES)
def test_every_span_slices_back(article: Article) -> None:
    check(article, tables.trees(article.text))


WORDS = st.sampled_from(
    """Russia Iran NATO Turkey's Ankara Putin he It the YPG said that condemned attacked attacks did not will by of on
    with and , . ... ? ! “ ” " ' ( ) - – — Mr. U.S. LONDON (Reuters) 2018 Tuesday 🙂 İstanbul ﬁght é Al-Shabaab Lavrov:
    who , which Assad US-backed forces each other both sides Turkish president former his army""".split()  # noqa: SIM905
)
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\u202f", ""])
NOISE = st.lists(st.tuples(WORDS, GAPS), max_size=40).map(lambda pairs: "".join(a + b for a, b in pairs))


@slow
@given(st.one_of(NOISE, st.text(max_size=200)), DAYS)
def test_any_text_at_all_is_read(text: str, published: date | None) -> None:
    """With the model: nonsense is read without an error, and what is read slices back."""
    (trees,) = parse([text])
    check(Article(text, published=published), trees)


# -- order and repetition ---------------------------------------------------------------------------------------------


@slow
@given(st.lists(ARTICLES, min_size=1, max_size=5, unique_by=lambda a: a.id), st.randoms())
def test_the_order_of_articles_does_not_matter(articles: list[Article], random: object) -> None:
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert extracted(shuffled) == extracted(articles)
    assert list(extracted(shuffled)) == [a.id for a in shuffled]


@slow
@given(ARTICLES)
def test_the_same_article_twice_gives_the_same_bytes(article: Article) -> None:
    once = extracted([article])
    assert extracted([article]) == once
    assert extracted([article, article]) == once


def test_the_order_of_articles_does_not_matter_to_the_model() -> None:
    """With the model: a sentence's parse does not depend on the sentences that it is parsed together with."""
    articles = [Article(" ".join(SENTENCES[i : i + 5]), published=date(2018, 2, 16)) for i in range(0, 200, 5)]
    catalogue = tables.names().catalogue

    def lines(some: list[Article]) -> dict[str, list[str]]:
        return {d.article.id: [dump(s, d.article) for s in d.statements] for d in extract(some, catalogue)}

    forward = lines(articles)
    assert forward == lines(articles[::-1])
    alone: dict[str, list[str]] = {}
    for article in articles[::16]:
        alone |= lines([article])
    assert alone == {a: forward[a] for a in alone}
    assert sum(map(len, forward.values())) > 50


def test_another_process_gives_the_same_bytes() -> None:
    """Whatever the order of a set there: two processes with different hash seeds agree over all tables."""
    program = """
from hashlib import sha256
from kg.model import Article
from kg.record import dump
from tests.language import tables
out = sha256()
for case in tables.cases():
    article = Article(case.text, published=case.published)
    for got in tables.got(case):
        out.update(dump(got.statement, article).encode())
print(out.hexdigest())
"""
    seen = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tables.HERE.parents[1],
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


# -- sentences --------------------------------------------------------------------------------------------------------

MARKS = st.text(st.sampled_from(" \n\t.!?…\"'“”‘’«»()[]-–—•*:;,abcXYZéÉİß1９\u00a0\u2028🙂"), max_size=300)


@given(st.one_of(st.text(max_size=400), MARKS, texts(), NOISE))
def test_sentences_are_ordered_apart_and_lose_nothing(text: str) -> None:
    spans = list(split(text))
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        assert stop - start <= MAX_CHARS
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()


@given(st.integers(0, 5_000), st.sampled_from(["a", "ab ", "x\u00a0", ". ", "1,"]))
def test_a_text_without_an_end_is_cut(n: int, piece: str) -> None:
    text = piece * n
    spans = list(split(text))
    assert all(b - a <= MAX_CHARS for a, b in spans)
    assert sum(len("".join(text[a:b].split())) for a, b in spans) == len("".join(text.split()))


@given(st.one_of(st.text(max_size=120), MARKS, texts()))
def test_a_dateline_ends_before_its_sentence(text: str) -> None:
    assert 0 <= dateline(text) <= len(text)
