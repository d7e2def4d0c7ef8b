"""Near-copies that come in separate loads, on both servers: found, counted once, whatever the order."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Article, Statement
from kg.store import GraphStore
from kg.store.recall import recall
from tests.conftest import empty
from tests.store.graphs import edges, everything, nodes
from tests.store.world import article, claim

Item = tuple[Article, list[Statement]]

REPORT = (
    "Turkey opposes the YPG, which it calls an extension of the outlawed PKK, its foreign minister said on Thursday.",
    "The United States and Turkey are allied with each other in NATO and will go on consulting about Manbij, he said.",
    "Russia accuses the United States of arming the group, and wants the weapons to be taken back before the summer.",
)
TRIPLES = ("TUR OPPOSES YPG", "USA ALLIED_WITH TUR", "RUS ACCUSES USA")
EDITED = REPORT[0].replace("on Thursday", "late on Thursday")
OTHER = "Turkey opposes the YPG, and its army shelled two villages south of Afrin overnight, residents told the paper."


def report(name: str, publisher: str = "Agency", published: str = "2024-03-01", copy_of: str = "", *,
           said: tuple[str, ...] = REPORT) -> Item:  # fmt: skip
    a = article(name, publisher, published, copy_of=copy_of)
    return a, [claim(a, t, at=i, sentence=s) for i, (t, s) in enumerate(zip(TRIPLES, said, strict=False))]


def copied(store: GraphStore) -> dict[str, str]:
    """What the graph says is a copy of what."""
    return {i: a["copy_of"] for i, a in nodes(store, "Article").items() if "copy_of" in a}


def counted(store: GraphStore, edge: str = "TUR OPPOSES YPG") -> tuple[int, int, int]:
    found = edges(store)[edge]
    return found["statements"], found["articles"], found["publishers"]


def test_a_copy_that_comes_later_counts_once(store: GraphStore) -> None:
    store.put(*report("a", "Agency"))
    store.put(*report("b", "Daily", "2024-03-02", said=(EDITED, *REPORT[1:])))
    store.put(*report("c", "Herald", "2024-03-02", said=(OTHER, *REPORT[2:])))
    assert copied(store) == {"b": "a"}
    assert counted(store) == (3, 2, 2)
    assert [a.copy_of for a, _ in recall(store)] == ["", "a", ""]


def test_a_short_sentence_may_stand_anywhere(store: GraphStore) -> None:
    for n, publisher in enumerate(("Agency", "Daily")):
        a = article(f"a{n}", publisher)
        store.put(a, [claim(a, "TUR OPPOSES YPG"), claim(a, "USA AIDS YPG", at=1)])
    assert copied(store) == {}
    assert counted(store) == (2, 2, 2)


def test_the_earliest_is_the_original_even_if_it_comes_last(store: GraphStore) -> None:
    items = [report("c", "Daily", "2024-03-03"), report("b", "Herald", "2024-03-02"), report("a", "Agency", "")]
    for order in permutations(items):
        empty(store)
        for item in order:
            store.put(*item)
        assert copied(store) == {"a": "b", "c": "b"}
        assert counted(store) == (3, 1, 1)
    before = everything(store)
    done = store.put_many(items)
    assert (done.added, done.removed, done.edges) == (0, 0, 0)
    assert everything(store) == before


def test_a_copy_stands_alone_when_its_original_goes(store: GraphStore) -> None:
    store.put_many([report("b", "Daily", "2024-03-02"), report("c", "Herald", "2024-03-03")])
    without = everything(store)
    store.put(*report("a"))
    assert copied(store) == {"b": "a", "c": "a"}
    store.delete_article("a")
    assert everything(store) == without
    assert copied(store) == {"c": "b"}
    store.delete_publisher("Daily")
    assert copied(store) == {}
    assert counted(store) == (1, 1, 1)


def test_better_rules_may_tell_two_apart(store: GraphStore) -> None:
    store.put_many([report("a"), report("b", "Daily", "2024-03-02"), report("c", "Herald", "2024-03-03")])
    store.put(*report("a", said=(OTHER,)))
    assert copied(store) == {"c": "b"}
    assert counted(store) == (3, 2, 2)
    store.put(*report("a"))
    assert copied(store) == {"b": "a", "c": "a"}


def test_who_was_told_to_be_a_copy_follows_its_original(store: GraphStore) -> None:
    """A run tells that c is a copy of b; an earlier run had the original of b."""
    later = [report("b", "Daily", "2024-03-02"), report("c", "Herald", "2024-03-02", "b", said=(OTHER,))]
    for order in permutations([report("a"), *later]):
        empty(store)
        for item in order:
            store.put(*item)
        assert copied(store) == {"b": "a", "c": "a"}
        assert counted(store) == (3, 1, 1)
    store.delete_article("a")
    assert copied(store) == {"c": "b"}
    store.put(*report("c", "Herald", "2024-03-02", said=(OTHER,)))
    assert copied(store) == {}
    assert counted(store) == (2, 2, 2)


def test_what_was_read_from_the_graph_changes_nothing_when_it_is_put_again(store: GraphStore) -> None:
    store.put_many([report("a"), report("b", "Daily", "2024-03-02"), report("d", "Times", "2024-03-04", "b", said=())])
    before = everything(store)
    read = list(recall(store))
    assert [a.copy_of for a, _ in read] == ["", "a", "a"]
    store.put_many(read)
    assert everything(store) == before
    store.delete_article("a")
    assert copied(store) == {"d": "b"}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_order_does_not_matter(store: GraphStore, data: st.DataObject) -> None:
    texts = st.lists(st.sampled_from([*REPORT, EDITED, OTHER]), min_size=1, max_size=3).map(tuple)
    days = st.sampled_from(["2024-03-01", "2024-03-02", ""])
    told = st.sampled_from(["", "", "", "a0", "elsewhere"])
    drawn = data.draw(st.lists(st.tuples(texts, days, told), min_size=2, max_size=5))
    items = [
        report(f"a{n}", f"Publisher {n % 3}", day, of if of != f"a{n}" else "", said=said)
        for n, (said, day, of) in enumerate(drawn)
    ]
    empty(store)
    store.put_many(items)
    once = everything(store)
    empty(store)
    for item in data.draw(st.permutations([*items, items[0]])):
        store.put(*item)
    assert everything(store) == once
    gone = data.draw(st.sampled_from(items))[0].id
    store.delete_article(gone)
    without = everything(store)
    empty(store)
    store.put_many([item for item in items if item[0].id != gone])
    assert everything(store) == without


@pytest.mark.parametrize("ring", [("a", "b"), ("b", "a")])
def test_a_ring_of_copies_ends(store: GraphStore, ring: tuple[str, str]) -> None:
    one, other = ring
    store.put(*report(one, copy_of=other))
    store.put(*report(other, copy_of=one))
    assert set(copied(store)) == {"a", "b"}
