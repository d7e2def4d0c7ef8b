// Facts of one type. $rows: {source, target, properties}; the type stands in for __RELATION__.
UNWIND $rows AS row
MATCH (a:Actor {id: row.source})
MATCH (b:Actor {id: row.target})
CREATE (a)-[r:__RELATION__]->(b)
SET r = row.properties
