"""Queries on our graph in the dialect that people write: every clause and function that a handbook shows.

Each has to give both servers' users the same rows; each orders its rows, for without that no server promises any.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.model import Article, Statement
from tests.store.world import article, claim

Query = tuple[str, dict[str, Any]]


def story() -> list[tuple[Article, list[Statement]]]:
    a = article("a", "Agency", "2018-02-15")
    b = article("b", "Daily", "2018-03-20")
    c = article("c", "Herald", "2019-01-05")
    d = article("d", "", "")
    return [
        (a, [
            claim(a, "TUR OPPOSES YPG", by=("PER-TILLERSON",), confidence=0.95),
            claim(a, "TUR-MIL ATTACKS YPG", at=1, confidence=0.9, place="Afrin"),
            claim(a, "USA AIDS YPG", at=2, confidence=0.6),
            claim(a, "USA ALLIED_WITH TUR", at=3, by=("PER-TILLERSON", "USA")),
            claim(a, "YPG ACCUSES TUR", at=4, modality="intended"),
        ]),
        (b, [
            claim(b, "TUR OPPOSES YPG", confidence=0.75),
            claim(b, "TUR-MIL ATTACKS YPG", at=1, polarity="negated", by=("PER-ERDOGAN",)),
            claim(b, "RUS SUPPORTS SYR", at=2, on="2015-09-30", until="2018-03-20"),
            claim(b, "~new-militia ATTACKS TUR", at=3, confidence=0.8),
            claim(b, "NATO CONSULTS RUS", at=4),
        ]),
        (c, [
            claim(c, "USA RETREATS_FROM SYR"), claim(c, "TUR ACCUSES USA", at=1, by=("PER-ERDOGAN", "TUR")),
            claim(c, "RUS ACCUSES NATO", at=2, polarity="negated", by=("PER-LAVROV",)),
            claim(c, "DEU SUPPORTS USA", at=3, modality="conditional"), claim(c, "TUR ATTACKS YPG", at=4),
        ]),
        (d, [claim(d, "DEU OPPOSES RUS"), claim(d, "TUR THREATENS DEU", at=1, modality="possible")]),
    ]  # fmt: skip


HOSTILE = "OPPOSES|ATTACKS|ACCUSES"
QUERIES: dict[str, Query] = {
    # What an analyst types first
    "stances of an actor": (
        "MATCH (:Actor {name: 'Turkey'})-[r:OPPOSES]->(b) RETURN b.name, r.statements, r.last ORDER BY r.statements DESC",
        {},
    ),
    "hostile acts of a side": (
        "MATCH (t:Actor {name: 'Turkey'})<-[:ACTS_FOR*0..3]-(who)-[r]->(b:Actor) WHERE r.sign = -1 "
        "RETURN who.name, type(r), b.name ORDER BY who.name, type(r), b.name",
        {},
    ),
    "who says so": (
        "MATCH (s:Statement {relation: 'OPPOSES'})-[:SAID_BY]->(w), (s)-[:SOURCE]->(a), (s)-[:TARGET]->(b), "
        "(s)-[:FROM]->(d) RETURN w.name, a.name, b.name, s.sentence, d.url ORDER BY s.date DESC LIMIT 20",
        {},
    ),
    "look up by parameter": ("MATCH (a:Actor {id: $id}) RETURN a.name AS name", {"id": "RUS"}),
    "look up by name, any case": (
        "MATCH (a:Actor) WHERE toLower(a.name) CONTAINS toLower($part) RETURN a.id ORDER BY a.id",
        {"part": "UNITED"},
    ),
    "look up by alias": ("MATCH (a:Actor) WHERE $alias IN a.aliases RETURN a.id", {"alias": "Ankara"}),
    "alias by prefix": (
        "MATCH (a:Actor) WHERE any(x IN a.aliases WHERE x STARTS WITH 'A') RETURN a.id ORDER BY a.id",
        {},
    ),
    "by regular expression": ("MATCH (a:Actor) WHERE a.name =~ '(?i)t.*y' RETURN a.id ORDER BY a.id", {}),
    "several relations": (
        f"MATCH (a:Actor)-[r:{HOSTILE}]->(b:Actor) RETURN a.id, type(r), b.id ORDER BY a.id, type(r), b.id",
        {},
    ),
    "neighbours in any direction": (
        "MATCH (:Actor {id: 'USA'})-[r]-(b:Actor) WHERE r.sign IS NOT NULL RETURN DISTINCT b.id ORDER BY b.id",
        {},
    ),
    "a symmetric relation in either order": (
        "MATCH (:Actor {id: 'TUR'})-[:ALLIED_WITH]-(b) RETURN b.id ORDER BY b.id",
        {},
    ),
    "type in a list": (
        "MATCH (a:Actor)-[r]->(b:Actor) WHERE type(r) IN $types RETURN count(r) AS n",
        {"types": ["OPPOSES", "AIDS"]},
    ),
    # Labels and properties
    "by type of actor": ("MATCH (a:Actor:State) RETURN a.id ORDER BY a.id", {}),
    "either label": ("MATCH (n:Person|Military) RETURN n.id ORDER BY n.id", {}),
    "labels": ("MATCH (a:Actor {id: 'YPG'}) UNWIND labels(a) AS l RETURN l ORDER BY l", {}),
    "label test": ("MATCH (a:Actor) WHERE a:IGO OR a:ArmedGroup RETURN a.id ORDER BY a.id", {}),
    "keys": ("MATCH (d:Article {id: 'a'}) UNWIND keys(d) AS k RETURN k ORDER BY k", {}),
    "properties": ("MATCH (:Actor {id: 'USA'})-[r:AIDS]->() RETURN properties(r) AS p", {}),
    "map projection": ("MATCH (a:Actor {id: 'RUS'}) RETURN a {.id, .name, up: toUpper(a.name)} AS m", {}),
    "whole node": ("MATCH (a:Actor {id: 'NATO'}) RETURN a", {}),
    "whole relationship": ("MATCH (:Actor {id: 'USA'})-[r:AIDS]->(:Actor) RETURN r", {}),
    "missing property": ("MATCH (a:Actor) WHERE a.wikidata IS NULL RETURN a.id ORDER BY a.id", {}),
    "unlinked actors": ("MATCH (a:Actor) WHERE a.linked = false RETURN a.id, a.name ORDER BY a.id", {}),
    "dynamic property": ("MATCH (a:Actor {id: 'RUS'}) RETURN a[$key] AS v", {"key": "name"}),
    # Statements and their evidence
    "evidence of an edge": (
        "MATCH (s:Statement)-[:FROM]->(d:Article) WHERE s.edge = 'TUR OPPOSES YPG' "
        "RETURN s.sentence, s.confidence, d.publisher ORDER BY s.date",
        {},
    ),
    "denied": ("MATCH (s:Statement {polarity: 'negated'}) RETURN s.source, s.relation, s.target ORDER BY s.edge", {}),
    "not yet so": (
        "MATCH (s:Statement) WHERE s.modality <> 'actual' RETURN s.modality, s.edge ORDER BY s.modality, s.edge",
        {},
    ),
    "sure ones only": ("MATCH (s:Statement) WHERE s.confidence >= 0.9 RETURN count(s) AS n", {}),
    "by place": ("MATCH (s:Statement) WHERE s.place = 'Afrin' RETURN s.edge", {}),
    "in the article's own voice": (
        "MATCH (s:Statement) WHERE NOT (s)-[:SAID_BY]->(:Actor) RETURN count(s) AS n",
        {},
    ),
    "chain of speakers": (
        "MATCH (s:Statement)-[r:SAID_BY]->(w:Actor) WITH s, r, w ORDER BY r.position "
        "WITH s, collect(w.id) AS chain WHERE size(chain) > 1 RETURN s.edge, chain ORDER BY s.edge",
        {},
    ),
    "by publisher": (
        "MATCH (d:Article {publisher: $p})<-[:FROM]-(s:Statement) RETURN s.edge ORDER BY s.edge",
        {"p": "Daily"},
    ),
    "articles without a publisher": ("MATCH (d:Article) WHERE d.publisher IS NULL RETURN d.id ORDER BY d.id", {}),
    "full text, by hand": (
        "MATCH (s:Statement) WHERE toLower(s.sentence) CONTAINS 'syria' RETURN s.sentence ORDER BY s.sentence",
        {},
    ),
    # Time
    "between two days": (
        "MATCH (s:Statement) WHERE s.date >= date('2018-01-01') AND s.date < date('2018-03-01') "
        "RETURN s.edge ORDER BY s.edge",
        {},
    ),
    "day as parameter": ("MATCH (s:Statement) WHERE s.date > $day RETURN count(s) AS n", {"day": date(2018, 3, 1)}),
    "year and month": (
        "MATCH (s:Statement) WHERE s.date IS NOT NULL "
        "RETURN s.date.year AS y, s.date.month AS m, count(*) AS n ORDER BY y, m",
        {},
    ),
    "day as text": ("MATCH (s:Statement {relation: 'AIDS'}) RETURN toString(s.date) AS day", {}),
    "half a year on": ("RETURN date('2018-02-15') + duration({months: 6, days: 1}) AS day", {}),
    "latest first, undated last": (
        "MATCH (d:Article) RETURN d.id ORDER BY coalesce(toString(d.published), '') DESC LIMIT 4",
        {},
    ),
    "standing fact": (
        "MATCH (s:Statement) WHERE s.date < s.date_end RETURN s.edge, s.date, s.date_end ORDER BY s.edge",
        {},
    ),
    "in office on a day": (
        "MATCH (p:Actor)-[r:HOLDS]->(b:Actor) WHERE r.since <= $day AND (r.until IS NULL OR r.until >= $day) "
        "RETURN p.name, r.office, b.name",
        {"day": "2018-02-15"},
    ),
    "days between": ("RETURN duration.inDays(date('2018-02-15'), date('2018-03-20')).days AS n", {}),
    # Counting
    "count": (
        "MATCH (s:Statement) RETURN count(s) AS n, count(s.place) AS places, count(DISTINCT s.source) AS who",
        {},
    ),
    "top pairs": (
        "MATCH (s:Statement) RETURN s.pair, count(*) AS n ORDER BY n DESC, s.pair LIMIT 3",
        {},
    ),
    "group and filter": (
        "MATCH (a:Actor)<-[:SOURCE]-(s:Statement) WITH a, count(s) AS n, avg(s.confidence) AS c WHERE n >= 2 "
        "RETURN a.id, n, round(c * 100) / 100 AS c ORDER BY a.id",
        {},
    ),
    "collect": (
        "MATCH (a:Actor)-[r:ACCUSES|OPPOSES]->(b:Actor) WITH a, b ORDER BY b.id "
        "RETURN a.id, collect(b.id) AS against ORDER BY a.id",
        {},
    ),
    "collect maps": (
        "MATCH (:Actor {id: 'TUR'})-[r]->(b:Actor) WHERE r.sign IS NOT NULL WITH r, b ORDER BY type(r), b.id "
        "RETURN collect({to: b.id, how: type(r)}) AS stances",
        {},
    ),
    "case": (
        "MATCH (s:Statement) RETURN CASE s.sign WHEN 1 THEN 'friendly' WHEN -1 THEN 'hostile' ELSE 'neutral' END AS k, "
        "count(*) AS n ORDER BY k",
        {},
    ),
    "balance": ("MATCH (s:Statement) WHERE s.pair = 'TUR USA' RETURN sum(s.sign) AS balance", {}),
    "least, most, median": (
        "MATCH (s:Statement) RETURN min(s.confidence) AS lo, max(s.confidence) AS hi, "
        "percentileCont(s.confidence, 0.5) AS mid",
        {},
    ),
    "without partners": (
        "MATCH (a:Actor) OPTIONAL MATCH (a)-[r:ATTACKS]->(b) RETURN a.id, count(r) AS n ORDER BY n DESC, a.id LIMIT 5",
        {},
    ),
    "count block": (
        "MATCH (a:Actor) RETURN a.id, COUNT { (a)<-[:SOURCE]-() } AS n ORDER BY n DESC, a.id LIMIT 3",
        {},
    ),
    "exists block": (
        "MATCH (a:Actor) WHERE EXISTS { MATCH (a)-[:ATTACKS]->(:Actor) } RETURN a.id ORDER BY a.id",
        {},
    ),
    "never a source": (
        "MATCH (a:Actor) WHERE NOT (a)<-[:SOURCE]-(:Statement) RETURN a.id ORDER BY a.id",
        {},
    ),
    # Paths
    "principals, however far": (
        "MATCH (a:Actor)-[:ACTS_FOR*1..3]->(p:Actor) RETURN a.id, p.id ORDER BY a.id, p.id",
        {},
    ),
    "two steps": (
        "MATCH (:Actor {id: 'DEU'})-[rs*1..2]->(b:Actor) WHERE all(r IN rs WHERE r.sign IS NOT NULL) "
        "RETURN DISTINCT b.id ORDER BY b.id",
        {},
    ),
    "types along a way": (
        "MATCH (:Actor {id: 'USA'})-[rs:AIDS|ALLIED_WITH|OPPOSES*1..2]->(b:Actor) "
        "RETURN [r IN rs | type(r)] AS how, b.id ORDER BY b.id, size(how), how[0], how[-1]",
        {},
    ),
    "shortest way": (
        "MATCH p = shortestPath((:Actor {id: 'DEU'})-[:OPPOSES|SUPPORTS|CONSULTS|AIDS*..5]-(:Actor {id: 'NATO'})) "
        "RETURN length(p) AS steps, [n IN nodes(p) | n.id] AS ids",
        {},
    ),
    "all shortest ways": (
        "MATCH p = allShortestPaths((:Actor {id: 'USA'})-[:AIDS|ALLIED_WITH|OPPOSES|ATTACKS*..4]-(:Actor {id: 'YPG'})) "
        "RETURN count(p) AS n",
        {},
    ),
    "enemy's helper": (
        "MATCH (a:Actor)-[:OPPOSES]-(b:Actor)<-[:AIDS]-(c:Actor)-[:ALLIED_WITH]-(a) RETURN a.id, b.id, c.id",
        {},
    ),
    "signs of a triangle": (
        "MATCH (a:Actor)-[x]-(b:Actor)-[y]-(c:Actor)-[z]-(a) WHERE a.id < b.id AND b.id < c.id AND x.sign <> 0 "
        "AND y.sign <> 0 AND z.sign <> 0 RETURN a.id, b.id, c.id, x.sign * y.sign * z.sign AS balance, count(*) AS n "
        "ORDER BY a.id, b.id, c.id, balance",
        {},
    ),
    "named in one article": (
        "MATCH (x:Actor)<-[:SOURCE|TARGET]-(:Statement)-[:FROM]->(d:Article)<-[:FROM]-(:Statement)-[:SOURCE|TARGET]->"
        "(y:Actor) WHERE x.id < y.id RETURN x.id, y.id, count(DISTINCT d) AS n ORDER BY n DESC, x.id, y.id LIMIT 5",
        {},
    ),
    # Language
    "pattern comprehension": (
        "MATCH (a:Actor {id: 'USA'}) RETURN size([(a)-[r]->(b:Actor) WHERE r.sign > 0 | b.id]) AS n",
        {},
    ),
    "call a subquery": (
        "MATCH (a:Actor) WHERE a.id IN ['USA', 'TUR'] CALL (a) { MATCH (a)<-[:TARGET]-(s) RETURN count(s) AS n } "
        "RETURN a.id, n ORDER BY a.id",
        {},
    ),
    "call with with": (
        "MATCH (a:Actor) WHERE a.id IN ['USA', 'TUR'] CALL { WITH a MATCH (a)<-[:SOURCE]-(s) RETURN count(s) AS n } "
        "RETURN a.id, n ORDER BY a.id",
        {},
    ),
    "union": (
        "MATCH (a:Actor {id: 'RUS'}) RETURN a.name AS n UNION MATCH (a:Actor {id: 'SYR'}) RETURN a.name AS n",
        {},
    ),
    "union in a subquery": (
        "CALL { MATCH (s:Statement {source: 'TUR'}) RETURN s.target AS id UNION ALL "
        "MATCH (s:Statement {target: 'TUR'}) RETURN s.source AS id } RETURN id, count(*) AS n ORDER BY n DESC, id",
        {},
    ),
    "skip and limit": ("MATCH (a:Actor) RETURN a.id ORDER BY a.id SKIP $s LIMIT $l", {"s": 2, "l": 3}),
    "unwind a parameter": (
        "UNWIND $ids AS id MATCH (a:Actor {id: id}) RETURN a.name ORDER BY a.name",
        {"ids": ["TUR", "YPG", "none"]},
    ),
    "unwind maps": (
        "UNWIND $rows AS row MATCH (a:Actor {id: row.id}) RETURN a.name, row.n ORDER BY row.n",
        {"rows": [{"id": "TUR", "n": 2}, {"id": "YPG", "n": 1}]},
    ),
    "reduce": ("RETURN reduce(n = 0, x IN [1, 2, 3] | n + x) AS n", {}),
    "lists": ("RETURN head([1, 2]) AS h, last([1, 2]) AS l, [1, 2, 3][1..] AS s, range(1, 5, 2) AS r", {}),
    "strings": (
        "RETURN split('a,b', ',') AS s, replace('x-y', '-', '_') AS r, substring('Ukraine', 0, 3) AS u, "
        "trim('  z ') AS t, toInteger('7') AS i, left('abc', 2) AS l",
        {},
    ),
    "nothing": ("MATCH (a:Actor {id: $id}) RETURN coalesce(a.iso3, '?') AS iso", {"id": "YPG"}),
    "parameter of maps": ("RETURN $m.a.b AS v, size($l) AS n", {"m": {"a": {"b": 1}}, "l": [1, 2]}),
    "labels of the graph": ("CALL db.labels() YIELD label WHERE label STARTS WITH 'A' RETURN label ORDER BY label", {}),
    "types of the graph": (
        "CALL db.relationshipTypes() YIELD relationshipType AS t WHERE t IN ['OPPOSES', 'FROM'] RETURN t ORDER BY t",
        {},
    ),
    "accents and scripts": ("RETURN 'Erdoğan — حزب 🇹🇷' AS s, size('Erdoğan') AS n", {}),
    "name with a quote": ("RETURN 'O\\'Brien' AS a, \"it's\" AS b", {}),
}
