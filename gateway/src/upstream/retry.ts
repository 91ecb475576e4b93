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
export function retry<T>(attempt: () => Promise<T>, settings: TrafficConfig['retry'], limits: RetryLimits): Promise<T> {
  return attempt().catch((error: unknown) => retryAfter(error, attempt, settings, limits));
}

async function retryAfter<T>(
  first: unknown,
  attempt: () => Promise<T>,
  { retries, backoffMilliseconds }: TrafficConfig['retry'],
  { deadline, signal }: RetryLimits,
): Promise<T> {
  let error = first;
  for (let failed = 0; failed < retries && isWorthRetrying(error); failed++) {
    const wait = backoffMilliseconds * 2 ** failed * (0.5 + Math.random());
    if (performance.now() + wait >= deadline) break;
    await waitUnlessAborted(wait, signal);
    try {
      return await attempt();
    } catch (failure) {
      error = failure;
    }
  }
  throw error;
}

async function waitUnlessAborted(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await pause(milliseconds, undefined, signal && { signal });
  } catch (error) {
    throw new ExchangeError('aborted', 'Whoever asked is gone.', error);
  }
}
