"""One file, one article: plain text with or without header lines, Markdown, HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import InputError


@dataclass(slots=True)
class Draft:
    """An article as its file gives it, before the date is read and defaults are filled in."""

    text: str
    title: str = ""
    date: str = ""
    url: str = ""
    publisher: str = ""
    id: str = ""
    language: str = ""


HEADER = re.compile(r"(title|date|url|publisher)[ \t]*:[ \t]*(.*?)[ \t]*(?:\n|\Z)", re.I)


def plain(text: str, origin: str) -> Draft:
    """Plain text; it may begin with ``Title:``, ``Date:``, ``URL:`` and ``Publisher:`` lines, each once, in any order.

    Without them the text is kept to the character.
    """
    found: dict[str, str] = {}
    at = 0
    while (m := HEADER.match(text, at)) and m[1].lower() not in found:
        found[m[1].lower()] = m[2]
        at = m.end()
    body = text[at:].lstrip("\n") if found else text
    return Draft(body, found.get("title", ""), found.get("date", ""), found.get("url", ""), found.get("publisher", ""))


FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
FIELD = re.compile(r"""([A-Za-z_-]+)[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*?))[ \t]*""")


def markdown(text: str, origin: str) -> Draft:
    """Markdown with optional front matter; the markup, pictures and code are dropped, paragraphs stay apart.

    Without a title in the front matter a first-level heading at the top is it.
    """
    front = FRONT.match(text)
    fields: dict[str, str] = {}
    if front:
        for line in front[1].splitlines():
            if m := FIELD.fullmatch(line):
                fields[m[1].lower()] = m[2] or m[3] or m[4] or ""
        text = text[front.end() :]
    title, body = _render(text)
    if fields.get("title"):
        body = [title, *body] if title and title != fields["title"] else body
        title = fields["title"]
    date = fields.get("date") or fields.get("published") or ""
    return Draft("\n\n".join(body), title, date, fields.get("url", ""), fields.get("publisher", ""))


def _render(text: str) -> tuple[str, list[str]]:
    """The first-level heading that opens the text, and the other paragraphs."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  # only Markdown needs it

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    title, out = "", list[str]()
    for n, token in enumerate(tokens):
        if token.type != "inline":
            continue
        words = "".join(
            t.content if t.type in ("text", "code_inline") else {"softbreak": " ", "hardbreak": "\n"}.get(t.type, "")
            for t in token.children or ()
        ).strip()
        if not words:
            continue
        if not title and not out and tokens[n - 1].tag == "h1":
            title = words
        else:
            out.append(words)
    return title, out


def html(text: str, origin: str) -> Draft:
    """A web page without its boilerplate; paragraphs are parted by a blank line.

    The date is one that the page declares or prints as its own; none is guessed from years in a footer.

    Raises:
        InputError: The page holds no article.
    """
    import trafilatura  # noqa: PLC0415  # slow to import, and only HTML needs it

    # lxml refuses a str that declares an encoding, as XHTML does
    page = trafilatura.bare_extraction(
        re.sub(r"\A\s*<\?xml[^>]*\?>", "", text),
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    body = (page.text or "").strip() if page and not isinstance(page, dict) else ""
    if not page or isinstance(page, dict) or not body:
        raise InputError(f"{origin}: no article found in the page; save its text as a .txt file")
    title = (page.title or "").strip()
    paragraphs = [line.strip() for line in body.split("\n") if line.strip()]
    if len(paragraphs) > 1 and paragraphs[0] == title:
        del paragraphs[0]
    return Draft("\n\n".join(paragraphs), title, page.date or "", page.url or "", page.sitename or "")
