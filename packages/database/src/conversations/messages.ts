import type { TenantClient } from '../connection/tenant.ts';
import { type Column, columns } from '../copy/column.ts';
import { copyRows } from '../copy/copy-rows.ts';
import type { HashedMessage } from './description.ts';

/** A message that is to be added, under the id minted for it. */
export interface MessageRow extends HashedMessage {
  id: string;
  conversationId: string;
  parentId: string | null;
  /** Null off the active path. */
  sequence: number | null;
  /** The visit that brings it. */
  visit: number;
}

// Values are kept as they come: compressing them is for the table that keeps them.
const STAGE = `
CREATE TEMPORARY TABLE IF NOT EXISTS incoming_messages (
  id uuid, conversation_id uuid, external_id text STORAGE EXTERNAL, parent_id uuid, ordinal integer, role intelligence.message_role,
  author text STORAGE EXTERNAL, text text STORAGE EXTERNAL, content_hash bytea, content_type text, hidden boolean, sequence integer,
  created_at timestamptz(6), model text, metadata jsonb STORAGE EXTERNAL, raw json STORAGE EXTERNAL, first_visit integer
) WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS`;
const INSERT = `
INSERT INTO intelligence.messages (tenant_id, id, conversation_id, external_id, parent_id, ordinal, role, author, text, content_hash,
  content_type, hidden, on_active_path, sequence, created_at, model, metadata, raw, first_visit)
SELECT $1, id, conversation_id, external_id, parent_id, ordinal, role, author, text, content_hash,
  content_type, hidden, sequence IS NOT NULL, sequence, created_at, model, metadata, raw, first_visit
FROM incoming_messages`;

const COLUMNS: readonly Column<MessageRow>[] = [
  columns.uuid('id', ({ id }) => id),
  columns.uuid('conversation_id', ({ conversationId }) => conversationId),
  columns.text('external_id', ({ message }) => message.externalId),
  columns.uuid('parent_id', ({ parentId }) => parentId),
  columns.integer('ordinal', ({ ordinal }) => ordinal),
  columns.text('role', ({ message }) => message.role),
  columns.text('author', ({ message }) => message.author),
  columns.text('text', ({ message }) => message.text),
  columns.bytea('content_hash', ({ contentHash }) => contentHash),
  columns.text('content_type', ({ message }) => message.contentType),
  columns.boolean('hidden', ({ message }) => message.hidden),
  columns.integer('sequence', ({ sequence }) => sequence),
  columns.timestamptz('created_at', ({ message }) => message.createdAt),
  columns.text('model', ({ message }) => message.model),
  columns.jsonb('metadata', ({ message }) => JSON.stringify(message.metadata)),
  columns.text('raw', ({ message }) => message.raw),
  columns.integer('first_visit', ({ visit }) => visit),
];

/**
 * Adds messages; parents may come later in the list, since the foreign key is checked at the commit. They go by COPY to a
 * temporary table first: row-level security admits no COPY into the table itself.
 */
export async function insertMessages(client: TenantClient, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(STAGE);
  await copyRows(client, 'incoming_messages', COLUMNS, rows);
  await client.query(INSERT, [client.tenantId]);
  // The commit empties it too; this is for what the same transaction adds next.
  await client.query('TRUNCATE incoming_messages');
}

/** The id that a message's parent has. Throws when it is not among the messages of the conversation. */
export function parentIdOf({ message }: HashedMessage, idOf: ReadonlyMap<string, string>): string | null {
  const { externalId, parentExternalId } = message;
  if (parentExternalId === null) return null;
  const id = idOf.get(parentExternalId);
  if (!id)
    throw new Error(`Message ${externalId} names the parent ${parentExternalId}, which is not in its conversation.`);
  return id;
}
