"""Parse the sentences of the tables anew: ``python -m tests.language.refresh``.

Writes ``parses.jsonl``: a line a sentence, sorted, the trees as the model gives them (repairs are made when they are read).
Sentences that no table asks for any more are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from unittest.mock import patch

from kg.nlp.parser import parse
from kg.nlp.tree import Tree
from tests.language.tables import PARSES, cases, packed, sentences, unpacked


def raw(texts: Iterable[str]) -> list[list[Tree]]:
    """The trees of each text before any repair."""
    with patch("kg.nlp.parser.repair", lambda tree: tree):
        return list(parse(texts))


def wanted() -> list[str]:
    """The sentences of the tables, sorted."""
    return sorted({s for case in cases() for _, s in sentences(case.text)})


def lines(texts: list[str]) -> list[str]:
    """A line for each sentence."""
    out = []
    for text, found in zip(texts, raw(texts), strict=True):
        assert len(found) == 1, f"not one sentence: {text!r}"
        line = packed(found[0])
        assert unpacked(line) == found[0], f"does not come back as it was: {text!r}"
        out.append(line)
    return out


def main() -> None:
    PARSES.write_text("".join(f"{line}\n" for line in lines(wanted())), encoding="utf-8")


if __name__ == "__main__":
    main()
