import type { Executor } from '../connection/executor.ts';
import { NoNextGenerationError } from '../errors.ts';
import { LABELS, TENANT_LABEL } from '../schema/labels.ts';
import { markSwap, unmarkSwap } from './swap-mark.ts';
import { lockTenant } from './tenant-lock.ts';

/** Nodes per transaction when leftovers are cleared. */
const CLEAR_BATCH = 10_000;

const SET_BUILDING = `
MATCH (tenant:${TENANT_LABEL} {tenantId: $tenantId})
SET tenant.building = $building`;

function clearSome(label: string): string {
  return `
MATCH (n:${label} {tenantId: $tenantId})
WITH n LIMIT ${CLEAR_BATCH}
DETACH DELETE n
RETURN count(*) AS cleared`;
}

async function clear(executor: Executor, tenantId: string, label: string): Promise<void> {
  for (;;) {
    const { records } = await executor.write((transaction) =>
      transaction.run<{ cleared: number }>(clearSome(label), { tenantId }),
    );
    if ((records[0]?.get('cleared') ?? 0) < CLEAR_BATCH) return;
  }
}

/** Starts an empty next generation. One that an earlier rebuild left unfinished is thrown away. */
export async function beginNext(executor: Executor, tenantId: string): Promise<void> {
  const setBuilding = (building: boolean) =>
    executor.write(async (transaction) => {
      await lockTenant(transaction, tenantId);
      await transaction.run(SET_BUILDING, { tenantId, building });
    });
  await setBuilding(false);
  await clear(executor, tenantId, LABELS.next.item);
  await clear(executor, tenantId, LABELS.next.conversation);
  await setBuilding(true);
}

/** Exported for golden tests. */
export const SWAP_STATEMENTS: readonly string[] = [
  ...Object.values(LABELS.active).map((label) => `MATCH (n:${label} {tenantId: $tenantId}) DETACH DELETE n`),
  `MATCH (n:${LABELS.next.item} {tenantId: $tenantId}) SET n:${LABELS.active.item} REMOVE n:${LABELS.next.item}`,
  `MATCH (n:${LABELS.next.conversation} {tenantId: $tenantId})
SET n:${LABELS.active.conversation} REMOVE n:${LABELS.next.conversation}`,
];

/**
 * Puts the next generation in the active one's place, in one transaction. Until it commits, readers see the old one.
 * While it commits, Neo4j shows readers some of both: the mark around it makes them ask again (see `swap-mark.ts`).
 */
export async function swapNext(executor: Executor, tenantId: string): Promise<void> {
  try {
    await executor.write(async (transaction) => {
      const { building } = await lockTenant(transaction, tenantId);
      if (!building) throw new NoNextGenerationError(tenantId);
      for (const statement of SWAP_STATEMENTS) await transaction.run(statement, { tenantId });
      await transaction.run(SET_BUILDING, { tenantId, building: false });
      await markSwap(executor, tenantId);
    });
  } finally {
    await unmarkSwap(executor, tenantId);
  }
}
