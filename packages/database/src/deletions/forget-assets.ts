import type { TenantClient } from '../connection/tenant.ts';

const NAMED = `
SELECT DISTINCT sha256 FROM intelligence.attachments WHERE tenant_id = $1 AND message_id = ANY ($2::uuid[]) AND sha256 IS NOT NULL`;

/** Hashes of the stored files that came with some messages. */
export async function namedAssets(client: TenantClient, messageIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ sha256: string }>(NAMED, [client.tenantId, messageIds]);
  return rows.map(({ sha256 }) => sha256);
}

const FORGET = `
WITH gone AS (
  DELETE FROM intelligence.assets a WHERE a.tenant_id = $1 AND a.sha256 = ANY ($3::text[])
    AND NOT EXISTS (SELECT FROM intelligence.attachments f WHERE f.tenant_id = $1 AND f.sha256 = a.sha256)
  RETURNING object_key, byte_size
)
INSERT INTO intelligence.deletion_tasks (tenant_id, deletion_id, kind, subject, byte_size)
SELECT $1, $2, 'OBJECT', object_key, byte_size FROM gone
ON CONFLICT (tenant_id, deletion_id, kind, subject) DO UPDATE SET done = false`;

/** Forgets those of some stored files that no message names any more; their objects are to go. */
export async function forgetAssets(client: TenantClient, deletionId: string, hashes: readonly string[]): Promise<void> {
  if (hashes.length > 0) await client.query(FORGET, [client.tenantId, deletionId, hashes]);
}
