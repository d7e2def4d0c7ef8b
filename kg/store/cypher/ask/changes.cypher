// What changed between two dates: for the pairs most reported about in that time, how they stood before and then.
// $since: the first day; all earlier statements count as before
// $until: the last day
// Example: kg ask changes --since 2018-01-20 --until 2018-03-24
MATCH (s:Statement)
WHERE s.date_end >= $since AND s.date_end <= $until AND s.polarity = 'affirmed' AND s.modality = 'actual'
  AND s.source <> s.target
  AND s.confidence >= $confidence
  AND EXISTS { MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher }
WITH s.pair AS pair, count(s) AS then, sum(s.sign) AS balance_then
ORDER BY then DESC, pair
LIMIT $limit
OPTIONAL MATCH (s:Statement)
WHERE s.pair = pair AND s.date_end < $since AND s.polarity = 'affirmed' AND s.modality = 'actual'
  AND s.confidence >= $confidence
  AND EXISTS { MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher }
WITH pair, then, balance_then, count(s) AS before, sum(s.sign) AS balance_before, split(pair, ' ') AS ids
MATCH (a:Actor) WHERE a.id = ids[0]
MATCH (b:Actor) WHERE b.id = ids[1]
RETURN a.name AS one, b.name AS other, before, balance_before, then, balance_then,
       CASE WHEN before = 0 THEN 'new'
            WHEN balance_before > 0 AND balance_then < 0 THEN 'turned hostile'
            WHEN balance_before < 0 AND balance_then > 0 THEN 'turned friendly'
            ELSE '' END AS change
ORDER BY change = '', then DESC, one, other
