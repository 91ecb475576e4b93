DROP INDEX intelligence.text_chunks_text_hash;
DROP INDEX intelligence.conversation_projections_conversation;
DROP TABLE intelligence.deletion_tasks;
DROP TABLE intelligence.deletions;
DROP TYPE intelligence.deletion_step;
DROP TYPE intelligence.deletion_kind;
