import type { TenantClient } from '../connection/tenant.ts';
import { enqueueStage } from '../sessions/queueing.ts';
import { addTasks } from './tasks.ts';

// The fingerprint goes too: the same export imported again must bring back what is gone. So does the vendor's JSON of the
// conversation: it may repeat or sum up what its messages said.
const DESCRIBE = `
UPDATE intelligence.conversations c SET
  message_count = s.messages, participant_count = s.participants,
  started_at = coalesce(s.started_at, c.started_at), ended_at = coalesce(s.ended_at, c.ended_at),
  content_hash = ''::bytea, raw = NULL, source_updated_at = NULL, revision = c.revision + 1, chunks_stale = true
FROM (
  SELECT known.id, count(m.id) AS messages, min(m.created_at) AS started_at, max(m.created_at) AS ended_at,
    count(DISTINCT m.role || ':' || coalesce(m.author, '')) FILTER (WHERE m.role IN ('USER', 'ASSISTANT')) AS participants
  FROM unnest($2::uuid[]) AS known (id)
  LEFT JOIN intelligence.messages m ON m.tenant_id = $1 AND m.conversation_id = known.id
  GROUP BY known.id) s
WHERE c.tenant_id = $1 AND c.id = s.id`;

/** Brings conversations to what is left of them, and notes that everything derived from them is due anew. */
export async function describeChanged(
  client: TenantClient,
  deletionId: string,
  conversationIds: readonly string[],
): Promise<void> {
  if (conversationIds.length === 0) return;
  await client.query(DESCRIBE, [client.tenantId, conversationIds]);
  await addTasks(client, deletionId, 'CHANGED', conversationIds);
  await restartEmbedding(client, conversationIds);
}

// A worker that has cut these conversations already must not store what it cut.
const OVERTAKE = `
UPDATE intelligence.session_stages t SET fence = t.fence + 1
FROM intelligence.extraction_sessions s
WHERE t.tenant_id = $1 AND t.stage = 'EMBED' AND t.started_at IS NOT NULL AND t.finished_at IS NULL
  AND s.tenant_id = $1 AND s.id = t.session_id AND EXISTS (
    SELECT FROM intelligence.session_conversations sc
    WHERE sc.tenant_id = $1 AND sc.session_id = s.id AND sc.conversation_id = ANY ($2::uuid[]))
RETURNING s.id, s.status IN ('PENDING', 'PROCESSING') AS active`;

/** Lets imports that are embedding these conversations begin again with what is left to do. */
export async function restartEmbedding(client: TenantClient, conversationIds: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ id: string; active: boolean }>(OVERTAKE, [client.tenantId, conversationIds]);
  for (const { id, active } of rows) if (active) await enqueueStage(client, id, 'EMBED');
}
