// New statements with their evidence. $rows: {article, source, target, properties}.
UNWIND $rows AS row
MATCH (d:Article {id: row.article})
MATCH (a:Actor {id: row.source})
MATCH (b:Actor {id: row.target})
CREATE (s:Statement)
SET s = row.properties
CREATE (s)-[:FROM]->(d)
CREATE (s)-[:SOURCE]->(a)
CREATE (s)-[:TARGET]->(b)
