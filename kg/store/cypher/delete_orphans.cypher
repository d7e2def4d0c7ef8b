// Actors that only texts gave, and that nothing names any more. $ids: actor ids.
UNWIND $ids AS id
MATCH (a:Actor {id: id})
WHERE a.catalogue IS NULL AND NOT EXISTS { MATCH (a)--() }
DELETE a
