import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;
const ANSWER_LIMIT_MS = 5_000;

/** What a service answers to `/health/ready`. */
export interface Readiness {
  /** null: it does not answer at all. */
  status: number | null;
  /** The JSON it sent, or why there is none. */
  body: unknown;
}

/** Asks a service whether it is well: 200 at the address of its probe. */
export async function askReady(probe: string): Promise<Readiness> {
  try {
    const response = await fetch(probe, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { status: null, body: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Waits until a probe answers 200. Throws when the signal aborts. */
export async function untilReady(probe: string, signal: AbortSignal): Promise<void> {
  while ((await askReady(probe)).status !== 200) await delay(POLL_MS, undefined, { signal });
}
