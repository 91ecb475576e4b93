import { ProjectionMissingError, VectorStoreUnavailableError } from '../errors.ts';

const MISSING = /tenant not found|could not find class|class (\S+ )?not found|status code: 404/iu;
const AWAY =
  /UNAVAILABLE|CANCELLED|DEADLINE_EXCEEDED|ECONN|EPIPE|fetch failed|terminated|socket hang up|channel has been (shut|closed)|leader not found|no leader|shutting down|status code: 50[234]/iu;

const AWAY_NAMES = new Set([
  'AbortError',
  'TimeoutError',
  'WeaviateRequestTimeoutError',
  'WeaviateGRPCUnavailableError',
]);

/** Weaviate tells faults apart by their wording alone; this is the one place that reads it. */
export function classifyFailure(error: unknown, what: string): unknown {
  if (error instanceof VectorStoreUnavailableError || error instanceof ProjectionMissingError) return error;
  const { name, message } = nameAndMessage(error);
  if (MISSING.test(message)) return new ProjectionMissingError(`${what}: ${message}`, { cause: error });
  if (AWAY_NAMES.has(name) || AWAY.test(message))
    return new VectorStoreUnavailableError(`${what}: Weaviate does not answer.`, { cause: error });
  return error;
}

/** An abort is a DOMException, which is not an Error in every realm. */
function nameAndMessage(error: unknown): { name: string; message: string } {
  const { name = '', message = error } = Object(error) as { name?: unknown; message?: unknown };
  return { name: String(name), message: String(message) };
}
