// Run once before the first write; every line is safe to repeat.
CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (a:Actor) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (d:Article) REQUIRE d.id IS UNIQUE;
CREATE CONSTRAINT statement_id IF NOT EXISTS FOR (s:Statement) REQUIRE s.id IS UNIQUE;
CREATE INDEX actor_name IF NOT EXISTS FOR (a:Actor) ON (a.name);
CREATE INDEX article_publisher IF NOT EXISTS FOR (d:Article) ON (d.publisher);
CREATE INDEX article_copy_of IF NOT EXISTS FOR (d:Article) ON (d.copy_of);
CREATE INDEX article_copy_told IF NOT EXISTS FOR (d:Article) ON (d.copy_told);
CREATE INDEX statement_edge IF NOT EXISTS FOR (s:Statement) ON (s.edge);
CREATE INDEX statement_source IF NOT EXISTS FOR (s:Statement) ON (s.source);
CREATE INDEX statement_target IF NOT EXISTS FOR (s:Statement) ON (s.target);
CREATE INDEX statement_source_principal IF NOT EXISTS FOR (s:Statement) ON (s.source_principal);
CREATE INDEX statement_target_principal IF NOT EXISTS FOR (s:Statement) ON (s.target_principal);
CREATE INDEX statement_pair IF NOT EXISTS FOR (s:Statement) ON (s.pair);
CREATE INDEX statement_principal_pair IF NOT EXISTS FOR (s:Statement) ON (s.principal_pair);
CREATE INDEX statement_pair_confidence IF NOT EXISTS FOR (s:Statement) ON (s.pair, s.confidence);
CREATE INDEX statement_principal_pair_confidence IF NOT EXISTS FOR (s:Statement) ON (s.principal_pair, s.confidence);
CREATE INDEX statement_date IF NOT EXISTS FOR (s:Statement) ON (s.date);
CREATE INDEX statement_date_end IF NOT EXISTS FOR (s:Statement) ON (s.date_end);
