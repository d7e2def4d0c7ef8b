// What the statements of some edges add up to. $edges: keys, "TUR OPPOSES YPG".
// A report and its near-copies are one source: they count as one article, under the original's publisher where it is
// among them.
UNWIND $edges AS edge
MATCH (s:Statement {edge: edge})-[:FROM]->(d:Article)
WITH edge, coalesce(d.copy_of, d.id) AS report,
     d.publisher AS publisher, d.copy_of IS NULL AS original,
     s.polarity = 'affirmed' AND s.modality = 'actual' AS stands,
     CASE WHEN s.polarity = 'negated' THEN 1 ELSE 0 END AS negated,
     CASE WHEN s.polarity = 'affirmed' AND s.modality = 'intended' THEN 1 ELSE 0 END AS planned,
     CASE WHEN s.polarity = 'affirmed' AND s.modality IN ['possible', 'conditional'] THEN 1 ELSE 0 END AS possible,
     s.date AS day, coalesce(s.date_end, s.date) AS until, s.confidence AS confidence
WITH edge, report,
     sum(CASE WHEN stands THEN 1 ELSE 0 END) AS statements,
     coalesce(min(CASE WHEN stands AND original THEN publisher END), min(CASE WHEN stands THEN publisher END)) AS publisher,
     sum(negated) AS negated, sum(planned) AS planned, sum(possible) AS possible,
     min(CASE WHEN stands THEN day END) AS first, max(CASE WHEN stands THEN until END) AS last,
     max(CASE WHEN stands THEN confidence END) AS confidence
RETURN edge, sum(statements) AS statements,
       sum(CASE WHEN statements > 0 THEN 1 ELSE 0 END) AS articles,
       count(DISTINCT publisher) AS publishers,
       sum(negated) AS negated, sum(planned) AS planned, sum(possible) AS possible,
       min(first) AS first, max(last) AS last, max(confidence) AS confidence
