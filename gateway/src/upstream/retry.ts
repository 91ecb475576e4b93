import { setTimeout as pause } from 'node:timers/promises';
import type { TrafficConfig } from '../config/traffic.ts';
import { isWorthRetrying } from './failures.ts';
import { ExchangeError } from './http/errors.ts';

export interface RetryLimits {
  /** When it is too late for another attempt, in milliseconds of `performance.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes an attempt, and further ones while they fail in a way that may pass: each after a wait that is longer than the
 * one before by chance and by rule, so that many who failed together do not come back together. Throws the last error.
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  { retries, backoffMilliseconds }: TrafficConfig['retry'],
  { deadline, signal }: RetryLimits,
): Promise<T> {
  for (let failed = 0; ; failed++) {
    try {
      return await attempt();
    } catch (error) {
      if (failed >= retries || !isWorthRetrying(error)) throw error;
      const wait = backoffMilliseconds * 2 ** failed * (0.5 + Math.random());
      if (performance.now() + wait >= deadline) throw error;
      await waitUnlessAborted(wait, signal);
    }
  }
}

async function waitUnlessAborted(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await pause(milliseconds, undefined, signal && { signal });
  } catch (error) {
    throw new ExchangeError('aborted', 'Whoever asked is gone.', error);
  }
}
