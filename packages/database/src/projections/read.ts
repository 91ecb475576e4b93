import type { IntelligenceType, MessageRole, SearchKind } from '@colloquy/domain';
import type { TenantClient } from '../connection/tenant.ts';

/** A chunk with its vector and everything search filters by. */
export interface SearchableChunk {
  conversationId: string;
  ownerKind: SearchKind;
  ownerId: string;
  chunkNumber: number;
  start: number;
  end: number;
  content: string;
  vector: Buffer;
  platform: string;
  role: MessageRole | null;
  hidden: boolean;
  type: IntelligenceType | null;
  confidence: number | null;
  tags: string[];
  occurredAt: Date | null;
}

// Four plain look-ups, joined here: right after a bulk load PostgreSQL has no statistics, and plans one large join badly.
const CHUNKS = `
SELECT owner_kind AS "ownerKind", owner_id AS "ownerId", chunk_number AS "chunkNumber", start_offset AS start, end_offset AS "end",
  content, encode(text_hash, 'hex') AS "textHash"
FROM intelligence.text_chunks WHERE tenant_id = $1 AND conversation_id = $2 AND version = $3 ORDER BY owner_id, chunk_number`;
const VECTORS = `
SELECT encode(text_hash, 'hex') AS "textHash", vector FROM intelligence.embeddings
WHERE tenant_id = $1 AND version = $2 AND text_hash = ANY ($3::bytea[])`;
const MESSAGES = `
SELECT id, role, hidden, created_at AS "occurredAt" FROM intelligence.messages WHERE tenant_id = $1 AND conversation_id = $2`;
const ITEMS = `
SELECT id, type, confidence_score::float8 AS confidence, tags, occurred_at AS "occurredAt"
FROM intelligence.intelligence_items WHERE tenant_id = $1 AND conversation_id = $2`;
const PLATFORM = `
SELECT p.name FROM intelligence.conversations c JOIN intelligence.platforms p ON p.id = c.platform_id WHERE c.tenant_id = $1 AND c.id = $2`;

type ChunkRow = Pick<SearchableChunk, 'ownerKind' | 'ownerId' | 'chunkNumber' | 'start' | 'end' | 'content'> & {
  textHash: string;
};
type Owner = Pick<SearchableChunk, 'role' | 'hidden' | 'type' | 'confidence' | 'tags' | 'occurredAt'>;

/** What a chunk's owner adds to it. */
async function readOwners(client: TenantClient, conversationId: string): Promise<Map<string, Owner>> {
  const ids = [client.tenantId, conversationId];
  const messages = await client.query<Pick<Owner, 'role' | 'hidden' | 'occurredAt'> & { id: string }>(MESSAGES, ids);
  const items = await client.query<Pick<Owner, 'type' | 'confidence' | 'tags' | 'occurredAt'> & { id: string }>(
    ITEMS,
    ids,
  );
  const owners = new Map<string, Owner>();
  for (const { id, ...message } of messages.rows)
    owners.set(id, { ...message, type: null, confidence: null, tags: [] });
  for (const { id, ...item } of items.rows) owners.set(id, { ...item, role: null, hidden: false });
  return owners;
}

/** Every chunk of a conversation that search must hold. */
export async function readSearchableChunks(
  client: TenantClient,
  version: string,
  conversationId: string,
): Promise<SearchableChunk[]> {
  const { rows } = await client.query<ChunkRow>(CHUNKS, [client.tenantId, conversationId, version]);
  const hashes = [...new Set(rows.map(({ textHash }) => textHash))].map((hash) => Buffer.from(hash, 'hex'));
  const stored = await client.query<{ textHash: string; vector: Buffer }>(VECTORS, [client.tenantId, version, hashes]);
  const vectors = new Map(stored.rows.map(({ textHash, vector }) => [textHash, vector]));
  const owners = await readOwners(client, conversationId);
  const [platform] = (await client.query<{ name: string }>(PLATFORM, [client.tenantId, conversationId])).rows;
  return rows.map(({ textHash, ...chunk }) => {
    const vector = vectors.get(textHash);
    const owner = owners.get(chunk.ownerId);
    if (!vector || !owner || !platform)
      throw new Error(`Chunk ${chunk.ownerId}#${chunk.chunkNumber} lacks its vector or its owner.`);
    return { ...chunk, ...owner, conversationId, platform: platform.name, vector };
  });
}

/** A conversation as the graph shows it. */
export interface GraphConversationRow {
  id: string;
  platform: string;
  title: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  messageCount: number;
}

const CONVERSATIONS = `
SELECT c.id, p.name AS platform, c.title, c.started_at AS "startedAt", c.ended_at AS "endedAt", c.message_count AS "messageCount"
FROM intelligence.conversations c JOIN intelligence.platforms p ON p.id = c.platform_id
WHERE c.tenant_id = $1 AND c.id = ANY ($2::uuid[]) ORDER BY c.id`;

export async function readGraphConversations(
  client: TenantClient,
  ids: readonly string[],
): Promise<GraphConversationRow[]> {
  const { rows } = await client.query<GraphConversationRow>(CONVERSATIONS, [client.tenantId, ids]);
  return rows;
}
