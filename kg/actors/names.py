"""Finding catalogue names in text: a token trie, longest match first.

Works on its own tokens (runs of word characters), so that hyphens, apostrophes and dots do not matter: "al-Shabaab" is
"al Shabaab", "U.S." is "US", "Turkey's" is "Turkey s". A capital in the alias asks for a capital in the text; an acronym is
matched in its own case only ("US" is no "us", "WHO" no "who").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from kg.actors.catalogue import Ambiguity, Catalogue, Sense, within
from kg.collector import no_collection
from kg.model import ActorType
from kg.nlp.words import vocabulary

Kind = Literal["name", "adjective", "demonym", "seat", "capital", "weak", "surname", "place", "nobody"]
Node = dict[str, Any]
# Of several readings of one name the first of these counts.
RANK: tuple[Kind, ...] = ("name", "seat", "demonym", "adjective", "capital", "place", "surname", "weak")

TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\w+", re.UNICODE)
LEAF = "\0"
# A stop inside a name ends it, but for initials and short titles: "George W. Bush", "U.N. General Assembly", "St. Kitts".
SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\.[A-Z])(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bJr)(?<!\bDr)\. ")
NO_SURNAME = vocabulary("names", "no_surnames")
BOUNDARY = re.compile(r"""(?<![A-Z])(?<!\bSt)(?<!\bGen)(?<!\bDr)[.!?]["”’)]*\s+(?=["“‘(]?[A-ZÀ-Þ0-9])|\n""")
WINDOW = 120  # characters on either side in which a cue for an ambiguous name is looked for


@lru_cache(maxsize=200_000)
def fold(token: str) -> str:
    """Lower case without accents and dots: "Çavuşoğlu" → "cavusoglu", "U.S." → "us", "ı" → "i"."""
    plain = unicodedata.normalize("NFKD", token.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "").lower()


@dataclass(frozen=True, slots=True)
class Hit:
    """A catalogue name in the text. ``actors`` holds the ids that it may mean, best first.

    Of kind "nobody" are words that would name an actor elsewhere ("Georgia Tech"), or do if the article names it in full.
    """

    start: int
    end: int
    text: str
    kind: Kind
    actors: tuple[str, ...]


class _Read:
    """A text as words: as written, folded, and where they stand. Plain lists: an object a word would take a third of the time."""

    __slots__ = ("folded", "spans", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [m.span() for m in TOKEN.finditer(text)]
        self.words = [text[a:b] for a, b in self.spans]
        self.folded = list(map(fold, self.words))

    def near(self, i: int) -> bool:
        """Whether a word follows the one before it after a space or a hyphen."""
        return self.spans[i][0] - self.spans[i - 1][1] <= 2


class Names:
    """The compiled names of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.root: Node = {}
        self.given: dict[str, list[str]] = {}
        """Folded given name → the persons of that name."""
        with no_collection():
            self._compile()

    def _compile(self) -> None:
        catalogue = self.catalogue
        for e in catalogue:
            a = e.actor
            for name in (a.name, *a.aliases):
                self._add(name, "name", a.id)
            for name in e.adjectives:
                self._add(name, "adjective", a.id)
            for name in e.demonyms:
                self._add(name, "demonym", a.id)
            for name in e.weak:
                self._add(name, "weak", a.id)
            if a.type == ActorType.PERSON:
                if " " in a.name:
                    self.given.setdefault(fold(a.name.split()[0]), []).append(a.id)
                surname = e.surname or (a.name.split()[-1] if " " in a.name else "")
                if surname and fold(surname) not in NO_SURNAME:
                    self._add(surname, "surname", a.id)
        for name, (actor, kind) in catalogue.seats.items():
            self._add(name, "seat" if kind == "seat" else "capital", actor)
            for earlier in catalogue.former_seats.get(name, ()):
                self._add(name, "seat" if kind == "seat" else "capital", earlier)
        for name, state in catalogue.places.items():
            self._add(name, "place", state)
        self.ambiguous: dict[str, Ambiguity] = {
            " ".join(fold(w) for w in TOKEN.findall(n)): a for n, a in catalogue.ambiguous.items()
        }

    def _add(self, name: str, kind: Kind, actor: str) -> None:
        words = TOKEN.findall(name)
        if not words or "backed" in words:
            return  # "Turkish-backed Syrian National Army" is a claim, not a name
        node = self.root
        for w in words:
            node = node.setdefault(fold(w), {})
        node.setdefault(LEAF, []).append((kind, actor, tuple(words)))

    def only(self, name: str) -> str | None:
        """The one actor that has a name, be it a weak one; ``None`` for none and for several."""
        node: Node | None = self.root
        for w in TOKEN.findall(name):
            node = node.get(fold(w)) if node is not None else None
        found = {actor for kind, actor, _ in (node or {}).get(LEAF, ()) if kind in ("name", "weak")}
        return found.pop() if len(found) == 1 else None

    def find(self, text: str, on: date | None = None) -> list[Hit]:
        """All names in the text, left to right, none overlapping another."""
        read = _Read(text)
        hits: list[Hit] = []
        i, n, root = 0, len(read.words), self.root
        while i < n:
            if read.folded[i] not in root:
                i += 1
                continue
            best = self._longest(read, i, on)
            if (
                best is not None
                and (best[1][0][0] == "weak" or read.folded[i] == "the")
                and self._better_inside(read, i, best[0], on)
            ):
                best = None  # "the South" is not the beginning of "South Lebanon Army", nor a paper that of a council
            if best is None or self._fuller_inside(read, i, best, on):
                i += 1
                continue
            j, kept = best
            hits.append(self._resolve(kept, read, i, j, on))
            i = j
        return hits

    def _longest(self, read: _Read, i: int, on: date | None) -> tuple[int, list[tuple[Kind, str]]] | None:
        """The longest name that starts at word ``i``; a weak one only where no other is."""
        node, j, n = self.root.get(read.folded[i]), i + 1, len(read.words)
        best: tuple[int, list[tuple[Kind, str]]] | None = None
        weak: tuple[int, list[tuple[Kind, str]]] | None = None
        while node is not None:
            leaf = node.get(LEAF)
            if leaf is not None and (kept := self._fitting(leaf, read, i, j, on)):
                strong = [k for k in kept if k[0] != "weak"]
                if strong:
                    best = (j, strong)
                else:
                    weak = (j, kept)
            node = node.get(read.folded[j]) if j < n and read.near(j) else None
            j += 1
        if weak is not None and (best is None or (weak[0] > best[0] and best[1][0][0] in ("surname", "place"))):
            return weak
        return best

    def _better_inside(self, read: _Read, i: int, end: int, on: date | None) -> bool:
        """Whether a name that is not weak begins inside ``(i, end)`` and reaches beyond."""
        for k in range(i + 1, end):
            got = self._longest(read, k, on)
            if got is not None and got[0] > end and got[1][0][0] != "weak":
                return True
        return False

    def _fuller_inside(self, read: _Read, i: int, best: tuple[int, list[tuple[Kind, str]]], on: date | None) -> bool:
        """Whether a longer name of the same actor begins inside: "President Xi" in "President Xi Jinping"."""
        end, kept = best
        meant = {actor for _, actor in kept}
        return any(
            got is not None and got[0] > end and meant & {actor for _, actor in got[1]}
            for got in (self._longest(read, k, on) for k in range(i + 1, end))
        )

    def _fitting(
        self, leaf: list[tuple[Kind, str, tuple[str, ...]]], read: _Read, i: int, j: int, on: date | None
    ) -> list[tuple[Kind, str]]:
        words = read.words[i:j]
        if j - i > 1:
            between = read.text[read.spans[i][0] : read.spans[j - 1][1]]
            if "\n" in between or ", " in between or SENTENCE_END.search(between):
                return []
        return [
            (kind, actor)
            for kind, actor, alias in leaf
            if all(map(_same_case, alias, words))
            and (alias[-1][0].isupper() or kind != "name" or not self._over(actor, on))
        ]

    def _over(self, actor: str, on: date | None) -> bool:
        """Whether somebody was gone by then: "Chechen fighters" of 2022 are no rebels of the 1990s, though described alike."""
        last = self.catalogue.entries[actor].actor.active_to
        return bool(on and last and on.isoformat() > last + "-99")

    def _resolve(self, kept: list[tuple[Kind, str]], read: _Read, i: int, j: int, on: date | None) -> Hit:
        if len(kept) > 1:
            kept = sorted(kept, key=lambda k: RANK.index(k[0]))
        kind = kept[0][0]
        actors = list(dict.fromkeys(a for k, a in kept if k == kind or {k, kind} <= {"adjective", "demonym"}))
        start, end = read.spans[i][0], read.spans[j - 1][1]
        text = read.text
        rule = self.ambiguous.get(" ".join(read.folded[i:j]))
        if rule is not None and kind != "surname":
            sense = _choose(rule, read, i, j)
            if sense is not None and sense.actor in self.catalogue and self._over(sense.actor, on):
                sense = None
            chosen = rule.default if sense is None else sense.actor
            if not chosen:
                if sense is not None and j < len(read.words) and read.words[j] in sense.right:
                    end = read.spans[j][1]
                others = () if sense is not None else tuple(s.actor for s in rule.senses if s.actor)
                return Hit(start, end, text[start:end], "nobody", others)
            if chosen in actors or chosen in self.catalogue:
                actors = [chosen, *(a for a in actors if a != chosen)]
            if sense is None and kind in ("capital", "seat"):
                actors = self.by_date(actors, on)  # "Moscow" of 1956 is another state's
        elif len(actors) > 1:
            actors = self.by_date(actors, on)
        return Hit(start, end, text[start:end], kind, tuple(actors))

    def by_date(self, actors: list[str], on: date | None) -> list[str]:
        """Those alive on the date first; a person counts as alive in news from the first office until the last one's end."""
        if on is None:
            return actors
        day = on.isoformat()

        def dead(actor_id: str) -> tuple[int, str]:
            a = self.catalogue.entries[actor_id].actor
            if a.offices:
                current = any(within(day, o.since, o.until) for o in a.offices)
                past = any(o.since <= day for o in a.offices)
                return (0 if current else 1 if past else 2, "")
            lives = within(day, a.active_from, a.active_to)
            return (0 if lives and a.active_to else 1 if lives else 2, "")

        return sorted(actors, key=dead)


