ALTER TABLE intelligence.text_chunks DROP COLUMN attachment_id;
DROP TABLE intelligence.attachments;
DROP TABLE intelligence.assets;
ALTER TABLE intelligence.item_evidence DROP COLUMN revision;
DROP TABLE intelligence.conversation_titles;
DROP TABLE intelligence.message_absences;
DROP TABLE intelligence.message_revisions;
ALTER TABLE intelligence.messages
  DROP COLUMN first_visit, DROP COLUMN revision, DROP COLUMN revision_visit, DROP COLUMN absent_since;
ALTER TABLE intelligence.extraction_sessions
  DROP COLUMN changed_conversation_count, DROP COLUMN changed_message_count, DROP COLUMN absent_message_count, DROP COLUMN attachment_count;
DROP INDEX intelligence.session_conversations_visit;
CREATE INDEX session_conversations_by_conversation ON intelligence.session_conversations (tenant_id, conversation_id);
ALTER TABLE intelligence.session_conversations
  DROP COLUMN visit, DROP COLUMN changed_message_count, DROP COLUMN absent_message_count, DROP COLUMN title_changed;
ALTER TABLE intelligence.conversations DROP COLUMN visits, DROP COLUMN source_updated_at;
