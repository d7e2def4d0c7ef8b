"""Cypher texts, kept as files beside the code: one text serves both servers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def cypher(name: str, **names: str) -> str:
    """The text of ``cypher/NAME.cypher``, with labels and types in the place of words like ``__LABEL__``.

    These cannot be parameters in Cypher; callers pass only names out of the codebook and the model.
    """
    text = (files("kg.store") / "cypher" / f"{name}.cypher").read_text(encoding="utf-8")
    for slot, word in names.items():
        text = text.replace(f"__{slot.upper()}__", word)
    return text


def statements_of(text: str) -> list[str]:
    """The statements of a text that has several, each ended by a semicolon at the end of a line."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("//")]
    return [part.strip() for part in "\n".join(lines).split(";\n") if part.strip().rstrip(";")]
