import type { TenantPrisma } from '../connection/tenant.ts';
import type { ArchiveRecord } from './rows.ts';

export function archivesByIds(tx: TenantPrisma, ids: readonly string[]): Promise<ArchiveRecord[]> {
  return tx.sourceArchive.findMany({ where: { id: { in: [...ids] } } });
}
