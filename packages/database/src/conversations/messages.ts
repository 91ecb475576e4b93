import type { TenantClient } from '../connection/tenant.ts';
import type { IncomingMessage } from './incoming.ts';

/** A message that is to be added, under the id minted for it. */
export interface MessageRow {
  id: string;
  /** Place in the archive's own order. */
  ordinal: number;
  contentHash: Buffer;
  message: IncomingMessage;
}

/** Rows and characters per statement: large enough to be fast, small enough not to hold a file in memory twice. */
const MAX_ROWS = 2_000;
const MAX_CHARACTERS = 4_000_000;

const INSERT = `
INSERT INTO intelligence.messages (tenant_id, id, conversation_id, external_id, parent_id, ordinal, role, author, text, content_hash,
  content_type, hidden, on_active_path, sequence, created_at, model, metadata, raw)
SELECT $1, r.id, $2, r.external_id, r.parent_id, r.ordinal, r.role, r.author, r.text, decode(r.content_hash, 'hex'),
  r.content_type, r.hidden, r.sequence IS NOT NULL, r.sequence, r.created_at, r.model, r.metadata, r.raw::json
FROM json_to_recordset($3::json) AS r (
  id uuid, external_id text, parent_id uuid, ordinal integer, role intelligence.message_role, author text, text text, content_hash text,
  content_type text, hidden boolean, sequence integer, created_at timestamptz, model text, metadata jsonb, raw text)`;

const MOVE = `
UPDATE intelligence.messages m SET parent_id = coalesce(r.parent_id, m.parent_id), sequence = r.sequence, on_active_path = r.sequence IS NOT NULL
FROM json_to_recordset($3::json) AS r (id uuid, parent_id uuid, sequence integer)
WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.id = r.id
  AND (m.sequence IS DISTINCT FROM r.sequence OR m.parent_id IS DISTINCT FROM coalesce(r.parent_id, m.parent_id))`;
const LEAVE_PATH = `
UPDATE intelligence.messages SET sequence = NULL, on_active_path = false
WHERE tenant_id = $1 AND conversation_id = $2 AND on_active_path AND NOT id = ANY ($3::uuid[])`;

function parentId(message: IncomingMessage, idOf: ReadonlyMap<string, string>): string | null {
  if (message.parentExternalId === null) return null;
  const id = idOf.get(message.parentExternalId);
  if (!id)
    throw new Error(
      `Message ${message.externalId} names the parent ${message.parentExternalId}, which is not in its conversation.`,
    );
  return id;
}

function toRecord({ id, ordinal, contentHash, message }: MessageRow, idOf: ReadonlyMap<string, string>) {
  return {
    id,
    external_id: message.externalId,
    parent_id: parentId(message, idOf),
    ordinal,
    role: message.role,
    author: message.author,
    text: message.text,
    content_hash: contentHash.toString('hex'),
    content_type: message.contentType,
    hidden: message.hidden,
    sequence: message.sequence,
    created_at: message.createdAt,
    model: message.model,
    metadata: message.metadata,
    raw: message.raw,
  };
}

const ORDER_BY_TIME = `
WITH ordered AS (
  SELECT id, row_number() OVER chronicle - 1 AS sequence, lag(id) OVER chronicle AS parent_id
  FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = $2
  WINDOW chronicle AS (ORDER BY created_at NULLS FIRST, length(external_id), external_id))
UPDATE intelligence.messages m SET sequence = o.sequence, parent_id = o.parent_id, on_active_path = true
FROM ordered o
WHERE m.tenant_id = $1 AND m.id = o.id AND (m.sequence IS DISTINCT FROM o.sequence OR m.parent_id IS DISTINCT FROM o.parent_id)`;

/** Makes all messages of a conversation one chain in the order of their times, whichever exports they came from. */
export async function orderByTime(client: TenantClient, conversationId: string): Promise<void> {
  await client.query(ORDER_BY_TIME, [client.tenantId, conversationId]);
}

/** Splits rows so that no statement grows beyond the limits above. */
function* batches(rows: readonly MessageRow[]): Generator<MessageRow[]> {
  let batch: MessageRow[] = [];
  let characters = 0;
  for (const row of rows) {
    const size = row.message.text.length + row.message.raw.length;
    if (batch.length > 0 && (batch.length >= MAX_ROWS || characters + size > MAX_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(row);
    characters += size;
  }
  if (batch.length > 0) yield batch;
}

/** Adds messages; parents may come later in the list, since the foreign key is checked at the commit. */
export async function insertMessages(
  client: TenantClient,
  conversationId: string,
  rows: readonly MessageRow[],
  idOf: ReadonlyMap<string, string>,
): Promise<void> {
  for (const batch of batches(rows)) {
    await client.query(INSERT, [
      client.tenantId,
      conversationId,
      JSON.stringify(batch.map((row) => toRecord(row, idOf))),
    ]);
  }
}

/** Makes the active path of stored messages what the newer archive says. */
export async function movePath(
  client: TenantClient,
  conversationId: string,
  messages: readonly IncomingMessage[],
  idOf: ReadonlyMap<string, string>,
): Promise<void> {
  const named = messages.flatMap((message) => {
    const id = idOf.get(message.externalId);
    const parent = message.parentExternalId === null ? null : (idOf.get(message.parentExternalId) ?? null);
    return id ? [{ id, parent_id: parent, sequence: message.sequence }] : [];
  });
  await client.query(MOVE, [client.tenantId, conversationId, JSON.stringify(named)]);
  await client.query(LEAVE_PATH, [client.tenantId, conversationId, named.map(({ id }) => id)]);
}
