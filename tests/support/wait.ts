import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is not null or undefined; throws after `limitMs` naming what was awaited. */
export async function until<T>(
  what: string,
  limitMs: number,
  ask: () => Promise<T | null | undefined> | T | null | undefined,
): Promise<T> {
  const end = Date.now() + limitMs;
  let last: unknown = null;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await delay(100);
  }
  throw new Error(`Waited ${limitMs} ms in vain for ${what}.`, { cause: last });
}
