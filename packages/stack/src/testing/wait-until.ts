import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition; throws, saying what was waited for, when it does not come about within the limit. */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await sleep(25);
  }
}
