// How two actors stood to each other, month by month.
// $a: an actor
// $b: an actor
// Example: kg ask timeline Turkey "United States" --since 2016 --until 2019
MATCH (s:Statement)
WHERE s.pair = $pair
  AND s.confidence >= $confidence
  AND s.polarity = 'affirmed' AND s.modality = 'actual' AND s.date IS NOT NULL
  AND s.date_end >= $since
  AND s.date_end <= $until
MATCH (s)-[:FROM]->(d:Article) WHERE d.publisher = $publisher
WITH substring(toString(s.date), 0, 7) AS month, s.sign AS sign
RETURN month, sum(CASE WHEN sign = 1 THEN 1 ELSE 0 END) AS friendly,
       sum(CASE WHEN sign = -1 THEN 1 ELSE 0 END) AS hostile,
       sum(CASE WHEN sign = 0 THEN 1 ELSE 0 END) AS neutral, sum(sign) AS balance
ORDER BY month
LIMIT $limit
