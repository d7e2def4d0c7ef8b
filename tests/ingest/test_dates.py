"""Dates that files give for their articles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "2018-02-16",
        "2018-02-16T10:00:00Z",
        "2018-02-16 23:59:59+14:00",
        "20180216",
        "16 February 2018",
        "Feb. 16, 2018",
        "Friday, February 16, 2018",
        "Feb 16 2018 10:30 GMT",
        "February 16, 2018 at 5:12 p.m. EST",
        "Fri, 16 Feb 2018 10:00:00 +0300",
        "16/02/2018",
        "02/16/2018",
        "16.02.2018",
        " 2018-02-16 ",
    ],
)
def test_full_dates(text: str) -> None:
    assert read_date(text) == date(2018, 2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "Friday",
        "February 2018",
        "2018",
        "May 5",
        "03/04/2018",
        "2018-02-30",
        "2018-13-01",
        "1 2 3",
        "10:30",
        "9" * 40,
    ],
)
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(date(1000, 1, 1)))
def test_written_dates_come_back(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day} {day:%B} {day.year}") == day
    assert read_date(f"{day:%b} {day.day}, {day.year}") == day


@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    read_date(text)
