// Principals that only texts gave, and that no statement gives any more. $rows: {actor, principal}.
UNWIND $rows AS row
MATCH (a:Actor {id: row.actor})-[r:ACTS_FOR]->(p:Actor {id: row.principal})
WHERE a.catalogue IS NULL
  AND NOT EXISTS { MATCH (s:Statement {source: row.actor}) WHERE s.source_principal = row.principal }
  AND NOT EXISTS { MATCH (s:Statement {target: row.actor}) WHERE s.target_principal = row.principal }
  AND NOT EXISTS { MATCH (a)<-[w:SAID_BY]-(:Statement) WHERE w.principal = row.principal }
DELETE r
