"""The patterns of date expressions: what can be read without looking around.

Each pattern runs over the joined tokens of a sentence and its builder gives a ``Base``: a period when the words and the
article's date suffice ("last month"), else calendar parts that wait for a year or a direction ("Feb. 15", "Thursday").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.nlp import period as p
from kg.nlp.datewords import (
    COUNT,
    DAY,
    DAYTIME,
    FOUR,
    FREE,
    FULL,
    MONTH,
    NUMBERS,
    ORDINALS,
    PART,
    REFUSE,
    RULES,
    SEASONS,
    UNIT,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    WHICH,
    WORDS,
    YEAR,
    Base,
    any_of,
    base,
    following,
    month_of,
    part_of,
    preceding,
    rule,
    unknown,
    which_of,
)
from kg.nlp.period import Period


def bases(text: str, published: date | None, kinds: frozenset[str]) -> list[Base]:
    """All date expressions in order; where two overlap the longer stays."""
    kept: list[Base] = []
    for b in sorted(_every(text, published, kinds), key=lambda b: (b.a - b.b, b.a)):
        if all(b.b <= k.a or b.a >= k.b for k in kept):
            kept.append(b)
    return sorted(kept, key=lambda b: b.a)


def _every(text: str, published: date | None, kinds: frozenset[str]) -> Iterator[Base]:
    for needs, pattern, build in RULES:
        if not needs <= kinds:
            continue
        for m in pattern.finditer(text):
            try:
                found = build(text, m, published)
            except (ValueError, OverflowError):  # "February 30", "9,000 years ago"
                continue
            if found is not None:
                yield found


# -- the calendar -----------------------------------------------------------------------------------------------------

OF_WEEK = rf"{FREE}(?:(?:{any_of(WORDS['weekdays'])}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)(?: ?[,(])? )?"
MORE_DAYS = rf"(?: ?- ?| to | and | through )(?P<d2>{DAY})"
NO_MONTH = rf"(?! {MONTH.replace('?P<m>', '?:')})"  # "from March 15 to 2 April"


@rule(
    "month digit",
    rf"{OF_WEEK}\b{MONTH} (?P<d>{DAY})(?:{MORE_DAYS}{NO_MONTH})?(?:(?: ?,)? {YEAR})?",
    rf"{OF_WEEK}\b(?:the )?(?P<d>{DAY})(?:{MORE_DAYS})? (?:of )?{MONTH}(?:(?: ?,)? {YEAR})?",
)
def _date(text: str, m: re.Match[str], published: date | None) -> Base | None:
    first, last = (int(re.sub(r"\D", "", m[g] or "0")) for g in ("d", "d2"))
    b = base(m, month=month_of(m), day=first, last_day=last, year=int(m["y"] or 0))
    date(b.year or 2000, b.month, max(first, last))  # refuses February 30
    if last and last <= first:
        return None
    if not b.year:
        word = following(text, m.end())
        # "the March 14 Alliance"; "in March 14 soldiers"
        if word.lower() in REFUSE["after_date"] or word in REFUSE["after_year"]:
            return None
        named = WORDS["named"].get(f"{b.month}-{b.day}")
        if named and word in WORDS["cues"]["named"] and (published is None or published.isoformat() >= named):
            b.period = p.day(date.fromisoformat(named))
    return b


@rule("digit", r"(?<![\w/])9/11(?![\w/])")
def _named(text: str, m: re.Match[str], published: date | None) -> Base:
    return base(m, period=p.day(date.fromisoformat(WORDS["named"]["9-11"])))


@rule("digit", rf"{FREE}(?P<y>{FOUR})(?: ?- ?)(?P<mm>\d\d)(?: ?- ?)(?P<dd>\d\d)(?!\d)")
def _iso(text: str, m: re.Match[str], published: date | None) -> Base:
    return base(m, period=p.day(date(int(m["y"]), int(m["mm"]), int(m["dd"]))))


@rule("digit", rf"{FREE}(?P<x>\d\d?)(?P<sep>[./])(?P<z>\d\d?)(?P=sep){YEAR}")
def _numeric(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """15.02.2018 is day first; with slashes only a part above 12 tells the day from the month."""
    x, z = int(m["x"]), int(m["z"])
    if m["sep"] == "/" and x <= 12 and z <= 12 and x != z:
        return None
    d, month = (z, x) if z > 12 and m["sep"] == "/" else (x, z)
    return base(m, period=p.day(date(int(m["y"]), month, d)))


@rule("month digit", rf"{PART}{FREE}\b{MONTH}(?: of| ,)? {YEAR}")
def _month_year(text: str, m: re.Match[str], published: date | None) -> Base:
    return base(m, month=month_of(m), year=int(m["y"]), part=part_of(m))


@rule("month", rf"{PART}{WHICH}?{FREE}\b{MONTH}")
def _month(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """Weak unless "early", "last" or their like stand before: "March" is a verb, "May" and "April" are people."""
    name, which = m["m"], which_of(m)
    if name not in FULL and not name.endswith("."):
        return None
    if name.lower() == "may" and (following(text, m.end()) in ("Day", "'s") or (name == "MAY" and not which)):
        return None
    return base(m, month=month_of(m), part=part_of(m), which=which, weak=not (which or m["part"]))


@rule(
    "weekday",
    rf"{WHICH}?(?:\b(?:[Ee]arl(?:y|ier)|[Ll]ater?)(?: on)? )?\b{WEEKDAY}{DAYTIME}"
    r"(?:(?: of)? (?P<week>last|next|this) week)?",
)
def _weekday(text: str, m: re.Match[str], published: date | None) -> Base | None:
    before, after = preceding(text, m.start()), following(text, m.end())
    if before in REFUSE["before_weekday"] or before.lower() in ("each", "every") or after in REFUSE["after_weekday"]:
        return None
    if before in ("the", "The") and after[:1].isupper():  # "the Sunday People"
        return None
    b = base(m, weekday=WEEKDAYS.index(m["w"].lower()), which=which_of(m))
    if m["week"] and published is not None:
        monday = p.unit_at(published, "week", {"last": -1, "this": 0, "next": 1}[m["week"]]).start or published
        b.period = p.day(monday + timedelta(days=b.weekday))
    return b


@rule("digit", rf"{PART}{FREE}{YEAR}(?! ?- ?\d)")
def _year(text: str, m: re.Match[str], published: date | None) -> Base:
    return base(m, year=int(m["y"]), part=part_of(m), weak=not m["part"])


@rule("digit", rf"{FREE}(?P<y>{FOUR}) ?[-/] ?(?P<z>(?:1[4-9]|20)?\d\d)(?![\w%:/-]|[.,]\d| - ?\d)")
def _years(text: str, m: re.Match[str], published: date | None) -> Base | None:
    first, last = int(m["y"]), int(m["y"][: 4 - len(m["z"])] + m["z"])
    return base(m, period=p.years(first, last)) if first < last <= first + 150 else None


@rule(
    "digit",
    rf"{PART}(?:the )?(?:(?<=[Mm]id-)|(?<![\w$€£-]))(?:' ?)?(?P<n>(?:1[4-9]|20)\d0|[2-9]0)(?: ?')?s\b",
)
def _decade(text: str, m: re.Match[str], published: date | None) -> Base | None:
    n = int(m["n"])
    if n < 100:  # "the 90s" are the last ones before the article; "in his 60s" is an age
        if preceding(text, m.start("n")).lower() in ("his", "her", "their", "mid", "my") or published is None:
            return None
        n += published.year // 100 * 100
        n -= 100 if n > published.year else 0
    return base(m, period=p.part(p.years(n, n + 9), part_of(m)))


@rule("unit", rf"{PART}(?:the )?\b(?P<n>\d\d?(?:st|nd|rd|th)|{any_of(ORDINALS)})(?: | ?- ?)century\b")
def _century(text: str, m: re.Match[str], published: date | None) -> Base:
    n = ORDINALS.get(m["n"].lower().replace(" ", "")) or int(re.sub(r"\D", "", m["n"]))
    return base(m, period=p.part(p.years(n * 100 - 99, n * 100), part_of(m)))


FRACTION = r"\b(?:the )?(?P<n>first|second|third|fourth) (?P<kind>half|quarter) of(?: the)?"


@rule(
    "digit",
    rf"{FRACTION}(?: year)? (?P<which>){YEAR}",
    rf"\bQ(?P<n>[1-4])(?P<kind>) (?:of )?(?P<which>){YEAR}",
)
@rule("unit", rf"{FRACTION}(?: (?P<which>this|last))?(?P<y>) year\b")
def _fraction(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """ "the first half of 2018", "Q1 2018"."""
    n = ORDINALS.get(m["n"]) or int(m["n"])
    length = 6 if m["kind"] == "half" else 3
    if n * length > 12:
        return None
    if not m["y"] and published is None:
        return unknown(m)
    y = int(m["y"] or 0) or (published.year if published else 0) - (m["which"] == "last")
    return base(m, period=p.months(y, (n - 1) * length + 1, n * length))


@rule("season", rf"{PART}(?:{WHICH}|the )?\b(?P<s>{any_of(SEASONS)})\b(?:(?: of|,)? {YEAR})?")
def _season(text: str, m: re.Match[str], published: date | None) -> Base | None:
    first, last = SEASONS[m["s"]]
    which = which_of(m)
    if m["y"]:
        return base(m, period=p.part(p.months(int(m["y"]), first, last), part_of(m)))
    if not which:  # "the fall of Aleppo", "Prague Spring"
        return None
    if published is None:
        return unknown(m)
    spans = [p.months(published.year + k, first, last) for k in (-2, -1, 0, 1)]
    if which in ("last", "past"):
        span = [s for s in spans if s.end and s.end < published][-1]
    elif which in ("next", "coming"):
        span = next(s for s in spans if s.start and s.start > published)
    else:
        span = spans[1] if last > 12 and published.month <= last - 12 else spans[2]
    return base(m, period=p.part(span, part_of(m)))


# -- seen from the article's date -------------------------------------------------------------------------------------


@rule(
    "today",
    r"\b(?:(?:[Ee]arl(?:y|ier)|[Ll]ater?) )?(?P<t>[Tt]oday|[Tt]onight|[Oo]vernight|[Yy]esterday|[Tt]omorrow"
    rf"|[Tt]he day before yesterday|[Tt]he day after tomorrow){DAYTIME}\b",
    r"\b(?P<t>[Ll]ast night|[Tt]his (?:morning|afternoon|evening))\b",
)
def _today(text: str, m: re.Match[str], published: date | None) -> Base | None:
    if m["t"] == "Today" and preceding(text, m.start()) in REFUSE["before_today"]:
        return None
    if published is None:
        return unknown(m, "day")
    days: int = WORDS["days"].get(m["t"].lower(), 0)
    return base(m, period=p.day(published + timedelta(days=days)))


@rule("unit", r"\b(?:[Ll]ater |[Ee]arlier )?(?:[Tt]hat(?: same)?|[Tt]he same) (?P<unit>day|week|month|year)\b")
def _same(text: str, m: re.Match[str], published: date | None) -> Base:
    """ "later that month" means something only after a date in the same sentence."""
    return base(m, unit=m["unit"])


SPAN = r"(?P<unit>week|weekend|month|quarter|year|decade|century)\b"


@rule(
    "unit",
    rf"{PART}{WHICH}{SPAN}",
    r"(?P<part>)\b(?P<which>[Tt]he) (?P<unit>weekend)\b",
    r"\b(?P<part>[Ee]arl(?:y|ier)|[Ll]ater?) in (?P<which>the) (?P<unit>week|month|year)\b",
    r"\b(?P<part>(?:[Tt]he )?(?:end|start|middle|beginning) of) (?P<which>the) (?P<unit>week|month|year)\b(?! of)",
)
def _unit(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """ "last month" is a calendar month, "the past month" the stretch before the article."""
    which, unit, part = which_of(m), m["unit"], (m["part"] or "").lower()
    if published is None:
        return unknown(m, unit if unit in ("month", "year") and not part else "interval")
    if which == "past" and unit != "weekend":
        return base(m, period=p.stretch(published, unit, -1))
    over = which == "the" and unit == "weekend" and published.weekday() < 5
    n = -1 if over or which in ("last", "past") else 1 if which in ("next", "coming") else 0
    span = p.unit_at(published, unit, n)
    if not n and part == "earlier":
        return base(m, period=Period(span.start, published, "interval"))
    if not n and part == "later":
        return base(m, period=Period(published, span.end, "interval"))
    return base(m, period=p.part(span, part_of(m)))


STRETCH = r"\b(?:(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or) )?"


@rule(
    "unit",
    rf"{STRETCH}(?:the |these )(?P<which>last|past|previous|next|coming) (?:{COUNT} )?{UNIT}s?\b(?! of\b)",
    rf"{STRETCH}(?P<which>recent|coming) (?P<n>){UNIT}s\b",
    rf"\b(?P<which>last|past|next) {COUNT} {UNIT}s\b",
)
def _stretch(text: str, m: re.Match[str], published: date | None) -> Base | None:
    if not m["n"] and m["unit"] in ("day", "night") and not m[0].endswith("s"):  # "the next day" is some other day's
        return None
    if published is None:
        return unknown(m)
    n = _count(m, plural=m[0].endswith("s"))
    return base(m, period=p.stretch(published, _unit_of(m), n if which_of(m) in ("next", "coming") else -n))


@rule(
    "unit",
    rf"\b{COUNT}(?: | ?- ?){UNIT}s?(?: | ?- ?)ago\b",
    r"(?<!\d )\b(?P<n>)(?P<unit>week|month|year|decade|centurie)s ago\b",
)
def _ago(text: str, m: re.Match[str], published: date | None) -> Base | None:
    unit = _unit_of(m)
    if published is None:
        exact = {"day": "day", "week": "day", "month": "month", "year": "year"}
        return unknown(m, exact.get(unit, "interval"))
    if not m["n"] or m["n"].lower() in VAGUE:
        return base(m, period=Period(p.shift(published, unit, -5), p.shift(published, unit, -2), "interval"))
    return base(m, period=p.away(published, unit, -_count(m)))


@rule(
    "unit",
    rf"\b(?P<how>[Ii]n|[Ww]ithin) (?:(?:the|about|around|just|only) )?{COUNT} {UNIT}s?(?: ?')?(?: time)?\b(?! of\b)",
)
def _ahead(text: str, m: re.Match[str], published: date | None) -> Base | None:
    """ "in two weeks" is a date only where the clause looks ahead: the army took the town "in two weeks" as well."""
    if published is None:
        return None
    step = p.away if m["how"].lower() == "in" else p.stretch
    return base(m, period=step(published, _unit_of(m), _count(m)), ahead=True)


def _unit_of(m: re.Match[str]) -> str:
    return "century" if m["unit"] == "centurie" else m["unit"]


def _count(m: re.Match[str], *, plural: bool = True) -> float:
    """How many units; where the words name no number, as many as a reader would take."""
    word = (m["n"] or "").lower()
    if word in VAGUE or not word:
        return p.RECENT.get(_unit_of(m), 3) if plural else 1
    return NUMBERS[word] if word in NUMBERS else int(word)
