// Articles that are, or were told to be, copies of some. $ids: of these.
UNWIND $ids AS id
MATCH (d:Article {copy_of: id})
RETURN d.id AS copy
UNION
UNWIND $ids AS id
MATCH (d:Article {copy_told: id})
RETURN d.id AS copy
