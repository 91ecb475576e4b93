/** What this package says while it works; pino's logger fits. */
export interface GraphLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface GraphConfig {
  /** Such as `bolt://127.0.0.1:7687`. */
  url: string;
  user: string;
  password: string;
  /** Default `neo4j`, the only one of the Community edition. */
  database?: string;
  log?: GraphLog;
  /** Called with each Cypher statement that is sent: for metrics and for tests that count. */
  onQuery?: (statement: string) => void;
}

/** Milliseconds after which a waiting call asks whether Neo4j is still there ... */
export const PATIENCE_MS = 1_200;
/** ... and within which Neo4j has to answer that. Together well under the 5 s that callers are promised. */
export const HEARTBEAT_LIMIT_MS = 3_000;
/** Neo4j gives a read up after this long (it looks every 2 s). The first one after its start alone may take 5 s to plan. */
export const READ_TIMEOUT_MS = 12_000;
/** Neo4j gives a write up after this long: a swap of a large tenant is the longest. */
export const WRITE_TIMEOUT_MS = 600_000;
/** Attempts at a transaction that failed for a passing reason, such as a deadlock. */
export const MAX_ATTEMPTS = 5;
