// Triples that no statement carries any more. $rows: {source, target}.
UNWIND $rows AS row
MATCH (a:Actor {id: row.source})-[r:__RELATION__]->(b:Actor {id: row.target})
DELETE r
