import { setTimeout as delay } from 'node:timers/promises';
import type { TenantClient } from '@colloquy/database';

/** Work side by side: while PostgreSQL writes one batch, it receives the next. More would only wait for each other. */
const SIDE_BY_SIDE = 2;
/** A transaction that says nothing for longer is ended by PostgreSQL, as that of a frozen process. */
const ALIVE_MS = 1_000;

interface UnderWay {
  keys: ReadonlySet<string>;
  done: Promise<void>;
}

/** Runs pieces of work side by side, none of which may be finished before the one that was added before it. */
export class InOrder {
  #underWay: UnderWay[] = [];
  #last: Promise<void> = Promise.resolve();

  /**
   * Starts `work` as soon as there is room, and nothing with one of its `keys` is under way. `turn` settles when everything
   * before it is finished, and rejects when that failed. Throws what earlier work threw.
   */
  async add(keys: ReadonlySet<string>, work: (turn: Promise<void>) => Promise<void>): Promise<void> {
    while (this.#underWay.length >= SIDE_BY_SIDE || this.#underWay.some((other) => !other.keys.isDisjointFrom(keys)))
      await this.#underWay.shift()?.done;
    const done = work(this.#last);
    // Heard by whoever comes next, or at the end.
    done.catch(() => undefined);
    this.#underWay.push({ keys, done });
    this.#last = done;
  }

  /** Waits for everything. Throws what failed first. */
  async finish(): Promise<void> {
    for (const { done } of this.#underWay.splice(0)) await done;
  }

  /** Waits until nothing is under way any more, however it ended. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay.map(({ done }) => done));
  }
}

/** Waits for the turn of a transaction without letting it seem to be abandoned. */
export async function awaitTurn(client: TenantClient, turn: Promise<void>): Promise<void> {
  const waiting = new AbortController();
  try {
    while (!(await Promise.race([turn.then(() => true), delay(ALIVE_MS, false, { signal: waiting.signal })])))
      await client.query('SELECT 1');
  } finally {
    waiting.abort();
  }
}
