"""Behaviour tables: Markdown that an analyst reads and the tests run.

A case is a quotation and, indented below it, what is to be read from it::

    > [2018-02-16] NATO was condemned by Russia on Wednesday, Lavrov said.
        Russia ACCUSES NATO        by Sergei Lavrov, on 2018-02-14, condemn/passive

Everything that is not said must not be there: no other statement, no negation, no speaker. Only rivals may: the rules may
read the same claim as another relation of the same sign (*expel* as COERCES beside SANCTIONS), for the scorer to decide.
Dates and rules are compared only where the table gives them. The flags, split by commas, in any order:

======================  ==============================================================================
``negated``             polarity; affirmed without it
``intended`` …          ``intended``, ``possible`` or ``conditional``; actual without one
``by A > B``            the speakers, outermost first; the article's own voice without it
``on 2018-02-14``       the date: a day, a month, a year or ``START..END``; an end may be open
``condemn/passive``     how the rule begins that proposed it
======================  ==============================================================================

``nothing`` means no statement at all, ``? SOURCE …`` one that may be there or not, and a lone ``…`` lets the rules propose
more than is listed. ``xfail: why`` marks a known failure, and a bare ``>`` is a
paragraph's end. A date in brackets is the article's. A file that starts with
``<!-- judged -->`` shows the statements that the scorer accepts, any other the candidates that the rules propose.

Trees come from ``parses.jsonl``, as the model gave them; they are mended (``kg.nlp.repairs``) when they are read, so that
no model is needed and a change of the repairs shows at once.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from kg.actors.catalogue import load
from kg.actors.names import Names
from kg.model import ActorRef, Article, Statement, Time
from kg.nlp.read import Reading, read_article
from kg.nlp.repairs import repair
from kg.nlp.score import Scorer, statement
from kg.nlp.sentences import split
from kg.nlp.tree import Tree
from kg.ontology import relations
from kg.places import packaged

HERE = Path(__file__).parent
PARSES = HERE / "parses.jsonl"
JUDGED = "<!-- judged -->"
MODALITIES = ("intended", "possible", "conditional")
ROW = re.compile(rf"(?P<source>.+?) (?P<relation>{'|'.join(relations())}) (?P<target>.+?)(?: {{2,}}(?P<flags>.+))?")
COLUMNS = ("words", "tags", "deps", "heads", "lemmas")


class TableError(ValueError):
    """A line of a table that cannot be read; the message names file and line."""


# -- reading the tables -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One statement as a table asks for it; ``None`` where the table does not care."""

    source: str
    relation: str
    target: str
    negated: bool = False
    modality: str = "actual"
    speakers: tuple[str, ...] = ()
    when: str | None = None
    rule: str | None = None
    optional: bool = False


@dataclass(slots=True)
class Case:
    """A text and what is to be read from it."""

    file: str
    line: int
    text: str
    published: date | None = None
    judged: bool = False
    rows: list[Row] = field(default_factory=list)
    nothing: bool = False
    more: bool = False
    xfail: str = ""

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


def files() -> list[Path]:
    return sorted(HERE.glob("*.md"))


@cache
def cases() -> list[Case]:
    """Every case of every table, in order.

    Raises:
        TableError: A line is none of what the module's description allows, or a case asks for nothing at all.
    """
    return [case for path in files() for case in read(path.name, path.read_text(encoding="utf-8"))]


def read(name: str, text: str) -> list[Case]:
    """The cases of one table."""
    found: list[Case] = []
    quoting = False
    judged = text.startswith(JUDGED)
    for number, line in enumerate(text.splitlines(), 1):
        where = f"tests/language/{name}:{number}"
        if line.startswith(">"):
            said = line[1:].strip()
            if quoting:
                case = found[-1]
                case.text += "\n\n" if not said else said if case.text.endswith("\n") else " " + said
            else:
                day, said = _dated(said)
                found.append(Case(name, number, said, day, judged))
            quoting = True
            continue
        quoting = False
        if line.startswith("    ") and line.strip():
            if not found:
                raise TableError(f"{where}: a statement without a sentence above it")
            _expect(found[-1], line.strip(), where)
    for case in found:
        if case.nothing == bool(case.rows) or (case.nothing and case.more):
            raise TableError(
                f"tests/language/{name}:{case.line}: say what is to be read, or `nothing` and no more: {case.text}"
            )
    return found


def _dated(said: str) -> tuple[date | None, str]:
    m = re.match(r"\[(\d{4}-\d\d-\d\d)\] ", said)
    return (date.fromisoformat(m[1]), said[m.end() :]) if m else (None, said)


def _expect(case: Case, line: str, where: str) -> None:
    if line == "nothing":
        case.nothing = True
    elif line in ("…", "..."):
        case.more = True
    elif line.startswith("xfail:"):
        case.xfail = line.removeprefix("xfail:").strip()
    else:
        case.rows.append(_row(line, where))


def _row(line: str, where: str) -> Row:
    optional = line.startswith("? ")
    m = ROW.fullmatch(line.removeprefix("? "))
    if m is None:
        raise TableError(
            f"{where}: {line!r} is no `SOURCE RELATION TARGET  flags`; relations: {', '.join(relations())}"
        )
    negated, modality = False, "actual"
    speakers: tuple[str, ...] = ()
    when: str | None = None
    rule: str | None = None
    for flag in (f.strip() for f in (m["flags"] or "").split(",")):
        kind, _, rest = flag.partition(" ")
        if flag == "negated":
            negated = True
        elif flag in MODALITIES:
            modality = flag
        elif kind == "by":
            speakers = tuple(s.strip() for s in rest.split(">"))
        elif kind == "on":
            when = rest.strip()
        elif "/" in flag:
            rule = flag
        elif flag:
            raise TableError(
                f"{where}: flag {flag!r} is unknown; use negated, {', '.join(MODALITIES)}, by, on or a rule"
            )
    return Row(
        m["source"].strip(), m["relation"], m["target"].strip(), negated, modality, speakers, when, rule, optional
    )


