"""The relations of the codebook, read from ``kg/data/relations.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kg.errors import OntologyError
from kg.model import Relation

STRUCTURAL = frozenset({"MEMBER_OF", "LEADS"})


@cache
def relations() -> dict[str, Relation]:
    """Every relation by its code, in the order of the file.

    Raises:
        OntologyError: A row has a missing or unknown key, or a sign outside -1, 0, 1.
    """
    where = files("kg") / "data" / "relations.toml"
    rows = tomllib.loads(where.read_text(encoding="utf-8"))
    found: dict[str, Relation] = {}
    for code, row in rows.items():
        try:
            relation = Relation(code=code, **{**row, "cameo": tuple(row["cameo"])})
        except (TypeError, KeyError) as e:
            raise OntologyError(
                f"relations.toml: {code}: {e}; each relation has gloss, sign, symmetric, plover, cameo, quad, intensity"
            ) from e
        if relation.sign not in (-1, 0, 1):
            raise OntologyError(f"relations.toml: {code}: sign is {relation.sign}; use -1, 0 or 1")
        found[code] = relation
    return found


def sign(code: str) -> int:
    """-1 hostile, 0 neutral, +1 friendly."""
    return relations()[code].sign
