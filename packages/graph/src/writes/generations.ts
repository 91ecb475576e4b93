import type { Executor } from '../connection/executor.ts';
import { NoNextGenerationError } from '../errors.ts';
import { LABELS, type Labels, RETIRED, TENANT_LABEL } from '../schema/labels.ts';
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

async function clear(executor: Executor, tenantId: string, labels: Labels): Promise<void> {
  for (const label of Object.values(labels)) {
    let cleared: number;
    do {
      const { records } = await executor.write((transaction) =>
        transaction.run<{ cleared: number }>(clearSome(label), { tenantId }),
      );
      cleared = records[0]?.get('cleared') ?? 0;
    } while (cleared === CLEAR_BATCH);
  }
}

/** Starts an empty next generation. What an earlier rebuild left is thrown away. */
export async function beginNext(executor: Executor, tenantId: string): Promise<void> {
  const setBuilding = (building: boolean) =>
    executor.write(async (transaction) => {
      await lockTenant(transaction, tenantId);
      await transaction.run(SET_BUILDING, { tenantId, building });
    });
  await setBuilding(false);
  await clear(executor, tenantId, LABELS.next);
  await clear(executor, tenantId, RETIRED);
  await setBuilding(true);
}

function relabel(from: Labels, to: Labels): string[] {
  return (['item', 'conversation'] as const).map(
    (kind) => `MATCH (n:${from[kind]} {tenantId: $tenantId}) REMOVE n:${from[kind]} SET n:${to[kind]}`,
  );
}

/**
 * The old generation is set aside and deleted later: within one transaction, Neo4j checks each id of the new one
 * against everything that was deleted, which took 2 s for 8,000 items and grew with their square.
 */
export const SWAP_STATEMENTS: readonly string[] = [
  ...relabel(LABELS.active, RETIRED),
  ...relabel(LABELS.next, LABELS.active),
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
  await clear(executor, tenantId, RETIRED);
}
