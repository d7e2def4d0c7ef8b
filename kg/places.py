"""Where the packaged data lies: in the wheel under ``kg``, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def packaged(name: str) -> Path:
    """The directory ``seeds`` or ``pipelines``, wherever this installation keeps it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


LEXICON = PACKAGE / "data" / "lexicon" / "en"
