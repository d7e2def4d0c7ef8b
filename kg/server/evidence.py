"""Evidence cards of statements: their sentences, marks, speakers and articles, read from the graph when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from kg.ontology import relations
from kg.server.columns import Columns
from kg.store import GraphStore
from kg.view.columns import in_names, units

Json = dict[str, Any]

CARDS: Final = """
UNWIND $ids AS id
MATCH (s:Statement {id: id})-[:FROM]->(d:Article)
OPTIONAL MATCH (s)-[r:SAID_BY]->(w:Actor)
RETURN properties(s) AS s, properties(d) AS d,
       collect(CASE WHEN w IS NULL THEN NULL ELSE [r.position, w.id, r.principal] END) AS speakers"""


def cards(store: GraphStore, columns: Columns, ids: Sequence[str]) -> list[Json]:
    """One card a statement, in the order of the ids; one that is gone meanwhile is left out."""
    rows = {row["s"]["id"]: row for row in store.read(CARDS, {"ids": list(ids)})} if ids else {}
    return [_card(rows[i]["s"], rows[i]["d"], rows[i]["speakers"], columns) for i in ids if i in rows]


def _card(s: Mapping[str, Any], d: Mapping[str, Any], speakers: Sequence[Sequence[Any]], columns: Columns) -> Json:
    relation = relations()[s["relation"]]
    denied = s["polarity"] == "negated"
    sign = 0 if denied else relation.sign
    return {
        "id": s["id"],
        "source": columns.describe(s["source"]),
        "target": columns.describe(s["target"]),
        "relation": relation.code,
        "sign": sign,
        "heat": sign * round(abs(relation.intensity) * 10),
        "status": "negated" if denied else s["modality"],
        "confidence": round(100 * s["confidence"]),
        "start": _ordinal(s.get("date")),
        "end": _ordinal(s.get("date_end") or s.get("date")),
        "precision": s.get("date_precision", "day"),
        "sentence": s["sentence"],
        "marks": [m for role in ("source", "target", "trigger") if (m := _mark(s, role))],
        "via": [in_names(_how(s, end), lambda i: str(columns.describe(i)["name"])) for end in ("source", "target")],
        "speakers": [
            {"name": columns.describe(who)["name"], "side": columns.describe(side)["name"] if side != who else ""}
            for _, who, side in sorted(speakers, key=lambda s: int(s[0]))
        ],
        "rule": s.get("rule", ""),
        "place": s.get("place", ""),
        "article": {
            "url": d.get("url", ""),
            "title": d.get("title", ""),
            "publisher": d.get("publisher", ""),
            "published": _ordinal(d.get("published")),
        },
        "report": d.get("copy_of") or d["id"],
        "copies": [],
    }


def _mark(s: Mapping[str, Any], role: str) -> Json | None:
    """Where a span lies in the sentence, in UTF-16 units; nothing where it lies elsewhere."""
    text = s["sentence"]
    start, end = (s.get(f"{role}_{edge}", -1) - s["start"] for edge in ("start", "end"))
    if not 0 <= start < end <= len(text):
        return None
    return {"start": units(text[:start]), "end": units(text[:end]), "role": role}


def _how(s: Mapping[str, Any], end: str) -> str:
    how = s.get(f"{end}_how", "")
    return str(s.get(f"{end}_via") or ("" if how == "catalogue" else how))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
