// Actors as they stand, and for whom they act. $ids: actor ids.
UNWIND $ids AS id
MATCH (a:Actor {id: id})
OPTIONAL MATCH (a)-[:ACTS_FOR]->(p:Actor)
RETURN properties(a) AS actor, collect(p.id) AS principals
