"""Near-copies of one report that come one by one: found in the graph, in whatever order they come.

A run tells the copies among its own articles (:mod:`kg.ingest.copies`), whose texts it has. The graph has no texts, but
it has the sentences behind statements. Two articles are alike when the same sentence stands behind the same edge of
both, and all such sentences of the one are, as a text, like those of the other. What was told to be a copy of an article
is a copy of whatever that is one of.

What an article is a copy of is thus decided by what the graph holds, and not by how it came there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.edges import Key
from kg.model import Article
from kg.store.text import cypher

if TYPE_CHECKING:
    from kg.store.write import Tx

SHORTEST: Final = 40
"""Characters of a sentence that is worth looking for elsewhere; three words in a row may stand anywhere."""
LEAST: Final = 12
"""Words without which an article's sentences do not tell where they come from."""
LONGEST_CHAIN: Final = 8
"""Copies of copies of copies, as different callers tell; a ring has no end."""

Pair = tuple[str, str]
Line = tuple[str, date | None, int, str]
"""An article, when it was published, where one of its sentences begins, and this sentence."""


def settle(tx: Tx, changed: Collection[str]) -> set[Key]:
    """Bring ``copy_of`` up to date where articles came, changed or went.

    Args:
        tx: A transaction for writing, in which all of that is written.
        changed: Ids of these articles.

    Returns:
        The edges of all articles that now count otherwise.
    """
    start = {*changed, *_followers(tx, changed)}
    moved = _set(tx, _found(tx, start), told=False)
    told = {*start, *_followers(tx, moved)}
    for _ in range(LONGEST_CHAIN):
        rows = tx.run(cypher("read_told_copies"), ids=sorted(told)).values() if told else []
        follow = _set(tx, {str(i): str(of) for i, of in rows}, told=True)
        moved |= follow
        told = _followers(tx, follow)
    if not moved:
        return set()
    return {Key.parse(edge) for (edge,) in tx.run(cypher("read_article_edges"), ids=sorted(moved))}


def as_texts(lines: Iterable[Line]) -> dict[str, Article]:
    """Articles by id, each as the text that its sentences make up; those that are too short to tell are left out."""
    from kg.ingest.copies import WORD  # noqa: PLC0415 - a query needs no readers

    told: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    days: dict[str, date | None] = {}
    for article, published, at, sentence in lines:
        told[article].add((at, sentence))
        days[article] = published
    texts = {i: "\n".join(dict.fromkeys(sentence for _, sentence in sorted(said))) for i, said in told.items()}
    return {i: Article(text, i, published=days[i]) for i, text in texts.items() if len(WORD.findall(text)) >= LEAST}


def alike(texts: Mapping[str, Article], pairs: Iterable[Pair]) -> dict[Pair, float]:
    """The pairs whose texts are alike, and how much; the others only have a sentence in common."""
    from kg.ingest.copies import THRESHOLD, jaccard, shingles  # noqa: PLC0415 - as above

    pairs = sorted({(min(pair), max(pair)) for pair in pairs if texts.keys() >= set(pair)})
    words = {i: shingles(texts[i].text) for pair in pairs for i in pair}
    found = {(a, b): jaccard(set(words[a]), words[b]) for a, b in pairs}
    return {pair: likeness for pair, likeness in found.items() if likeness >= THRESHOLD}


def originals(texts: Mapping[str, Article], links: Mapping[Pair, float]) -> dict[str, str]:
    """Ids of the copies among articles that are alike, each with the id of its original.

    As in a run the original is the earliest, undated ones last, then by id; a copy is like its original itself.
    """
    likeness: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), value in links.items():
        likeness[a][b] = likeness[b][a] = value
    found: dict[str, str] = {}
    for name in sorted(likeness, key=lambda i: (texts[i].published is None, str(texts[i].published), i)):
        before = [other for other in sorted(likeness[name]) if found.get(other) == ""]
        found[name] = max(before, key=likeness[name].__getitem__, default="")
    return {i: of for i, of in found.items() if of}


def _found(tx: Tx, start: Collection[str]) -> dict[str, str]:
    """The originals of some articles and of all that are alike to these, told by nobody; empty of an original itself."""
    texts: dict[str, Article] = {}
    links: dict[Pair, float] = {}
    seen, todo = set(start), set(start)
    while todo:
        rows = tx.run(cypher("read_alike"), ids=sorted(todo), shortest=SHORTEST).values()
        pairs = {(str(a), str(b)) for a, b in rows}
        if unread := {i for pair in pairs for i in pair} - texts.keys():
            lines = tx.run(cypher("read_sentences"), ids=sorted(unread))
            texts |= as_texts((i, day.to_native() if day else None, at, said) for i, day, at, said in lines)
        new = alike(texts, pairs)
        links |= new
        todo = {i for pair in new for i in pair} - seen
        seen |= todo
    found = originals(texts, links)
    return {i: found.get(i, "") for i in seen}


def _followers(tx: Tx, ids: Collection[str]) -> set[str]:
    """Articles that are, or were told to be, copies of some."""
    return {str(i) for (i,) in tx.run(cypher("read_copies"), ids=sorted(ids))} if ids else set()


def _set(tx: Tx, copy_of: Mapping[str, str], *, told: bool) -> set[str]:
    """Write what articles are copies of; the ids of those of whom it was not so before."""
    rows: list[dict[str, Any]] = [{"id": i, "copy_of": of} for i, of in sorted(copy_of.items())]
    return {str(i) for (i,) in tx.run(cypher("set_copies"), rows=rows, told=told)} if rows else set()
