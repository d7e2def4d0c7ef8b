"""Every sentence behind an edge, on both servers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.errors import QueryError
from kg.store import GraphStore
from kg.store.explain import explain
from tests.store.world import article, claim


@pytest.fixture
def told(store: GraphStore) -> GraphStore:
    a, b = article("a", "Agency", "2024-02-10"), article("b", "Daily", "2024-03-05")
    again = claim(a, "TUR OPPOSES YPG", sentence="Turkey opposes the YPG.", by=("PER-TILLERSON", "USA"), place="Ankara")
    it = claim(a, "TUR OPPOSES YPG", at=1, sentence="It opposes the YPG.", confidence=0.7)
    it = replace(it, source=replace(it.source, start=1000, end=1002, text="It", how="coreference", via="Turkey before"))
    store.put(a, [again, it, claim(a, "YPG ATTACKS TUR", at=2)])
    store.put(b, [
        claim(b, "TUR OPPOSES YPG", polarity="negated", by=("PER-ERDOGAN",)),
        claim(b, "YPG OPPOSES TUR", at=1, modality="conditional"),
        claim(b, "TUR-MIL OPPOSES YPG", at=2, modality="intended"),
    ])  # fmt: skip
    return store


def test_claims_and_denials_side_by_side(told: GraphStore) -> None:
    found = explain(told, "turkey", "opposes", "YPG")
    assert (found.source, found.relation, found.target) == ("Turkey", "OPPOSES", "YPG")
    assert [(e.kind, e.day) for e in found.evidence] == [
        ("denial", date(2024, 3, 5)), ("possibility", date(2024, 3, 5)),
        ("claim", date(2024, 2, 10)), ("claim", date(2024, 2, 10)),
    ]  # fmt: skip
    first = found.of("claim")[0]
    assert first.speakers == ("Rex Tillerson", "United States")
    assert (first.publisher, first.title, first.place, first.rule) == ("Agency", "Title of a", "Ankara", "active")
    assert first.parts() == [
        ("Turkey", "source"), (" ", None), ("opposes", "trigger"), (" the ", None), ("YPG", "target"), (".", None),
    ]  # fmt: skip
    (denial,) = found.of("denial")
    assert denial.speakers == ("Recep Tayyip Erdoğan",)
    assert "".join(text for text, _ in denial.parts()) == denial.sentence


def test_a_reference_says_how_it_was_resolved(told: GraphStore) -> None:
    it = explain(told, "TUR", "OPPOSES", "YPG").of("claim")[1]
    assert it.via == ("It: Turkey before",)
    assert it.parts()[0] == ("It", "source")


def test_direction_counts_where_it_means_something(told: GraphStore) -> None:
    assert explain(told, "TUR", "ATTACKS", "YPG").evidence == ()
    assert len(explain(told, "YPG", "ATTACKS", "TUR").evidence) == 1
    assert len(explain(told, "YPG", "OPPOSES", "TUR").evidence) == 4


def test_filters(told: GraphStore) -> None:
    triple = ("TUR", "OPPOSES", "YPG")
    assert len(explain(told, *triple, level="principal").of("plan")) == 1
    assert len(explain(told, *triple, publisher="Daily").evidence) == 2
    assert len(explain(told, *triple, until=date(2024, 2, 29), min_confidence=0.8).evidence) == 1
    some = explain(told, *triple, limit=1)
    assert (len(some.evidence), some.more) == (1, True)


def test_spans_outside_the_sentence_are_left_out(store: GraphStore) -> None:
    a = article()
    s = claim(a, "TUR OPPOSES YPG", at=3, sentence="Its opposition stands.")
    far = replace(s, source=replace(s.source, start=0, end=6), trigger=replace(s.trigger, start=3004, end=3014))
    store.put(a, [replace(far, target=replace(s.target, start=3010, end=3013))])
    (e,) = explain(store, "TUR", "OPPOSES", "YPG").evidence
    assert [role for _, role in e.parts() if role] == ["trigger"]


def test_a_wrong_edge_is_told(told: GraphStore) -> None:
    with pytest.raises(QueryError, match="'OPOSES' is not a relation; did you mean OPPOSES"):
        explain(told, "TUR", "OPOSES", "YPG")
    with pytest.raises(QueryError, match="no actor is called 'Nowhere'"):
        explain(told, "Nowhere", "OPPOSES", "YPG")
