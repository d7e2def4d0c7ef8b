"""The trap that the embedded server does not report, found in texts; and none in ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.store.lint import inline_map_traps, warning
from kg.store.text import cypher, statements_of

TEXTS = sorted((Path(__file__).parents[2] / "kg" / "store" / "cypher").rglob("*.cypher"))
SOURCES = sorted((Path(__file__).parents[2] / "kg").rglob("*.py"))

TRAPS = {
    "MATCH (a)-[r]->(b) MATCH (t:Article {id: r.article}) RETURN t": ["r.article"],
    "MATCH (a)-[r:OPPOSES]->(b), (t {id:r.article, n: 1}) RETURN t": ["r.article"],
    "MATCH (a)-[r]->(b) MATCH (a)-[x:Y {d: r.date}]->(c) RETURN x": ["r.date"],
    "MATCH (a)-[r]-(b) OPTIONAL MATCH (s:Statement {edge: r.e, sign: r.sign}) RETURN s": ["r.e", "r.sign"],
    "MATCH p = (a)-[*1..2]->(b) UNWIND relationships(p) AS q MATCH (t {id: q.article}) RETURN t": ["q.article"],
    "MATCH (a)-[r]->(b) WITH r AS q MATCH (t {id: q.article}) RETURN t": ["q.article"],
    "MATCH (a)-[rs*2]->(b) WITH [x IN rs | x.y] AS l, a MATCH (t {id: a.article}) RETURN t, l": [],
    "MATCH ()-[`a rel`]->() MATCH (t {id: `a rel`.x}) RETURN t": [],  # quoted names with blanks are beyond it
    "MATCH ()-[r]->() WITH r\n// (x {id: r.no})\nMATCH (t { id : r . article }) RETURN t": ["r.article"],
}
FINE = [
    "MATCH (a)-[r]->(b) MATCH (t:Article) WHERE t.id = r.article RETURN t",
    "MATCH (a)-[r]->(b) RETURN {id: r.article} AS m",
    "MATCH (a)-[r]->(b) RETURN collect({to: b.id, n: r.statements}) AS m",
    "MATCH (a)-[r]->(b) RETURN r {.date, x: r.sign} AS m",
    "UNWIND $rows AS row MATCH (a:Actor {id: row.id}) RETURN a",
    "MATCH (a)-[r]->(b) MATCH (t {id: a.article}) RETURN t",
    "MATCH (a)-[r]->(b) RETURN 'MATCH (t {id: r.article})' AS text",
    "MATCH (a)-[r]->(b) /* (t {id: r.article}) */ RETURN r",
    "RETURN [x IN [1] | {v: x}] AS l",
]


@pytest.mark.parametrize("text", TRAPS)
def test_traps(text: str) -> None:
    assert inline_map_traps(text) == TRAPS[text]
    assert bool(warning(text)) == bool(TRAPS[text])


@pytest.mark.parametrize("text", FINE)
def test_near_misses(text: str) -> None:
    assert inline_map_traps(text) == []
    assert warning(text) == ""


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_no_text_of_ours_falls_into_it(path: Path) -> None:
    assert inline_map_traps(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_nor_one_between_quotes_in_the_code(path: Path) -> None:
    for text in re.findall(r'"""(.*?)"""|"((?:[^"\\\n]|\\.)*)"', path.read_text(encoding="utf-8"), re.DOTALL):
        found = "".join(text)
        if "MATCH" in found and path.name != "lint.py":
            assert inline_map_traps(found) == [], found


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_every_text_says_what_it_is_for(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("// ")
    assert first.rstrip().endswith((".", ",", ";")) or len(first) > 60


def test_texts_are_cut_into_statements() -> None:
    schema = statements_of(cypher("schema"))
    assert len(schema) > 10
    assert all(text.startswith("CREATE ") and "IF NOT EXISTS" in text for text in schema)
    assert statements_of("// only words;\n") == []


def test_slots_are_filled() -> None:
    text = cypher("merge_edges", relation="OPPOSES")
    assert "[r:OPPOSES]" in text
    assert "__" not in text.split("\n", 1)[1]
