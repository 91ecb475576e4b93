import type { TenantClient } from '../connection/tenant.ts';
import { type DeletionCounts, sumCounts } from './counts.ts';
import { forgetConversations } from './forget-conversations.ts';
import type { DeletionLease } from './lease.ts';
import { withdrawVisits } from './withdraw-visits.ts';

/** Conversations and messages that one transaction takes on, about. */
const BATCH = { conversations: 100, messages: 5_000 };

const SESSION = `SELECT id FROM intelligence.extraction_sessions WHERE tenant_id = $1 AND archive_id = $2`;
// At least one conversation, then as many as stay below the limit of messages.
const NEXT = `
SELECT id, shared FROM (
  SELECT c.id, sum(c.message_count) OVER (ORDER BY sc.ordinal, c.id) - c.message_count AS before,
    EXISTS (SELECT FROM intelligence.session_conversations o
      WHERE o.tenant_id = $1 AND o.conversation_id = c.id AND o.session_id <> $2) AS shared
  FROM intelligence.session_conversations sc
  JOIN intelligence.conversations c ON c.tenant_id = sc.tenant_id AND c.id = sc.conversation_id
  WHERE sc.tenant_id = $1 AND sc.session_id = $2 ORDER BY sc.ordinal, c.id LIMIT ${BATCH.conversations}) batch
WHERE before < ${BATCH.messages}`;
const LOCK =
  'SELECT id FROM intelligence.conversations WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE';

/** Takes some of an archive's conversations out of PostgreSQL; `finished` when none is left and the archive is gone too. */
export async function eraseArchiveBatch(
  client: TenantClient,
  lease: DeletionLease,
): Promise<{ counts: Partial<DeletionCounts>; finished: boolean }> {
  const { tenantId, subjectId, deletionId } = lease;
  const [session] = (await client.query<{ id: string }>(SESSION, [tenantId, subjectId])).rows;
  const batch = session ? (await client.query<{ id: string; shared: boolean }>(NEXT, [tenantId, session.id])).rows : [];
  if (!session || batch.length === 0) {
    await forgetArchive(client, lease);
    return { counts: {}, finished: true };
  }
  await client.query(LOCK, [tenantId, batch.map(({ id }) => id)]);
  const own = batch.filter(({ shared }) => !shared).map(({ id }) => id);
  const others = batch.filter(({ shared }) => shared).map(({ id }) => id);
  const forgotten = await forgetConversations(client, deletionId, own);
  const withdrawn = await withdrawVisits(client, deletionId, session.id, others);
  return { counts: sumCounts(forgotten, withdrawn), finished: false };
}

const POINTERS = `DELETE FROM intelligence.source_archives WHERE tenant_id = $1 AND same_as = $2`;
const ARCHIVE = `
WITH gone AS (
  DELETE FROM intelligence.source_archives WHERE tenant_id = $1 AND id = $2 RETURNING object_key, byte_size
)
INSERT INTO intelligence.deletion_tasks (tenant_id, deletion_id, kind, subject, byte_size)
SELECT $1, $3, 'OBJECT', object_key, byte_size FROM gone WHERE object_key IS NOT NULL
ON CONFLICT DO NOTHING`;

/** The archive, its other announcements, its session with events and issues; bytes that came meanwhile are to go too. */
async function forgetArchive(client: TenantClient, { subjectId, deletionId }: DeletionLease): Promise<void> {
  await client.query(POINTERS, [client.tenantId, subjectId]);
  await client.query(ARCHIVE, [client.tenantId, subjectId, deletionId]);
}
