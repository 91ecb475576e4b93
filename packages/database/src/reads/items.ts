import type { IntelligenceType } from '@colloquy/domain';
import type { TenantPrisma } from '../connection/tenant.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { allOf, when } from './conditions.ts';
import type { PagedList } from './page.ts';
import type { EvidenceRecord, ItemRecord } from './rows.ts';

export function itemsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<ItemRecord[]> {
  return tx.intelligenceItem.findMany({ where: { id: { in: [...ids] } } });
}

/** The evidence of these items, the primary one of each first. */
export function evidenceOfItems(tx: TenantPrisma, itemIds: readonly string[]): Promise<EvidenceRecord[]> {
  return tx.itemEvidence.findMany({ where: { itemId: { in: [...itemIds] } }, orderBy: { ordinal: 'asc' } });
}

/** Items that meet every given condition; both ends of the time span belong to it. */
export interface ItemSelection {
  /** Of each list one entry must fit. */
  types?: readonly IntelligenceType[] | null;
  platforms?: readonly string[] | null;
  tags?: readonly string[] | null;
  minConfidence?: number | null;
  /** Limits of the time at which it was said; an item without one lies outside every span. */
  from?: Date | null;
  to?: Date | null;
  /** UUID. */
  conversationId?: string | null;
}

const newestFirst = {
  keys: [
    { column: 'ordered_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'DESC',
  columns: ['id'],
} as const;

const ON_PLATFORM = (names: readonly string[]) => Prisma.sql`
  i.conversation_id IN (
    SELECT c.id FROM intelligence.conversations c JOIN intelligence.platforms p ON p.id = c.platform_id
    WHERE p.name = ANY (${names}::text[]))`;

/** Items by the time at which they were said, newest first, those without a time last. */
export const itemList: PagedList<ItemSelection, { id: string }> = {
  name: 'items',
  ...newestFirst,
  entries: ({ types, platforms, tags, minConfidence, from, to, conversationId }) => Prisma.sql`
    SELECT i.id, i.ordered_at FROM intelligence.intelligence_items i
    WHERE ${allOf([
      when(types, (values) => Prisma.sql`i.type = ANY (${values}::text[]::intelligence.intelligence_type[])`),
      when(platforms, ON_PLATFORM),
      when(tags, (values) => Prisma.sql`i.tags && ${values}::text[]`),
      when(minConfidence, (value) => Prisma.sql`i.confidence_score >= ${value}::float8::numeric`),
      when(from, (time) => Prisma.sql`i.occurred_at >= ${time}::timestamptz`),
      when(to, (time) => Prisma.sql`i.occurred_at <= ${time}::timestamptz`),
      when(conversationId, (id) => Prisma.sql`i.conversation_id = ${id}::uuid`),
    ])}`,
};

/** Items of a conversation, newest first. */
export const conversationItemList: PagedList<object, { id: string }> = {
  name: 'conversation-items',
  ...newestFirst,
  entries: () => Prisma.sql`
    SELECT i.id, i.ordered_at FROM intelligence.intelligence_items i WHERE i.conversation_id = parent.id`,
};

/** Items of all conversations that a session's archive holds, newest first. */
export const sessionItemList: PagedList<object, { id: string }> = {
  name: 'session-items',
  ...newestFirst,
  entries: () => Prisma.sql`
    SELECT i.id, i.ordered_at FROM intelligence.session_conversations sc
    JOIN intelligence.intelligence_items i ON i.tenant_id = sc.tenant_id AND i.conversation_id = sc.conversation_id
    WHERE sc.session_id = parent.id`,
};
