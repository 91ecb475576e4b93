import type { TenantClient } from '../connection/tenant.ts';

const NAMED = `
SELECT object_key AS key FROM intelligence.source_archives WHERE tenant_id = $1 AND object_key = ANY ($2::text[])
UNION SELECT object_key FROM intelligence.assets WHERE tenant_id = $1 AND object_key = ANY ($2::text[])`;

/** Those of some keys of the object store that no row of the tenant names. */
export async function unnamedKeys(client: TenantClient, keys: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(NAMED, [client.tenantId, keys]);
  const named = new Set(rows.map(({ key }) => key));
  return keys.filter((key) => !named.has(key));
}

const ABANDONED = `
DELETE FROM intelligence.source_archives a
WHERE a.tenant_id = $1 AND a.sha256 IS NULL AND a.same_as IS NULL AND a.created_at < $2
  AND NOT EXISTS (SELECT FROM intelligence.extraction_sessions s WHERE s.tenant_id = $1 AND s.archive_id = a.id)
  AND NOT EXISTS (SELECT FROM intelligence.source_archives p WHERE p.tenant_id = $1 AND p.same_as = a.id)
  AND NOT EXISTS (SELECT FROM intelligence.deletions d WHERE d.tenant_id = $1 AND d.subject_id = a.id AND d.status <> 'COMPLETED')`;

/** Forgets files that were announced before a time and whose bytes never came; the number of them. */
export async function forgetAbandonedUploads(client: TenantClient, before: Date): Promise<number> {
  const { rowCount } = await client.query(ABANDONED, [client.tenantId, before]);
  return rowCount ?? 0;
}
