import type { TenantClient } from '../connection/tenant.ts';

/** A conversation that lost something, as far as deriving from what is left needs it. */
export interface ChangedConversation {
  id: string;
  platform: string;
  title: string | null;
  revision: number;
}

// The kinds come first: other kinds of tasks are about no conversation.
const OF_DELETION = (...kinds: readonly ('CHANGED' | 'UNRELATED')[]) => `
FROM (SELECT DISTINCT subject::uuid AS id FROM intelligence.deletion_tasks
  WHERE tenant_id = $1 AND deletion_id = $2 AND kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})) t
JOIN intelligence.conversations c ON c.tenant_id = $1 AND c.id = t.id`;
const TO_EXTRACT = `
SELECT c.id, p.name AS platform, c.title, c.revision ${OF_DELETION('CHANGED')}
JOIN intelligence.platforms p ON p.id = c.platform_id
WHERE c.extracted_revision < c.revision
ORDER BY c.id LIMIT $3`;

/** Changed conversations of a deletion whose items are due. */
export async function conversationsToExtract(
  client: TenantClient,
  deletionId: string,
  limit: number,
): Promise<ChangedConversation[]> {
  const { rows } = await client.query<ChangedConversation>(TO_EXTRACT, [client.tenantId, deletionId, limit]);
  return rows;
}

const TO_EMBED = `
SELECT c.id ${OF_DELETION('CHANGED')}
WHERE c.extracted_revision >= c.revision
  AND (c.chunks_stale OR c.chunked_version IS DISTINCT FROM $3 OR c.embedded_revision < c.search_revision)
ORDER BY c.id LIMIT $4`;

/** Changed conversations of a deletion whose items are stored and whose vectors are due. */
export async function conversationsToEmbed(
  client: TenantClient,
  deletionId: string,
  embeddingVersion: string,
  limit: number,
): Promise<string[]> {
  const values = [client.tenantId, deletionId, embeddingVersion, limit];
  const { rows } = await client.query<{ id: string }>(TO_EMBED, values);
  return rows.map(({ id }) => id);
}

// What an import is working on it relates itself.
const TO_RELATE = `
SELECT c.id ${OF_DELETION('CHANGED', 'UNRELATED')}
WHERE c.extracted_revision >= c.revision AND NOT c.chunks_stale AND c.embedded_revision = c.search_revision`;

/** Conversations whose relations are to be sought anew after a deletion. */
export async function conversationsToRelate(client: TenantClient, deletionId: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(TO_RELATE, [client.tenantId, deletionId]);
  return rows.map(({ id }) => id);
}

const MARK_RELATED = `
UPDATE intelligence.conversations SET related_revision = extracted_revision
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND related_revision < extracted_revision`;

/** Notes that relations were sought for everything that these conversations hold. */
export async function markConversationsRelated(
  client: TenantClient,
  conversationIds: readonly string[],
): Promise<void> {
  await client.query(MARK_RELATED, [client.tenantId, conversationIds]);
}

const NEEDED = `
SELECT EXISTS (SELECT ${OF_DELETION('CHANGED', 'UNRELATED')}) AS needed`;

/** Whether something is left that must be derived anew. */
export async function needsDeriving(client: TenantClient, deletionId: string): Promise<boolean> {
  const { rows } = await client.query<{ needed: boolean }>(NEEDED, [client.tenantId, deletionId]);
  return rows[0]?.needed ?? false;
}

const UNPROJECTED = `
SELECT count(*)::int AS count ${OF_DELETION('CHANGED', 'UNRELATED')}
LEFT JOIN intelligence.conversation_projections g
  ON g.tenant_id = $1 AND g.conversation_id = c.id AND g.projection = 'GRAPH' AND g.generation = $3
LEFT JOIN intelligence.conversation_projections s
  ON s.tenant_id = $1 AND s.conversation_id = c.id AND s.projection = 'SEARCH' AND s.generation = $4
WHERE coalesce(g.revision, 0) < c.graph_revision
  OR (c.embedded_revision = c.search_revision AND coalesce(s.revision, 0) < c.search_revision)`;

/** How many conversations of a deletion the projections show in a former state. */
export async function unprojectedConversations(
  client: TenantClient,
  deletionId: string,
  generations: { graph: number; search: number },
): Promise<number> {
  const values = [client.tenantId, deletionId, generations.graph, generations.search];
  const { rows } = await client.query<{ count: number }>(UNPROJECTED, values);
  return rows[0]?.count ?? 0;
}
