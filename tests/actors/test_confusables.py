"""``confusables.toml``: names that must never be taken for one another, and names that must mean one actor."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.actors.catalogue import load
from kg.actors.names import Names
from kg.places import packaged

TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("confusables.toml").read_text(encoding="utf-8")
)
DIFFER, SAME = TABLE["differ"], TABLE["same"]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(load([packaged("seeds") / "actors"]))


def meant(names: Names, text: str, on: str = "") -> str:
    """Whom the first name of a text means; empty when nobody."""
    hits = names.find(text, date.fromisoformat(on) if on else None)
    return hits[0].actors[0] if hits else ""


def test_the_table_is_large_enough() -> None:
    assert len({(d["a"], d["b"], *d.get("on", ())) for d in DIFFER}) >= 220
    assert len({(s["a"], s["b"]) for s in SAME}) >= 320
    assert all(len(set(d["is"])) == 2 for d in DIFFER)


def test_no_two_actors_are_merged(names: Names) -> None:
    merged, other = [], []
    for d in DIFFER:
        on = d.get("on", ["", ""])
        got = [meant(names, d["a"], on[0]), meant(names, d["b"], on[1])]
        if got[0] and got[0] == got[1]:
            merged.append((d["a"], d["b"], got[0]))
        other += [(d[k], want, g) for k, want, g in zip("ab", d["is"], got, strict=True) if g != want]
    assert not merged
    assert len(other) <= 0.02 * 2 * len(DIFFER), other  # a table whose names are not found would merge nothing, either


def test_names_of_one_actor_are_merged(names: Names) -> None:
    wrong = [
        (s["a"], s["b"], s["is"], got)
        for s in SAME
        if (got := (meant(names, s["a"]), meant(names, s["b"]))) != (s["is"], s["is"])
    ]
    assert len(wrong) <= 0.02 * len(SAME), wrong
