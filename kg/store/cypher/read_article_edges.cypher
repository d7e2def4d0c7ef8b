// The edges that some articles speak of. $ids: article ids.
UNWIND $ids AS id
MATCH (:Article {id: id})<-[:FROM]-(s:Statement)
RETURN DISTINCT s.edge AS edge
