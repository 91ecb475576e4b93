-- The core schema: tenants, archives and their extraction, conversations as trees of messages, items with evidence,
-- relations, feedback, and how far the projections came. Every tenant table carries tenant_id in its key and in its
-- foreign keys (a plain foreign key would look past row-level security), and row-level security is forced.
CREATE SCHEMA IF NOT EXISTS intelligence;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The application and the worker connect as members of this role. It owns nothing and cannot bypass row-level security.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'colloquy_app') THEN
    CREATE ROLE colloquy_app NOLOGIN NOBYPASSRLS;
  END IF;
END
$$;

CREATE TYPE intelligence.intelligence_type AS ENUM (
  'INCOMPLETE_IDEA', 'FEATURE_REQUEST', 'PROBLEM_STATEMENT', 'SOLUTION_APPROACH', 'TECHNICAL_DECISION', 'LEARNING_MOMENT'
);
CREATE TYPE intelligence.relation_type AS ENUM ('DEPENDS_ON', 'EVOLVES_TO', 'RELATES_TO');
CREATE TYPE intelligence.message_role AS ENUM ('USER', 'ASSISTANT', 'SYSTEM', 'TOOL');
CREATE TYPE intelligence.extraction_status AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED');
CREATE TYPE intelligence.extraction_stage AS ENUM ('QUEUED', 'PARSE', 'EXTRACT', 'EMBED', 'RELATE', 'PROJECT', 'DONE');
CREATE TYPE intelligence.agent_role AS ENUM ('READ_ONLY', 'STANDARD', 'PREMIUM', 'CURATOR', 'ADMINISTRATOR');
CREATE TYPE intelligence.projection AS ENUM ('GRAPH', 'SEARCH');
CREATE TYPE intelligence.generation_state AS ENUM ('BUILDING', 'ACTIVE', 'RETIRED');
CREATE TYPE intelligence.run_status AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED');

-- The tenant of the running transaction, or null outside one: then no row is visible and none can be written.
CREATE FUNCTION intelligence.current_tenant() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Reference data, the same for every tenant
-- ---------------------------------------------------------------------------------------------------------------
CREATE TABLE intelligence.platforms (
  id uuid PRIMARY KEY,
  name varchar(50) NOT NULL UNIQUE,
  display_name varchar(100) NOT NULL,
  supported_formats jsonb NOT NULL CHECK (jsonb_typeof(supported_formats) = 'array'),
  parser varchar(255) NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  updated_at timestamptz(6) NOT NULL DEFAULT now()
);
COMMENT ON COLUMN intelligence.platforms.parser IS 'Name of the reader in the registry of packages/formats';

-- Ids follow from the names (packages/domain, platformUuid), so they are the same in every installation.
INSERT INTO intelligence.platforms (id, name, display_name, supported_formats, parser) VALUES
  ('52b8c916-add8-52b0-86c6-ec1799d8b004', 'chatgpt', 'ChatGPT', '["chatgpt-json"]', 'chatgpt-json'),
  ('a6e087be-5290-50ec-a506-5d943e7b6d2f', 'claude', 'Claude', '["claude-json"]', 'claude-json'),
  ('aacdbc23-0f29-5300-94fd-cc6921bfaa83', 'gemini', 'Gemini', '["aistudio-json"]', 'aistudio-json');

CREATE TABLE intelligence.embedding_versions (
  id varchar(100) PRIMARY KEY,
  model varchar(255) NOT NULL,
  dimensions integer NOT NULL CHECK (dimensions BETWEEN 1 AND 65535),
  max_tokens integer NOT NULL CHECK (max_tokens > 0),
  created_at timestamptz(6) NOT NULL DEFAULT now()
);

-- ---------------------------------------------------------------------------------------------------------------
-- Identity
-- ---------------------------------------------------------------------------------------------------------------
CREATE TABLE intelligence.tenants (
  id uuid PRIMARY KEY,
  name varchar(63) NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  created_at timestamptz(6) NOT NULL DEFAULT now()
);

CREATE TABLE intelligence.users (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  id uuid NOT NULL,
  subject varchar(255) NOT NULL,
  display_name varchar(255) NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  last_active_at timestamptz(6),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, subject)
);

