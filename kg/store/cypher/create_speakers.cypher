// Who says them. $rows: {statement, actor, position, principal}.
UNWIND $rows AS row
MATCH (s:Statement {id: row.statement})
MATCH (w:Actor {id: row.actor})
CREATE (s)-[:SAID_BY {position: row.position, principal: row.principal}]->(w)