# -- trees without a model --------------------------------------------------------------------------------------------


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Where each sentence of a text starts, and its text, which is its key among the parses."""
    for start, end in split(text):
        yield start, text[start:end]


def packed(tree: Tree) -> str:
    """A tree as a line of ``parses.jsonl``: its columns, joined by spaces, which no token holds."""
    row = tree.to_json()
    columns = {c: " ".join(str(v) for v in row[c]) for c in COLUMNS}  # type: ignore[attr-defined]
    return json.dumps({"text": tree.text, **columns}, ensure_ascii=False, separators=(",", ":"))


def unpacked(line: str, start: int = 0) -> Tree:
    """The tree of a line, its sentence starting at a character of the article."""
    kept = json.loads(line)
    row = {"text": kept["text"], **{c: kept[c].split(" ") for c in COLUMNS}}
    row["starts"] = []
    at = 0
    for word in row["words"]:
        at = kept["text"].index(word, at)
        row["starts"].append(at)
        at += len(word)
    return Tree.from_json(row, start)


@cache
def parses() -> dict[str, str]:
    """Sentence → its line."""
    lines = PARSES.read_text(encoding="utf-8").splitlines() if PARSES.is_file() else []
    return {json.loads(line)["text"]: line for line in lines}


def trees(text: str) -> list[Tree]:
    """The mended trees of a text.

    Raises:
        KeyError: A sentence was not parsed; the message says how to mend it.
    """
    found = []
    for start, sentence in sentences(text):
        line = parses().get(sentence)
        if line is None:
            raise KeyError(f"no parse of {sentence!r}; run: python -m tests.language.refresh")
        found.append(repair(unpacked(line, start)))
    return found


# -- what the engine reads --------------------------------------------------------------------------------------------


@cache
def names() -> Names:
    return Names(load([packaged("seeds") / "actors"]))


@dataclass(frozen=True, slots=True)
class Got:
    """One statement as the engine reads it."""

    statement: Statement

    def claims(self, row: Row) -> bool:
        """Whether it is the claim that a row asks for, whenever and by whatever rule."""
        s = self.statement
        ends = [(s.source.actor, s.target.actor)]
        if relations()[s.relation].symmetric:
            ends.append((s.target.actor, s.source.actor))
        return (
            s.relation == row.relation
            and any(named(a, row.source) and named(b, row.target) for a, b in ends)
            and (s.polarity == "negated") == row.negated
            and s.modality == row.modality
            and len(s.attribution) == len(row.speakers)
            and all(named(a, n) for a, n in zip(s.attribution, row.speakers, strict=True))
        )

    def rivals(self, row: Row) -> bool:
        """Whether it is the claim that a row asks for but for the relation, which has the same sign."""
        s = self.statement
        same = relations()[s.relation].sign == relations()[row.relation].sign
        return same and self.claims(replace(row, relation=s.relation))

    def fits(self, row: Row) -> bool:
        """Whether it is the claim, the date and the rule that a row asks for."""
        s = self.statement
        when = row.when is None or written(s.time) == row.when
        return when and (row.rule is None or s.rule.startswith(row.rule)) and self.claims(row)

    def __str__(self) -> str:
        """As a table would write it."""
        s = self.statement
        flags = [
            *(["negated"] if s.polarity == "negated" else []),
            *([str(s.modality)] if s.modality != "actual" else []),
            *(["by " + " > ".join(a.name for a in s.attribution)] if s.attribution else []),
            *([f"on {written(s.time)}"] if s.time.source == "text" and written(s.time) else []),
            s.rule,
        ]
        return f"{s.source.actor.name} {s.relation} {s.target.actor.name}        {', '.join(flags)}"


def named(actor: ActorRef, name: str) -> bool:
    return name.casefold() in {n.casefold() for n in (actor.name, *actor.aliases, actor.id)}


def written(time: Time) -> str:
    """A time as a table writes it; empty when nothing is known."""
    start, end = time.start, time.end
    if not start and not end:
        return ""
    if time.precision == "day" and start == end:
        return start
    if time.precision == "month" and end == f"{start[:7]}-{monthrange(int(start[:4]), int(start[5:7]))[1]:02}":
        return start[:7]
    if time.precision == "year" and start[:4] == end[:4]:
        return start[:4]
    return f"{start}..{end}"


def reading(case: Case) -> Reading:
    return read_article(Article(case.text, published=case.published), trees(case.text), names())


def got(case: Case) -> list[Got]:
    """What the engine reads from a case: accepted statements, or the rules' proposals but mere wishes."""
    r = reading(case)
    if case.judged:
        return [Got(s) for s in Scorer.packaged().judge(r)]
    return [Got(statement(r, s, c, 1.0)) for s in r.sentences for c in s.candidates if not c.stance.wish]


def differences(case: Case, found: list[Got]) -> list[str]:
    """What a reader would have to change in the table for it to hold; empty when it does."""
    missing = [f"missing: {row}" for row in case.rows if not row.optional and not any(g.fits(row) for g in found)]
    covers = Got.claims if case.judged else Got.rivals
    stray = [f"not in the table: {g}" for g in found if not any(covers(g, row) for row in case.rows)]
    return missing + ([] if case.more else list(dict.fromkeys(stray)))
