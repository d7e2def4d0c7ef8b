"""The patterns of date expressions: what can be read without looking around.

Each pattern runs over the joined tokens of a sentence and its builder gives a ``Base``: a period when the words and the
article's date suffice ("last month"), else calendar parts that wait for a year or a direction ("Feb. 15", "Thursday").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from kg.nlp import period as p
from kg.nlp.period import Part, Period
from kg.nlp.words import read

W = read("when")
MONTH_OF = {form.lower(): n for n, forms in enumerate(W["months"], 1) for form in forms}
WEEKDAYS = [w.lower() for w in W["weekdays"]]
NUMBERS: dict[str, float] = W["numbers"]
VAGUE = frozenset({"few", "a few", "several", "some", "many", "recent"})
UNIT_WORDS = "day|night|week|weekend|fortnight|month|quarter|year|decade|century"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


FULL = [form for forms in W["months"] for form in (forms[0], forms[0].upper())]
SHORT = [form for forms in W["months"] for short in forms[1:] for form in (short, short.upper())]
MONTH = rf"(?P<m>(?:{_any(FULL)}|(?:{_any(SHORT)})\.?))(?![\w'])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%:]|[.,/]\d)"
FOUR = r"(?:1[4-9]|20)\d\d"
YEAR = rf"(?P<y>{FOUR})(?![\w%:/]|[.,]\d)"
FREE = r"(?:(?<=[Mm]id-)|(?<![\w.,:/$€£+-]))"
PART = (
    r"(?:\b(?P<part>[Ee]arly|[Ee]arlier|[Mm]id(?:dle)?|[Ll]ate|[Ll]ater"
    r"|(?:[Tt]he )?(?:[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd) of)(?: ?- ?| in | )(?:the )?)?"
)
WEEKDAY = rf"(?P<w>{_any([f for w in W['weekdays'] for f in (w, w.upper())])})\b"
COUNT = rf"(?P<n>{_any(list(NUMBERS))}|a few|few|several|some|\d{{1,4}})"
DAYTIME = r"(?: (?:morning|afternoon|evening|night|noon|midnight))?"
# Typographic dashes and apostrophes are one character each, so offsets hold.
PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"})


@dataclass(slots=True)
class Base:
    """A date expression without its preposition. ``a`` and ``b`` are characters of the joined tokens.

    A ``weak`` base ("March", "2000") is a date only where its surroundings make it one.
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


Builder = Callable[[str, re.Match[str], date | None], Base | None]
RULES: list[tuple[re.Pattern[str], Builder]] = []


def rule(*patterns: str) -> Callable[[Builder], Builder]:
    def register(build: Builder) -> Builder:
        RULES.extend((re.compile(pattern), build) for pattern in patterns)
        return build

    return register


def bases(text: str, published: date | None) -> list[Base]:
    """All date expressions in order; where two overlap the longer stays."""
    every = sorted(_every(text, published), key=lambda b: (b.a - b.b, b.a))
    kept: list[Base] = []
    for b in every:
        if all(b.b <= k.a or b.a >= k.b for k in kept):
            kept.append(b)
    return sorted(kept, key=lambda b: b.a)


def _every(text: str, published: date | None) -> Iterator[Base]:
    for pattern, build in RULES:
        for m in pattern.finditer(text):
            try:
                base = build(text, m, published)
            except (ValueError, OverflowError):  # "February 30", "9,000 years ago"
                continue
            if base is not None:
                yield base


def following(text: str, at: int) -> str:
    """The word after a position, empty at punctuation."""
    m = re.match(r" ([\w']+)", text[at : at + 40])
    return m.group(1) if m else ""


def preceding(text: str, at: int) -> str:
    m = re.search(r"([\w']+) $", text[max(0, at - 40) : at])
    return m.group(1) if m else ""


def _part(m: re.Match[str]) -> Part:
    words = (m["part"] or "").lower().split()
    word = next((w for w in words if w not in ("the", "of")), "")
    return cast(Part, {"earl": "early", "begi": "early", "star": "early", "mid": "mid", "midd": "mid", "late": "late", "end": "late"}.get(word[:4], ""))


def _base(m: re.Match[str], **known: Any) -> Base:
    return Base(m.start(), m.end(), **known)


def _unknown(m: re.Match[str], precision: Any = "interval") -> Base:
    """A date that only the article's date would tell."""
    return _base(m, period=Period(None, None, precision))


