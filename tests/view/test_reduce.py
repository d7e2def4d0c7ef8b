"""What counts between two actors, and what of it a picture shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.bins import span_of
from kg.view.model import Pair
from kg.view.reduce import cells, pairs_of, reduce, within
from tests.view.claims import claim, claims

KINDS = [
    ("TUR ATTACKS YPG", "hostile"),
    ("TUR AIDS YPG", "friendly"),
    ("TUR REQUESTS YPG", "neutral"),
    ("TUR AIDS YPG\nYPG OPPOSES TUR", "mixed"),
    ("TUR ATTACKS YPG\nTUR CONSULTS YPG", "hostile"),  # a meeting does not outweigh a war
    ("TUR CONSULTS YPG\nTUR ACCUSES YPG", "mixed"),
    ("YPG MEMBER_OF TUR\nTUR SUPPORTS YPG", "friendly"),
]


@pytest.mark.parametrize(("lines", "kind"), KINDS)
def test_the_kind_of_a_pair_goes_by_intensity(lines: str, kind: str) -> None:
    (pair,) = pairs_of(cells(claims(lines))).values()
    assert pair.kind == kind


def test_two_actors_have_one_pair_whatever_the_direction() -> None:
    pairs = pairs_of(cells(claims("TUR ATTACKS YPG 2018-01-20\nYPG ATTACKS TUR 2018-03-01\nYPG CONSULTS TUR")))
    (pair,) = pairs.values()
    assert (pair.a, pair.b, pair.forward, pair.backward, pair.hostile, pair.friendly) == ("TUR", "YPG", 1, 1, 2, 1)
    assert (pair.first, pair.last) == ("2018-01-20", "2018-03-01")


def test_those_who_act_for_a_side_count_under_it() -> None:
    lines = claims("TUR-MIL ATTACKS YPG\nERDOGAN ACCUSES YPG\nERDOGAN ACCUSES TUR-MIL")
    assert [(p.a, p.b, p.hostile) for p in pairs_of(cells(lines)).values()] == [("TUR", "YPG", 2)]
    assert len(pairs_of(cells(lines, "actors"))) == 3


def test_denials_and_plans_count_only_when_asked_for_and_a_denial_has_no_sign() -> None:
    told = [claim("RUS ACCUSES NATO", polarity="negated"), claim("RUS ATTACKS SYR", modality="intended")]
    assert not pairs_of(cells(told))
    denied = pairs_of(cells(told, statuses={"negated"}))["NATO", "RUS"]
    assert (denied.kind, denied.neutral, denied.minus) == ("neutral", 1, 0)
    assert pairs_of(cells(told, statuses={"intended"}))["RUS", "SYR"].hostile == 1


@pytest.mark.parametrize(
    ("time", "span", "inside"),
    [
        (("2018-02-01", "2018-02-28"), ("2018-02-15", "2018-02-20"), True),
        (("2018-02-01", "2018-02-28"), ("2018-03-01", ""), False),
        (("2018-02-01", "2018-02-28"), ("", "2018-01-31"), False),
        (("2018-02-15", ""), ("2018-02-15", "2018-02-15"), True),
        (("", ""), ("2018-02-15", ""), False),  # without a date it cannot be in a range …
        (("", ""), ("", ""), True),  # … but it counts where there is none
    ],
)
def test_a_time_counts_where_it_touches_the_range(time: tuple[str, str], span: tuple[str, str], inside: bool) -> None:
    assert within(*time, *span) is inside


def test_the_strongest_actors_are_shown_and_nobody_without_a_tie() -> None:
    lines = ["TUR ATTACKS YPG"] * 5 + ["USA AIDS NATO"] * 3 + ["RUS AIDS SYR"] * 2 + ["TUR ACCUSES USA"]
    view = reduce(pairs_of(cells(claims(lines))), actors=3)
    assert view.ids == ["TUR", "YPG", "USA"]
    assert (view.actors, view.pairs, view.statements) == (6, 4, 11)


def test_an_actor_asked_for_is_shown_whatever_its_weight() -> None:
    lines = ["TUR ATTACKS YPG"] * 5 + ["TUR ACCUSES USA"]
    view = reduce(pairs_of(cells(claims(lines))), actors=2, keep=["USA", "NOBODY"])
    assert view.ids == ["TUR", "YPG", "USA"]


def test_each_actor_keeps_its_two_strongest_ties() -> None:
    lines = ["TUR ATTACKS YPG"] * 9 + ["USA AIDS NATO", "USA ACCUSES TUR", "USA ACCUSES YPG"]
    view = reduce(pairs_of(cells(claims(lines))), relations=1)
    tied = [i for p in view.shown for i in p.ends]
    assert min(tied.count(i) for i in ("TUR", "YPG", "USA")) >= 2
    assert "NATO" in tied


def test_nothing_gives_an_empty_view() -> None:
    view = reduce(pairs_of([]))
    assert (view.ids, view.shown, view.actors) == ([], [], 0)


ACTORS = st.sampled_from(["TUR", "YPG", "USA", "RUS", "SYR", "NATO"])
LINES = st.lists(st.tuples(ACTORS, st.sampled_from(["ATTACKS", "AIDS", "REQUESTS", "CONSULTS"]), ACTORS), max_size=25)


@given(LINES, st.randoms())
def test_the_order_of_statements_does_not_matter(lines: list[tuple[str, str, str]], chance: object) -> None:
    some = claims(" ".join(line) for line in lines)
    mixed = list(some)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert reduce(pairs_of(cells(some))) == reduce(pairs_of(cells(mixed)))


def test_a_pair_of_nothing_is_neutral() -> None:
    assert Pair("A", "B").kind == "neutral"


def test_a_few_old_dates_do_not_press_the_rest_together() -> None:
    recent = [736000 + n for n in range(0, 1000, 10)]
    assert span_of([*recent, 700000]) == (736000, 736990)
    assert span_of(recent) == (736000, 736990)
    assert span_of([0, 0]) == (0, 0)
    assert span_of([5, 0]) == (5, 5)
