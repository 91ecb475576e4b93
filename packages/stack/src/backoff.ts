export interface Backoff {
  /** Milliseconds before the first attempt after an end. */
  readonly firstMs: number;
  readonly limitMs: number;
  /** A run at least this long (milliseconds) makes the next end count as the first again. */
  readonly steadyMs: number;
}

export const DEFAULT_BACKOFF: Backoff = { firstMs: 250, limitMs: 30_000, steadyMs: 30_000 };

/** How long to wait after the `failures`-th end in a row (1, 2 ...): doubled each time, up to the limit. */
export function delayAfter(failures: number, backoff: Backoff): number {
  return Math.min(backoff.limitMs, backoff.firstMs * 2 ** (failures - 1));
}
