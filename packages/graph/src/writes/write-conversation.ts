import type { Executor, GraphTransaction } from '../connection/executor.ts';
import { NoNextGenerationError } from '../errors.ts';
import type { ConversationProjection, Slot } from '../model.ts';
import { LABELS, type Labels } from '../schema/labels.ts';
import {
  removeStaleItems,
  removeStaleRelations,
  storedRevision,
  upsertConversation,
  upsertItems,
  upsertRelations,
} from './conversation-statements.ts';
import { type ProjectionRows, projectionRows } from './projection-rows.ts';
import { lockTenant } from './tenant-lock.ts';

interface Target {
  tenantId: string;
  conversationId: string;
  revision: number;
}

async function isOutdated(transaction: GraphTransaction, labels: Labels, target: Target): Promise<boolean> {
  const { records } = await transaction.run<{ revision: number }>(storedRevision(labels), { ...target });
  const stored = records[0]?.get('revision');
  return stored !== undefined && stored > target.revision;
}

async function writeGeneration(
  transaction: GraphTransaction,
  labels: Labels,
  target: Target,
  rows: ProjectionRows,
): Promise<void> {
  if (await isOutdated(transaction, labels, target)) return;
  const run = (statement: string, parameters: Record<string, unknown>) =>
    transaction.run(statement, { ...target, ...parameters });
  await run(upsertConversation(labels), rows.conversation);
  await run(removeStaleRelations(labels), { relationKeys: rows.relationKeys });
  await run(removeStaleItems(labels), { itemIds: rows.itemIds });
  for (const items of rows.items) await run(upsertItems(labels), { items });
  for (const { type, batches } of rows.relations) {
    for (const relations of batches) await run(upsertRelations(labels, type), { relations });
  }
}

/**
 * Makes the graph hold exactly this projection of the conversation, in one transaction; see `Graph.writeConversation`.
 * While a next generation is being built, what goes to the active one goes to both: the swap then loses no news.
 */
export async function writeConversation(
  executor: Executor,
  tenantId: string,
  slot: Slot,
  projection: ConversationProjection,
): Promise<void> {
  const rows = projectionRows(projection);
  const target = { tenantId, conversationId: projection.conversation.id, revision: projection.revision };
  await executor.write(async (transaction) => {
    const { building } = await lockTenant(transaction, tenantId);
    if (slot === 'next' && !building) throw new NoNextGenerationError(tenantId);
    if (slot === 'active') await writeGeneration(transaction, LABELS.active, target, rows);
    if (building) await writeGeneration(transaction, LABELS.next, target, rows);
  });
}
