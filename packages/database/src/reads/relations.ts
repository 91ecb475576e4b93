import type { RelationType } from '@colloquy/domain';
import type { TenantPrisma } from '../connection/tenant.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { allOf, when } from './conditions.ts';
import type { PagedList } from './page.ts';
import type { RelationRecord } from './rows.ts';

export function relationsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<RelationRecord[]> {
  return tx.intelligenceRelationship.findMany({ where: { id: { in: [...ids] } } });
}

/** Relations that an item takes part in, from either end, strongest first. */
export const itemRelationList: PagedList<{ type: RelationType | null }, { id: string }> = {
  name: 'item-relations',
  keys: [
    { column: 'strength', type: 'numeric' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'DESC',
  columns: ['id'],
  entries: ({ type }) => {
    const ofType = allOf([when(type, (value) => Prisma.sql`r.type = ${value}::intelligence.relation_type`)]);
    // An item is never related to itself, so no relation comes up twice.
    return Prisma.sql`
      SELECT r.id, r.strength FROM intelligence.intelligence_relationships r WHERE r.source_id = parent.id AND ${ofType}
      UNION ALL
      SELECT r.id, r.strength FROM intelligence.intelligence_relationships r WHERE r.target_id = parent.id AND ${ofType}`;
  },
};
