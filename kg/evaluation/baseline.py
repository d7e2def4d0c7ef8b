"""Figures below which nobody may fall: a committed file that a run is held to."""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.figures import FACETS, Figures

HIGHER = ("triple", "triple@principal", "sign@principal", "pair@principal", "structural")
# Floating point and the order of articles move nothing; a figure may fall only by what four digits round away.
SLACK = 0.0005


def headline(figures: Figures) -> dict[str, float]:
    """The figures that are held: F1 and precision a level, facets, and the calibration error."""
    found: dict[str, float] = {}
    for name in HIGHER:
        found[f"{name} F1"] = figures.levels[name].f1
        found[f"{name} precision"] = figures.levels[name].precision
    for facet in FACETS:
        found[facet] = figures.facet(facet)
    found["calibration error"] = figures.to_json()["calibration_error"]
    return found


def write_baseline(path: Path, figures: Figures) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(headline(figures), indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def fallen(path: Path, figures: Figures) -> list[str]:
    """Each held figure that is worse than the baseline, in words; empty when none is.

    Raises:
        InputError: There is no such file, or it is not one of figures.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        rows = {str(k): float(v) for k, v in held.items()}
    except (OSError, ValueError, TypeError, AttributeError) as e:
        raise InputError(f"{path}: no baseline ({e}); write one with --write-baseline") from e
    now = headline(figures)
    found = []
    for name, before in rows.items():
        if name not in now:
            found.append(f"{name} is held at {before:.4f} and no longer measured")
        elif (now[name] > before + SLACK) if name == "calibration error" else (now[name] < before - SLACK):
            found.append(f"{name} was {before:.4f}, is {now[name]:.4f}")
    return found
