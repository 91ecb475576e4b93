import type { TenantClient } from '../connection/tenant.ts';
import type { ConversationChanges } from './changes.ts';
import type { KnownConversation } from './known.ts';

const NOTE = `
INSERT INTO intelligence.message_absences (tenant_id, message_id, visit) SELECT $1, id, $3 FROM unnest($2::uuid[]) AS id`;
const TAKE_BACK = `DELETE FROM intelligence.message_absences WHERE tenant_id = $1 AND message_id = ANY ($2::uuid[]) AND visit = $3`;
const NOTE_AGAIN = `
INSERT INTO intelligence.message_absences (tenant_id, message_id, visit)
SELECT a.tenant_id, a.message_id, $4 FROM intelligence.message_absences a
JOIN intelligence.messages m ON m.tenant_id = a.tenant_id AND m.id = a.message_id
WHERE a.tenant_id = $1 AND m.conversation_id = $2 AND a.visit = $3`;
const VANISH = `
UPDATE intelligence.messages SET absent_since = now() WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND absent_since IS NULL`;
const RETURN = `
UPDATE intelligence.messages SET absent_since = NULL WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND absent_since IS NOT NULL`;

/** Notes what the export does not hold; the number of messages that are newly missed. */
export async function noteAbsences(client: TenantClient, changes: ConversationChanges): Promise<number> {
  const { known, visit, newest, presentIds, returnedIds, absentIds, vanishedIds } = changes;
  const { tenantId } = client;
  if (newest && returnedIds.length > 0) await client.query(RETURN, [tenantId, returnedIds]);
  if (known.ownVisit !== null) {
    // The archive holds the conversation twice: what either copy has is there.
    await client.query(TAKE_BACK, [tenantId, presentIds, visit]);
    return 0;
  }
  if (absentIds.length === 0) return 0;
  await client.query(NOTE, [tenantId, absentIds, visit]);
  const { rowCount } = await client.query(VANISH, [tenantId, vanishedIds]);
  return rowCount ?? 0;
}

/** The same for an export that says just what the latest one said: it misses what that one missed. */
export async function repeatAbsences(client: TenantClient, { id, visits }: KnownConversation): Promise<void> {
  await client.query(NOTE_AGAIN, [client.tenantId, id, visits, visits + 1]);
}
