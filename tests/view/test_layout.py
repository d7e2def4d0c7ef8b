"""Where actors stand: friends near, foes far, names apart, the same every time."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import pytest

from kg.analysis.blocs import blocs
from kg.view.data import first_places, numbered_blocs, stance
from kg.view.labels import box
from kg.view.layout import arrange, separation
from kg.view.model import Pair
from kg.view.reduce import cells, pairs_of, reduce
from tests.view.claims import claims
from tests.view.synthetic import statements


@pytest.fixture(scope="module")
def pairs() -> dict[tuple[str, str], Pair]:
    return pairs_of(cells(s for _, s in statements(300, 1200)))


def test_friends_stand_nearer_than_foes(pairs: dict[tuple[str, str], Pair]) -> None:
    """A layout that knows no sign has 0.5; without weights this one had 0.58, and 0.83 with weights but no blocs."""
    view = reduce(pairs)
    groups = numbered_blocs(pairs)
    assert separation(first_places(view, groups, {}), view.shown) >= 0.85
    everybody = sorted({i for ends in pairs for i in ends})
    assert separation(arrange(everybody, list(pairs.values()), groups), list(pairs.values())) >= 0.8


def test_the_boxes_of_a_first_view_do_not_overlap(pairs: dict[tuple[str, str], Pair]) -> None:
    view = reduce(pairs)
    places = first_places(view, numbered_blocs(pairs), {})
    for n, i in enumerate(view.ids):
        for j in view.ids[:n]:
            wide, high = box(i, 0)
            apart = abs(places[i][0] - places[j][0]), abs(places[i][1] - places[j][1])
            assert apart[0] >= wide / 2 or apart[1] >= high / 2, (i, j)


def test_nobody_to_place_and_one() -> None:
    assert arrange([], [], {}) == {}
    assert arrange(["A"], [], {}) == {"A": (0.0, 0.0)}


def test_what_hangs_together_elsewhere_is_set_around() -> None:
    found = pairs_of(cells(claims("TUR ATTACKS YPG\nTUR AIDS USA\nUSA AIDS YPG\nRUS AIDS SYR")))
    ids = ["TUR", "YPG", "USA", "RUS", "SYR", "NATO"]
    places = arrange(ids, list(found.values()), {})
    apart = [math.dist(places[i], places[j]) for i in ids for j in ids if i < j]
    assert min(apart) >= 80
    assert max(apart) <= 800


def test_without_friends_or_foes_there_is_nothing_to_tell_apart() -> None:
    found = list(pairs_of(cells(claims("TUR REQUESTS YPG"))).values())
    assert separation({"TUR": (0, 0), "YPG": (1, 0)}, found) == 1.0


def test_places_are_the_same_in_another_process() -> None:
    """The seed of hashes differs from process to process; the places must not."""
    code = (
        "from tests.view.synthetic import statements; from kg.view.data import page_data;"
        "print(page_data([s for _, s in statements(80, 400)], []).json['places'])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert told[0].stdout == told[1].stdout
    assert told[0].stdout


def test_blocs_hold_friends_and_no_foes() -> None:
    ties = [("A", "B", 1.0), ("B", "C", 1.0), ("A", "C", 1.0), ("D", "E", 1.0), ("A", "D", -1.0), ("C", "E", -2.0)]
    of = blocs("ABCDEF", ties)
    assert of["A"] == of["B"] == of["C"] == 0
    assert of["D"] == of["E"] == 1
    assert of["F"] == 2


def test_foes_alone_are_no_bloc() -> None:
    of = blocs("ABC", [("A", "B", -1.0), ("B", "C", -1.0)])
    assert len(set(of.values())) == 3


def test_no_actors_no_blocs() -> None:
    assert blocs([], []) == {}


def test_a_tie_of_nothing_says_nothing() -> None:
    assert len(set(blocs("AB", [("A", "B", 0.0)]).values())) == 2


def test_who_stands_alone_has_no_number() -> None:
    found = pairs_of(cells(claims("TUR AIDS USA\nTUR ATTACKS YPG")))
    of = numbered_blocs(found)
    assert of == {"TUR": 0, "USA": 0, "YPG": -1}
    assert stance(found["TUR", "YPG"]) < 0 < stance(found["TUR", "USA"])
