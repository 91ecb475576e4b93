import type { TenantPrisma } from '@colloquy/database';
import DataLoader from 'dataloader';
import type { TenantStore } from '../tenant-store.ts';

/** Rows by UUID, null where the tenant has none: all ids of one tick in one query. */
export type EntityLoader<Row> = DataLoader<string, Row | null>;

export function createEntityLoader<Row extends { id: string }>(
  store: TenantStore,
  byIds: (tx: TenantPrisma, ids: readonly string[]) => Promise<Row[]>,
): EntityLoader<Row> {
  return new DataLoader(async (ids) => {
    const rows = await store.read((tx) => byIds(tx, ids));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** A row that a foreign key says is there. Throws when it was deleted between two reads. */
export async function loadExisting<Row>(loader: EntityLoader<Row>, id: string): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) throw new Error(`Row ${id} vanished while it was being read.`);
  return row;
}

/** Those of the rows that exist, in the order of the ids. */
export async function loadPresent<Row>(loader: EntityLoader<Row>, ids: readonly string[]): Promise<Row[]> {
  const rows = await Promise.all(ids.map((id) => loader.load(id)));
  return rows.filter((row) => row !== null);
}
