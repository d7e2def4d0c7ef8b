"""One parsed sentence as plain lists: what every later step reads.

spaCy's objects end here. A tree is small, fast to walk, equal for equal input, and can be written to JSON, so that tests
of the language rules need no model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})


@dataclass(slots=True)
class Tree:
    """A dependency tree (ClearNLP labels) over the tokens of one sentence.

    ``start`` and ``end`` are the sentence's characters in the article; ``starts`` and ``ends`` those of the tokens.
    ``heads[i]`` is the index of the head, ``i`` itself at the root. Tokens before ``body`` (a dateline) are not parsed.
    """

    text: str
    start: int
    end: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    lemmas: list[str]
    lower: list[str] = field(init=False)
    kids: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.lower = [w.lower().replace("’", "'") for w in self.words]
        self.attach()

    def attach(self) -> None:
        """Recompute the children after a repair moved a head."""
        self.kids = [[] for _ in self.words]
        for i, h in enumerate(self.heads):
            if h != i:
                self.kids[h].append(i)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def root(self) -> int:
        return next((i for i, h in enumerate(self.heads) if h == i), 0)

    def children(self, i: int, *deps: str) -> list[int]:
        return [k for k in self.kids[i] if self.deps[k] in deps]

    def conjuncts(self, i: int) -> list[int]:
        """The token and all that are coordinated below it, left to right."""
        found, todo = [i], [i]
        while todo:
            for k in self.kids[todo.pop()]:
                if self.deps[k] == "conj":
                    found.append(k)
                    todo.append(k)
        return sorted(found)

    def first_conjunct(self, i: int) -> int:
        while self.deps[i] == "conj" and self.heads[i] != i:
            i = self.heads[i]
        return i

    def ancestors(self, i: int) -> Iterator[int]:
        seen = 0
        while self.heads[i] != i and seen < len(self.words):
            i = self.heads[i]
            seen += 1
            yield i

    def subtree(self, i: int) -> list[int]:
        found, todo = [], [i]
        while todo:
            k = todo.pop()
            found.append(k)
            todo.extend(self.kids[k])
        return sorted(found)

    def is_verb(self, i: int) -> bool:
        return self.tags[i] in VERB_TAGS

    def is_noun(self, i: int) -> bool:
        return self.tags[i].startswith("NN")

    def at(self, offset: int) -> int | None:
        """The token that covers a character of the article."""
        lo, hi = 0, len(self.starts) - 1
        while lo <= hi:
            mid = (lo + hi) // 2
            if offset < self.starts[mid]:
                hi = mid - 1
            elif offset >= self.ends[mid]:
                lo = mid + 1
            else:
                return mid
        return None

    def to_json(self) -> dict[str, object]:
        return {
            "text": self.text,
            "words": self.words,
            "starts": [s - self.start for s in self.starts],
            "tags": self.tags,
            "deps": self.deps,
            "heads": self.heads,
            "lemmas": self.lemmas,
        }

    @classmethod
    def from_json(cls, row: dict[str, list[str]], start: int = 0) -> Tree:
        text = str(row["text"])
        words = list(row["words"])
        starts = [int(s) + start for s in row["starts"]]
        return cls(
            text,
            start,
            start + len(text),
            words,
            starts,
            [s + len(w) for s, w in zip(starts, words, strict=True)],
            list(row["tags"]),
            list(row["deps"]),
            [int(h) for h in row["heads"]],
            list(row["lemmas"]),
        )
