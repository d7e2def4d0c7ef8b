"""Date expressions in a sentence, resolved against the article's date.

``when`` reads tokens, knows no syntax and needs no model. ``kg.nlp.dates`` finds *bases* ("mid-March", "1984", "two
weeks ago"); here prepositions and neighbours make intervals of them ("since 1984", "from March to May"), and the clause
tells whether a date without a year lies ahead. Precision comes first: a bare "March" or "2000" counts only where a
preposition or a range makes it a date, so that "may march on Manbij" and "2000 troops" give none.

The words that decide stand in ``data/lexicon/en/when.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import Time
from kg.nlp import period
from kg.nlp.dates import bases
from kg.nlp.datewords import PLAIN, REFUSE, WORDS, Base, following, kinds, preceding
from kg.nlp.period import Period

LOOK = 12  # tokens searched for a word that says whether a date lies ahead: about a clause
NEAR = 31  # "Feb. 20" in an article of 16 February is next week, not last year

CUES = {name: frozenset(words) for name, words in WORDS["cues"].items()}
AFTER_YEAR = frozenset(REFUSE["after_year"])
OPENERS = CUES["clauses"] | {",", ";", ":", "-", "—", "–", "“", '"', "''", "``", "”", "(", "and", "but", "that"}

ROUGHLY = r"(?: about| around)? $"
LEAD = re.compile(r"\b(on|in|at|during|over|within|around|about|circa|throughout|from|as of)(?: the)? $", re.I)
OPERATOR = re.compile(
    r"\b(since|ever since|until|till|up to|through|by|before|prior to|after)(?: at least)?(?: the)? $", re.I
)
LINK = re.compile(r" ?,? ?(to|until|till|through|and|-)(?: the)? ?")
RANGE_LEAD = re.compile(r"\b(?:since |in |during )?(from|between)(?: the)? $|\b(?:in|during)(?: the)? $", re.I)
YEAR_LEAD = re.compile(
    r"\b(?:in|since|by|until|till|of|from|between|during|before|after|through|around|circa|for)" + ROUGHLY, re.I
)
MONTH_LEAD = re.compile(r"\b(?:in|since|until|till|during|throughout)" + ROUGHLY, re.I)
MONTH_WEAK_LEAD = re.compile(r"\b(?:by|for|from|to|of|after|before|through|between)" + ROUGHLY, re.I)
OWNER = re.compile(r"(?:\b(?:the|a|an|its|his|her|their|our|this)|'s|s ') $", re.I)
GLUE = re.compile(r" (?=[,.;:)’'-])|(?<=[(-]) | (?=[–—])|(?<=[–—]) ")


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression: token indexes, half-open, and what it means.

    ``time.start`` and ``time.end`` are empty where an end is open ("until 2020") or only an article's date would tell.
    ``time.text`` is rebuilt from the tokens; who holds the article can slice the exact one.
    """

    start: int
    end: int
    time: Time


def when(words: list[str], lower: list[str], published: date | None) -> list[Found]:
    """Find the date expressions of a sentence, in order and without overlap; none gives an empty list."""
    some = kinds(words, lower)
    return Reader(words, lower, published).read(some) if some else []


def same(unit: str, start: str) -> Period | None:
    """The unit around the date before: "on October 1 … later that month"."""
    return period.unit_at(date.fromisoformat(start), unit, 0) if start else None


