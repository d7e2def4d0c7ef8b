// Every sentence behind an edge, denials beside claims, latest first.
// $a: an actor
// $relation: a relation of the codebook
// $b: an actor
// Example: kg explain Turkey OPPOSES YPG
MATCH (s:Statement)
WHERE s.pair = $pair
  AND s.confidence >= $confidence
  AND s.relation = $relation AND (s.source = $a OR $relation IN $symmetric)
  AND s.date_end >= $since
  AND s.date_end <= $until
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
WITH s, coalesce(toString(s.date), '') AS day
ORDER BY day DESC, s.confidence DESC, s.id
LIMIT $limit
MATCH (s)-[:FROM]->(d:Article)
MATCH (s)-[:SOURCE]->(a:Actor)
MATCH (s)-[:TARGET]->(b:Actor)
OPTIONAL MATCH (s)-[r:SAID_BY]->(w:Actor)
WITH s, day, d, a, b, collect(CASE WHEN w IS NULL THEN NULL ELSE [r.position, w.name, w.id] END) AS speakers
RETURN properties(s) AS statement, properties(d) AS article, a.name AS source, b.name AS target, speakers
ORDER BY day DESC, s.confidence DESC, s.id
