// Actors that the catalogue does not know, with one sentence each, most often named first.
// Example: kg ask unlinked --since 2018-01-01
MATCH (a:Actor)<-[:SOURCE|TARGET]-(s:Statement)
WHERE a.linked = false
  AND s.date_end >= $since
  AND s.date_end <= $until
  AND s.confidence >= $confidence
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
WITH a, count(DISTINCT s) AS statements, max(s.date_end) AS last, min(s.id) AS example
ORDER BY statements DESC, a.id
LIMIT $limit
MATCH (s:Statement) WHERE s.id = example
RETURN a.name AS actor, a.id AS id, statements, last, s.sentence AS example
ORDER BY statements DESC, id
