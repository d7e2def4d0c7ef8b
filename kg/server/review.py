"""Judging from the page: what a reader marks is written to the judgements file and applied to the graph at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.actors.judgements import Act, Judgement, Judgements
from kg.actors.ledger import apply
from kg.errors import InputError
from kg.model import ActorRef, ActorType
from kg.server.columns import Columns
from kg.store import GraphStore

LONGEST_NOTE: Final = 500
LATEST: Final = 50
KEYS: Final[dict[str, tuple[Act, tuple[str, ...]]]] = {
    "wrong": ("wrong", ("statement",)),
    "right": ("right", ("statement",)),
    "same": ("same", ("actor", "other")),
    "different": ("different", ("actor", "other")),
    "undo": ("undo", ("of",)),
}


@dataclass
class Review:
    """Who judges, when, and where it is written."""

    judgements: Judgements
    who: str
    now: Callable[[], str]

    def listed(self) -> list[dict[str, str]]:
        """The latest judgements that count, last first."""
        standing = self.judgements.standing[::-1][:LATEST]
        return [
            {"id": j.id, "act": j.act, "words": str(j), "who": j.who, "when": j.when, "note": j.note} for j in standing
        ]

    def record(self, store: GraphStore, columns: Columns, said: Mapping[str, Any]) -> frozenset[str]:
        """Write a judgement and apply it.

        Returns:
            The ids of the statement or the actors that it is about.

        Raises:
            InputError: It is not one that the page can make, or makes no sense beside the others.
        """
        made = self._judgement(columns, said)
        self.judgements.add(made)
        apply(store, self.judgements, made)
        about = made
        while about.act == "undo":
            about = next(e for e in self.judgements.entries if e.id == about.of)
        return about.actors | frozenset(filter(None, [about.statement]))

    def _judgement(self, columns: Columns, said: Mapping[str, Any]) -> Judgement:
        act, needed = KEYS.get(str(said.get("act")), (None, ()))
        if act is None:
            raise InputError(f"act: is one of {', '.join(KEYS)}")
        if unknown := sorted(set(said) - {"act", "note", *needed}):
            raise InputError(f"{unknown[0][:40]!r} is not a key of {act}; the keys are act, note, {', '.join(needed)}")
        note = said.get("note", "")
        if not isinstance(note, str) or len(note) > LONGEST_NOTE:
            raise InputError(f"note: is a text of at most {LONGEST_NOTE} characters")
        values = {key: said.get(key) for key in needed}
        for key, value in values.items():
            if not isinstance(value, str) or not 0 < len(value) <= 200:
                raise InputError(f"{key}: is missing, or is no id")
        texts = {key: str(value) for key, value in values.items()}
        if "statement" in texts and not columns.article_of(texts["statement"]):
            raise InputError(f"no statement {texts['statement']!r} in the graph")
        for key in ("actor", "other"):
            if key in texts and texts[key] not in columns.described:
                raise InputError(f"no actor {texts[key]!r} in the graph")
        return Judgement(
            act,
            self.who,
            self.now(),
            actor=texts.get("actor", ""),
            other=_actor(columns, texts["other"]) if "other" in texts else None,
            statement=texts.get("statement", ""),
            of=texts.get("of", ""),
            note=note,
        )


def _actor(columns: Columns, actor_id: str) -> ActorRef:
    about = columns.describe(actor_id)
    return ActorRef(
        actor_id,
        about["name"],
        ActorType(about["type"]),
        aliases=tuple(about["aliases"]),
        wikidata=about["wikidata"],
        linked=about["linked"],
    )
