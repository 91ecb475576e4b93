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

interface Statement {
  text: string;
  parameters: Record<string, unknown>;
}

function statementsOf(labels: Labels, rows: ProjectionRows): Statement[] {
  const { conversation, relationKeys, itemIds } = rows;
  return [
    { text: upsertConversation(labels), parameters: conversation },
    { text: removeStaleRelations(labels), parameters: { relationKeys } },
    { text: removeStaleItems(labels), parameters: { itemIds } },
    ...rows.items.map((items) => ({ text: upsertItems(labels), parameters: { items } })),
    ...rows.relations.flatMap(({ type, batches }) =>
      batches.map((relations) => ({ text: upsertRelations(labels, type), parameters: { relations } })),
    ),
  ];
}

async function writeGeneration(
  transaction: GraphTransaction,
  labels: Labels,
  target: Target,
  rows: ProjectionRows,
): Promise<void> {
  if (await isOutdated(transaction, labels, target)) return;
  // Sent together: Neo4j runs them in this order, and one round trip serves them all.
  await Promise.all(
    statementsOf(labels, rows).map(({ text, parameters }) => transaction.run(text, { ...target, ...parameters })),
  );
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