CREATE TABLE intelligence.agents (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  id uuid NOT NULL,
  agent_identifier varchar(255) NOT NULL,
  display_name varchar(255) NOT NULL,
  role intelligence.agent_role NOT NULL DEFAULT 'STANDARD',
  permissions jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(permissions) = 'object'),
  rate_limit_per_minute integer NOT NULL DEFAULT 100 CHECK (rate_limit_per_minute > 0),
  is_active boolean NOT NULL DEFAULT true,
  metadata jsonb,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  last_active timestamptz(6),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, agent_identifier)
);
CREATE INDEX agents_active ON intelligence.agents (tenant_id, agent_identifier) WHERE is_active;

-- ---------------------------------------------------------------------------------------------------------------
-- Archives and their extraction
-- ---------------------------------------------------------------------------------------------------------------
CREATE TABLE intelligence.source_archives (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  id uuid NOT NULL,
  file_name varchar(1024) NOT NULL,
  byte_size bigint NOT NULL CHECK (byte_size > 0),
  announced_sha256 char(64) CHECK (announced_sha256 ~ '^[0-9a-f]{64}$'),
  sha256 char(64) CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  object_key text,
  same_as uuid,
  created_by uuid NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  stored_at timestamptz(6),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, sha256),
  FOREIGN KEY (tenant_id, created_by) REFERENCES intelligence.users (tenant_id, id),
  FOREIGN KEY (tenant_id, same_as) REFERENCES intelligence.source_archives (tenant_id, id),
  CHECK ((sha256 IS NULL) = (object_key IS NULL)),
  CHECK (same_as IS NULL OR sha256 IS NULL)
);
COMMENT ON COLUMN intelligence.source_archives.same_as IS 'Set when the uploaded bytes turned out to be stored already under another archive';

CREATE TABLE intelligence.extraction_sessions (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  id uuid NOT NULL,
  archive_id uuid NOT NULL,
  platform_id uuid REFERENCES intelligence.platforms (id),
  format varchar(50),
  status intelligence.extraction_status NOT NULL DEFAULT 'PENDING',
  stage intelligence.extraction_stage NOT NULL DEFAULT 'QUEUED',
  fraction double precision NOT NULL DEFAULT 0 CHECK (fraction BETWEEN 0 AND 1),
  waiting_for text,
  conversation_count integer NOT NULL DEFAULT 0 CHECK (conversation_count >= 0),
  message_count integer NOT NULL DEFAULT 0 CHECK (message_count >= 0),
  item_count integer NOT NULL DEFAULT 0 CHECK (item_count >= 0),
  issue_count integer NOT NULL DEFAULT 0 CHECK (issue_count >= 0),
  new_conversation_count integer NOT NULL DEFAULT 0 CHECK (new_conversation_count >= 0),
  new_message_count integer NOT NULL DEFAULT 0 CHECK (new_message_count >= 0),
  last_sequence integer NOT NULL DEFAULT 0,
  error_code varchar(100),
  error_message text,
  metrics jsonb,
  created_by uuid NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  started_at timestamptz(6),
  completed_at timestamptz(6),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, archive_id),
  FOREIGN KEY (tenant_id, archive_id) REFERENCES intelligence.source_archives (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by) REFERENCES intelligence.users (tenant_id, id),
  CHECK (completed_at IS NULL OR started_at IS NULL OR completed_at >= started_at),
  CHECK ((status = 'FAILED') = (error_code IS NOT NULL)),
  CHECK ((status = 'COMPLETED') = (stage = 'DONE'))
);
CREATE INDEX extraction_sessions_newest ON intelligence.extraction_sessions (tenant_id, created_at DESC, id DESC);
CREATE INDEX extraction_sessions_completed ON intelligence.extraction_sessions (tenant_id, started_at DESC) WHERE status = 'COMPLETED';

