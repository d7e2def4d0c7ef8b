"""Check that every code in the seeds and the lexicon is known: relations, roles, actors. Prints what is wrong."""

from __future__ import annotations

import sys

from kg.actors.catalogue import load, problems
from kg.errors import KgError
from kg.nlp.lexicon import lexicon
from kg.ontology import relations
from kg.places import packaged


def main() -> int:
    try:
        relations()
        lexicon()
        wrong = problems(load([packaged("seeds") / "actors"]))
    except KgError as e:
        wrong = [str(e)]
    print("\n".join(wrong) or "codes: every code is known")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
