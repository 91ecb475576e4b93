/** How a command reaches the platform. */
export interface Connection {
  /** Address of the gateway without a path, such as `http://localhost:4000`. */
  readonly url: string;
  /** A bearer token; asked anew for every request, so that a long watch outlives one token. */
  readonly token: () => Promise<string>;
  /** For how long, in milliseconds, a request is tried again while the platform does not answer. 0: once. */
  readonly patienceMs: number;
  /** Told when a request is about to be tried again. */
  readonly onRetry?: (reason: string) => void;
  /** Ends what is under way, and the patience: nothing is tried again once it has fired. */
  readonly signal?: AbortSignal;
}

/** A gateway restart must not end a long-running command; a minute without any answer does. */
export const OUTAGE_LIMIT_MS = 60_000;

/** The same platform for a command that runs long and outlives a restart of it. */
export function patient(connection: Connection, onRetry: (reason: string) => void): Connection {
  return { ...connection, patienceMs: OUTAGE_LIMIT_MS, onRetry };
}
