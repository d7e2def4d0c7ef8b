"""Files into articles: the formats, their dates, and every kind of bad input."""

from __future__ import annotations

import io
import json
import logging
import os
import string
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest import dump, read_articles
from kg.ingest.decode import LIMIT, decode
from kg.ingest.formats import markdown, plain
from kg.model import Article

TEXT = "Turkey opposes YPG.\n\nThe US is allied with the Kurds.\n"
DAY = date(2018, 2, 16)
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


def one(path: Path, *, published: date | None = None) -> Article:
    [article] = read_articles([path], published=published, publisher="", on_skip=pytest.fail)
    return article


def refusal(path: Path | str) -> str:
    """The one line that a single bad input gives."""
    skipped: list[str] = []
    with pytest.raises(InputError) as e:
        list(read_articles([path], published=None, publisher="", on_skip=skipped.append))
    message = str(e.value)
    assert "\n" not in message
    assert not skipped
    assert e.value.exit_code == 2
    return message


# -- formats ----------------------------------------------------------------------------------------------------------


def test_plain_text_is_kept_to_the_character(write: Write) -> None:
    text = "  Turkey opposes YPG. \n\n\tNew line — “quoted”.\n\n"
    article = one(write("a.txt", text), published=DAY)
    assert article.text == text
    assert (article.title, article.published) == ("", DAY)


def test_plain_text_may_begin_with_header_lines(write: Write) -> None:
    head = "Title: Talks in Ankara\nDATE: 16 February 2018\nurl: https://example.org/a\nPublisher: Example Wire\n\n"
    article = one(write("a.txt", head + TEXT), published=date(2000, 1, 1))
    assert article.text == TEXT
    assert (article.title, article.published) == ("Talks in Ankara", DAY)
    assert (article.url, article.publisher) == ("https://example.org/a", "Example Wire")


def test_only_the_known_header_lines_are_headers() -> None:
    assert plain("Ankara: the talks failed.\n", "a").text == "Ankara: the talks failed.\n"
    assert plain("Title: A\nAuthor: B\n\nText", "a").text == "Author: B\n\nText"
    assert plain("Title: A\nTitle: B", "a").text == "Title: B"


def test_windows_line_ends_become_plain_ones(write: Write) -> None:
    assert one(write("a.txt", "One.\r\n\r\nTwo.\rThree."), published=DAY).text == "One.\n\nTwo.\nThree."


def test_markdown_loses_its_markup(write: Write) -> None:
    source = """---
title: "Talks: the second round"
date: 2018-02-16
publisher: 'Example Wire'
url: https://example.org/b
tags: [a, b]
---
# Another headline

**Turkey** opposes the [YPG](https://example.org/ypg),
it said. ![map](map.png) `YPG` &amp; others.<!-- note -->

> NATO was not *condemned* by Russia.

- one
- two

```
code
```

| actor | side |
| --- | --- |
| Turkey | NATO |
"""
    article = one(write("b.md", source))
    assert (article.title, article.published) == ("Talks: the second round", DAY)
    assert (article.publisher, article.url) == ("Example Wire", "https://example.org/b")
    assert article.text == (
        "Another headline\n\nTurkey opposes the YPG, it said.  YPG & others.\n\nNATO was not condemned by Russia.\n\n"
        "one\n\ntwo\n\nactor\n\nside\n\nTurkey\n\nNATO"
    )


