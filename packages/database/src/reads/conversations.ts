import type { TenantPrisma } from '../connection/tenant.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { allOf, containing, when } from './conditions.ts';
import type { PagedList } from './page.ts';
import type { ConversationRecord } from './rows.ts';

export function conversationsByIds(tx: TenantPrisma, ids: readonly string[]): Promise<ConversationRecord[]> {
  return tx.conversation.findMany({ where: { id: { in: [...ids] } } });
}

/** Conversations that meet every given condition; both ends of the time span belong to it. */
export interface ConversationSelection {
  /** Names of platforms, of which one must fit. */
  platforms?: readonly string[] | null;
  /** Limits of the last activity. */
  from?: Date | null;
  to?: Date | null;
  /** Regardless of case. */
  titleContains?: string | null;
}

/** Conversations by last activity, newest first. */
export const conversationList: PagedList<ConversationSelection, { id: string }> = {
  name: 'conversations',
  keys: [
    { column: 'last_activity_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'DESC',
  columns: ['id'],
  entries: ({ platforms, from, to, titleContains }) => Prisma.sql`
    SELECT c.id, c.last_activity_at FROM intelligence.conversations c
    WHERE ${allOf([
      when(
        platforms,
        (names) =>
          Prisma.sql`c.platform_id IN (SELECT p.id FROM intelligence.platforms p WHERE p.name = ANY (${names}::text[]))`,
      ),
      when(from, (time) => Prisma.sql`c.last_activity_at >= ${time}::timestamptz`),
      when(to, (time) => Prisma.sql`c.last_activity_at <= ${time}::timestamptz`),
      when(titleContains, (text) => Prisma.sql`c.title ILIKE ${containing(text)}::text`),
    ])}`,
};

/** Conversations that a session's archive holds, in the order of the archive. */
export const sessionConversationList: PagedList<object, { id: string }> = {
  name: 'session-conversations',
  keys: [
    { column: 'ordinal', type: 'integer' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'ASC',
  columns: ['id'],
  entries: () => Prisma.sql`
    SELECT sc.conversation_id AS id, sc.ordinal FROM intelligence.session_conversations sc WHERE sc.session_id = parent.id`,
};
