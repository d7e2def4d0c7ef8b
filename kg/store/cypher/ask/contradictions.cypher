// What one publisher reports and another denies, latest denial first; of all dated denials the last thousand.
// Example: kg ask contradictions --since 2018-01-01
MATCH (s:Statement)
WHERE s.date_end IS NOT NULL AND s.polarity = 'negated'
  AND s.date_end >= $since
  AND s.date_end <= $until
  AND s.confidence >= $confidence
  AND EXISTS { MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher }
WITH s
ORDER BY s.date_end DESC
LIMIT 1000
MATCH (s)-[:FROM]->(d:Article)
WITH s.pair AS pair, s.relation AS relation, CASE WHEN s.relation IN $symmetric THEN '' ELSE s.source END AS source,
     d.publisher AS denied_by, count(s) AS denials, max(s.date_end) AS last, min(s.id) AS denial
MATCH (c:Statement)
WHERE c.pair = pair AND c.relation = relation AND (source = '' OR c.source = source)
  AND c.polarity = 'affirmed' AND c.modality = 'actual'
  AND c.confidence >= $confidence
MATCH (c)-[:FROM]->(e:Article) WHERE e.publisher <> denied_by
WITH pair, relation, source, denied_by, denials, last, denial, count(c) AS claims, min(c.id) AS claim,
     collect(DISTINCT e.publisher) AS claimed_by, coalesce(toString(last), '') AS day
ORDER BY day DESC, pair, relation, source, denied_by
LIMIT $limit
MATCH (c:Statement) WHERE c.id = claim
MATCH (s:Statement) WHERE s.id = denial
MATCH (a:Actor) WHERE a.id = c.source
MATCH (b:Actor) WHERE b.id = c.target
RETURN a.name AS source, relation, b.name AS target, claims, size(claimed_by) AS claimed_by, c.sentence AS claim,
       denials, denied_by, s.sentence AS denial, last
ORDER BY day DESC, pair, relation, source, denied_by