def _same_case(alias: str, word: str) -> bool:
    if alias == word:
        return True
    bare = alias.replace(".", "")
    if len(bare) <= 5 and sum(c.isupper() for c in bare) > 1:
        return word.replace(".", "") == bare
    if alias[0].isupper():
        return word[0].isupper()
    return True


def _choose(rule: Ambiguity, read: _Read, i: int, j: int) -> Sense | None:
    """The sense that a cue beside the name or in its sentence asks for."""
    left = read.words[i - 1] if i and read.near(i) else ""
    right = read.words[j] if j < len(read.words) and read.near(j) else ""
    start, end = read.spans[i][0], read.spans[j - 1][1]
    wide = read.text[max(0, start - WINDOW) : end + WINDOW]
    around = ""
    for sense in rule.senses:
        if (left and left in sense.left) or (right and right in sense.right):
            return sense
        cue = _cue(sense.context) if sense.context else None
        if cue is not None and cue.search(wide):
            around = around or _sentence(read.text, start, read.spans[i][1], end)
            if cue.search(around):
                return sense
    return None


@lru_cache(maxsize=4_096)
def _cue(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _sentence(text: str, start: int, first: int, end: int) -> str:
    """The sentence around a name from ``start`` to ``end`` whose first word ends at ``first``, as far as the window goes."""
    before = BOUNDARY.split(text[max(0, start - WINDOW) : first])[-1]
    return before + BOUNDARY.split(text[first : end + WINDOW])[0]
