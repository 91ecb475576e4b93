import type { TenantPrisma } from '../connection/tenant.ts';
import type { PlatformRecord } from './rows.ts';

/** Every platform, by name. */
export function allPlatforms(tx: TenantPrisma): Promise<PlatformRecord[]> {
  return tx.platform.findMany({ orderBy: { name: 'asc' } });
}

export function platformsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<PlatformRecord[]> {
  return tx.platform.findMany({ where: { id: { in: [...ids] } } });
}
