import type { TenantPrisma } from '../connection/tenant.ts';
import type { FormerTitleRecord, RevisionRecord } from './rows.ts';

/** Texts of these messages other than the present one, in the order in which they came. */
export function revisionsOfMessages(tx: TenantPrisma, messageIds: readonly string[]): Promise<RevisionRecord[]> {
  return tx.messageRevision.findMany({ where: { messageId: { in: [...messageIds] } }, orderBy: { revision: 'asc' } });
}

/** Titles of these conversations other than the present one, in the order in which they were found. */
export function formerTitlesOfConversations(
  tx: TenantPrisma,
  conversationIds: readonly string[],
): Promise<FormerTitleRecord[]> {
  return tx.conversationTitle.findMany({
    where: { conversationId: { in: [...conversationIds] } },
    orderBy: { ordinal: 'asc' },
  });
}
