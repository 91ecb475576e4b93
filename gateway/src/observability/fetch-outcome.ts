import { SubgraphUnavailableError } from '../upstream/errors.ts';
import type { FetchOutcome } from './telemetry.ts';

const BY_CODE: Readonly<Record<string, FetchOutcome>> = {
  SERVICE_TIMEOUT: 'timeout',
  ANSWER_TOO_LARGE: 'too_large',
};

/** What to call a fetch that had no answer. */
export function outcomeOf(error: unknown): FetchOutcome {
  if (!(error instanceof SubgraphUnavailableError)) return 'unavailable';
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  if (cause === 'AbortError') return 'cancelled';
  if (cause === 'BrokenCircuitError') return 'breaker_open';
  return BY_CODE[String(error.extensions.code)] ?? 'unavailable';
}
