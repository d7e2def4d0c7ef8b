// What the graph holds of some articles. $ids: article ids.
UNWIND $ids AS id
MATCH (d:Article {id: id})
OPTIONAL MATCH (s:Statement)-[:FROM]->(d)
OPTIONAL MATCH (s)-[r:SAID_BY]->(w:Actor)
WITH d, s, collect(CASE WHEN w IS NULL THEN NULL ELSE [r.position, w.id, r.principal] END) AS speakers
RETURN properties(d) AS article, properties(s) AS statement, speakers
