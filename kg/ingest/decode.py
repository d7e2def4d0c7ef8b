"""Bytes into text: bounded, with the encoding found or refused.

A byte order mark decides; without one the text is UTF-8, or Windows-1252 where it plainly is (old Western web pages and
editors), with a warning. Nothing else is guessed: a wrong guess would turn names into noise that no catalogue matches.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
from collections.abc import Iterator
from typing import IO, AnyStr, BinaryIO

from kg.errors import InputError

log = logging.getLogger("kg.ingest")

LIMIT = 10_000_000  # bytes: an article of 10 MB would be 1.6 million words; a longer "line" is not an article
MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip file (.docx, .odt and .epub are such)",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
}
# Western text has at most a few accents in a hundred characters; more means another alphabet's encoding.
MOST_ACCENTS = 0.15


def read_bounded(stream: BinaryIO, origin: str) -> bytes:
    """All bytes of a stream that holds one article.

    Raises:
        InputError: There are more than ``LIMIT``; no more than that is ever read.
    """
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise _too_long(origin, "file")
    return data


def _too_long(origin: str, what: str) -> InputError:
    return InputError(f"{origin}: this {what} is longer than {LIMIT:,} bytes, too much for one article; split it")


def decode(data: bytes, origin: str, declared: str = "") -> str:
    """The text of one article, without byte order mark and with ``\\n`` as line end.

    ``declared`` is the encoding that a page names for itself; it is believed where the bytes are no UTF-8.

    Raises:
        InputError: The data is empty, binary, or in an encoding that cannot be told.
    """
    refuse_magic(data, origin)
    text = _text(data, origin, declared).replace("\r\n", "\n").replace("\r", "\n")
    check(text, origin)
    return text


def refuse_magic(head: bytes, origin: str) -> None:
    for magic, what in MAGIC.items():
        if head.startswith(magic):
            raise InputError(f"{origin}: {what}, not text; save the article as text, Markdown or HTML")


def check(text: str, origin: str) -> None:
    """Refuse what is not text at all: a NUL character, or nothing but white space."""
    if not text.strip():
        raise InputError(f"{origin}: empty; there is no text to read")
    at = text.find("\0")
    if at >= 0:
        raise _binary(origin, at)


def _binary(origin: str, at: int) -> InputError:
    return InputError(f"{origin}: binary data (a NUL at {at}), not text; save the article as text, Markdown or HTML")


def _text(data: bytes, origin: str, declared: str) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as e:
                raise InputError(
                    f"{origin}: the file is marked as {name} but breaks at byte {e.start}; save it as UTF-8"
                ) from e
    silent = _unmarked_utf16(data)
    if silent:
        return data.decode(silent, "replace")
    if b"\0" in data:
        raise _binary(origin, data.index(0))
    try:
        return data.decode()
    except UnicodeDecodeError as e:
        return _legacy(data, origin, declared, e.start)


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark shows as a zero in every second byte of Latin text."""
    head = data[:2000]
    half = len(head) // 2
    if half > 3 and head[1::2].count(0) > 0.6 * half and not head[::2].count(0):
        return "utf-16-le"
    if half > 3 and head[::2].count(0) > 0.6 * half and not head[1::2].count(0):
        return "utf-16-be"
    return ""


def _legacy(data: bytes, origin: str, declared: str, at: int) -> str:
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            log.warning("%s: not in %s as the page says; trying UTF-8 and Windows-1252", origin, declared)
    mended = data.decode("utf-8", "replace")
    bad = mended.count("�")
    good = sum(c > "\x7f" for c in mended) - bad
    if good > bad:
        log.warning("%s: damaged UTF-8 (first at byte %d); %d characters are shown as �", origin, at, bad)
        return mended
    letters = sum(b > 127 for b in data)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as e:
        raise _unknown(origin, e.start) from e
    if letters > 4 + MOST_ACCENTS * len(data):
        raise _unknown(origin, at)
    log.warning("%s: not UTF-8 (byte %d); read as Windows-1252. Save it as UTF-8 if names look wrong", origin, at)
    return text


def _unknown(origin: str, at: int) -> InputError:
    return InputError(f"{origin}: neither UTF-8 nor Windows-1252 (byte {at}); save it as UTF-8, or it is no text file")


DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,40})""", re.I)


def declared_in(page: bytes) -> str:
    """The encoding that an HTML page names in its first lines, empty when it names none."""
    m = DECLARED.search(page[:2048])
    return m[1].decode("ascii") if m else ""


def lines(stream: io.BufferedReader, origin: str) -> Iterator[tuple[int, str | InputError]]:
    """Numbered lines of a stream; one that is too long or in no known encoding comes as an error, and reading goes on.

    Only ``\\n`` ends a line, so that a row may hold any other separator. No more than ``LIMIT`` bytes are held at once.
    """
    if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        wide = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="\n")
        yield from enumerate(_bounded(wide, origin, "\n"), 1)
        wide.detach()
        return
    warned = False
    for number, line in enumerate(_bounded(stream, origin, b"\n"), 1):
        if isinstance(line, InputError):
            yield number, line
            continue
        if b"\0" in line:  # no row holds one; what follows is no better
            yield number, _binary(f"{origin}:{number}", line.index(0))
            return
        raw = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        try:
            yield number, raw.decode()
            continue
        except UnicodeDecodeError as e:
            at = e.start
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            yield number, _unknown(f"{origin}:{number}", at)
            continue
        if not warned:
            log.warning("%s:%d: not UTF-8; read as Windows-1252, as further lines are", origin, number)
        warned = True
        yield number, text


def _bounded(stream: IO[AnyStr], origin: str, end: AnyStr) -> Iterator[AnyStr | InputError]:
    number = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if len(line) <= LIMIT:
            yield line
            continue
        while line and not line.endswith(end):
            line = stream.readline(LIMIT)
        yield _too_long(f"{origin}:{number}", "line")
