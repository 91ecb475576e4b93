import { SubgraphUnavailableError } from '../upstream/errors.ts';
import type { FetchOutcome } from './telemetry.ts';

/** What to call a fetch that had no answer. */
export function outcomeOf(error: unknown): FetchOutcome {
  return error instanceof SubgraphUnavailableError ? error.outcome : 'unavailable';
}
