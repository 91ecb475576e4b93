import type { IntelligenceType } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** An item with everything that the projections and the relating need. */
export interface StoredItemRow {
  id: string;
  conversationId: string;
  platform: string;
  type: IntelligenceType;
  title: string;
  content: string;
  confidence: number;
  tags: string[];
  occurredAt: Date | null;
  extractedAt: Date;
  sourceMessageIds: string[];
  /** Place of the primary evidence in its conversation: ordinal of the message, then the offset. */
  messageOrdinal: number;
  evidenceStart: number;
}

const COLUMNS = `
i.id, i.conversation_id AS "conversationId", p.name AS platform, i.type, i.title, i.content, i.confidence_score::float8 AS confidence,
i.tags, i.occurred_at AS "occurredAt", i.extracted_at AS "extractedAt", i.source_message_ids AS "sourceMessageIds",
m.ordinal AS "messageOrdinal", i.evidence_start AS "evidenceStart"`;
const FROM = `
FROM intelligence.intelligence_items i
JOIN intelligence.conversations c ON c.tenant_id = i.tenant_id AND c.id = i.conversation_id
JOIN intelligence.platforms p ON p.id = c.platform_id
JOIN intelligence.messages m ON m.tenant_id = i.tenant_id AND m.conversation_id = i.conversation_id AND m.id = i.evidence_message_id`;

const OF_CONVERSATIONS = `SELECT ${COLUMNS} ${FROM} WHERE i.tenant_id = $1 AND i.conversation_id = ANY ($2::uuid[])
ORDER BY i.conversation_id, m.ordinal, i.evidence_start, i.type, i.evidence_end`;

/** The items of some conversations, in the order in which they were said. */
export async function readItems(client: TenantClient, conversationIds: readonly string[]): Promise<StoredItemRow[]> {
  const { rows } = await client.query<StoredItemRow>(OF_CONVERSATIONS, [client.tenantId, conversationIds]);
  return rows;
}

/** An item and its vector under one embedding version. */
export interface ItemWithVector extends StoredItemRow {
  vector: Buffer;
  /** Whether relations are to be sought for it. */
  fresh: boolean;
}

// Plain look-ups, joined here: right after a bulk load PostgreSQL has no statistics, and plans one large join badly.
const RELATABLE = `SELECT ${COLUMNS}, (c.related_revision < c.extracted_revision) AS fresh ${FROM}
WHERE i.tenant_id = $1
  AND (c.related_revision >= c.extracted_revision OR EXISTS (
    SELECT FROM intelligence.session_conversations s WHERE s.tenant_id = c.tenant_id AND s.session_id = $2 AND s.conversation_id = c.id))`;
const RELATABLE_ANEW = `SELECT ${COLUMNS}, (c.id = ANY ($2::uuid[])) AS fresh ${FROM}
WHERE i.tenant_id = $1 AND (c.related_revision >= c.extracted_revision OR c.id = ANY ($2::uuid[]))`;
const FIRST_CHUNKS = `
SELECT owner_id AS "itemId", encode(text_hash, 'hex') AS "textHash" FROM intelligence.text_chunks
WHERE tenant_id = $1 AND version = $2 AND owner_id = ANY ($3::uuid[]) AND chunk_number = 0`;
const VECTORS = `
SELECT encode(text_hash, 'hex') AS "textHash", vector FROM intelligence.embeddings
WHERE tenant_id = $1 AND version = $2 AND text_hash = ANY ($3::bytea[])`;

/** Every item of the tenant that has been related before, or belongs to the session that is to be related now. */
export async function readItemsWithVectors(
  client: TenantClient,
  version: string,
  sessionId: string,
): Promise<ItemWithVector[]> {
  const { rows } = await client.query<Omit<ItemWithVector, 'vector'>>(RELATABLE, [client.tenantId, sessionId]);
  return withVectors(client, version, rows);
}

/** Every item of the tenant that has been related before; those of some conversations as if they had not. */
export async function readItemsToRelateAnew(
  client: TenantClient,
  version: string,
  conversationIds: readonly string[],
): Promise<ItemWithVector[]> {
  const values = [client.tenantId, conversationIds];
  const { rows } = await client.query<Omit<ItemWithVector, 'vector'>>(RELATABLE_ANEW, values);
  return withVectors(client, version, rows);
}

async function withVectors(
  client: TenantClient,
  version: string,
  items: readonly Omit<ItemWithVector, 'vector'>[],
): Promise<ItemWithVector[]> {
  const ids = items.map(({ id }) => id);
  const chunks = (
    await client.query<{ itemId: string; textHash: string }>(FIRST_CHUNKS, [client.tenantId, version, ids])
  ).rows;
  const hashes = [...new Set(chunks.map(({ textHash }) => textHash))].map((hash) => Buffer.from(hash, 'hex'));
  const stored = (await client.query<{ textHash: string; vector: Buffer }>(VECTORS, [client.tenantId, version, hashes]))
    .rows;
  const vectors = new Map(stored.map(({ textHash, vector }) => [textHash, vector]));
  const hashOf = new Map(chunks.map(({ itemId, textHash }) => [itemId, textHash]));
  return items.flatMap((item) => {
    const vector = vectors.get(hashOf.get(item.id) ?? '');
    // An item of another embedding version cannot be compared; rebuilding search gives it a vector of this one.
    return vector ? [{ ...item, vector }] : [];
  });
}

/** The number of items of a conversation. */
export async function countItems(client: TenantClient, conversationId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM intelligence.intelligence_items WHERE tenant_id = $1 AND conversation_id = $2',
    [client.tenantId, conversationId],
  );
  return rows[0]?.count ?? 0;
}
