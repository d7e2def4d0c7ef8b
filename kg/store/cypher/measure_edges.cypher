// What the statements of some edges add up to. $edges: keys, "TUR OPPOSES YPG".
// A report and its near-copies are one source: they count as one article, under the original's publisher where it is
// among them. "forward" are the statements that have the ends in the key's order.
UNWIND $edges AS edge
MATCH (s:Statement {edge: edge})-[:FROM]->(d:Article)
WITH edge, split(edge, ' ')[0] AS end, s, d.publisher AS publisher, coalesce(d.copy_of, d.id) AS report,
     d.copy_of IS NULL AS original, s.polarity = 'affirmed' AND s.modality = 'actual' AS stands,
     coalesce(s.date_end, s.date) AS until
WITH edge, report,
     coalesce(min(CASE WHEN stands AND original THEN publisher END), min(CASE WHEN stands THEN publisher END)) AS publisher,
     sum(CASE WHEN stands THEN 1 ELSE 0 END) AS statements,
     sum(CASE WHEN stands AND s.source = end THEN 1 ELSE 0 END) AS forward,
     sum(CASE WHEN s.polarity = 'negated' THEN 1 ELSE 0 END) AS negated,
     sum(CASE WHEN s.polarity = 'affirmed' AND s.modality = 'intended' THEN 1 ELSE 0 END) AS planned,
     sum(CASE WHEN s.polarity = 'affirmed' AND s.modality IN ['possible', 'conditional'] THEN 1 ELSE 0 END) AS possible,
     min(CASE WHEN stands THEN s.date END) AS first, max(CASE WHEN stands THEN until END) AS last,
     min(CASE WHEN stands AND s.source = end THEN s.date END) AS first_forward,
     max(CASE WHEN stands THEN s.confidence END) AS confidence
RETURN edge, sum(statements) AS statements, sum(forward) AS forward, min(first_forward) AS first_forward,
       sum(CASE WHEN statements > 0 THEN 1 ELSE 0 END) AS articles,
       count(DISTINCT publisher) AS publishers,
       sum(negated) AS negated, sum(planned) AS planned, sum(possible) AS possible,
       min(first) AS first, max(last) AS last, max(confidence) AS confidence
