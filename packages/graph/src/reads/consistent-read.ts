import { setTimeout as wait } from 'node:timers/promises';
import type { Executor, GraphTransaction } from '../connection/executor.ts';
import { GraphUnavailableError } from '../errors.ts';
import { overlapsSwap } from '../writes/swap-mark.ts';

const PAUSE_MS = 50;
const LIMIT_MS = 4_000;

/**
 * Reads one generation of the tenant's graph, never half of each. `work` may run several times.
 * Throws GraphUnavailableError when a swap takes longer to commit than a reader may wait.
 */
export async function consistentRead<T>(
  executor: Executor,
  tenantId: string,
  work: (transaction: GraphTransaction) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    const { result, overlapped } = await executor.read(async (transaction) => ({
      result: await work(transaction),
      overlapped: await overlapsSwap(transaction, tenantId),
    }));
    if (!overlapped) return result;
    if (performance.now() - began > LIMIT_MS) {
      throw new GraphUnavailableError('a rebuilt graph is being put in place');
    }
    await wait(PAUSE_MS);
  }
}
