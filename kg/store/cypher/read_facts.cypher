// Catalogue actors as they stand with their facts. $ids: actor ids.
UNWIND $ids AS id
MATCH (a:Actor {id: id})
OPTIONAL MATCH (a)-[r:ACTS_FOR|HOLDS|BELONGS_TO]->(b:Actor)
WITH a, collect(CASE WHEN r IS NULL THEN NULL ELSE [type(r), b.id, r.office, r.since, r.until] END) AS facts
RETURN properties(a) AS actor, facts
