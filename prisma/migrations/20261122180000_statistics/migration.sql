-- PostgreSQL keeps the plan of a foreign key's check until it learns that the table has changed. One that was made while a table was
-- small may read all of a tenant's entries in an index, for each row that refers to it; autovacuum corrects that a minute later.
-- An import that makes tables large has their statistics gathered as they grow. Before PostgreSQL 17 this cannot be granted, and
-- stays with autovacuum.
DO $$
BEGIN
  IF current_setting('server_version_num')::integer >= 170000 THEN
    EXECUTE 'GRANT MAINTAIN ON intelligence.conversations, intelligence.messages, intelligence.intelligence_items TO colloquy_app';
  END IF;
END $$;
