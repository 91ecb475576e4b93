import type { TenantClient } from '../connection/tenant.ts';
import { restartEmbedding } from './describe.ts';
import { forgetConversations } from './forget-conversations.ts';
import type { DeletionLease, DeletionProgress } from './lease.ts';

const LOCK = 'SELECT id FROM intelligence.conversations WHERE tenant_id = $1 AND id = $2 FOR UPDATE';
// EXTRACT counts the conversations of its session that it is past: one of them is not there any more.
const STEP_BACK = `
UPDATE intelligence.session_stages t SET done = t.done - 1
FROM intelligence.session_conversations sc
WHERE sc.tenant_id = $1 AND sc.conversation_id = $2 AND t.tenant_id = $1 AND t.session_id = sc.session_id
  AND t.stage = 'EXTRACT' AND t.finished_at IS NULL AND t.done > (
    SELECT count(*) FROM intelligence.session_conversations earlier
    WHERE earlier.tenant_id = $1 AND earlier.session_id = sc.session_id AND earlier.ordinal < sc.ordinal)`;

/** Takes a conversation out of PostgreSQL, from every session that saw it. What sessions counted stays as history. */
export async function eraseConversation(client: TenantClient, lease: DeletionLease): Promise<DeletionProgress> {
  const { tenantId, subjectId, deletionId } = lease;
  const { rowCount } = await client.query(LOCK, [tenantId, subjectId]);
  if (rowCount === 0) return {};
  await restartEmbedding(client, [subjectId]);
  await client.query(STEP_BACK, [tenantId, subjectId]);
  return { counts: await forgetConversations(client, deletionId, [subjectId]) };
}
