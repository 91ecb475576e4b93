import type { TenantClient } from '../connection/tenant.ts';
import type { ConversationChanges } from './changes.ts';

const KEEP_TITLE = `
INSERT INTO intelligence.conversation_titles (tenant_id, conversation_id, ordinal, title, visit)
SELECT $1, $2, 1 + coalesce(max(ordinal), 0), $3, $4 FROM intelligence.conversation_titles WHERE tenant_id = $1 AND conversation_id = $2
HAVING NOT coalesce(bool_or(title = $3), false)`;
const DESCRIBE = `
UPDATE intelligence.conversations c SET
  title = CASE WHEN $3 THEN coalesce($4, c.title) ELSE coalesce(c.title, $4) END,
  url = CASE WHEN $3 THEN coalesce($5, c.url) ELSE coalesce(c.url, $5) END,
  metadata = CASE WHEN $3 THEN c.metadata || $6::jsonb ELSE $6::jsonb || c.metadata END,
  raw = CASE WHEN $3 THEN $7::json ELSE c.raw END,
  content_hash = $8, started_at = least(c.started_at, $9), ended_at = greatest(c.ended_at, $10),
  source_updated_at = greatest(c.source_updated_at, $11), visits = greatest(c.visits, $13),
  message_count = (SELECT count(*) FROM intelligence.messages m WHERE m.tenant_id = $1 AND m.conversation_id = $2),
  participant_count = greatest($12, c.participant_count), revision = c.revision + 1, chunks_stale = true
WHERE c.tenant_id = $1 AND c.id = $2`;
const COUNT_VISIT = `UPDATE intelligence.conversations SET visits = greatest(visits, $3) WHERE tenant_id = $1 AND id = $2`;

/** Brings the conversation itself to what its exports say; whether its title is another now. */
export async function describeConversation(client: TenantClient, changes: ConversationChanges): Promise<boolean> {
  const { known, incoming, description, newest, visit } = changes;
  const differs = known.title !== null && incoming.title !== null && incoming.title !== known.title;
  const former = newest ? known.title : incoming.title;
  if (differs) await client.query(KEEP_TITLE, [client.tenantId, known.id, former, visit]);
  await client.query(DESCRIBE, [
    client.tenantId,
    known.id,
    newest,
    incoming.title,
    incoming.url,
    JSON.stringify(incoming.metadata),
    incoming.raw,
    description.fingerprint,
    description.startedAt,
    description.endedAt,
    incoming.updatedAt,
    description.participantCount,
    visit,
  ]);
  return newest && differs;
}

/** Notes that an export held the conversation, and just as it is stored. */
export async function countVisit(client: TenantClient, conversationId: string, visit: number): Promise<void> {
  await client.query(COUNT_VISIT, [client.tenantId, conversationId, visit]);
}
