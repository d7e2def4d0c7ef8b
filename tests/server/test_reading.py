"""Reading a graph piece by piece: nothing twice, nothing left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.server.choice import Choice
from kg.server.columns import Columns
from kg.server.reading import LAST, PIECE, Reading, pieces
from kg.server.views import Views
from tests.server.rows import columns_of, row_of
from tests.view.synthetic import statements

SIZES = st.integers(0, 3_000_000)


@given(SIZES, st.text("0123456789abcdef", min_size=16, max_size=16))
def test_each_id_is_in_just_one_piece(size: int, statement: str) -> None:
    assert len([1 for low, high in pieces(size) if low <= statement < high]) == 1


@given(SIZES)
def test_pieces_follow_each_other_from_nothing_to_the_last(size: int) -> None:
    ranges = pieces(size)
    assert (ranges[0][0], ranges[-1][1]) == ("", LAST)
    assert all(before[1] == after[0] for before, after in pairwise(ranges))
    assert len(ranges) in (1, 16, 256)
    assert len(ranges) == 256 or size <= PIECE * len(ranges)


def test_pieces_together_are_the_whole() -> None:
    rows = list(statements(60, 300))
    whole, reading = columns_of(rows), Reading(300)
    for n in range(0, 300, 70):
        reading.add(row_of(a, s) for a, s in rows[n : n + 70])
        assert not reading.taken().whole
    reading.whole = True
    reading.described = whole.described
    assert reading.taken().whole
    assert Views(reading.taken()).beginning() == Views(whole).beginning()


def test_what_has_changed_is_seen_even_where_as_many_statements_are_left() -> None:
    rows = list(statements(60, 50))
    article, statement = rows[-1]
    assert columns_of(rows).same(columns_of(rows))
    assert not columns_of(rows).same(columns_of([*rows[:-1], (article, replace(statement, confidence=0.01))]))
    assert not columns_of(rows).same(columns_of([*rows[:-1], (replace(article, publisher="Else"), statement)]))


def test_a_graph_without_statements_has_nothing_to_show() -> None:
    views = Views(Columns())
    seen = views.view(Choice(places=True))
    assert (seen["ids"], seen["pairs"], seen["places"], seen["read"]) == ([], [], {}, {"done": 0, "of": 0})
    assert views.beginning()["facets"]["types"] == {}
    assert views.neighbours(Choice(), "TUR")["pairs"] == []
    assert views.path(Choice(), "TUR", "YPG")["pairs"] == []
    assert views.changes(Choice(), 700_000, 730_000, 90)["changes"] == []
    assert len(views.rows(Choice(), "TUR", "")) == 0
