"""Near-copies among articles: the same agency report run by several papers, counted once.

Two articles are copies when the sets of their word triples have a Jaccard similarity of at least ``THRESHOLD``. The
measure is exact and needs no randomness: prefix filtering finds the pairs worth comparing. Two sets of similarity
*t* or more must share an element among the first ``n - ceil(t * n) + 1`` of each in any common order; the order here
is that of the hashes (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins in data cleaning",
2006; Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007). A sketch such as MinHash would be
smaller for millions of articles; a run holds thousands, at some 2 kB each.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from math import ceil
from zlib import crc32

from kg.model import Article

WORDS = 3  # a changed word spoils three triples: 1 word in 20 leaves a similarity of .75
THRESHOLD = 0.7
WORD = re.compile(r"\w+")


def shingles(text: str) -> array[int]:
    """Ordered hashes of the word triples; a shorter text is one shingle, one without words has none."""
    words = WORD.findall(text.lower())
    if not words:
        return array("I")
    runs = range(max(1, len(words) - WORDS + 1))
    return array("I", sorted({crc32(" ".join(words[i : i + WORDS]).encode()) for i in runs}))


def copies(articles: Iterable[Article], threshold: float = THRESHOLD) -> dict[str, str]:
    """Ids of the copies, each with the id of its original; an article that stands alone is not in the answer.

    The original is the earliest (undated ones come last, ties are settled by id), so the order of the articles does not
    matter. A copy is like its original itself, never only like another copy of it.
    """
    held = {a.id: (a.published is None, str(a.published), a.id, shingles(a.text)) for a in articles}
    found: dict[str, str] = {}
    originals: dict[str, array[int]] = {}
    index: defaultdict[int, list[str]] = defaultdict(list)
    for _, _, name, some in sorted(held.values(), key=lambda row: row[:3]):
        head = some[: len(some) - ceil(threshold * len(some)) + 1]
        mine = set(some)
        near = dict.fromkeys(other for h in head for other in index[h])
        like = ((jaccard(mine, originals[other]), other) for other in near)
        best = max((pair for pair in like if pair[0] >= threshold), default=None, key=lambda pair: pair[0])
        if best:
            found[name] = best[1]
            continue
        originals[name] = some
        for h in head:
            index[h].append(name)
    return found


def jaccard(a: set[int], b: array[int]) -> float:
    """Shared elements over all; two empty sets share nothing."""
    shared = len(a.intersection(b))
    return shared / (len(a) + len(b) - shared) if shared else 0.0
