"""Quotations and their speakers over an article: which tokens stand in quotation marks, and who is speaking."""

from __future__ import annotations

import re

from kg.model import ActorRef, ActorType
from kg.nlp.frames import Framer
from kg.nlp.mentions import Ment
from kg.nlp.stance import SAYING
from kg.nlp.tree import Tree
from kg.nlp.words import vocabulary

LABEL = re.compile(r"([A-ZÀ-Þ][^:!?“\"]{0,70}?)(?: \([^)]{1,60}\))?[:.] ")
OPENING = ("“", "«", "„", "``", '"')
ASKING = vocabulary("names", "asking")
ANSWERING = vocabulary("names", "answering")


def quoted_tokens(tree: Tree, inside: bool) -> tuple[set[int], bool]:
    """Tokens of quoted speech, and whether a quotation is still open at the end of the sentence.

    A name in quotation marks ("operation “Olive Branch”") is no speech: what closes without a verb does not count.
    """
    found: set[int] = set()
    segment: list[int] = []
    for i, w in enumerate(tree.words):
        opens, closes = w in OPENING[:-1], w in ("”", "»", "''")
        if not opens and not closes and w != '"':
            if inside:
                segment.append(i)
            continue
        if inside and any(tree.is_verb(k) for k in segment):
            found.update(segment)
        segment = []
        inside = opens or (w == '"' and not inside)
    return found | set(segment), inside


def questions(tree: Tree) -> set[int]:
    """Tokens of the questions inside a sentence: they state nothing."""
    found: set[int] = set()
    for end, w in enumerate(tree.words):
        if w != "?":
            continue
        start = end
        while start > 0 and tree.words[start - 1] not in OPENING and tree.words[start - 1] not in ".!?:;":
            start -= 1
        found.update(range(start, end))
    return found


def speaker_of(tree: Tree, ments: list[Ment]) -> list[ActorRef]:
    """The subject of the sentence's main verb of saying; empty when nobody is said to speak."""
    at = {i: m for m in ments for i in range(m.start, m.end)}
    framer = Framer(tree)
    for v in sorted(range(len(tree)), key=lambda i: (tree.heads[i] != i, i)):
        if (
            tree.is_verb(v)
            and tree.lemmas[v] in SAYING
            and tree.deps[v] in ("ROOT", "parataxis", "conj", "ccomp", "advcl")
        ):
            for k in framer.subject(v)[0]:
                m = at.get(k)
                if m is not None and m.actors and m.kind != "adjective":
                    return m.actors[:1]
    return []


def label_of(tree: Tree, ments: list[Ment], answering: list[ActorRef]) -> list[ActorRef] | None:
    """The speaker whom a transcript names before what is said: "Vikas Swarup: …", "Answer: …".

    An empty list where a question begins; ``None`` where nothing marks a speaker.
    """
    m = LABEL.match(tree.text)
    if m is None:
        return None
    label = [k for k in range(len(tree)) if tree.starts[k] < tree.start + m.end(1)]
    if any(tree.tags[k] in ("VBD", "VBP", "VBZ", "MD") for k in label):
        return None  # "The king sees it otherwise: …"
    name = m.group(1).lower()
    if name in ASKING:
        return []
    if name in ANSWERING:
        return answering
    if tree.text[m.end() - 2] != ":" or len(m.group(1).split()) > 9:
        return None
    end = tree.start + len(m.group(1))
    inside = [
        x
        for x in ments
        if tree.starts[x.start] < end and tree.ends[x.end - 1] <= end + 1 and x.kind not in ("adjective", "reference")
    ]
    if not inside or tree.starts[inside[0].start] > tree.start + 45:
        return None
    persons = [x for x in inside if x.actors[0].type == ActorType.PERSON] or (
        [inside[0]]
        if tree.starts[inside[0].start] == tree.start
        and len(inside) == 1
        and inside[0].end < len(tree)
        and tree.words[inside[0].end] == ":"
        else []
    )
    return persons[-1].actors[:1] if persons and persons[-1].actors[0].type == ActorType.PERSON else None
