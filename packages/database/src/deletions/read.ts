import type { DeletionKind } from '@colloquy/domain';
import type { TenantPrisma } from '../connection/tenant.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { allOf, when } from '../reads/conditions.ts';
import type { PagedList } from '../reads/page.ts';

/** The audit line of a deletion. All ids are UUIDs. */
export type DeletionRecord = Prisma.DeletionModel;

export function deletionsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<DeletionRecord[]> {
  return tx.deletion.findMany({ where: { id: { in: [...ids] } } });
}

/** Deletions, newest first. */
export const deletionList: PagedList<{ kind: DeletionKind | null }, { id: string }> = {
  name: 'deletions',
  keys: [
    { column: 'created_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'DESC',
  columns: ['id'],
  entries: ({ kind }) => Prisma.sql`
    SELECT d.id, d.created_at FROM intelligence.deletions d
    WHERE ${allOf([when(kind, (value) => Prisma.sql`d.kind = ${value}::intelligence.deletion_kind`)])}`,
};
