import type { TenantClient } from '../connection/tenant.ts';

const COUNT = `
SELECT count(*)::int AS conversations, coalesce(sum(c.message_count), 0)::int AS messages
FROM intelligence.conversations c
WHERE c.tenant_id = $1 AND ($2::uuid IS NULL OR EXISTS (
  SELECT FROM intelligence.source_archives a
  JOIN intelligence.extraction_sessions s ON s.tenant_id = a.tenant_id AND s.archive_id = coalesce(a.same_as, a.id)
  JOIN intelligence.session_conversations sc ON sc.tenant_id = s.tenant_id AND sc.session_id = s.id
  WHERE a.tenant_id = $1 AND a.id = $2 AND sc.conversation_id = c.id))`;

/** What an export holds now: of everything, or of the conversations of one archive. */
export async function exportSize(
  client: TenantClient,
  archiveId: string | null,
): Promise<{ conversations: number; messages: number }> {
  const { rows } = await client.query<{ conversations: number; messages: number }>(COUNT, [client.tenantId, archiveId]);
  return rows[0] ?? { conversations: 0, messages: 0 };
}
