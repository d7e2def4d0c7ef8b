"""Sentence boundaries by rule: the parser's own are unsure around quotations, initials and noisy text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.nlp.words import vocabulary

ABBREVIATIONS = vocabulary("syntax", "abbreviations")
CLOSING = vocabulary("syntax", "closing_abbreviations")
BOUNDARY = re.compile(r"""[.!?…]+["'”’»)\]]*\s+|\n\s*\n\s*|\n(?=\s*[-•*])|\s+(?=[•■●▪]\s)""")
OPENS = re.compile(r"""[•■●▪]|["'“‘«(\[]*[A-Z0-9¿¡“"‘À-ÞŁŚŠŽÇĞİÖŞÜ$€£]""")
DATELINE = re.compile(
    r"""^\s*[A-ZÀ-Þ][A-ZÀ-Þ.'’ \-/]{2,40}                   # a town in capitals
    (?:,\s[A-Z][\w.'’ ]{1,30})?                          # , and a country
    (?:,\s(?:\w+\.?\s\d{1,2}|\d{1,2}\s\w+\.?))?\s*      # , a day
    (?:\([A-Z][\w ./]{1,30}\))?\s*                      # (an agency)
    (?:—|–|--|-)\s+(?=["'“‘A-Z0-9])""",
    re.VERBOSE,
)
INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
MAX_CHARS = 2_000  # a "sentence" of more is a table or a list; the parser would take minutes over it


def split(text: str) -> Iterator[tuple[int, int]]:
    """Half-open character spans of the sentences, without surrounding white space; empty text gives none."""
    start = 0
    for m in BOUNDARY.finditer(text):
        if m.group().strip() and not m.group().startswith("\n") and not _ends(text, start, m):
            continue
        yield from _trim(text, start, m.end())
        start = m.end()
    yield from _trim(text, start, len(text))


def _ends(text: str, start: int, m: re.Match[str]) -> bool:
    rest = text[m.end() : m.end() + 3]
    if not rest:
        return True
    if not OPENS.match(rest):
        return False
    if "\n" in m.group():
        return True
    mark = m.group().strip()
    if mark[0] != ".":
        # `"Will you go?" he said` goes on in lower case and was refused above
        return True
    before = re.search(r"([\w.&'’]+)$", text[max(start, m.start() - 15) : m.start()])
    word = before.group(1).lower() if before else ""
    if word == "no":
        return not rest[0].isdigit()  # "No. 10" goes on, "said no. Then" does not
    initials = bool(INITIALS.fullmatch(word)) and word not in ABBREVIATIONS
    if mark == "." and (word in ABBREVIATIONS or initials or (len(word) == 1 and word.isalpha() and word != "i")):
        # "U.S. President" and "P.J. Crowley" go on; "in the U.S. The" is taken as an end
        return (word in CLOSING or initials) and bool(
            re.match(r"(?:The|A|An|In|On|It|He|She|They|But|At|This|That)\b", text[m.end() : m.end() + 6])
        )
    return True


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_CHARS:
        cut = text.rfind(" ", start, start + MAX_CHARS)
        cut = cut if cut > start else start + MAX_CHARS
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end


def dateline(sentence: str) -> int:
    """Length of a leading "ANKARA, Turkey (AP) — ", 0 without one."""
    m = DATELINE.match(sentence)
    return m.end() if m else 0
