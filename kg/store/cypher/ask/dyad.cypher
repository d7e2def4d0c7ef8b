// Everything reported between two actors, in either direction, latest first.
// $a: an actor
// $b: an actor
// Example: kg ask dyad Turkey YPG --since 2018-01-01
MATCH (s:Statement)
WHERE s.pair = $pair
  AND s.confidence >= $confidence
  AND s.date_end >= $since
  AND s.date_end <= $until
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
WITH s, coalesce(toString(s.date), '') AS day
ORDER BY day DESC, s.id
LIMIT $limit
MATCH (s)-[:SOURCE]->(a:Actor)
MATCH (s)-[:TARGET]->(b:Actor)
MATCH (s)-[:FROM]->(d:Article)
RETURN s.date AS date, a.name AS source, s.relation AS relation, b.name AS target, s.polarity AS polarity,
       s.modality AS modality, s.confidence AS confidence, d.publisher AS publisher, s.sentence AS sentence, s.id AS id
ORDER BY day DESC, d.id, s.start, s.id
