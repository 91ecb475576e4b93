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

const CHUNKS = `
SELECT t.conversation_id AS "conversationId", t.owner_kind AS "ownerKind", t.owner_id AS "ownerId", t.chunk_number AS "chunkNumber",
  t.start_offset AS start, t.end_offset AS "end", t.content, e.vector, p.name AS platform, m.role, coalesce(m.hidden, false) AS hidden,
  i.type, i.confidence_score::float8 AS confidence, coalesce(i.tags, '{}') AS tags, coalesce(i.occurred_at, m.created_at) AS "occurredAt"
FROM intelligence.text_chunks t
JOIN intelligence.embeddings e ON e.tenant_id = t.tenant_id AND e.version = t.version AND e.text_hash = t.text_hash
JOIN intelligence.conversations c ON c.tenant_id = t.tenant_id AND c.id = t.conversation_id
JOIN intelligence.platforms p ON p.id = c.platform_id
LEFT JOIN intelligence.messages m ON t.owner_kind = 'MESSAGE' AND m.tenant_id = t.tenant_id AND m.id = t.owner_id
LEFT JOIN intelligence.intelligence_items i ON t.owner_kind = 'ITEM' AND i.tenant_id = t.tenant_id AND i.id = t.owner_id
WHERE t.tenant_id = $1 AND t.version = $2 AND t.conversation_id = $3
ORDER BY t.owner_id, t.chunk_number`;

/** Every chunk of a conversation that search must hold. */
export async function readSearchableChunks(
  client: TenantClient,
  version: string,
  conversationId: string,
): Promise<SearchableChunk[]> {
  const { rows } = await client.query<SearchableChunk>(CHUNKS, [client.tenantId, version, conversationId]);
  return rows;
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
