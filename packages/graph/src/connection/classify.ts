import neo4j, { Neo4jError } from 'neo4j-driver';
import { ForeignIdError, GraphQueryTooLargeError, GraphUnavailableError } from '../errors.ts';

const TOO_LARGE: ReadonlySet<string> = new Set([
  'Neo.ClientError.Transaction.TransactionTimedOut',
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration',
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError',
]);

/** A node was deleted between being found and being read: a swap passed by, and the query is to be asked again. */
const OVERTAKEN: ReadonlySet<string> = new Set(['Neo.ClientError.Statement.EntityNotFound']);

/** Errors of a store that is starting, or that does not know us yet. */
const NOT_READY: ReadonlySet<string> = new Set([
  'Neo.ClientError.Database.DatabaseNotFound',
  'Neo.ClientError.Security.Unauthorized',
  'Neo.ClientError.Security.AuthenticationRateLimit',
  'Neo.ClientError.Security.CredentialsExpired',
]);

/** True when the same transaction may succeed if it is tried again at once. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Neo4jError) || TOO_LARGE.has(error.code)) return false;
  return OVERTAKEN.has(error.code) || neo4j.isRetryableError(error);
}

/** The driver's error -> ours; anything that is not the driver's is returned as it is. */
export function classify(error: unknown): unknown {
  if (!(error instanceof Neo4jError)) return error;
  if (TOO_LARGE.has(error.code)) return new GraphQueryTooLargeError(error);
  if (error.code === 'Neo.ClientError.Schema.ConstraintValidationFailed') return new ForeignIdError(error);
  const away = isPassing(error) || NOT_READY.has(error.code) || !error.code.startsWith('Neo.');
  return away ? new GraphUnavailableError(error) : error;
}
