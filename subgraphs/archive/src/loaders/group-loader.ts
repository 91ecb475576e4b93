import type { TenantPrisma } from '@colloquy/database';
import DataLoader from 'dataloader';
import type { TenantStore } from '../tenant-store.ts';

/** All rows that hang on a parent, for all parents of one tick in one query. Rows keep the order of the query. */
export type GroupLoader<Row> = DataLoader<string, Row[]>;

export function createGroupLoader<Row>(
  store: TenantStore,
  ofParents: (tx: TenantPrisma, parentIds: readonly string[]) => Promise<Row[]>,
  parentOf: (row: Row) => string,
): GroupLoader<Row> {
  return new DataLoader(async (parentIds) => {
    const rows = await store.read((tx) => ofParents(tx, parentIds));
    const byParent = Map.groupBy(rows, parentOf);
    return parentIds.map((id) => byParent.get(id) ?? []);
  });
}
