import type { ClientBase } from 'pg';

// The table exactly as Prisma makes it, so that `prisma migrate status` and `deploy` accept the same database.
const CREATE = `
CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** A row that still counts: not rolled back. */
export interface LedgerEntry {
  id: string;
  name: string;
  checksum: string;
  finishedAt: Date | null;
  logs: string | null;
}

/** Reads and writes of `_prisma_migrations`. */
export interface Ledger {
  prepare(): Promise<void>;
  entries(): Promise<LedgerEntry[]>;
  started(id: string, name: string, checksum: string): Promise<void>;
  finished(id: string): Promise<void>;
  failed(id: string, logs: string): Promise<void>;
  rolledBack(id: string): Promise<void>;
}

export function createLedger(client: ClientBase): Ledger {
  return {
    async prepare() {
      await client.query(CREATE);
    },
    async entries() {
      const { rows } = await client.query<LedgerEntry>(
        `SELECT id, migration_name AS name, checksum, finished_at AS "finishedAt", logs
         FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name, started_at`,
      );
      return rows;
    },
    async started(id, name, checksum) {
      await client.query('INSERT INTO public._prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
        id,
        checksum,
        name,
      ]);
    },
    async finished(id) {
      await client.query(
        'UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
        [id],
      );
    },
    async failed(id, logs) {
      await client.query('UPDATE public._prisma_migrations SET logs = $2 WHERE id = $1', [id, logs]);
    },
    async rolledBack(id) {
      await client.query('UPDATE public._prisma_migrations SET rolled_back_at = now() WHERE id = $1', [id]);
    },
  };
}
