import type { TenantClient } from '../connection/tenant.ts';

const SELECT = `
SELECT tenant_id AS "tenantId", generation, embedding_version AS version FROM intelligence.projection_generations
WHERE tenant_id = $1 AND projection = 'SEARCH' AND embedding_version IS NOT NULL ORDER BY generation`;

/** Every generation of the tenant's search projection that may hold something: the active one, one that is being built, and retired ones. */
export async function searchGenerations(
  client: TenantClient,
): Promise<{ tenantId: string; generation: number; version: string }[]> {
  const { rows } = await client.query<{ tenantId: string; generation: number; version: string }>(SELECT, [
    client.tenantId,
  ]);
  return rows;
}