# -- the calendar -----------------------------------------------------------------------------------------------------

PREFIX = rf"{FREE}(?:(?:{_any(W['weekdays'])}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)(?: ?[,(])? )?"
MORE_DAYS = rf"(?: ?- ?| to | and | through )(?P<d2>{DAY})"
NO_MONTH = rf"(?! {MONTH.replace('?P<m>', '?:')})"  # "from March 15 to 2 April"


@rule(
    rf"{PREFIX}\b{MONTH} (?P<d>{DAY})(?:{MORE_DAYS}{NO_MONTH})?(?:(?: ?,)? {YEAR})?",
    rf"{PREFIX}\b(?:the )?(?P<d>{DAY})(?:{MORE_DAYS})? (?:of )?{MONTH}(?:(?: ?,)? {YEAR})?",
)
def _date(text: str, m: re.Match[str], published: date | None) -> Base | None:
    number = [int(re.sub(r"\D", "", m[g] or "0")) for g in ("d", "d2")]
    b = _base(m, month=MONTH_OF[m["m"].rstrip(".").lower()], day=number[0], last_day=number[1], year=int(m["y"] or 0))
    date(b.year or 2000, b.month, max(number))  # refuses February 30
    if b.last_day and b.last_day <= b.day:
        return None
    if not b.year:
        word = following(text, m.end())
        # "the March 14 Alliance"; "in March 14 soldiers"
        if word.lower() in W["refuse"]["after_date"] or word in W["refuse"]["after_year"]:
            return None
        named = W["named"].get(f"{b.month}-{b.day}")
        if named and word in W["cues"]["named"] and (published is None or published.isoformat() >= named):
            b.period = p.day(date.fromisoformat(named))
    return b


@rule(r"(?<![\w/])9/11(?![\w/])")
def _named(text: str, m: re.Match[str], published: date | None) -> Base:
    return _base(m, period=p.day(date.fromisoformat(W["named"]["9-11"])))


@rule(rf"{FREE}(?P<y>{FOUR})(?: ?- ?)(?P<mm>\d\d)(?: ?- ?)(?P<dd>\d\d)(?!\d)")
def _iso(text: str, m: re.Match[str], published: date | None) -> Base:
    return _base(m, period=p.day(date(int(m["y"]), int(m["mm"]), int(m["dd"]))))