-- One row per stage of work. `fence` grows each time a worker takes the stage over; a transaction that finds another
-- fence than its own was overtaken and must write nothing.
CREATE TABLE intelligence.session_stages (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  stage intelligence.extraction_stage NOT NULL CHECK (stage NOT IN ('QUEUED', 'DONE')),
  fence bigint NOT NULL DEFAULT 0,
  done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
  total integer CHECK (total >= 0),
  waiting_for text,
  failures integer NOT NULL DEFAULT 0,
  started_at timestamptz(6),
  finished_at timestamptz(6),
  PRIMARY KEY (tenant_id, session_id, stage),
  FOREIGN KEY (tenant_id, session_id) REFERENCES intelligence.extraction_sessions (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE intelligence.extraction_events (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  sequence integer NOT NULL CHECK (sequence > 0),
  at timestamptz(6) NOT NULL DEFAULT clock_timestamp(),
  status intelligence.extraction_status NOT NULL,
  stage intelligence.extraction_stage NOT NULL,
  stage_done integer NOT NULL,
  stage_total integer,
  fraction double precision NOT NULL,
  eta_seconds double precision,
  waiting_for text,
  conversation_count integer NOT NULL,
  message_count integer NOT NULL,
  item_count integer NOT NULL,
  issue_count integer NOT NULL,
  new_item_ids uuid[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (tenant_id, session_id, sequence),
  FOREIGN KEY (tenant_id, session_id) REFERENCES intelligence.extraction_sessions (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE intelligence.parse_issues (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  ordinal integer NOT NULL,
  code varchar(100) NOT NULL,
  message text NOT NULL,
  location text NOT NULL,
  PRIMARY KEY (tenant_id, session_id, ordinal),
  FOREIGN KEY (tenant_id, session_id) REFERENCES intelligence.extraction_sessions (tenant_id, id) ON DELETE CASCADE
);

-- ---------------------------------------------------------------------------------------------------------------
-- Conversations: trees of messages
-- ---------------------------------------------------------------------------------------------------------------
CREATE TABLE intelligence.conversations (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  id uuid NOT NULL,
  platform_id uuid NOT NULL REFERENCES intelligence.platforms (id),
  external_id varchar(255) NOT NULL,
  title text,
  url text,
  participant_count integer NOT NULL DEFAULT 2 CHECK (participant_count >= 0),
  message_count integer NOT NULL DEFAULT 0 CHECK (message_count >= 0),
  started_at timestamptz(6),
  ended_at timestamptz(6),
  duration_seconds integer GENERATED ALWAYS AS (
    CASE WHEN started_at IS NOT NULL AND ended_at IS NOT NULL
      THEN least(extract(epoch FROM (ended_at - started_at)), 2147483647)::integer END
  ) STORED,
  imported_at timestamptz(6) NOT NULL DEFAULT now(),
  last_activity_at timestamptz(6) NOT NULL GENERATED ALWAYS AS (coalesce(ended_at, started_at, imported_at)) STORED,
  metadata jsonb NOT NULL DEFAULT '{}',
  raw json,
  content_hash bytea NOT NULL,
  -- Each stage notes how far it has dealt with the conversation; a stage is due where its mark lags.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  extracted_revision integer NOT NULL DEFAULT 0,
  extractor_version varchar(100),
  related_revision integer NOT NULL DEFAULT 0,
  chunks_stale boolean NOT NULL DEFAULT true,
  chunked_version varchar(100),
  search_revision integer NOT NULL DEFAULT 0,
  embedded_revision integer NOT NULL DEFAULT 0,
  graph_revision integer NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, platform_id, external_id),
  CHECK (ended_at IS NULL OR started_at IS NULL OR ended_at >= started_at)
);
CREATE INDEX conversations_newest ON intelligence.conversations (tenant_id, last_activity_at DESC, id DESC);
CREATE INDEX conversations_time_range ON intelligence.conversations (tenant_id, started_at, ended_at);
CREATE INDEX conversations_title_trgm ON intelligence.conversations USING gin (title gin_trgm_ops);
CREATE INDEX conversations_metadata ON intelligence.conversations USING gin (metadata);

COMMENT ON COLUMN intelligence.conversations.revision IS 'Grows with each change of the messages';
COMMENT ON COLUMN intelligence.conversations.extracted_revision IS 'The revision whose items are stored';
COMMENT ON COLUMN intelligence.conversations.related_revision IS 'The extracted revision whose relations are stored';
COMMENT ON COLUMN intelligence.conversations.search_revision IS 'Grows each time the chunks are cut anew: what search must show';
COMMENT ON COLUMN intelligence.conversations.embedded_revision IS 'The search revision whose vectors are all stored';
COMMENT ON COLUMN intelligence.conversations.graph_revision IS 'Grows with each change of items or relations: what the graph must show';

-- A conversation belongs to no single session: this says which sessions saw it, and what each of them added.
CREATE TABLE intelligence.session_conversations (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  ordinal integer NOT NULL,
  message_count integer NOT NULL,
  is_new boolean NOT NULL,
  new_message_count integer NOT NULL,
  PRIMARY KEY (tenant_id, session_id, conversation_id),
  FOREIGN KEY (tenant_id, session_id) REFERENCES intelligence.extraction_sessions (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES intelligence.conversations (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX session_conversations_order ON intelligence.session_conversations (tenant_id, session_id, ordinal);
CREATE INDEX session_conversations_by_conversation ON intelligence.session_conversations (tenant_id, conversation_id);

CREATE TABLE intelligence.messages (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  external_id varchar(512) NOT NULL,
  parent_id uuid,
  ordinal integer NOT NULL,
  role intelligence.message_role NOT NULL,
  author text,
  text text NOT NULL,
  content_hash bytea NOT NULL,
  content_type varchar(100) NOT NULL,
  hidden boolean NOT NULL DEFAULT false,
  on_active_path boolean NOT NULL DEFAULT false,
  sequence integer CHECK (sequence >= 0),
  token_count integer CHECK (token_count >= 0),
  created_at timestamptz(6),
  model varchar(255),
  metadata jsonb,
  raw json,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, conversation_id, external_id),
  UNIQUE (tenant_id, conversation_id, id),
  CONSTRAINT messages_conversation_sequence UNIQUE (tenant_id, conversation_id, sequence) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES intelligence.conversations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, conversation_id, parent_id) REFERENCES intelligence.messages (tenant_id, conversation_id, id) DEFERRABLE INITIALLY DEFERRED,
  CHECK (on_active_path = (sequence IS NOT NULL)),
  CHECK (parent_id IS DISTINCT FROM id)
);
CREATE INDEX messages_ordinal ON intelligence.messages (tenant_id, conversation_id, ordinal);
CREATE INDEX messages_parent ON intelligence.messages (tenant_id, parent_id, ordinal) WHERE parent_id IS NOT NULL;
CREATE INDEX messages_created_at ON intelligence.messages (tenant_id, created_at);
CREATE INDEX messages_role ON intelligence.messages (tenant_id, role);

-- ---------------------------------------------------------------------------------------------------------------
-- Intelligence
-- ---------------------------------------------------------------------------------------------------------------
CREATE TABLE intelligence.intelligence_items (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  evidence_message_id uuid NOT NULL,
  evidence_start integer NOT NULL CHECK (evidence_start >= 0),
  evidence_end integer NOT NULL,
  source_message_ids uuid[] NOT NULL CHECK (cardinality(source_message_ids) > 0),
  type intelligence.intelligence_type NOT NULL,
  title varchar(500) NOT NULL,
  summary text,
  content text NOT NULL,
  confidence_score numeric(3, 2) NOT NULL CHECK (confidence_score BETWEEN 0 AND 1),
  completeness_score numeric(3, 2) CHECK (completeness_score BETWEEN 0 AND 1),
  priority_score numeric(3, 2) CHECK (priority_score BETWEEN 0 AND 1),
  tags text[] NOT NULL DEFAULT '{}',
  metadata jsonb NOT NULL DEFAULT '{}',
  occurred_at timestamptz(6),
  ordered_at timestamptz(6) NOT NULL GENERATED ALWAYS AS (coalesce(occurred_at, '-infinity'::timestamptz)) STORED,
  extracted_at timestamptz(6) NOT NULL DEFAULT now(),
  last_updated timestamptz(6) NOT NULL DEFAULT now(),
  vector_id varchar(255) GENERATED ALWAYS AS ('intel_' || id::text) STORED,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT intelligence_items_natural_key UNIQUE (tenant_id, conversation_id, type, evidence_message_id, evidence_start, evidence_end),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES intelligence.conversations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, conversation_id, evidence_message_id) REFERENCES intelligence.messages (tenant_id, conversation_id, id) ON DELETE CASCADE,
  CHECK (evidence_end > evidence_start)
);
CREATE INDEX intelligence_items_newest ON intelligence.intelligence_items (tenant_id, ordered_at DESC, id DESC);
CREATE INDEX intelligence_items_search ON intelligence.intelligence_items (tenant_id, type, confidence_score DESC, extracted_at DESC);
CREATE INDEX intelligence_items_conversation ON intelligence.intelligence_items (tenant_id, conversation_id, ordered_at DESC, id DESC);
CREATE INDEX intelligence_items_evidence_message ON intelligence.intelligence_items (tenant_id, conversation_id, evidence_message_id);
CREATE INDEX intelligence_items_tags ON intelligence.intelligence_items USING gin (tags);
CREATE INDEX intelligence_items_metadata ON intelligence.intelligence_items USING gin (metadata);
CREATE INDEX intelligence_items_content_search ON intelligence.intelligence_items USING gin (to_tsvector('english', content));
CREATE INDEX intelligence_items_title_search ON intelligence.intelligence_items USING gin (to_tsvector('english', title));

CREATE TABLE intelligence.item_evidence (
  tenant_id uuid NOT NULL,
  item_id uuid NOT NULL,
  ordinal smallint NOT NULL CHECK (ordinal >= 0),
  message_id uuid NOT NULL,
  start_offset integer NOT NULL CHECK (start_offset >= 0),
  end_offset integer NOT NULL,
  quote text NOT NULL,
  PRIMARY KEY (tenant_id, item_id, ordinal),
  FOREIGN KEY (tenant_id, item_id) REFERENCES intelligence.intelligence_items (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, message_id) REFERENCES intelligence.messages (tenant_id, id) ON DELETE CASCADE,
  CHECK (end_offset > start_offset)
);
COMMENT ON TABLE intelligence.item_evidence IS 'Offsets count UTF-16 code units of messages.text: text.slice(start, end) = quote';
CREATE INDEX item_evidence_message ON intelligence.item_evidence (tenant_id, message_id);

CREATE TABLE intelligence.intelligence_relationships (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  source_id uuid NOT NULL,
  target_id uuid NOT NULL,
  type intelligence.relation_type NOT NULL,
  strength numeric(3, 2) NOT NULL CHECK (strength BETWEEN 0 AND 1),
  confidence numeric(3, 2) NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  reason text NOT NULL,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, source_id, target_id, type),
  FOREIGN KEY (tenant_id, source_id) REFERENCES intelligence.intelligence_items (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, target_id) REFERENCES intelligence.intelligence_items (tenant_id, id) ON DELETE CASCADE,
  CHECK (source_id <> target_id)
);
CREATE INDEX intelligence_relationships_target ON intelligence.intelligence_relationships (tenant_id, target_id, type);
CREATE INDEX intelligence_relationships_type ON intelligence.intelligence_relationships (tenant_id, type);

CREATE TABLE intelligence.intelligence_feedback (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  agent_id uuid,
  user_id uuid,
  rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
  feedback_type varchar(50) NOT NULL,
  comments text,
  implementation_successful boolean,
  time_saved_hours numeric(5, 2) CHECK (time_saved_hours >= 0),
  submitted_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT intelligence_feedback_one_per_type UNIQUE NULLS NOT DISTINCT (tenant_id, item_id, agent_id, user_id, feedback_type),
  FOREIGN KEY (tenant_id, item_id) REFERENCES intelligence.intelligence_items (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, agent_id) REFERENCES intelligence.agents (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES intelligence.users (tenant_id, id),
  CHECK (num_nonnulls(agent_id, user_id) = 1)
);
CREATE INDEX intelligence_feedback_rating ON intelligence.intelligence_feedback (tenant_id, rating);

-- ---------------------------------------------------------------------------------------------------------------
-- Vectors: computed once per text and embedding version
-- ---------------------------------------------------------------------------------------------------------------
CREATE TABLE intelligence.embeddings (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  version varchar(100) NOT NULL REFERENCES intelligence.embedding_versions (id),
  text_hash bytea NOT NULL CHECK (octet_length(text_hash) = 32),
  vector bytea NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, version, text_hash)
);
COMMENT ON COLUMN intelligence.embeddings.vector IS 'Little-endian float32, unit length';

CREATE TABLE intelligence.text_chunks (
  tenant_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  version varchar(100) NOT NULL REFERENCES intelligence.embedding_versions (id),
  owner_kind varchar(10) NOT NULL CHECK (owner_kind IN ('ITEM', 'MESSAGE')),
  owner_id uuid NOT NULL,
  chunk_number integer NOT NULL CHECK (chunk_number >= 0),
  start_offset integer NOT NULL,
  end_offset integer NOT NULL,
  content text NOT NULL,
  text_hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, version, owner_id, chunk_number),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES intelligence.conversations (tenant_id, id) ON DELETE CASCADE,
  CHECK (end_offset > start_offset)
);
CREATE INDEX text_chunks_conversation ON intelligence.text_chunks (tenant_id, conversation_id, version);

-- ---------------------------------------------------------------------------------------------------------------
-- Projections: how far Neo4j and Weaviate came
-- ---------------------------------------------------------------------------------------------------------------
CREATE TABLE intelligence.projection_generations (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  projection intelligence.projection NOT NULL,
  generation integer NOT NULL CHECK (generation > 0),
  state intelligence.generation_state NOT NULL,
  embedding_version varchar(100) REFERENCES intelligence.embedding_versions (id),
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, projection, generation)
);
CREATE UNIQUE INDEX projection_generations_one_active ON intelligence.projection_generations (tenant_id, projection) WHERE state = 'ACTIVE';
CREATE UNIQUE INDEX projection_generations_one_building ON intelligence.projection_generations (tenant_id, projection) WHERE state = 'BUILDING';

CREATE TABLE intelligence.conversation_projections (
  tenant_id uuid NOT NULL,
  projection intelligence.projection NOT NULL,
  generation integer NOT NULL,
  conversation_id uuid NOT NULL,
  revision integer NOT NULL,
  projected_at timestamptz(6) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, projection, generation, conversation_id),
  FOREIGN KEY (tenant_id, projection, generation) REFERENCES intelligence.projection_generations (tenant_id, projection, generation) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES intelligence.conversations (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE intelligence.projection_runs (
  tenant_id uuid NOT NULL REFERENCES intelligence.tenants (id),
  id uuid NOT NULL,
  projection intelligence.projection NOT NULL,
  generation integer,
  status intelligence.run_status NOT NULL DEFAULT 'PENDING',
  fence bigint NOT NULL DEFAULT 0,
  done integer NOT NULL DEFAULT 0,
  total integer,
  waiting_for text,
  error_message text,
  created_by uuid NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT now(),
  completed_at timestamptz(6),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by) REFERENCES intelligence.users (tenant_id, id)
);
CREATE UNIQUE INDEX projection_runs_one_open ON intelligence.projection_runs (tenant_id, projection) WHERE status IN ('PENDING', 'PROCESSING');

-- Workers say here that they live; a worker that stops saying so loses its jobs. Holds no tenant data.
CREATE TABLE intelligence.worker_heartbeats (
  process_id uuid PRIMARY KEY,
  worker_ids text[] NOT NULL DEFAULT '{}',
  application_name text NOT NULL,
  seen_at timestamptz(6) NOT NULL DEFAULT now()
);

-- ---------------------------------------------------------------------------------------------------------------
-- Access: the application role sees the rows of one tenant, and only inside a transaction that named it
-- ---------------------------------------------------------------------------------------------------------------
GRANT USAGE ON SCHEMA intelligence TO colloquy_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA intelligence TO colloquy_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA intelligence TO colloquy_app;
REVOKE INSERT, UPDATE, DELETE ON intelligence.platforms FROM colloquy_app;
REVOKE UPDATE, DELETE ON intelligence.embedding_versions FROM colloquy_app;
REVOKE DELETE, UPDATE ON intelligence.extraction_events FROM colloquy_app;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOR tenant_table IN
    SELECT c.relname FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'intelligence'::regnamespace AND c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE intelligence.%I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE intelligence.%I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON intelligence.%I USING (tenant_id = (SELECT intelligence.current_tenant())) '
      'WITH CHECK (tenant_id = (SELECT intelligence.current_tenant()))', tenant_table);
  END LOOP;
END
$$;
ALTER TABLE intelligence.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE intelligence.tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON intelligence.tenants
  USING (id = (SELECT intelligence.current_tenant())) WITH CHECK (id = (SELECT intelligence.current_tenant()));
