// The shortest ways from one actor to another over what is reported, at most four steps, best attested first.
// $a: an actor
// $b: an actor
// Example: kg ask paths YPG Russia --min-confidence 0.7
MATCH (a:Actor), (b:Actor)
WHERE a.id = $a AND b.id = $b
MATCH p = allShortestPaths((a)-[:__RELATIONS__*..4]-(b))
WHERE all(r IN relationships(p) WHERE type(r) <> 'SOURCE')
  AND all(r IN relationships(p) WHERE type(r) = 'ACTS_FOR' OR r.last >= $since)
  AND all(r IN relationships(p) WHERE type(r) = 'ACTS_FOR' OR r.first <= $until)
  AND all(r IN relationships(p) WHERE type(r) = 'ACTS_FOR' OR r.confidence >= $confidence)
  AND all(r IN relationships(p) WHERE type(r) = 'ACTS_FOR' OR EXISTS { MATCH (s:Statement)-[:FROM]->(d:Article) WHERE s.edge = startNode(r).id + ' ' + type(r) + ' ' + endNode(r).id AND d.publisher = $publisher })
WITH [n IN nodes(p) | n.name] AS names, [r IN relationships(p) | type(r)] AS relations,
     [r IN relationships(p) | startNode(r).name] AS sources, length(p) AS steps,
     reduce(n = 2147483647, r IN relationships(p) | CASE WHEN r.statements < n THEN r.statements ELSE n END) AS statements
ORDER BY statements DESC, names, relations
LIMIT $limit
RETURN names, relations, sources, steps, statements
