import type { Executor } from '../connection/executor.ts';
import type { RemovedCounts } from '../model.ts';
import { LABELS, type Labels } from '../schema/labels.ts';
import { deleteConversations, deleteItems } from './conversation-statements.ts';
import { lockTenant } from './tenant-lock.ts';

/** Removes conversations with their items from both generations; those that are in neither change nothing. */
export function removeConversations(
  executor: Executor,
  tenantId: string,
  conversationIds: readonly string[],
): Promise<RemovedCounts> {
  return remove(executor, tenantId, deleteConversations, { conversationIds });
}

/** Removes items with their relations from both generations; those that are in neither change nothing. */
export function removeItems(executor: Executor, tenantId: string, itemIds: readonly string[]): Promise<RemovedCounts> {
  return remove(executor, tenantId, deleteItems, { itemIds });
}

function remove(
  executor: Executor,
  tenantId: string,
  statementsOf: (labels: Labels) => string[],
  parameters: Record<string, unknown>,
): Promise<RemovedCounts> {
  return executor.write(async (transaction) => {
    await lockTenant(transaction, tenantId);
    const removed = { nodes: 0, edges: 0 };
    for (const statement of Object.values(LABELS).flatMap(statementsOf)) {
      const { summary } = await transaction.run(statement, { tenantId, ...parameters });
      const { nodesDeleted, relationshipsDeleted } = summary.counters.updates();
      removed.nodes += nodesDeleted;
      removed.edges += relationshipsDeleted;
    }
    return removed;
  });
}
