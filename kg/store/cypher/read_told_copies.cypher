// What told copies are copies of: what they were told, or what that is a copy of. $ids: article ids.
UNWIND $ids AS id
MATCH (d:Article {id: id})
WHERE d.copy_told IS NOT NULL
OPTIONAL MATCH (o:Article {id: d.copy_told})
RETURN id, coalesce(o.copy_of, d.copy_told) AS copy_of