def test_markdown_takes_its_first_heading_for_a_title() -> None:
    draft = markdown("# Talks fail\n\nTurkey opposes YPG.", "a")
    assert (draft.title, draft.text) == ("Talks fail", "Turkey opposes YPG.")
    assert markdown("Text first.\n\n# Then", "a").title == ""


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}"><title>Greece and Turkey to talk | Aegean Wire</title>
<meta property="og:title" content="Greece and Turkey to talk"><meta property="og:site_name" content="Aegean Wire">
{date}<link rel="canonical" href="https://example.org/2021/talks"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div class="cookies">We use cookies. <button>Accept all</button></div>
<article><h1>Greece and Turkey to talk</h1>
<p>Greece and Turkey said on Monday that they would resume talks on <b>maritime claims</b> after five years.</p>
<h2>What the two sides say</h2>
<p>The Greek foreign ministry welcomed the invitation to a <i>café</i> in Istanbul, and Ankara promised to host it.</p>
</article>
<aside><h3>Most read</h3><ul><li><a href="/soup">Ten soups for winter</a></li></ul></aside>
<footer>© 2015-2021 Aegean Wire. All rights reserved.</footer></body></html>
"""
PUBLISHED = '<meta property="article:published_time" content="2021-01-12T09:20:00+02:00">'


def test_html_loses_its_boilerplate(write: Write) -> None:
    article = one(write("c.html", PAGE.format(charset="utf-8", date=PUBLISHED)))
    assert (article.title, article.published) == ("Greece and Turkey to talk", date(2021, 1, 12))
    assert (article.publisher, article.url) == ("Aegean Wire", "https://example.org/2021/talks")
    assert [p.split()[0] for p in article.text.split("\n\n")] == ["Greece", "What", "The"]
    assert "maritime claims after" in article.text
    for boilerplate in ("cookies", "Home", "soups", "rights reserved", "<"):
        assert boilerplate not in article.text


def test_a_footer_dates_no_page(write: Write) -> None:
    assert one(write("c.html", PAGE.format(charset="utf-8", date="")), published=None).published is None


def test_a_page_is_read_in_its_declared_encoding(write: Write) -> None:
    page = PAGE.format(charset="iso-8859-2", date=PUBLISHED).replace("café", "kawa w Łodzi").replace("©", "")
    assert "kawa w Łodzi" in one(write("c.html", page.encode("iso-8859-2"))).text


def test_xhtml_may_declare_its_encoding(write: Write) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE.format(charset="utf-8", date=PUBLISHED)
    assert one(write("c.xhtml", page)).published == date(2021, 1, 12)


def test_a_page_without_an_article_is_refused(write: Write) -> None:
    assert "no article found in the page; save its text" in refusal(write("c.html", "<html><body></body></html>"))


def test_json_lines(write: Write) -> None:
    rows = [
        {"id": "a1", "title": "T", "published": "2018-02-16", "url": "u", "publisher": "p", "text": " Text.\r\n "},
        {"text": "Only text.\u2028Same line.", "extra": [1]},
        {"text": "Dated by a clock.", "published": "2018-02-16T23:59:00+03:00"},
    ]
    path = write("d.jsonl", "\n\n".join(json.dumps(r, ensure_ascii=False) for r in rows))
    a, b, c = read_articles([path], published=date(2000, 1, 1), publisher="Mine", on_skip=pytest.fail)
    assert a == Article(" Text.\r\n ", "a1", "u", "p", "T", DAY)
    assert (b.text, b.publisher, b.published) == ("Only text.\u2028Same line.", "Mine", date(2000, 1, 1))
    assert c.published == DAY


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(write: Write, delimiter: str) -> None:
    rows = [["Id", "Date", "Text"], ["1", "2018-02-16", '"Turkey opposes\nYPG, it ""said""; so."'], ["", "", ""]]
    path = write("e.csv", "\n".join(delimiter.join(r) for r in rows))
    [article] = read_articles([path], published=None, publisher="", on_skip=pytest.fail)
    assert article == Article('Turkey opposes\nYPG, it "said"; so.', "1", published=DAY)


def test_a_long_csv_field_is_no_error(write: Write) -> None:
    assert len(one(write("e.csv", "text\n" + "x " * 100_000), published=DAY).text) == 200_000


def test_a_directory_is_read_recursively_and_in_order(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.txt", ".hidden/x.txt", "a/.x.txt", "a/table.dat"):
        write(name, name)
    found = list(read_articles([tmp_path], published=DAY, publisher="", on_skip=pytest.fail))
    assert [a.text for a in found] == ["a/b/c.txt", "a/z.md", "b.txt"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (TEXT, TEXT),
        ('{"text": "Turkey opposes YPG."}\n', "Turkey opposes YPG."),
        ("---\ntitle: T\n---\nTurkey *opposes* YPG.", "Turkey opposes YPG."),
        (PAGE.format(charset="utf-8", date=PUBLISHED), None),
    ],
    ids=["text", "jsonl", "markdown", "html"],
)
def test_standard_input_is_known_by_its_first_characters(
    monkeypatch: pytest.MonkeyPatch, content: str, text: str | None
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    [article] = read_articles(["-"], published=DAY, publisher="", on_skip=pytest.fail)
    assert article.text.startswith("Greece and Turkey said") if text is None else article.text == text


def test_dump_is_read_back(write: Write) -> None:
    article = Article("a\n\u2028b\r\n “c” 😀\t", "", "https://example.org", "P", "T", DAY)
    assert one(write("f.jsonl", dump(article))) == article


def test_the_noisy_article_is_kept_to_the_character() -> None:
    path = Path(__file__).parents[3] / "shared" / "seeds" / "tillerson-turkey-2018.txt"
    if not path.exists():
        assert os.environ.get("CI") != "true", f"CI needs {path.name} beside the checkout"
        pytest.skip("the article is not beside this checkout")
    assert one(path, published=DAY) == Article(path.read_text(encoding="utf-8"), published=DAY)


# -- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "encoding"),
    [
        *((".txt", e) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
        *((".jsonl", e) for e in ("utf-8", "utf-8-sig", "utf-16")),
    ],
)
def test_unicode_in_all_its_dresses(write: Write, encoding: str, suffix: str) -> None:
    text = "President Erdoğan met “Lavrov” in Kraków. " * 3
    content = text if suffix == ".txt" else json.dumps({"text": text}, ensure_ascii=False) + "\n"
    assert one(write("a" + suffix, content.encode(encoding)), published=DAY).text == text


@pytest.mark.parametrize("suffix", [".txt", ".jsonl"])
def test_windows_text_is_read_with_a_warning(write: Write, suffix: str, caplog: pytest.LogCaptureFixture) -> None:
    text = "“Le président Hollande” s’est rendu à Bamako."
    content = text if suffix == ".txt" else json.dumps({"text": text}, ensure_ascii=False)
    assert one(write("a" + suffix, content.encode("cp1252")), published=DAY).text == text
    assert [r.message for r in caplog.records if "Windows-1252" in r.message]


def test_a_bad_byte_in_utf8_spoils_one_character(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    article = one(write("a.txt", "Erdoğan met Çavuşoğlu".encode() + b"\xc3 today"), published=DAY)
    assert article.text == "Erdoğan met Çavuşoğlu� today"
    assert "damaged UTF-8" in caplog.text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "iso-8859-7", "euc-kr"])
def test_another_alphabet_is_not_guessed(write: Write, encoding: str) -> None:
    text = {"iso-8859-7": "Ελλάδα και Τουρκία συνομιλούν", "euc-kr": "남북 회담이 판문점에서 열렸다"}.get(
        encoding, "Россия и Турция ведут переговоры"
    )
    assert "save it as UTF-8" in refusal(write("a.txt", text.encode(encoding)))


# -- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".csv", ""])
@pytest.mark.parametrize("content", [b"", b" \n\n\t ", b"\xef\xbb\xbf"], ids=["nothing", "blank", "mark"])
def test_empty(write: Write, suffix: str, content: bytes) -> None:
    message = refusal(write("a" + suffix, content))
    assert "a" + suffix in message
    assert "empty" in message or "no column" in message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"abc\0def\n", "binary data (a NUL at 3)"),
        (bytes(range(256)) * 20, "binary data"),
        (b"%PDF-1.7\nabc", "a PDF file"),
        (b"PK\x03\x04abc", "a zip file"),
        (b"{\\rtf1 abc}", "an RTF file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_binary(write: Write, content: bytes, what: str) -> None:
    for name in ("a.txt", "a", "a.html"):
        message = refusal(write(name, content))
        assert what in message
        assert name in message


def test_binary_rows_end_a_file(write: Write) -> None:
    rows = b'{"text": "one"}\n' + bytes(range(256)) * 20
    skipped: list[str] = []
    found = list(read_articles([write("a.jsonl", rows)], published=DAY, publisher="", on_skip=skipped.append))
    assert [a.text for a in found] == ["one"]
    assert ["binary data" in m for m in skipped] == [True]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv", "a"])
def test_an_endless_line_is_not_read_to_its_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as f:
        f.write(b"text\n" if name == "a.csv" else b"x")
        f.seek(50_000_000)
        f.write(b"x\n")
    message = refusal(path)
    assert f"longer than {LIMIT:,} bytes" in message
    assert "split it" in message


def test_after_an_endless_line_the_next_is_read(write: Write) -> None:
    rows = [b'{"text": "one"}', b'{"text": "' + b"x" * (LIMIT + 5) + b'"}', b'{"text": "two"}']
    skipped: list[str] = []
    found = read_articles([write("a.jsonl", b"\n".join(rows))], published=DAY, publisher="", on_skip=skipped.append)
    assert [a.text for a in found] == ["one", "two"]
    assert len(skipped) == 1
    assert "a.jsonl:2: this line is longer" in skipped[0]


def test_a_missing_file_stops_before_anything_is_read(write: Write, tmp_path: Path) -> None:
    articles = read_articles(
        [write("a.txt", TEXT), tmp_path / "b.txt"], published=DAY, publisher="", on_skip=pytest.fail
    )
    with pytest.raises(InputError, match=r"b\.txt: no such file"):
        next(articles)


def test_an_empty_directory(tmp_path: Path) -> None:
    assert "no articles in the directory; looked for" in refusal(tmp_path)


def test_an_unreadable_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write("a.txt", TEXT)
    monkeypatch.setattr(Path, "open", denied)
    assert "a.txt: Permission denied; check the path" in refusal(path)


@pytest.mark.parametrize("value", ["yesterday", "February 2018", "03/04/2018", "2018-02-30", "16"])
def test_an_unclear_date(write: Write, value: str) -> None:
    message = refusal(write("a.txt", f"Date: {value}\n\n{TEXT}"))
    assert f'"{value}" is no full and clear date; write it as 2018-02-16' in message


def test_a_missing_date_gives_one_warning(write: Write, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for n in range(3):
        write(f"{n}.txt", f"Text {n}.")
    with caplog.at_level(logging.WARNING):
        found = list(read_articles([tmp_path], published=None, publisher="", on_skip=pytest.fail))
    assert [a.published for a in found] == [None] * 3
    assert len(caplog.records) == 1
    assert "0.txt and 2 more articles: no date" in caplog.text
    assert "--published" in caplog.text


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ("{}", 'no "text"; the line has nothing'),
        ('{"body": "x", "title": 1}', 'no "text"; the line has body, title'),
        ('{"text": 5}', '"text" is no string'),
        ('{"text": "x", "title": []}', '"title" is no string'),
        ('{"text": " "}', "empty"),
        ('{"text": "a\\u0000b"}', "binary"),
        ("[" * 100_000, "not JSON"),
        ('{"text": "x", "published": "soon"}', "no full and clear date"),
    ],
)
def test_a_bad_row_is_named_and_passed_over(write: Write, row: str, why: str) -> None:
    path = write("a.jsonl", '{"text": "one"}\n' + row + '\n{"text": "two"}\n')
    skipped: list[str] = []
    found = list(read_articles([path], published=DAY, publisher="", on_skip=skipped.append))
    assert [a.text for a in found] == ["one", "two"]
    [message] = skipped
    assert "a.jsonl:2: " in message
    assert why in message


def test_bad_files_among_good_ones(write: Write, tmp_path: Path) -> None:
    write("a.txt", b"\0")
    write("b.txt", TEXT)
    write("c.txt", b"")
    skipped: list[str] = []
    found = list(read_articles([tmp_path], published=DAY, publisher="", on_skip=skipped.append))
    assert [a.text for a in found] == [TEXT]
    assert [Path(m.split(":")[0]).name for m in skipped] == ["a.txt", "c.txt"]


def test_only_bad_files(write: Write, tmp_path: Path) -> None:
    write("a.txt", b"")
    write("b.txt", b"")
    skipped: list[str] = []
    with pytest.raises(InputError, match="no article could be read: all 2 were skipped"):
        list(read_articles([tmp_path], published=DAY, publisher="", on_skip=skipped.append))
    assert len(skipped) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("title\nx", 'no column "text"; the header has title'),
        ("title,text\nonly", "the row ends before its text"),
    ],
)
def test_bad_csv(write: Write, content: str, why: str) -> None:
    assert why in refusal(write("a.csv", content))


def test_a_surrogate_cut_in_two_keeps_the_offsets(write: Write) -> None:
    text = one(write("a.jsonl", '{"text": "a \\ud83d b \\ud83d\\ude00 c"}'), published=DAY).text
    assert text == "a � b 😀 c"
    assert text.encode()


# -- laws -------------------------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1))
def test_utf8_text_comes_back(text: str) -> None:
    if text.strip() and not any(text.encode().startswith(m) for m in (b"%PDF-", b"GIF8", b"{\\rtf", b"PK\x03\x04")):
        assert decode(text.encode(), "t") == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_one_clear_line(data: bytes) -> None:
    try:
        text = decode(data, "t")
    except InputError as e:
        assert "\n" not in str(e)
    else:
        assert "\0" not in text
        assert text.encode()


LINES = st.text(string.ascii_letters + ":\n -#*>`|[]()!_~0123456789\"'&<\\é", max_size=80)


@given(LINES, st.sampled_from(["", "---\n", "Title: x\n", "Date: 2018-02-16\n"]))
def test_headers_and_front_matter_never_fail(text: str, head: str) -> None:
    assert (head + text).endswith(plain(head + text, "t").text)
    markdown(head + text, "t")
