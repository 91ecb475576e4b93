import type { Executor } from '../connection/executor.ts';
import { LABELS } from '../schema/labels.ts';
import { deleteConversation } from './conversation-statements.ts';
import { lockTenant } from './tenant-lock.ts';

/** Removes the conversation from both generations; does nothing when it is in neither. */
export async function removeConversation(executor: Executor, tenantId: string, conversationId: string): Promise<void> {
  await executor.write(async (transaction) => {
    await lockTenant(transaction, tenantId);
    for (const labels of Object.values(LABELS)) {
      for (const statement of deleteConversation(labels)) {
        await transaction.run(statement, { tenantId, conversationId });
      }
    }
  });
}
