import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Migration, readMigrations } from './folder.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { installQueue } from './queue.ts';

/** A migration that cannot be applied, undone or trusted. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code = 'MIGRATION_FAILED';
}

export interface MigrationStatus {
  name: string;
  state: 'applied' | 'pending' | 'failed' | 'changed';
}

/** The advisory lock that Prisma's own runner takes: the two never run at once. */
const PRISMA_LOCK = 72_707_369;

async function withClient<T>(ownerUrl: string, work: (client: Client, ledger: Ledger) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'colloquy-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    const ledger = createLedger(client);
    await ledger.prepare();
    return await work(client, ledger);
  } finally {
    await client.end();
  }
}

function compare(migrations: readonly Migration[], entries: Awaited<ReturnType<Ledger['entries']>>): MigrationStatus[] {
  return migrations.map(({ name, checksum }) => {
    const entry = entries.find((candidate) => candidate.name === name);
    if (!entry) return { name, state: 'pending' };
    if (!entry.finishedAt) return { name, state: 'failed' };
    return { name, state: entry.checksum === checksum ? 'applied' : 'changed' };
  });
}

async function apply(client: Client, ledger: Ledger, migration: Migration): Promise<void> {
  const id = randomUUID();
  await ledger.started(id, migration.name, migration.checksum);
  try {
    await client.query(`BEGIN;\n${migration.sql}\n;COMMIT`);
    await ledger.finished(id);
  } catch (error) {
    await client.query('ROLLBACK');
    const reason = error instanceof Error ? error.message : String(error);
    await ledger.failed(id, reason);
    // The transaction undid everything, so the next attempt may start from the same place.
    await ledger.rolledBack(id);
    throw new MigrationError(`Migration ${migration.name} failed and left nothing behind: ${reason}`, { cause: error });
  }
}

/** Applies what is pending, in order; then installs or updates the job queue. Gives the names applied. */
export function migrateUp(ownerUrl: string, folder: string): Promise<string[]> {
  return withClient(ownerUrl, async (client, ledger) => {
    const migrations = await readMigrations(folder);
    const status = compare(migrations, await ledger.entries());
    const bad = status.find(({ state }) => state === 'changed' || state === 'failed');
    if (bad?.state === 'changed')
      throw new MigrationError(
        `Migration ${bad.name} was edited after it had been applied. Restore the file; put changes into a new migration.`,
      );
    if (bad)
      throw new MigrationError(
        `Migration ${bad.name} was started elsewhere and never finished. Resolve it with \`prisma migrate resolve\`.`,
      );
    const pending = migrations.filter(({ name }) =>
      status.some((entry) => entry.name === name && entry.state === 'pending'),
    );
    for (const migration of pending) await apply(client, ledger, migration);
    await installQueue(client, ownerUrl);
    return pending.map(({ name }) => name);
  });
}

/** Undoes the newest applied migration. Gives its name, or null when none is applied. */
export function migrateDown(ownerUrl: string, folder: string): Promise<string | null> {
  return withClient(ownerUrl, async (client, ledger) => {
    const applied = (await ledger.entries()).filter((entry) => entry.finishedAt).at(-1);
    if (!applied) return null;
    const migration = (await readMigrations(folder)).find(({ name }) => name === applied.name);
    if (!migration?.rollback)
      throw new MigrationError(`Migration ${applied.name} has no rollback.sql, so it cannot be undone.`);
    await client.query('BEGIN');
    try {
      await client.query(migration.rollback);
      await ledger.rolledBack(applied.id);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw new MigrationError(`The rollback of ${applied.name} failed and changed nothing.`, { cause: error });
    }
    return applied.name;
  });
}

/** What is applied, pending or in doubt. Changes nothing but the existence of the ledger. */
export function migrationStatus(ownerUrl: string, folder: string): Promise<MigrationStatus[]> {
  return withClient(ownerUrl, async (_client, ledger) => compare(await readMigrations(folder), await ledger.entries()));
}
