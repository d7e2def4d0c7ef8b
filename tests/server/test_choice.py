"""What a request may ask for, and how it is told that it may not."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.server.choice import Choice, allowed, choice, one, whole


def test_nothing_said_is_the_first_view() -> None:
    assert choice({}) == Choice()


def test_what_the_page_sends_is_read() -> None:
    said = choice({
        "level": ["actors"], "signs": ["hf"], "from": ["2018-02-15"], "confidence": ["50"], "keep": ["TUR", "YPG"],
        "statuses": [""], "noTypes": ["State"], "places": ["1"],
    })  # fmt: skip
    assert (said.level, said.signs, said.since, said.confidence) == ("actors", {-1, 1}, 736740, 50)
    assert (said.keep, said.statuses, said.no_types, said.places) == (("TUR", "YPG"), set(), {"State"}, True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"level": ["states"]}, "level: is sides or actors"),
        ({"signs": ["x"]}, "signs:"),
        ({"from": ["2018-02-30"]}, "from: is a day"),
        ({"to": ["soon"]}, "to: is a day"),
        ({"actors": ["4"]}, "actors: is a number from 5 to 300"),
        ({"actors": ["٤٢"]}, "actors: is a number"),
        ({"actors": ["1e2"]}, "actors: is a number"),
        ({"ties": ["99999999999999999999"]}, "ties:"),
        ({"confidence": ["-1"]}, "confidence:"),
        ({"level": ["sides", "actors"]}, "level: is one text"),
        ({"noRelations": ["HUGS"]}, "noRelations: 'HUGS' is not one of"),
        ({"statuses": ["maybe"]}, "statuses: 'maybe' is not one of"),
        ({"noTypes": ["Planet"]}, "noTypes: 'Planet'"),
        ({"keep": ["x" * 201]}, "keep: are at most"),
        ({"keep": ["x"] * 401}, "keep: are at most"),
    ],
)
def test_what_no_page_sends_is_refused(query: dict[str, list[str]], words: str) -> None:
    with pytest.raises(InputError) as told:
        choice(query)
    assert words in str(told.value)


def test_a_misspelt_key_is_refused() -> None:
    with pytest.raises(InputError, match="'noRelation' is not a key"):
        allowed({"noRelation": ["ATTACKS"]})


def test_what_is_needed_must_be_there() -> None:
    with pytest.raises(InputError, match="a: is missing"):
        one({"a": [""]}, "a", needed=True)
    assert whole({}, "most", 10, 1, 20) == 10
