// The sentences behind some articles' statements, with the place of each. $ids: article ids.
UNWIND $ids AS id
MATCH (d:Article {id: id})<-[:FROM]-(s:Statement)
RETURN DISTINCT id, d.published AS published, s.start AS start, s.sentence AS sentence
