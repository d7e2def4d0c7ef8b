"""The model's own pipeline with all its components: what extraction is measured against."""

from __future__ import annotations

from collections.abc import Iterable

from kg.nlp.parser import model_path


class Stock:
    """The packaged pipeline, loaded as it comes."""

    def __init__(self) -> None:
        import spacy  # noqa: PLC0415 - loaded when it is measured, as in kg.nlp.parser

        self.nlp = spacy.load(model_path())

    def run(self, texts: Iterable[str]) -> int:
        """Annotate texts as the model does by itself; how many tokens they have."""
        return sum(len(doc) for doc in self.nlp.pipe(texts))
