"""What the patterns of ``kg.nlp.dates`` are made of: the lexicon's words, fragments of patterns, and their result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from kg.nlp.period import Part, Period
from kg.nlp.words import read

WORDS = read("when")
MONTH_OF: dict[str, int] = {form.lower(): n for n, forms in enumerate(WORDS["months"], 1) for form in forms}
WEEKDAYS = [w.lower() for w in WORDS["weekdays"]]
NUMBERS: dict[str, float] = WORDS["numbers"]
ORDINALS: dict[str, int] = WORDS["ordinals"]
SEASONS: dict[str, list[int]] = WORDS["seasons"]
VAGUE = frozenset({"few", "a few", "several", "some", "recent"})
FULL = [form for forms in WORDS["months"] for form in (forms[0], forms[0].upper())]
SHORT = [form for forms in WORDS["months"] for short in forms[1:] for form in (short, short.upper())]
REFUSE: dict[str, list[str]] = WORDS["refuse"]

# Typographic dashes and apostrophes are one character each, so offsets hold.
PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"})

# What a sentence must hold for a pattern to be tried.
TOKENS = {
    "month": frozenset([*FULL, *SHORT, *(s + "." for s in SHORT)]),
    "weekday": frozenset(form for w in WORDS["weekdays"] for form in (w, w.upper())),
}
LOWER = {
    "season": frozenset(SEASONS),
    "today": frozenset(
        {"today", "tonight", "tomorrow", "yesterday", "overnight", "night", "morning", "afternoon", "evening"}
    ),
    "unit": frozenset(unit + s for unit in WORDS["units"] for s in ("", "s")) | {"centuries"},
}
DIGIT = re.compile(r"\d")


def any_of(words: Iterable[str]) -> str:
    """An alternation, longest first; a hyphen may stand apart, as the tokeniser sets it."""
    return "|".join(re.escape(w).replace(r"\-", " ?- ?") for w in sorted(words, key=len, reverse=True))


FREE = r"(?:(?<=[Mm]id-)|(?<![\w.,:/$€£+-]))"
MONTH = rf"(?P<m>(?:{any_of(FULL)}|(?:{any_of(SHORT)})\.?))(?![\w'])"
WEEKDAY = rf"(?P<w>{any_of(TOKENS['weekday'])})\b"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%:]|[.,/]\d)"
FOUR = r"(?:1[4-9]|20)\d\d"
YEAR = rf"(?P<y>{FOUR})(?![\w%:/]|[.,]\d)"
PART = (
    r"(?:\b(?P<part>[Ee]arl(?:y|ier)|[Mm]id(?:dle)?|[Ll]ater?"
    r"|(?:[Tt]he )?(?:[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd) of)(?: ?- ?| in | )(?:the )?)?"
)
WHICH = r"(?:\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Tt]he (?:past|coming|current)) )"
DAYTIME = r"(?: (?:morning|afternoon|evening|night|noon|midnight))?"
UNIT = rf"(?P<unit>{any_of(WORDS['units'])}|centurie)"
COUNT = rf"(?<![\w.,])(?P<n>(?i:{any_of(NUMBERS)}|a few|few|several|some)|\d{{1,4}})"


@dataclass(slots=True)
class Base:
    """A date expression without its preposition. ``a`` and ``b`` are characters of the joined tokens.

    Either ``period`` is known, or calendar parts wait for a year or a direction. A ``weak`` base ("March", "2000") is
    a date only where its surroundings make it one, an ``ahead`` one ("in two weeks") where the clause looks ahead, and
    one with a ``unit`` after another date ("later that month").
    """

    a: int
    b: int
    period: Period | None = None
    year: int = 0
    month: int = 0
    day: int = 0
    last_day: int = 0
    weekday: int = -1
    which: str = ""
    part: Part = ""
    weak: bool = False
    ahead: bool = False
    unit: str = ""


Builder = Callable[[str, re.Match[str], date | None], Base | None]
RULES: list[tuple[frozenset[str], re.Pattern[str], Builder]] = []


def rule(needs: str, *patterns: str) -> Callable[[Builder], Builder]:
    """Register a builder; its patterns are tried where a sentence holds all kinds of word that it ``needs``."""

    def register(build: Builder) -> Builder:
        RULES.extend((frozenset(needs.split()), re.compile(pattern), build) for pattern in patterns)
        return build

    return register


def kinds(words: list[str], lower: list[str]) -> frozenset[str]:
    """The kinds of date word in a sentence; empty for most."""
    found = [kind for kind, some in TOKENS.items() if not some.isdisjoint(words)]
    found += [kind for kind, some in LOWER.items() if not some.isdisjoint(lower)]
    return frozenset([*found, "digit"] if DIGIT.search(" ".join(words)) else found)


def following(text: str, at: int) -> str:
    """The word after a position, empty at punctuation."""
    m = re.match(r" ([\w']+)", text[at : at + 40])
    return m.group(1) if m else ""


def preceding(text: str, at: int) -> str:
    """The word before a position, empty at punctuation."""
    m = re.search(r"([\w']+) $", text[max(0, at - 40) : at])
    return m.group(1) if m else ""


def base(m: re.Match[str], **known: Any) -> Base:
    return Base(m.start(), m.end(), **known)


def unknown(m: re.Match[str], precision: Any = "interval") -> Base:
    """A date that only the article's date would tell."""
    return base(m, period=Period(None, None, precision))


def month_of(m: re.Match[str]) -> int:
    return MONTH_OF[m["m"].rstrip(".").lower()]


def which_of(m: re.Match[str]) -> str:
    """ "last", "next", "this", "past", "coming", "current" or nothing."""
    return (m["which"] or "").lower().split(" ")[-1]


def part_of(m: re.Match[str]) -> Part:
    words = (m["part"] or "").lower().replace("the ", "")
    starts = {"ear": "early", "beg": "early", "sta": "early", "mid": "mid", "lat": "late", "end": "late"}
    return cast(Part, starts.get(words[:3], ""))
