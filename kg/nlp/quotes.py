"""Quotations and their speakers over an article: which tokens stand in quotation marks, and who is speaking."""

from __future__ import annotations

import re

from kg.model import ActorRef
from kg.nlp.frames import Framer
from kg.nlp.mentions import Ment
from kg.nlp.stance import words
from kg.nlp.tree import Tree

OPEN, CLOSE = "“«„", "”»"
LABEL = re.compile(r"(?:^|\n)\s*([A-ZÀ-Þ][^\n:.!?“\"]{1,60}):\s")


def quoted_tokens(tree: Tree, inside: bool) -> tuple[set[int], bool]:
    """Tokens inside quotation marks, and whether a quotation is still open at the end of the sentence."""
    found: set[int] = set()
    for i, w in enumerate(tree.words):
        if w in ("“", "«", "„", "``"):
            inside = True
        elif w in ("”", "»", "''"):
            inside = False
        elif w == '"':
            inside = not inside
        elif inside:
            found.add(i)
    return found, inside


def speaker_of(tree: Tree, ments: list[Ment]) -> list[ActorRef]:
    """The subject of the sentence's main verb of saying; empty when nobody is said to speak."""
    at = {i: m for m in ments for i in range(m.start, m.end)}
    framer = Framer(tree)
    say = words().say
    for v in sorted(range(len(tree)), key=lambda i: (tree.heads[i] != i, i)):
        if tree.is_verb(v) and tree.lemmas[v] in say and tree.deps[v] in ("ROOT", "parataxis", "conj", "ccomp", "advcl"):
            for k in framer.subject(v)[0]:
                m = at.get(k)
                if m is not None and m.actors and m.kind != "adjective":
                    return m.actors[:1]
    return []