class Reader:
    """Reads one sentence."""

    def __init__(self, words: list[str], lower: list[str], published: date | None) -> None:
        self.words = words
        self.lower = lower
        self.published = published
        self.text = " ".join(words).translate(PLAIN)
        self.starts = [0]
        for w in words:
            self.starts.append(self.starts[-1] + len(w) + 1)

    def read(self, some: frozenset[str]) -> list[Found]:
        every = bases(self.text, self.published, some)
        every = [b for n, b in enumerate(every) if not b.weak or self.supported(every, n)]
        out: list[Found] = []
        i = 0
        while i < len(every):
            b = every[i]
            pair = self.linked(every, i)
            if b.unit:
                b.period = same(b.unit, out[-1].time.start if out else "")
            found = self.between(b, every[i + 1]) if pair else self.single(b)
            out += [found] if found else []
            i += 2 if pair else 1
        return out

    # -- bare months and years ----------------------------------------------------------------------------------------

    def supported(self, every: list[Base], n: int) -> bool:
        """Whether a bare month or year stands where only a date can: "in March", "1998 to 2001", "its 2014 vote"."""
        b = every[n]
        alone = self.year_alone(b) if b.year else self.month_alone(b)
        if alone is not None:
            return alone
        # "in March and April", "from 2014 to 2018": the neighbour is a date, and this its like
        left = every[n - 1] if n else None
        if left is None or bool(left.month) != bool(b.month) or left.day or left.weekday >= 0 or left.period:
            return False
        return bool(re.fullmatch(r" ?(?:, and|,|and|or|to|until|through|-) ?", self.text[left.b : b.a])) and (
            not left.weak or self.supported(every, n - 1)
        )

    def year_alone(self, b: Base) -> bool | None:
        before, word = self.text[: b.a], following(self.text, b.b)
        if word in AFTER_YEAR or re.match(r" [%°]", self.text[b.b :]):
            return False
        if YEAR_LEAD.search(before) or (before.endswith("( ") and re.match(r" [),-]", self.text[b.b :])):
            return True
        return True if OWNER.search(before) and word[:1].isalpha() else None

    def month_alone(self, b: Base) -> bool | None:
        before, word = self.text[: b.a], following(self.text, b.b)
        if MONTH_LEAD.search(before):
            return True
        if b.month == 5:  # Theresa May
            return None
        if MONTH_WEAK_LEAD.search(before) and not word[:1].isupper():
            return True
        noun = word.islower() and word not in ("by", "for", "of", "on", "to", "toward", "towards")
        return True if noun and preceding(self.text, b.a).lower() in ("a", "the", "'s") else None

    # -- prepositions and ranges --------------------------------------------------------------------------------------

    def linked(self, every: list[Base], i: int) -> bool:
        """Whether this base and the next are the two ends of a range."""
        if i + 1 >= len(every):
            return False
        a, b = every[i], every[i + 1]
        link = LINK.fullmatch(self.text[a.b : b.a])
        if not link or a.ahead or b.ahead or a.unit or b.unit:
            return False
        lead = RANGE_LEAD.search(self.text[: a.a])
        opening = (lead.group(1) or "").lower() if lead else ""
        if link.group(1) == "and":
            return opening == "between"
        # "moved from Monday to Tuesday" cannot be told from a range; "told Monday to" can
        return link.group(1) == "-" or opening == "from" or bool(a.month and b.month) or bool(a.year and b.year)

    def between(self, a: Base, b: Base) -> Found | None:
        ahead = self.ahead(a, b)
        first = self.settle(a, ahead, hint=b.year - (a.month > b.month > 0) if b.year else 0)
        last = self.settle(b, ahead, hint=a.year + (b.month < a.month) if a.year else 0, after=first)
        if first is None or last is None:
            return None
        lead = RANGE_LEAD.search(self.text[: a.a])
        end = None if first.start and last.end and last.end < first.start else last.end
        return self.found(lead.start() if lead else a.a, b.b, Period(first.start, end, "interval"))

    def single(self, b: Base) -> Found | None:
        before, owned = self.text[: b.a], self.text[b.b :].startswith(" 's")
        m = None if owned else OPERATOR.search(before)
        op = m.group(1).lower() if m else ""
        ahead = self.ahead(b)
        if b.ahead and not ahead:
            return None
        if op in ("by", "until", "till", "up to") and not ahead:
            ahead = CUES["lasting"].isdisjoint(self.lower[max(0, self.token(b.a) - 8) : self.token(b.a)])
        span = self.settle(b, ahead)
        if span is None:
            return None
        if m is None:
            lead = LEAD.search(before)
            # "was sworn in last Friday", "flew in overnight"
            if lead and lead.group(1).lower() == "in" and (b.which or span.precision == "day"):
                lead = None
            return self.found(lead.start() if lead else b.a, b.b, span)
        return self.found(m.start(), b.b, self.bounded(op, span, ahead=ahead))

    def bounded(self, op: str, span: Period, *, ahead: bool) -> Period:
        """ "since", "until" and their like leave one end open, or end at the article's date."""
        now = self.published
        start, end = span.start, span.end
        if op in ("since", "ever since", "after"):
            start = start if op != "after" or end is None else end + timedelta(days=1)
            return Period(start, now if now and start and start <= now else None, "interval")
        if op in ("before", "prior to"):
            end = start - timedelta(days=1) if start else None
        return Period(now if now and end and now <= end and (ahead or op == "by") else None, end, "interval")

    # -- years and directions -----------------------------------------------------------------------------------------

    def settle(self, b: Base, ahead: bool, *, hint: int = 0, after: Period | None = None) -> Period | None:
        """The period of a base; a missing year is ``hint``, or follows from the range's start or the direction."""
        if b.period is not None or b.unit:
            return b.period
        try:
            if b.weekday >= 0:
                return self.of_week(b, ahead, after)
            return self.of_year(b, b.year or hint or self.guess(b, ahead, after))
        except (ValueError, OverflowError):
            return None

    def of_week(self, b: Base, ahead: bool, after: Period | None) -> Period:
        if self.published is None:
            return Period(None, None, "day")
        if after is not None and after.start is not None:
            return period.day(period.weekday(after.start, b.weekday, 2))
        direction = {"last": -1, "past": -1, "next": 2, "coming": 2, "this": 1}.get(b.which, 1 if ahead else 0)
        return period.day(period.weekday(self.published, b.weekday, direction))

    def of_year(self, b: Base, y: int) -> Period:
        if not y:
            return Period(None, None, "interval" if b.part or b.last_day else "day" if b.day else "month")
        if not b.month:
            return period.part(period.year(y), b.part)
        if not b.day:
            return period.part(period.month(y, b.month), b.part)
        first = date(y, b.month, b.day)
        return Period(first, date(y, b.month, b.last_day), "interval") if b.last_day else period.day(first)

    def guess(self, b: Base, ahead: bool, after: Period | None) -> int:
        """The year of a date without one; 0 without an article's date."""
        now = self.published
        if after is not None and after.start is not None:
            return after.start.year + (b.month < after.start.month)
        if now is None:
            return 0
        here, there = (b.month, b.day or now.day), (now.month, now.day)
        if b.which == "this":
            return now.year
        if b.which in ("last", "past"):
            return now.year - (here[0] >= there[0])
        if b.which in ("next", "coming"):
            return now.year + (here[0] <= there[0])
        if ahead:
            return now.year + (here < there)
        days = (date(now.year, b.month, min(b.day or 1, 28)) - now).days
        near = NEAR if b.day else 0
        if days > near or (not b.day and b.month > now.month):
            return now.year - 1
        # An article of 30 December names "Jan. 5": the one of next week
        return now.year + (bool(b.day) and days + 365 <= near)

    def ahead(self, a: Base, b: Base | None = None) -> bool:
        """Whether the clause around a date speaks of what is to come."""
        i, j = self.token(a.a), self.token((b or a).b - 1) + 1
        while i and self.lower[i - 1] in CUES["prepositions"]:
            i -= 1
        back, forth = range(i - 1, max(-1, i - 1 - LOOK), -1), range(j, min(len(self.lower), j + LOOK))
        scheduled = not CUES["scheduled"].isdisjoint(self.lower[max(0, i - 3) : i] + self.lower[j : j + 3])
        if self.lower[j : j + 1] == ["'s"] and not scheduled:  # "Sunday's attack will raise fears"
            return False
        if i == 0 or self.lower[i - 1] in OPENERS or self.lower[i - 1] in CUES["clauses"]:
            said = self.cue(forth)
            return bool(self.cue(back) if said is None else said)
        said = self.cue(back)
        if said is None and scheduled:
            said = self.cue(forth)
        return bool(said)

    def cue(self, places: range) -> bool | None:
        """True at the first word that looks ahead, False at the first that looks back, None without either."""
        for k in places:
            w = self.lower[k]
            before = self.lower[k - 1] if k else ""
            if (
                w in CUES["future"]
                or f"{before} {w}" in CUES["future"]
                or f"{w} {self.lower[k + 1] if k + 1 < len(self.lower) else ''}" in CUES["future"]
            ):
                return True
            if w in CUES["clauses"]:
                return None
            if (w in CUES["past"] or (w.endswith("ed") and w not in CUES["not_past"])) and before not in CUES[
                "participle"
            ]:
                return False
        return None

    # -- results ------------------------------------------------------------------------------------------------------

    def token(self, char: int) -> int:
        return bisect_right(self.starts, char) - 1

    def found(self, a: int, b: int, span: Period) -> Found:
        i, j = self.token(a), self.token(b - 1) + 1
        text = GLUE.sub("", " ".join(self.words[i:j]))
        start, end = (d.isoformat() if d else "" for d in (span.start, span.end))
        return Found(i, j, Time(start, end, span.precision, "text", text))
