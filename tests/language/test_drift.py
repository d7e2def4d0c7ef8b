"""Whether the stored parses are still those of the live model. Needs the model, and is not skipped without it."""

from __future__ import annotations

from hashlib import sha256

from kg.nlp.parser import parse
from kg.nlp.repairs import repair
from tests.language.refresh import lines
from tests.language.tables import parses, unpacked

SAMPLE = 60


def sample() -> list[str]:
    """Sentences from all over the tables: always the same ones while the tables stay as they are."""
    return sorted(parses(), key=lambda s: sha256(s.encode()).hexdigest())[:SAMPLE]


def test_the_live_model_parses_as_stored() -> None:
    changed = [
        f"{text!r}\n  stored {parses()[text]}\n  live   {live}"
        for text, live in zip(sample(), lines(sample()), strict=True)
        if live != parses()[text]
    ]
    assert not changed, "\n".join(["run: python -m tests.language.refresh", *changed])


def test_a_mended_parse_is_what_the_pipeline_gives() -> None:
    """The pipeline mends what it parses; the tables mend what is stored. Both must come to the same."""
    for text, found in zip(sample(), parse(sample()), strict=True):
        assert found == [repair(unpacked(parses()[text]))]
