-- What later exports change: former texts and titles, what they no longer hold, which export brought what; files that
-- came with messages; deletions.
--
-- Every export that holds a conversation is a visit to it, numbered from 1. A message is in the export of visit v when it
-- was added at or before v and has no absence at v. So it is known, for each message, which archives it came from,
-- without a row for each message and archive.
ALTER TABLE intelligence.conversations
  ADD COLUMN visits integer NOT NULL DEFAULT 0 CHECK (visits >= 0),
  ADD COLUMN source_updated_at timestamptz(6);
ALTER TABLE intelligence.session_conversations
  ADD COLUMN visit integer NOT NULL DEFAULT 1 CHECK (visit > 0),
  ADD COLUMN changed_message_count integer NOT NULL DEFAULT 0,
  ADD COLUMN absent_message_count integer NOT NULL DEFAULT 0,
  ADD COLUMN title_changed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN intelligence.conversations.visits IS 'Number of exports that held the conversation';
COMMENT ON COLUMN intelligence.conversations.source_updated_at IS 'When it was last changed, as the newest export says: tells a newer export from an older one';
COMMENT ON COLUMN intelligence.session_conversations.visit IS 'Which visit to the conversation this was, from 1';

-- Row-level security is forced on the owner too, who has no tenant: it is lifted while the rows that are there are numbered.
ALTER TABLE intelligence.session_conversations NO FORCE ROW LEVEL SECURITY;
ALTER TABLE intelligence.extraction_sessions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE intelligence.conversations NO FORCE ROW LEVEL SECURITY;
UPDATE intelligence.session_conversations sc SET visit = numbered.visit
FROM (
  SELECT o.tenant_id, o.session_id, o.conversation_id,
    row_number() OVER (PARTITION BY o.tenant_id, o.conversation_id ORDER BY s.created_at, s.id) AS visit
  FROM intelligence.session_conversations o
  JOIN intelligence.extraction_sessions s ON s.tenant_id = o.tenant_id AND s.id = o.session_id) numbered
WHERE sc.tenant_id = numbered.tenant_id AND sc.session_id = numbered.session_id AND sc.conversation_id = numbered.conversation_id;
UPDATE intelligence.conversations c SET visits = counted.visits
FROM (SELECT tenant_id, conversation_id, max(visit) AS visits FROM intelligence.session_conversations GROUP BY 1, 2) counted
WHERE c.tenant_id = counted.tenant_id AND c.id = counted.conversation_id;
ALTER TABLE intelligence.session_conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE intelligence.extraction_sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE intelligence.conversations FORCE ROW LEVEL SECURITY;

ALTER TABLE intelligence.session_conversations ALTER COLUMN visit DROP DEFAULT;
CREATE UNIQUE INDEX session_conversations_visit ON intelligence.session_conversations (tenant_id, conversation_id, visit);
DROP INDEX intelligence.session_conversations_by_conversation;

ALTER TABLE intelligence.extraction_sessions
  ADD COLUMN changed_conversation_count integer NOT NULL DEFAULT 0 CHECK (changed_conversation_count >= 0),
  ADD COLUMN changed_message_count integer NOT NULL DEFAULT 0 CHECK (changed_message_count >= 0),
  ADD COLUMN absent_message_count integer NOT NULL DEFAULT 0 CHECK (absent_message_count >= 0),
  ADD COLUMN attachment_count integer NOT NULL DEFAULT 0 CHECK (attachment_count >= 0);

-- ---------------------------------------------------------------------------------------------------------------
-- Revisions
-- ---------------------------------------------------------------------------------------------------------------
-- Rows that are there were added by the first visit, as far as is known.
ALTER TABLE intelligence.messages
  ADD COLUMN first_visit integer NOT NULL DEFAULT 1 CHECK (first_visit > 0),
  ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  ADD COLUMN revision_visit integer CHECK (revision_visit > 0),
  ADD COLUMN absent_since timestamptz(6);
