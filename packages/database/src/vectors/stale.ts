import type { TenantClient } from '../connection/tenant.ts';

const STALE = `
SELECT id FROM intelligence.conversations
WHERE tenant_id = $1 AND search_revision > 0 AND NOT chunks_stale
  AND (chunked_version IS DISTINCT FROM $2 OR embedded_revision < search_revision)
ORDER BY id LIMIT $3`;

/** Conversations whose vectors belong to another embedding version. Those that an import is working on are left to it. */
export async function staleConversations(client: TenantClient, version: string, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(STALE, [client.tenantId, version, limit]);
  return rows.map(({ id }) => id);
}
