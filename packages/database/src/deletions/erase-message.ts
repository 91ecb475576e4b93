import type { TenantClient } from '../connection/tenant.ts';
import { describeChanged } from './describe.ts';
import { forgetMessages } from './forget-messages.ts';
import type { DeletionLease, DeletionProgress } from './lease.ts';

const LOCK = `
SELECT c.id FROM intelligence.messages m
JOIN intelligence.conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
WHERE m.tenant_id = $1 AND m.id = $2 FOR UPDATE OF c`;

/** Takes a message out of PostgreSQL; its replies move up. */
export async function eraseMessage(client: TenantClient, lease: DeletionLease): Promise<DeletionProgress> {
  const { tenantId, subjectId, deletionId } = lease;
  const { rowCount } = await client.query(LOCK, [tenantId, subjectId]);
  if (rowCount === 0) return {};
  const { conversationIds, counts } = await forgetMessages(client, deletionId, [subjectId]);
  await describeChanged(client, deletionId, conversationIds);
  return { counts };
}
