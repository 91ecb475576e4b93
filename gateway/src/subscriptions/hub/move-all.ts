import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@colloquy/service';
import { OperationError } from '../../operation/operation.ts';
import type { Generation } from '../../schema/generation.ts';
import type { PrepareSubscription } from '../prepared.ts';
import type { Hub } from './hub.ts';
import type { LiveSubscription } from './live-subscription.ts';

const TURN_MILLISECONDS = 50;

/**
 * Moves subscriptions to the schema that operations begin on now, spread over `spreadMilliseconds` so that subgraphs
 * are not asked for all of them at once. One that the new schema does not allow ends with the errors that say so.
 */
export function createMover(options: {
  hub: Hub;
  prepare: PrepareSubscription;
  spreadMilliseconds: number;
  log: Log;
}): { follow(generation: Generation): void; stop(): void } {
  const { hub, prepare, spreadMilliseconds, log } = options;
  let current = new AbortController();

  async function moveAll(generation: Generation, signal: AbortSignal): Promise<void> {
    const behind = hub.live().filter((live) => live.prepared.generation !== generation);
    const turns = Math.max(1, Math.floor(spreadMilliseconds / TURN_MILLISECONDS));
    const perTurn = Math.ceil(behind.length / turns);
    for (let next = 0; next < behind.length && !signal.aborted; next += perTurn) {
      await Promise.all(behind.slice(next, next + perTurn).map(move));
      if (spreadMilliseconds > 0) await delay(TURN_MILLISECONDS, undefined, { signal });
    }
  }

  async function move(live: LiveSubscription): Promise<void> {
    try {
      const prepared = await prepare(live.request, live.context);
      if (!live.group.empty) hub.move(live, prepared);
    } catch (error) {
      if (error instanceof OperationError) hub.fail(live, error.errors);
      else log.error({ err: error }, 'a subscription stays on the schema that it began on');
    }
  }

  return {
    follow(generation) {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      moveAll(generation, signal).catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'subscriptions could not be moved to the new schema');
      });
    },
    stop: () => current.abort(),
  };
}
