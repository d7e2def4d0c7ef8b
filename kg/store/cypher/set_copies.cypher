// What articles are copies of, where it is not so yet. $rows: {id, copy_of}, empty for an original; $told: whether these
// were told to be copies, or are found to be.
UNWIND $rows AS row
MATCH (d:Article {id: row.id})
WHERE coalesce(d.copy_of, '') <> row.copy_of AND (d.copy_told IS NOT NULL) = $told
SET d.copy_of = CASE WHEN row.copy_of = '' THEN NULL ELSE row.copy_of END
RETURN d.id AS id
