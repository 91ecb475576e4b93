import type { TenantClient } from '../connection/tenant.ts';
import type { DeletionCounts } from './counts.ts';

/** An object that no row names any more. */
export interface UnnamedObject {
  key: string;
  byteSize: number;
}

// Keys follow from contents, so a later import may name the object again.
const STILL_NAMED = `
UPDATE intelligence.deletion_tasks t SET done = true
WHERE t.tenant_id = $1 AND t.deletion_id = $2 AND t.kind = 'OBJECT' AND NOT t.done AND (
  EXISTS (SELECT FROM intelligence.assets a WHERE a.tenant_id = $1 AND a.object_key = t.subject)
  OR EXISTS (SELECT FROM intelligence.source_archives s WHERE s.tenant_id = $1 AND s.object_key = t.subject))`;
const PENDING = `
SELECT subject AS key, coalesce(byte_size, 0) AS "byteSize" FROM intelligence.deletion_tasks
WHERE tenant_id = $1 AND deletion_id = $2 AND kind = 'OBJECT' AND NOT done ORDER BY subject LIMIT $3`;

/** Objects that a deletion has yet to delete. */
export async function objectsToDelete(
  client: TenantClient,
  deletionId: string,
  limit: number,
): Promise<UnnamedObject[]> {
  await client.query(STILL_NAMED, [client.tenantId, deletionId]);
  const { rows } = await client.query<UnnamedObject>(PENDING, [client.tenantId, deletionId, limit]);
  return rows;
}

const DONE = `
UPDATE intelligence.deletion_tasks SET done = true
WHERE tenant_id = $1 AND deletion_id = $2 AND kind = 'OBJECT' AND subject = ANY ($3::text[]) AND NOT done
RETURNING coalesce(byte_size, 0) AS "byteSize"`;

/** Notes that objects are gone from the store. */
export async function objectsDeleted(
  client: TenantClient,
  deletionId: string,
  keys: readonly string[],
): Promise<Partial<DeletionCounts>> {
  const { rows } = await client.query<{ byteSize: number }>(DONE, [client.tenantId, deletionId, keys]);
  return { objects: rows.length, objectBytes: rows.reduce((sum, { byteSize }) => sum + byteSize, 0) };
}