COMMENT ON COLUMN intelligence.messages.revision IS 'Number of the text in messages.text, from 1 in the order of arrival; the others are in message_revisions';
COMMENT ON COLUMN intelligence.messages.revision_visit IS 'The visit since which messages.text is what it is; null for the first text, which first_visit brought';
COMMENT ON COLUMN intelligence.messages.absent_since IS 'When the first export was imported that no longer held the message; null while the newest holds it';

-- Texts that a message had before the one it has, or that an older export gave later.
CREATE TABLE intelligence.message_revisions (
  tenant_id uuid NOT NULL,
  message_id uuid NOT NULL,
  revision integer NOT NULL CHECK (revision > 0),
  visit integer NOT NULL CHECK (visit > 0),
  text text NOT NULL,
  content_hash bytea NOT NULL,
  replaced_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, message_id, revision),
  FOREIGN KEY (tenant_id, message_id) REFERENCES intelligence.messages (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON COLUMN intelligence.message_revisions.visit IS 'The visit that brought this text';

-- That the export of a visit held the conversation, and not a message that was known by then.
CREATE TABLE intelligence.message_absences (
  tenant_id uuid NOT NULL,
  message_id uuid NOT NULL,
  visit integer NOT NULL CHECK (visit > 0),
  PRIMARY KEY (tenant_id, message_id, visit),
  FOREIGN KEY (tenant_id, message_id) REFERENCES intelligence.messages (tenant_id, id) ON DELETE CASCADE
);

-- Titles that a conversation had before the one it has, each once.
CREATE TABLE intelligence.conversation_titles (
  tenant_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  ordinal integer NOT NULL CHECK (ordinal > 0),
  title text NOT NULL,
  visit integer NOT NULL CHECK (visit > 0),
  replaced_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, conversation_id, ordinal),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES intelligence.conversations (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON COLUMN intelligence.conversation_titles.visit IS 'The visit that replaced this title, or that of an older export that had it';

ALTER TABLE intelligence.item_evidence ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0);
COMMENT ON COLUMN intelligence.item_evidence.revision IS 'The revision of the message''s text that the quote is in';

-- ---------------------------------------------------------------------------------------------------------------
-- Files that came with messages
-- ---------------------------------------------------------------------------------------------------------------
-- The same bytes are stored once per tenant.
CREATE TABLE intelligence.assets (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  sha256 char(64) NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  byte_size bigint NOT NULL CHECK (byte_size >= 0),
  object_key text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, sha256)
);

CREATE TABLE intelligence.attachments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  message_id uuid NOT NULL,
  ordinal integer NOT NULL CHECK (ordinal >= 0),
  external_id varchar(512) NOT NULL,
  file_name text,
  media_type varchar(255),
  byte_size bigint CHECK (byte_size >= 0),
  sha256 char(64),
  position integer CHECK (position >= 0),
  text text,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, message_id, external_id),
  FOREIGN KEY (tenant_id, message_id) REFERENCES intelligence.messages (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, sha256) REFERENCES intelligence.assets (tenant_id, sha256)
);
CREATE INDEX attachments_sha256 ON intelligence.attachments (tenant_id, sha256) WHERE sha256 IS NOT NULL;
COMMENT ON COLUMN intelligence.attachments.byte_size IS 'That of the stored bytes, or as the export says where it does not hold them';
COMMENT ON COLUMN intelligence.attachments.sha256 IS 'The stored bytes; null where the export only names the file';
COMMENT ON COLUMN intelligence.attachments.position IS 'Where it stands in messages.text, in UTF-16 code units';
COMMENT ON COLUMN intelligence.attachments.text IS 'What was read out of the file';

-- Chunks of a message's attachments are found as the message; their offsets count in the attachment's text.
ALTER TABLE intelligence.text_chunks ADD COLUMN attachment_id uuid;

-- Rows arrive by COPY, which row-level security does not admit: they go to a temporary table and from there into the tables.
DO $$
DECLARE
  tenant_table text;
BEGIN
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO colloquy_app', current_database());
  FOREACH tenant_table IN ARRAY ARRAY['message_revisions', 'message_absences', 'conversation_titles', 'assets', 'attachments']
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
