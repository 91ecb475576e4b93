import type { TenantPrisma } from '../connection/tenant.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { KeyType } from './cursor.ts';
import type { PagedList } from './page.ts';
import type { MessageRecord } from './rows.ts';

export function messagesByIds(tx: TenantPrisma, ids: readonly string[]): Promise<MessageRecord[]> {
  return tx.message.findMany({ where: { id: { in: [...ids] } }, omit: { raw: true, metadata: true } });
}

/** The vendor's JSON of these messages. */
export function rawMessagesByIds(tx: TenantPrisma, ids: readonly string[]): Promise<{ id: string; raw: unknown }[]> {
  return tx.message.findMany({ where: { id: { in: [...ids] } }, select: { id: true, raw: true } });
}

const keysBy = (column: string): { column: string; type: KeyType }[] => [
  { column, type: 'integer' },
  { column: 'id', type: 'uuid' },
];

/** Messages on the active path of a conversation, in the order of speech. */
export const activeMessageList: PagedList<object, { id: string }> = {
  name: 'active-messages',
  keys: keysBy('sequence'),
  direction: 'ASC',
  columns: ['id'],
  entries: () => Prisma.sql`
    SELECT m.id, m.sequence FROM intelligence.messages m WHERE m.conversation_id = parent.id AND m.sequence IS NOT NULL`,
};

/** All messages of a conversation's tree, in the order of the export. */
export const allMessageList: PagedList<object, { id: string }> = {
  name: 'all-messages',
  keys: keysBy('ordinal'),
  direction: 'ASC',
  columns: ['id'],
  entries: () => Prisma.sql`
    SELECT m.id, m.ordinal FROM intelligence.messages m WHERE m.conversation_id = parent.id`,
};

/** Replies to a message, in the order of the export. */
export const replyList: PagedList<object, { id: string }> = {
  name: 'replies',
  keys: keysBy('ordinal'),
  direction: 'ASC',
  columns: ['id'],
  entries: () => Prisma.sql`
    SELECT m.id, m.ordinal FROM intelligence.messages m WHERE m.parent_id = parent.id`,
};
