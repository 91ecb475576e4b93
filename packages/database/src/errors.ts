/** PostgreSQL cannot be reached, or broke off the conversation. Worth trying again. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  readonly code = 'STORE_UNAVAILABLE';
  readonly store = 'postgres';
}

/** Another worker took this work over; whatever this transaction did must not be committed. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  readonly code = 'LEASE_LOST';
}

/** The session was cancelled, or ended otherwise, while work on it went on. */
export class SessionEndedError extends Error {
  override readonly name = 'SessionEndedError';
  readonly code = 'SESSION_ENDED';
}

/**
 * SQLSTATE classes that say "not now" rather than "never": connection trouble, shutdown, start-up, resources, a lock that
 * was not to be had in time, and a transaction that PostgreSQL ended because this process did not go on with it. P2024 and P2028 are Prisma's: no
 * connection, or no end of a transaction, in time.
 */
const TRANSIENT_CODE = /^(08|57P0|53|55P03$|25P03$|P2024$|P2028$)/;
const TRANSIENT_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
const TRANSIENT_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Can't reach database server|Server has closed the connection|Client has encountered a connection error/i;

/** Whether an error of the driver or of Prisma means that PostgreSQL is away. Looks down the chain of causes. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  if (error instanceof AggregateError && error.errors.some(isUnavailable)) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (TRANSIENT_CODE.test(code) || TRANSIENT_SYSTEM.has(code) || TRANSIENT_MESSAGE.test(error.message)) return true;
  return error.cause !== undefined && isUnavailable(error.cause);
}

/** Passes every error on, those that mean "PostgreSQL is away" as DatabaseUnavailableError. */
export function rethrow(error: unknown): never {
  if (isUnavailable(error) && !(error instanceof DatabaseUnavailableError)) {
    throw new DatabaseUnavailableError('PostgreSQL does not answer.', { cause: error });
  }
  throw error;
}
