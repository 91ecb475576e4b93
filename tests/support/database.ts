import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Database, migrateUp, openDatabase } from '@colloquy/database';
import { Client } from 'pg';
import { testStores } from './stores.ts';
import { until } from './wait.ts';

export const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

/** A login that is what the platform's own is: a member of colloquy_app and nothing more. */
const LOGIN = 'colloquy_test';
const PASSWORD = 'colloquy-test';
const ROLES_LOCK = 4_205_001;

/** A database of the test's own on the real server. */
export interface TestDatabase {
  /** postgresql:// of the role that owns the schema. */
  ownerUrl: string;
  /** postgresql:// of a role with the rights of the application. */
  url: string;
  /** A connection pool of the application; closed by `drop`. */
  open(applicationName?: string): Database;
  /** Closes what `open` gave and deletes the database. */
  drop(): Promise<void>;
}

/** Creates an empty database. Roles belong to the server, so files that run at once take turns with them. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const server = testStores().postgres.ownerUrl;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asOwner(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK]);
    await createRoles(client);
    await client.query(`CREATE DATABASE ${name}`);
  });
  const ownerUrl = withDatabase(server, name);
  const url = withLogin(ownerUrl);
  const opened: Database[] = [];
  return {
    ownerUrl,
    url,
    open(applicationName = 'colloquy-test') {
      const onIdleError = () => undefined;
      const database = openDatabase({ url, applicationName, maxConnections: 10, onIdleError });
      opened.push(database);
      return database;
    },
    async drop() {
      await Promise.all(opened.map((database) => database.close()));
      // While PostgreSQL's own clean-up works in the database, the owner may not end it: a moment later it is done.
      await until('the end of the test database', 20_000, () =>
        asOwner(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
      );
    },
  };
}

/** Creates a database with every migration applied and the job queue installed. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  await migrateUp(database.ownerUrl, MIGRATIONS);
  return database;
}

/** Runs SQL as the owner of the schema, for what the application may not do. */
export async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createRoles(client: Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)', [
    ['colloquy_app', LOGIN],
  ]);
  const known = new Set(rows.map(({ rolname }) => rolname));
  if (!known.has('colloquy_app')) await client.query('CREATE ROLE colloquy_app NOLOGIN NOBYPASSRLS');
  if (known.has(LOGIN)) return;
  await client.query(`CREATE ROLE ${LOGIN} LOGIN NOBYPASSRLS PASSWORD '${PASSWORD}' IN ROLE colloquy_app`);
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function withLogin(url: string): string {
  const changed = new URL(url);
  changed.username = LOGIN;
  changed.password = PASSWORD;
  return changed.href;
}
