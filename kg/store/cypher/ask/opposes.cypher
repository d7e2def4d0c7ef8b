// Who opposes an actor: whoever is reported to act or stand against it in a hostile way, most often first.
// "reports" are independent ones: near-copies of one count once.
// $actor: an actor
// Example: kg ask opposes Turkey --level principal
MATCH (s:Statement)
WHERE (s.target = $actor OR (s.source = $actor AND s.relation IN $symmetric)) AND s.sign = -1
  AND s.polarity = 'affirmed' AND s.modality = 'actual' AND s.source <> s.target
  AND s.date_end >= $since
  AND s.date_end <= $until
  AND s.confidence >= $confidence
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
MATCH (s)-[:FROM]->(d:Article)
WITH CASE WHEN s.target = $actor THEN s.source ELSE s.target END AS id, count(s) AS statements,
     count(DISTINCT coalesce(d.copy_of, d.id)) AS reports,
     collect(DISTINCT s.relation) AS relations, min(s.date) AS first, max(s.date_end) AS last
ORDER BY statements DESC, id
LIMIT $limit
MATCH (a:Actor) WHERE a.id = id
UNWIND relations AS relation
WITH a, statements, reports, first, last, relation
ORDER BY relation
WITH a, statements, reports, first, last, collect(relation) AS relations
RETURN a.name AS who, a.id AS id, statements, reports, relations, first, last
ORDER BY statements DESC, id
