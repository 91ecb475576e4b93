import { setTimeout as delay } from 'node:timers/promises';
import { PartAwayError, PlatformUnreachableError } from '../exit.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;

/** Waits between attempts: doubling, with jitter so that many clients do not return at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** Whether a later attempt may end differently. */
export function isTransient(error: unknown): error is PlatformUnreachableError | PartAwayError {
  return error instanceof PlatformUnreachableError || error instanceof PartAwayError;
}

/** Why something is tried again, without the advice that belongs to giving up. */
export function retryReason(error: PlatformUnreachableError | PartAwayError): string {
  return error instanceof PlatformUnreachableError ? `The platform does not answer (${error.reason}).` : error.message;
}

/**
 * Repeats `attempt` while it fails with a transient error and less than `patienceMs` milliseconds have passed; then the
 * last error is thrown. With 0 it is tried once.
 */
export async function withPatience<T>(
  attempt: () => Promise<T>,
  options: { patienceMs: number; onRetry?: ((reason: string) => void) | undefined; signal?: AbortSignal | undefined },
): Promise<T> {
  const giveUpAt = Date.now() + options.patienceMs;
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const wait = backoffMs(attempts);
      if (!isTransient(error) || options.signal?.aborted || Date.now() + wait > giveUpAt) throw error;
      if (attempts === 0) options.onRetry?.(retryReason(error));
      await pause(wait, options.signal);
      if (options.signal?.aborted) throw error;
    }
  }
}

/** Waits so many milliseconds, or until the signal fires. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal && { signal }).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}
