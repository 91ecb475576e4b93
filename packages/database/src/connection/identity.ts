import { mintUuid, type Viewer } from '@colloquy/domain';
import type { Database } from './database.ts';
import { inTenant, type TenantScope } from './tenant.ts';

// Without a target: the name is unique too, and of two first requests at once either index may be the one to object.
const UPSERT_TENANT = `INSERT INTO intelligence.tenants (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING`;
const UPSERT_USER = `
  INSERT INTO intelligence.users (tenant_id, id, subject, display_name, last_active_at) VALUES ($1, $2, $3, $4, now())
  ON CONFLICT (tenant_id, subject) DO UPDATE SET display_name = excluded.display_name, last_active_at = now()
  RETURNING id`;

/** Longest time, in milliseconds, for which a known viewer is not written again. */
const REMEMBERED_MS = 60_000;

/**
 * Makes the tenant and the user of a verified viewer exist, and gives the scope for its transactions.
 * The caller's tokens are trusted to name tenants; who may sign such tokens is settled at the gateway.
 */
export function createViewerRegistry(
  database: Database,
): (viewer: Viewer) => Promise<TenantScope & { userId: string }> {
  const known = new Map<string, { userId: string; until: number }>();
  return async (viewer) => {
    const key = JSON.stringify([viewer.tenant, viewer.subject, viewer.displayName]);
    const remembered = known.get(key);
    if (remembered && remembered.until > Date.now()) return { tenantId: viewer.tenantId, userId: remembered.userId };
    const userId = await inTenant(database, { tenantId: viewer.tenantId, userId: null }, async (client) => {
      await client.query(UPSERT_TENANT, [viewer.tenantId, viewer.tenant]);
      const { rows } = await client.query<{ id: string }>(UPSERT_USER, [
        viewer.tenantId,
        mintUuid(),
        viewer.subject,
        viewer.displayName,
      ]);
      const [row] = rows;
      if (!row) throw new Error('The user row was neither inserted nor found.');
      return row.id;
    });
    if (known.size >= 10_000) known.clear();
    known.set(key, { userId, until: Date.now() + REMEMBERED_MS });
    return { tenantId: viewer.tenantId, userId };
  };
}
