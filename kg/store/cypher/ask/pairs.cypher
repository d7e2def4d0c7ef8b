// Which two actors are reported about most, whatever is said of them.
// Example: kg ask pairs --since 2018-01-01 --level principal
MATCH (s:Statement)
USING INDEX s:Statement(pair, confidence) // $confidence alone
WHERE s.pair > ''
  AND s.confidence >= $confidence
  AND s.date_end >= $since
  AND s.date_end <= $until
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
WITH s.pair AS pair, count(*) AS statements
ORDER BY statements DESC, pair
LIMIT $limit
WITH pair, statements, split(pair, ' ') AS ids
MATCH (a:Actor) WHERE a.id = ids[0]
MATCH (b:Actor) WHERE b.id = ids[1]
RETURN a.name AS one, b.name AS other, statements, ids[0] AS id, ids[1] AS other_id
ORDER BY statements DESC, pair
