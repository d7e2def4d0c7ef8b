// Articles that have a sentence behind the same edge in common. $ids: of the one; $shortest: characters of a sentence.
// Not those that somebody told to be copies.
UNWIND $ids AS id
MATCH (d:Article {id: id})<-[:FROM]-(s:Statement)
WHERE d.copy_told IS NULL AND size(s.sentence) >= $shortest
WITH id, s.edge AS edge, s.sentence AS sentence
MATCH (t:Statement {edge: edge})
WHERE t.sentence = sentence
MATCH (t)-[:FROM]->(e:Article)
WHERE e.id <> id AND e.copy_told IS NULL
RETURN DISTINCT id, e.id AS other
