import type { GraphTransaction } from '../connection/executor.ts';
import { TENANT_LABEL } from '../schema/labels.ts';

/**
 * Setting the property takes the node's write lock until the transaction ends, so the writers of one tenant follow each
 * other. That rules out deadlocks between conversations that point at each other's items, lost placeholders, and a
 * write that slips between the two halves of a swap; what is read after this statement is committed and stays.
 */
export const LOCK_TENANT = `
MERGE (tenant:${TENANT_LABEL} {tenantId: $tenantId})
SET tenant.writes = coalesce(tenant.writes, 0) + 1
RETURN coalesce(tenant.building, false) AS building`;

/** Takes the tenant's lock. `building`: a next generation is being built. */
export async function lockTenant(transaction: GraphTransaction, tenantId: string): Promise<{ building: boolean }> {
  const { records } = await transaction.run<{ building: boolean }>(LOCK_TENANT, { tenantId });
  return { building: records[0]?.get('building') === true };
}
