-- Deletions of archives, conversations and messages. The row of a deletion is the audit line that remains: it names its
-- subject, and holds nothing of its content.
CREATE TYPE intelligence.deletion_kind AS ENUM ('ARCHIVE', 'CONVERSATION', 'MESSAGE');
CREATE TYPE intelligence.deletion_step AS ENUM ('ERASE', 'UNPROJECT', 'DERIVE', 'REPROJECT', 'SWEEP', 'DONE');

CREATE TABLE intelligence.deletions (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  id uuid NOT NULL,
  kind intelligence.deletion_kind NOT NULL,
  subject_id uuid NOT NULL,
  subject_name text NOT NULL,
  held_by uuid[] NOT NULL DEFAULT '{}',
  status intelligence.run_status NOT NULL DEFAULT 'PENDING',
  step intelligence.deletion_step NOT NULL DEFAULT 'ERASE',
  fence bigint NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  waiting_for text,
  error_message text,
  conversations integer NOT NULL DEFAULT 0,
  messages integer NOT NULL DEFAULT 0,
  revisions integer NOT NULL DEFAULT 0,
  attachments integer NOT NULL DEFAULT 0,
  items integer NOT NULL DEFAULT 0,
  relations integer NOT NULL DEFAULT 0,
  chunks integer NOT NULL DEFAULT 0,
  embeddings integer NOT NULL DEFAULT 0,
  objects integer NOT NULL DEFAULT 0,
  object_bytes bigint NOT NULL DEFAULT 0,
  graph_nodes integer NOT NULL DEFAULT 0,
  graph_edges integer NOT NULL DEFAULT 0,
  vectors integer NOT NULL DEFAULT 0,
  created_by uuid NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  completed_at timestamptz(6),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by) REFERENCES intelligence.users (tenant_id, id)
);
CREATE INDEX deletions_newest ON intelligence.deletions (tenant_id, created_at DESC, id DESC);
-- Of one subject, one deletion at a time.
CREATE UNIQUE INDEX deletions_one_open ON intelligence.deletions (tenant_id, subject_id) WHERE status <> 'COMPLETED';
COMMENT ON COLUMN intelligence.deletions.held_by IS 'Archives whose stored file held the subject when its deletion was asked for';
COMMENT ON COLUMN intelligence.deletions.step IS 'What is to be done next; SWEEP and DONE come after completion';

-- What a deletion has yet to do outside the transaction that found it: ids, hashes and object keys, no content.
CREATE TABLE intelligence.deletion_tasks (
  tenant_id uuid NOT NULL,
  deletion_id uuid NOT NULL,
  kind varchar(20) NOT NULL CHECK (kind IN ('CONVERSATION', 'ITEM', 'MESSAGE', 'REVISED', 'CHANGED', 'UNRELATED', 'TEXT', 'OBJECT')),
  subject text NOT NULL,
  byte_size bigint,
  done boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, deletion_id, kind, subject),
  FOREIGN KEY (tenant_id, deletion_id) REFERENCES intelligence.deletions (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON COLUMN intelligence.deletion_tasks.kind IS 'CONVERSATION, ITEM, MESSAGE: gone, and to go from the projections. REVISED: a message that fell back to a former text. CHANGED: a conversation to be extracted anew. UNRELATED: one to be related anew. TEXT: hash of a text whose vectors may be unused. OBJECT: key in the object store';

-- Forgetting a conversation looks for its marks; without these each one would read all of the tenant's.
CREATE INDEX conversation_projections_conversation ON intelligence.conversation_projections (tenant_id, conversation_id);
CREATE INDEX text_chunks_text_hash ON intelligence.text_chunks USING hash (text_hash);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['deletions', 'deletion_tasks']
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON intelligence.%I TO colloquy_app', tenant_table);
    EXECUTE format('ALTER TABLE intelligence.%I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE intelligence.%I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON intelligence.%I USING (tenant_id = (SELECT intelligence.current_tenant())) '
      'WITH CHECK (tenant_id = (SELECT intelligence.current_tenant()))', tenant_table);
  END LOOP;
END
$$;
-- The audit line stays.
REVOKE DELETE ON intelligence.deletions FROM colloquy_app;
