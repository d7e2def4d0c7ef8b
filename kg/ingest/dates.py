"""The date that a file gives for its article."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from dateutil import parser

ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)")
# Two days that share no part: a date whose year, month or day is filled in from a default differs between them.
DEFAULTS = (datetime(2001, 1, 1), datetime(2004, 12, 28))


def read_date(text: str) -> date | None:
    """The day that a text names in full, ``None`` when it names none or could mean two.

    ISO first, then e-mail dates, then free text ("16 February 2018", "Feb. 16, 2018 10:30 GMT"). "03/04/2018" is
    ambiguous, "February 2018" no day: both give ``None``, for nothing is guessed or filled in from a clock.
    """
    text = text.strip()
    try:
        if m := ISO.match(text) or COMPACT.fullmatch(text):
            return date(int(m[1]), int(m[2]), int(m[3]))
        if m := NUMERIC.match(text):
            x, y = int(m[1]), int(m[3])
            if m[2] != "." and x <= 12 and y <= 12 and x != y:
                return None
            d, month = (y, x) if y > 12 and m[2] != "." else (x, y)
            return date(int(m[4]), month, d)
    except ValueError:
        return None
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        pass
    if not re.search(r"[^\W\d_]{3}", text) or not re.search(r"(?<!\d)\d{4}(?!\d)", text):
        return None  # "1 2 3" is three numbers
    try:
        first, second = (parser.parse(text, default=d, ignoretz=True).date() for d in DEFAULTS)
    except (ValueError, OverflowError):
        return None
    return first if first == second else None
