// What an actor does to whom, and who does what to it, most often first.
// $actor: an actor
// Example: kg ask actor Turkey --since 2018-01-01
MATCH (s:Statement)
WHERE (s.source = $actor OR s.target = $actor) AND s.source <> s.target
  AND s.date_end >= $since
  AND s.date_end <= $until
  AND s.confidence >= $confidence
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
WITH CASE WHEN s.source = $actor THEN 'does' ELSE 'undergoes' END AS role, s.relation AS relation,
     CASE WHEN s.source = $actor THEN s.target ELSE s.source END AS id,
     sum(CASE WHEN s.polarity = 'affirmed' AND s.modality = 'actual' THEN 1 ELSE 0 END) AS statements,
     sum(CASE WHEN s.polarity = 'negated' THEN 1 ELSE 0 END) AS denied,
     sum(CASE WHEN s.polarity = 'affirmed' AND s.modality <> 'actual' THEN 1 ELSE 0 END) AS not_yet,
     min(s.date) AS first, max(s.date_end) AS last
ORDER BY statements DESC, denied DESC, not_yet DESC, role, relation, id
LIMIT $limit
MATCH (b:Actor) WHERE b.id = id
RETURN role, relation, b.name AS other, id, statements, denied, not_yet, first, last
ORDER BY statements DESC, denied DESC, not_yet DESC, role, relation, id
