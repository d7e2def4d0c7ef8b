"""What a sentence does to a claim: whose it is, and whether it is denied, planned or only possible."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import ActorRef, Modality
from kg.nlp.words import vocabulary

RANK: dict[Modality, int] = {"actual": 0, "intended": 1, "possible": 2, "conditional": 3}
SAYING = vocabulary("stance", "say", "verbs")


@dataclass(slots=True)
class Stance:
    """What the sentence does to one claim. ``speakers`` are outermost first; ``marks`` name the steps (for the scorer)."""

    negated: bool = False
    modality: Modality = "actual"
    speakers: list[ActorRef] = field(default_factory=list)
    wish: bool = False
    described: bool = False
    marks: list[str] = field(default_factory=list)

    def negate(self, mark: str = "") -> None:
        """Turn the claim around; two denials cancel out."""
        self.negated = not self.negated
        if mark:
            self.marks.append(mark)

    def raise_to(self, modality: Modality, mark: str) -> None:
        """Weaken the claim; what is already weaker stays."""
        if RANK[modality] > RANK[self.modality]:
            self.modality = modality
        self.marks.append(mark)
