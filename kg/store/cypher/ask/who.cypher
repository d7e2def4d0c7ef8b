// Who says that one actor does something to another, and who denies it; "the article" is its own voice.
// $a: an actor
// $relation: a relation of the codebook
// $b: an actor
// Example: kg ask who Turkey OPPOSES YPG
MATCH (s:Statement)
WHERE s.pair = $pair
  AND s.confidence >= $confidence
  AND s.relation = $relation AND (s.source = $a OR $relation IN $symmetric)
  AND s.date_end >= $since
  AND s.date_end <= $until
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
MATCH (s)-[:FROM]->(d:Article)
OPTIONAL MATCH (s)-[:SAID_BY]->(w:Actor)
WITH coalesce(w.name, 'the article') AS who, coalesce(w.id, '') AS id, s.polarity AS polarity, s.modality AS modality,
     count(DISTINCT s) AS statements, collect(DISTINCT d.publisher) AS publishers, min(s.date) AS first,
     max(s.date_end) AS last
RETURN who, id, polarity, modality, statements, size(publishers) AS publishers, first, last
ORDER BY statements DESC, who, id, polarity, modality
LIMIT $limit
