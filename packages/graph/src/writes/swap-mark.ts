import type { Executor, GraphTransaction } from '../connection/executor.ts';
import { SWAP_LABEL } from '../schema/labels.ts';

/** Milliseconds after which a mark counts for nothing: whoever set it died before taking it away. */
const MARK_LIMIT_MS = 10_000;

/*
 * Neo4j commits atomically, but isolates no better than read-committed: a query that runs while a large commit is being
 * applied finds some nodes in the old state and some in the new one (generations.integration.test.ts shows it). A swap
 * therefore says so before it commits, in a transaction of its own; a reader looks after it has read, and reads again
 * when a swap was under way. All times are the server's.
 */
const MARK = `
MERGE (swap:${SWAP_LABEL} {tenantId: $tenantId})
SET swap.until = datetime.realtime().epochMillis + ${MARK_LIMIT_MS}`;

const UNMARK = `
MATCH (swap:${SWAP_LABEL} {tenantId: $tenantId})
WHERE swap.until IS NOT NULL
SET swap.endedAt = datetime.realtime().epochMillis
REMOVE swap.until`;

const OVERLAPPED = `
MATCH (swap:${SWAP_LABEL} {tenantId: $tenantId})
WHERE swap.until > datetime.realtime().epochMillis OR swap.endedAt >= datetime.transaction().epochMillis
RETURN true AS overlapped`;

export async function markSwap(executor: Executor, tenantId: string): Promise<void> {
  await executor.write((transaction) => transaction.run(MARK, { tenantId }));
}

export async function unmarkSwap(executor: Executor, tenantId: string): Promise<void> {
  await executor.write((transaction) => transaction.run(UNMARK, { tenantId }));
}

/** Whether a swap was being committed at any moment since this transaction began. */
export async function overlapsSwap(transaction: GraphTransaction, tenantId: string): Promise<boolean> {
  const { records } = await transaction.run(OVERLAPPED, { tenantId });
  return records.length > 0;
}