@rule(rf"{FREE}(?P<x>\d\d?)(?P<sep>[./])(?P<z>\d\d?)(?P=sep){YEAR}")
def _numeric(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """15.02.2018 is day first; with slashes only a part above 12 tells the day from the month."""
    x, z = int(m["x"]), int(m["z"])
    if m["sep"] == "/" and x <= 12 and z <= 12 and x != z:
        return None
    d, month = (z, x) if z > 12 and m["sep"] == "/" else (x, z)
    return _base(m, period=p.day(date(int(m["y"]), month, d)))


@rule(rf"{PART}{FREE}\b{MONTH}(?: of| ,)? {YEAR}")
def _month_year(text: str, m: re.Match[str], published: date | None) -> Base:
    return _base(m, month=MONTH_OF[m["m"].rstrip(".").lower()], year=int(m["y"]), part=_part(m))


@rule(rf"{PART}(?:\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Tt]he (?:past|coming)) )?{FREE}\b{MONTH}")
def _month(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """Weak unless "early", "last" or their like stand before: "March" is a verb, "May" and "April" are people."""
    name, which = m["m"], _which(m)
    if name.lower() not in {w.lower() for w in FULL} and not name.endswith("."):
        return None
    if name.lower() == "may" and (following(text, m.end()) in ("Day", "'s") or (name == "MAY" and not which)):
        return None
    return _base(m, month=MONTH_OF[name.rstrip(".").lower()], part=_part(m), which=which, weak=not (which or m["part"]))


@rule(
    rf"(?:\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Tt]he (?:past|coming)) )?(?:\b(?:[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater)(?: on)? )?"
    rf"\b{WEEKDAY}{DAYTIME}(?:(?: of)? (?P<week>last|next|this) week)?"
)
def _weekday(text: str, m: re.Match[str], published: date | None) -> Base | None:
    before, after = preceding(text, m.start()), following(text, m.end())
    if before in W["refuse"]["before_weekday"] or after in W["refuse"]["after_weekday"]:
        return None
    if before in ("the", "The") and after[:1].isupper():  # "the Sunday People"
        return None
    b = _base(m, weekday=WEEKDAYS.index(m["w"].lower()), which=_which(m))
    if m["week"] and published is not None:
        monday = p.unit_at(published, "week", {"last": -1, "this": 0, "next": 1}[m["week"]]).start or published
        b.period = p.day(monday + timedelta(days=b.weekday))
    return b


@rule(rf"{PART}{FREE}{YEAR}(?! ?- ?\d)")
def _year(text: str, m: re.Match[str], published: date | None) -> Base:
    return _base(m, year=int(m["y"]), part=_part(m), weak=not m["part"])


@rule(rf"{FREE}(?P<y>{FOUR}) ?[-/] ?(?P<z>(?:1[4-9]|20)?\d\d)(?![\w%:/-]|[.,]\d| - ?\d)")
def _years(text: str, m: re.Match[str], published: date | None) -> Base | None:
    first, last = int(m["y"]), int(m["y"][: 4 - len(m["z"])] + m["z"])
    return _base(m, period=p.years(first, last)) if first < last <= first + 150 else None


@rule(rf"{PART}(?:the )?(?<![\w$€£])(?:' ?)?(?P<n>(?:1[4-9]|20)\d0|[2-9]0)(?: ?')?s\b")
def _decade(text: str, m: re.Match[str], published: date | None) -> Base | None:
    n = int(m["n"])
    if n < 100:  # "the 90s" are the last ones before the article; "in his 60s" is an age
        if preceding(text, m.start("n")).lower() in ("his", "her", "their", "mid", "my") or published is None:
            return None
        n += published.year // 100 * 100
        n -= 100 if n > published.year else 0
    return _base(m, period=p.part(p.years(n, n + 9), _part(m)))


@rule(rf"{PART}(?:the )?\b(?P<n>\d\d?(?:st|nd|rd|th)|{_any(list(W['ordinals']))})(?: | ?- ?)century\b")
def _century(text: str, m: re.Match[str], published: date | None) -> Base:
    n = W["ordinals"].get(m["n"].lower().replace(" ", "")) or int(re.sub(r"\D", "", m["n"]))
    return _base(m, period=p.part(p.years(n * 100 - 99, n * 100), _part(m)))


@rule(
    rf"\b(?:the )?(?P<n>first|second|third|fourth) (?P<kind>half|quarter)(?: of(?: the (?:year )?)? {YEAR}| of (?P<which>this|last|the) year)",
    rf"\bQ(?P<q>[1-4]) (?:of )?{YEAR}",
)
def _fraction(text: str, m: re.Match[str], published: date | None) -> Base | None:
    g = m.groupdict()
    n = int(g["q"]) if g.get("q") else W["ordinals"][g["n"].lower()]
    length = 6 if g.get("kind") == "half" else 3
    if n * length > 12:
        return None
    if not g["y"] and published is None:
        return _unknown(m)
    y = int(g["y"]) if g["y"] else cast(date, published).year - (g["which"] == "last")
    return _base(m, period=p.months(y, (n - 1) * length + 1, n * length))


@rule(rf"{PART}(?:\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|the (?:past|coming)) |the )?\b(?P<s>{_any(list(W['seasons']))})\b(?:(?: of|,)? {YEAR})?")
def _season(text: str, m: re.Match[str], published: date | None) -> Base | None:
    first, last = W["seasons"][m["s"].lower()]
    which = _which(m)
    if m["y"]:
        return _base(m, period=p.part(p.months(int(m["y"]), first, last), _part(m)))
    if not which:  # "the fall of Aleppo", "Prague Spring"
        return None
    if published is None:
        return _unknown(m)
    spans = [p.months(published.year + k, first, last) for k in (-2, -1, 0, 1)]
    if which in ("last", "past"):
        span = [s for s in spans if s.end and s.end < published][-1]
    elif which in ("next", "coming"):
        span = next(s for s in spans if s.start and s.start > published)
    else:
        span = spans[1] if last > 12 and published.month <= last - 12 else spans[2]
    return _base(m, period=p.part(span, _part(m)))


# -- seen from the article's date -------------------------------------------------------------------------------------


def _which(m: re.Match[str]) -> str:
    return (m["which"] or "").lower().split(" ")[-1]


@rule(
    rf"\b(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly) )?(?P<t>[Tt]oday|[Tt]onight|[Oo]vernight|[Tt]he day before yesterday|[Tt]he day after tomorrow|[Yy]esterday|[Tt]omorrow){DAYTIME}\b",
    r"\b(?P<t>[Ll]ast night|[Tt]his (?:morning|afternoon|evening))\b",
)
def _today(text: str, m: re.Match[str], published: date | None) -> Base | None:
    word = m["t"].lower()
    if word == "today" and preceding(text, m.start()) in W["refuse"]["before_today"] and m["t"] == "Today":
        return None
    if published is None:
        return _unknown(m, "day")
    n = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
    return _base(m, period=p.day(published + timedelta(days=n)))


@rule(
    rf"{PART}\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Tt]he (?:past|coming|current)) (?P<unit>week|weekend|month|quarter|year|decade|century)\b",
    rf"(?P<part>)\b(?P<which>[Tt]he) (?P<unit>weekend)\b",
)
def _calendar(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """ "last month" is a calendar month, "the past month" the stretch before the article."""
    which, unit = _which(m), m["unit"]
    if published is None:
        return _unknown(m, unit if unit in ("month", "year") and not m["part"] else "interval")
    if m["which"].lower() in ("the past", "this past") and unit != "weekend":
        return _base(m, period=p.stretch(published, unit, -1))
    back = which in ("last", "past") or (which == "the" and published.weekday() < 5)
    span = p.unit_at(published, unit, -1 if back else 1 if which in ("next", "coming") else 0)
    word = (m["part"] or "").lower()
    if which == "this" and word == "earlier" and span.start:
        return _base(m, period=Period(span.start, published, "interval"))
    if which == "this" and word == "later" and span.end:
        return _base(m, period=Period(published, span.end, "interval"))
    return _base(m, period=p.part(span, _part(m)))


@rule(
    rf"\b(?:[Ii]n |[Oo]ver |[Dd]uring |[Ww]ithin |[Ff]or )?(?:the |these )(?P<which>last|past|previous|next|coming) (?:{COUNT} )?(?P<unit>hour|{UNIT_WORDS})s?\b(?! of\b)",
    rf"\b(?:[Ii]n |[Oo]ver |[Dd]uring |of )?(?P<which>recent|coming) (?P<n>)(?P<unit>{UNIT_WORDS})s\b",
    rf"\b(?P<which>last|past|next) (?P<n>{_any(list(NUMBERS))}|few|several|\d{{1,3}}) (?P<unit>hour|{UNIT_WORDS})s\b",
)
def _stretch(text: str, m: re.Match[str], published: date | None) -> Base | None:
    if published is None:
        return _unknown(m)
    ahead = _which(m) in ("next", "coming")
    n = _count(m["n"], m["unit"], plural=m[0].endswith("s"))
    return _base(m, period=p.stretch(published, m["unit"], n if ahead else -n))


def _count(word: str | None, unit: str, *, plural: bool) -> float:
    w = (word or "").lower()
    if w in VAGUE or not w:
        return p.RECENT[unit] if plural else 1
    return NUMBERS[w] if w in NUMBERS else int(w)


@rule(rf"\b{COUNT}(?: | ?- ?)(?P<unit>hour|{UNIT_WORDS}|centurie)s?(?: | ?- ?)ago\b", rf"\b(?P<n>)(?P<unit>week|month|year|decade|centurie)s ago\b")
def _ago(text: str, m: re.Match[str], published: date | None) -> Base | None:
    unit = m["unit"].replace("centurie", "century")
    if published is None:
        return _unknown(m, unit if unit in ("month", "year") else "day" if unit in ("day", "week") else "interval")
    if not m["n"] or m["n"].lower() in VAGUE:
        far = p.shift(published, unit, -5)
        return _base(m, period=Period(far, p.shift(published, unit, -2), "interval"))
    return _base(m, period=p.away(published, unit, -_count(m["n"], unit, plural=True)))


@rule(rf"\b(?P<how>[Ii]n|[Ww]ithin) (?:the )?(?:about |around |just |only )?{COUNT} (?P<unit>hour|{UNIT_WORDS}|centurie)s?(?P<time>['’]? time)?\b(?! of\b)")
def _within(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """ "in two weeks" is a date only where the clause looks ahead: the army took the town "in two weeks" as well."""
    unit = m["unit"].replace("centurie", "century")
    if published is None:
        return None
    n = _count(m["n"], unit, plural=True)
    span = p.away(published, unit, n) if m["how"].lower() == "in" else p.stretch(published, unit, n)
    return _base(m, period=span, which="ahead")
