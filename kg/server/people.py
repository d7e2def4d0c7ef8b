"""Who is who, and who acts for whom, as the statements say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from kg.server.columns import Columns

Json = dict[str, Any]

MEMBERS: Final = 60


class People:
    """Sides and their members in one reading of the columns."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.members: dict[str, list[str]] = defaultdict(list)
        self.sides: dict[str, str] = {}
        names, size = columns.actors.of, max(1, len(columns.actors.of))
        found = np.empty(0, dtype=np.int64)
        for end in ("source", "target"):
            who, side = columns[end], columns[f"{end}_side"]
            apart = who != side
            found = np.union1d(found, side[apart].astype(np.int64) * size + who[apart])
        for s, w in zip(*(part.tolist() for part in np.divmod(found, size)), strict=True):
            self.members[names[s]].append(names[w])
            self.sides[names[w]] = names[s]
        for some in self.members.values():
            some.sort()

    def told(self, ids: Iterable[str], whole: str = "") -> Json:
        """Descriptions of actors; for whom they act, how many act for them, and for ``whole`` also who."""
        asked = set(ids) | ({whole} if whole else set())
        members = self.members.get(whole, [])[:MEMBERS]
        everybody = asked | {self.sides[i] for i in asked if i in self.sides} | set(members)
        return {
            "actors": {i: self.columns.describe(i) for i in sorted(everybody)},
            "sides": {i: self.sides[i] for i in sorted(everybody) if i in self.sides},
            "memberCounts": {i: len(self.members[i]) for i in sorted(asked) if i in self.members},
            "members": {whole: members} if members else {},
        }
