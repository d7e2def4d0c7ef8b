"""The named questions: each with a hand-checked answer, with every filter, on both servers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from kg.errors import QueryError
from kg.model import Article, Statement
from kg.ontology import relations
from kg.store import GraphStore
from kg.store.ask import ask, find, questions, resolve, text_of
from kg.store.lint import inline_map_traps
from tests.store.world import article, claim

FILTERS = {
    "since": date(2024, 2, 1), "until": date(2024, 6, 30), "confidence": 0.7, "publisher": "Agency",
}  # fmt: skip
WORDS = {
    "actor": {"actor": "Turkey"}, "opposes": {"actor": "TUR"}, "supports": {"actor": "Türkiye"},
    "dyad": {"a": "TUR", "b": "YPG"}, "timeline": {"a": "turkey", "b": "ypg"}, "paths": {"a": "RUS", "b": "YPG"},
    "who": {"a": "TUR", "relation": "opposes", "b": "YPG"},
    "contradictions": {}, "pairs": {}, "unlinked": {}, "changes": {},
}  # fmt: skip


def story() -> list[tuple[Article, list[Statement]]]:
    old = article("old", "Agency", "2023-11-20")
    a = article("a", "Agency", "2024-02-10")
    b = article("b", "Daily", "2024-03-05")
    c = article("c", "Herald", "2024-07-01")
    return [
        (old, [claim(old, "TUR CONSULTS YPG", confidence=0.8), claim(old, "USA ALLIED_WITH TUR", at=1)]),
        (a, [
            claim(a, "TUR OPPOSES YPG", by=("PER-TILLERSON",), confidence=0.95),
            claim(a, "TUR-MIL ATTACKS YPG", at=1, confidence=0.9),
            claim(a, "USA AIDS YPG", at=2, confidence=0.6),
            claim(a, "YPG ACCUSES TUR", at=3, modality="intended"),
        ]),
        (b, [
            claim(b, "TUR OPPOSES YPG", confidence=0.75),
            claim(b, "TUR-MIL ATTACKS YPG", at=1, polarity="negated", by=("PER-ERDOGAN", "TUR")),
            claim(b, "~new-militia ATTACKS TUR", at=2, confidence=0.8),
            claim(b, "TUR ALLIED_WITH USA", at=3, confidence=0.7),
        ]),
        (c, [claim(c, "RUS SUPPORTS TUR"), claim(c, "RUS CONSULTS USA", at=1), claim(c, "TUR SANCTIONS USA", at=2)]),
    ]  # fmt: skip


@pytest.fixture
def told(store: GraphStore) -> GraphStore:
    store.put_many(story())
    return store


def rows(store: GraphStore, name: str, *columns: str, **more: Any) -> list[tuple[Any, ...]]:
    words = more.pop("words", WORDS[name])
    return [tuple(row[c] for c in columns) for row in ask(store, name, words, **more).maps()]


def test_actor(told: GraphStore) -> None:
    columns = ("role", "relation", "other", "statements", "denied", "not_yet")
    assert rows(told, "actor", *columns) == [
        ("does", "OPPOSES", "YPG", 2, 0, 0),
        ("does", "ALLIED_WITH", "United States", 1, 0, 0),
        ("does", "CONSULTS", "YPG", 1, 0, 0),
        ("does", "SANCTIONS", "United States", 1, 0, 0),
        ("undergoes", "ALLIED_WITH", "United States", 1, 0, 0),
        ("undergoes", "ATTACKS", "New Militia", 1, 0, 0),
        ("undergoes", "SUPPORTS", "Russia", 1, 0, 0),
        ("undergoes", "ACCUSES", "YPG", 0, 0, 1),
    ]
    at_side = rows(told, "actor", *columns, level="principal")
    assert ("does", "ATTACKS", "YPG", 1, 1, 0) in at_side


def test_dyad(told: GraphStore) -> None:
    columns = ("date", "source", "relation", "target", "polarity", "modality", "publisher")
    assert rows(told, "dyad", *columns, min_confidence=0.8) == [
        (date(2024, 2, 10), "Turkey", "OPPOSES", "YPG", "affirmed", "actual", "Agency"),
        (date(2024, 2, 10), "YPG", "ACCUSES", "Turkey", "affirmed", "intended", "Agency"),
        (date(2023, 11, 20), "Turkey", "CONSULTS", "YPG", "affirmed", "actual", "Agency"),
    ]
    (last,) = rows(told, "dyad", *columns, level="principal", since=date(2024, 3, 1), min_confidence=0.8)
    assert last == (date(2024, 3, 5), "Turkish army", "ATTACKS", "YPG", "negated", "actual", "Daily")
    assert len(rows(told, "dyad", *columns)) == 4
    assert len(rows(told, "dyad", *columns, level="principal", limit=5)) == 5


def test_opposes(told: GraphStore) -> None:
    assert rows(told, "opposes", "who", "statements", "relations") == [
        ("YPG", 2, ["OPPOSES"]), ("New Militia", 1, ["ATTACKS"]),
    ]  # fmt: skip
    ypg = {"words": {"actor": "YPG"}}
    assert rows(told, "opposes", "who", "statements", **ypg) == [("Turkey", 2), ("Turkish army", 1)]
    assert rows(told, "opposes", "who", "statements", "relations", level="principal", **ypg) == [
        ("Turkey", 3, ["ATTACKS", "OPPOSES"])
    ]


def test_supports(told: GraphStore) -> None:
    assert rows(told, "supports", "who", "id", "statements", "first", "last") == [
        ("United States", "USA", 2, date(2023, 11, 20), date(2024, 3, 5)),
        ("Russia", "RUS", 1, date(2024, 7, 1), date(2024, 7, 1)),
        ("YPG", "YPG", 1, date(2023, 11, 20), date(2023, 11, 20)),
    ]


@pytest.mark.parametrize(("name", "relation"), [("opposes", "OPPOSES"), ("supports", "SUPPORTS")])
def test_near_copies_are_one_report(store: GraphStore, name: str, relation: str) -> None:
    original = article("a", "Agency")
    copies = [article(f"b{n}", f"Paper {n}", copy_of="a") for n in range(3)]
    store.put_many([(d, [claim(d, f"RUS {relation} TUR")]) for d in (original, *copies, article("c", "Daily"))])
    who = {"actor": "TUR"}
    assert rows(store, name, "who", "statements", "reports", words=who) == [("Russia", 5, 2)]
    assert rows(store, name, "who", "statements", "reports", words=who, publisher="Paper 1") == [("Russia", 1, 1)]


def test_timeline(told: GraphStore) -> None:
    columns = ("month", "friendly", "hostile", "neutral", "balance")
    assert rows(told, "timeline", *columns) == [
        ("2023-11", 1, 0, 0, 1), ("2024-02", 0, 1, 0, -1), ("2024-03", 0, 1, 0, -1),
    ]  # fmt: skip
    assert rows(told, "timeline", *columns, level="principal")[1] == ("2024-02", 0, 2, 0, -2)


def test_who(told: GraphStore) -> None:
    columns = ("who", "polarity", "statements", "publishers")
    assert rows(told, "who", *columns) == [("Rex Tillerson", "affirmed", 1, 1), ("the article", "affirmed", 1, 1)]
    army = {"a": "TUR-MIL", "relation": "ATTACKS", "b": "YPG"}
    assert rows(told, "who", *columns, words=army) == [
        ("Recep Tayyip Erdoğan", "negated", 1, 1), ("Turkey", "negated", 1, 1), ("the article", "affirmed", 1, 1),
    ]  # fmt: skip
    assert rows(told, "who", *columns, words={**army, "a": "TUR"}) == []
    assert len(rows(told, "who", *columns, words={**army, "a": "TUR"}, level="principal")) == 3
    either = {"a": "USA", "relation": "allied with", "b": "TUR"}
    assert rows(told, "who", *columns, words=either) == [("the article", "affirmed", 2, 2)]


def test_contradictions(told: GraphStore) -> None:
    columns = ("source", "relation", "target", "claims", "claimed_by", "denials", "denied_by", "last")
    both = [("Turkish army", "ATTACKS", "YPG", 1, 1, 1, "Daily", date(2024, 3, 5))]
    assert rows(told, "contradictions", *columns) == both
    assert rows(told, "contradictions", *columns, publisher="Daily") == both
    assert rows(told, "contradictions", *columns, publisher="Agency") == []
    side = rows(told, "contradictions", *columns, level="principal")
    assert [r[0] for r in side] == ["Turkey"]


def test_pairs(told: GraphStore) -> None:
    assert rows(told, "pairs", "one", "other", "statements")[:3] == [
        ("Turkey", "YPG", 4), ("Turkey", "United States", 3), ("Turkish army", "YPG", 2),
    ]  # fmt: skip
    assert rows(told, "pairs", "one", "other", "statements", level="principal")[0] == ("Turkey", "YPG", 6)


def test_changes(told: GraphStore) -> None:
    columns = ("one", "other", "before", "balance_before", "then", "balance_then", "change")
    window = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}
    found = {r[:2]: r[2:] for r in rows(told, "changes", *columns, **window)}
    assert found["Turkey", "YPG"] == (1, 1, 2, -2, "turned hostile")
    assert found["Turkey", "United States"] == (1, 1, 2, 0, "")
    assert found["Russia", "Turkey"] == (0, 0, 1, 1, "new")
    side = {r[:2]: r[2:] for r in rows(told, "changes", *columns, **window, level="principal")}
    assert side["Turkey", "YPG"] == (1, 1, 3, -3, "turned hostile")


def test_paths(told: GraphStore) -> None:
    columns = ("names", "relations", "sources", "steps", "statements")
    assert sorted(rows(told, "paths", *columns)) == [
        (["Russia", "Turkey", "YPG"], ["SUPPORTS", "CONSULTS"], ["Russia", "Turkey"], 2, 1),
        (["Russia", "Turkey", "YPG"], ["SUPPORTS", "OPPOSES"], ["Russia", "Turkey"], 2, 1),
        (["Russia", "United States", "YPG"], ["CONSULTS", "AIDS"], ["Russia", "United States"], 2, 1),
    ]
    assert rows(told, "paths", "steps", publisher="Herald") == []
    army = {"a": "TUR-MIL", "b": "RUS"}
    assert rows(told, "paths", "names", words=army, min_confidence=0.85, level="principal") == [
        (["Turkish army", "Turkey", "Russia"],)
    ]


def test_unlinked(told: GraphStore) -> None:
    columns = ("actor", "id", "statements", "example")
    assert rows(told, "unlinked", *columns) == [("New Militia", "~new-militia", 1, "New Militia attacks Turkey.")]


@pytest.mark.parametrize("level", ["actor", "principal"])
@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_filter_goes_with_every_question(told: GraphStore, name: str, level: Any) -> None:
    """Each alone and all together; what is filtered is never more than what is not."""
    day = {"since": FILTERS["since"], "until": FILTERS["until"]}
    always = day if name == "changes" else {}
    everything = len(ask(told, name, WORDS[name], level=level, limit=1000, **always).rows)
    for some in ({"min_confidence": 0.7}, {**day, "min_confidence": 0.7, "publisher": "Agency"}):
        found = ask(told, name, WORDS[name], level=level, limit=1000, **{**always, **some})
        assert len(found.rows) <= everything
        assert found.warnings == ()
    if name != "paths":
        assert ask(told, name, WORDS[name], publisher="Nobody", level=level, **always).rows == []


def test_actors_are_found_by_what_they_are_called(told: GraphStore) -> None:
    assert resolve(told, "TUR") == resolve(told, "turkey") == resolve(told, "ANKARA") == "TUR"
    with pytest.raises(QueryError, match="no actor is called 'Turky'; did you mean 'Turkey'"):
        resolve(told, "Turky")
    with pytest.raises(QueryError, match="no actor is called 'Xqzw' in this graph"):
        ask(told, "actor", {"actor": "Xqzw"})
    told.query("CREATE (:Actor:State {id: 'TUR2', name: 'Türkiye II', aliases: ['Ankara']})", write=True)
    with pytest.raises(QueryError, match="'Ankara' may be TUR, TUR2; give the id"):
        resolve(told, "Ankara")


def test_a_wrong_question_is_told(told: GraphStore) -> None:
    with pytest.raises(QueryError, match="no question is called 'dyads'; did you mean 'dyad'"):
        ask(told, "dyads")
    with pytest.raises(QueryError, match="dyad needs a and b; for example: kg ask dyad Turkey YPG"):
        ask(told, "dyad", {"a": "TUR"})
    with pytest.raises(QueryError, match="'hates' is not a relation"):
        ask(told, "who", {"a": "TUR", "relation": "hates", "b": "YPG"})
    with pytest.raises(QueryError, match="changes compares two times; give both --since and --until"):
        ask(told, "changes", since=date(2024, 1, 1))
    with pytest.raises(QueryError, match="pairs does not ask for 'x'"):
        ask(told, "pairs", {"x": "y"})


def test_every_question_is_documented_and_tested() -> None:
    assert set(questions()) == set(WORDS)
    for question in questions().values():
        assert question.title.endswith("."), question.name
        assert question.example.startswith(f"kg ask {question.name}")
        assert {n for n, _ in question.asks if n not in ("since", "until")} == set(WORDS[question.name])


@pytest.mark.parametrize("name", sorted(WORDS))
def test_the_texts_do_what_they_promise(name: str) -> None:
    question = find(name)
    whole, bare = text_of(question, FILTERS, "principal"), text_of(question, {}, "actor")
    for slot in ("$since", "$until", "$publisher", "$confidence"):
        assert slot in whole, f"{name} has no filter for {slot}"
    for slot in ("$until", "$publisher"):
        assert slot not in bare or question.dated
    if name not in ("paths", "unlinked"):
        assert "_principal" in whole or "principal_" in whole
    assert "_principal" not in bare
    assert inline_map_traps(whole) == []
    assert "__" not in whole
    assert "USING" not in whole + bare
    if name == "pairs":
        hint = text_of(question, {"confidence": 0.7}, "principal")
        assert "USING INDEX s:Statement(principal_pair, confidence)" in hint
        assert "USING INDEX s:Statement(pair, confidence)" in text_of(question, {"confidence": 0.7})
    if name == "paths":
        assert all(re.search(rf"\b{code}\b", whole) for code in relations())
