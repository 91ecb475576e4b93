import type { TenantPrisma } from '../connection/tenant.ts';
import type { RunRecord } from './rows.ts';

/** Rebuilds of projections. */
export function runsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<RunRecord[]> {
  return tx.projectionRun.findMany({ where: { id: { in: [...ids] } } });
}
