import { validate } from 'graphql';
import type { Generation } from '../schema/generation.ts';
import { operationsOf } from './operation-cache.ts';
import { PreparedOperation } from './prepared-operation.ts';
import { specifiedOperationRules } from './validation-rules.ts';

/** Operations that are used often are few; the others are planned when they come. */
const MOST_WARMED = 200;

/**
 * Plans the operations that were used last before a new schema takes over, so that its first clients do not wait. Those
 * that it has no room for any more are left out: they are refused when they come. Resolves to how many there are.
 */
export async function warm(next: Generation, current: Generation): Promise<number> {
  let warmed = 0;
  // Most recently used first; written in the opposite order, the cache has them in the same one.
  const used = [...operationsOf(current).entries()].slice(0, MOST_WARMED).reverse();
  for (const [key, { document, definition }] of used) {
    if (validate(next.apiSchema, document, specifiedOperationRules).length > 0) continue;
    const prepared = new PreparedOperation(next, key, document, definition);
    try {
      await prepared.plan(prepared.whole, next.planner.drawShare());
    } catch {
      // Whoever asks for it is told that there is no plan.
      continue;
    }
    operationsOf(next).set(key, prepared);
    warmed++;
  }
  return warmed;
}
