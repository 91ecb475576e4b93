import pg from 'pg';
import { secret } from '../../secret.ts';
import { APP_ROLE, DATABASE, OWNER_ROLE, superuserUrl } from '../../settings.ts';
import type { StoreContext } from '../../store.ts';

/**
 * Creates what only a superuser can: the owner's and the application's roles, the database, and the extension for
 * query statistics (also in the template of later databases). Repeating it changes nothing but brings passwords back.
 */
export async function createRoles(context: StoreContext): Promise<void> {
  await asSuperuser(context, 'postgres', async (client) => {
    await createRole(client, OWNER_ROLE, 'CREATEROLE', await secret(context.home, 'postgres-owner'));
    await createRole(client, APP_ROLE, 'NOCREATEROLE', await secret(context.home, 'postgres-app'));
    await client.query(`GRANT pg_read_all_stats TO ${OWNER_ROLE}`);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`);
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${DATABASE} TO ${APP_ROLE}`);
  });
  for (const database of ['template1', DATABASE]) {
    await asSuperuser(context, database, (client) => client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements'));
  }
}

/** Lets the owner create further databases, and logins with the application's rights: tests have one each. */
export async function allowOwnDatabases(context: Pick<StoreContext, 'home' | 'ports'>): Promise<void> {
  await asSuperuser(context, 'postgres', (client) =>
    client.query(`ALTER ROLE ${OWNER_ROLE} CREATEDB; GRANT ${APP_ROLE} TO ${OWNER_ROLE} WITH ADMIN OPTION`),
  );
}

async function asSuperuser(
  context: Pick<StoreContext, 'home' | 'ports'>,
  database: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const connectionString = await superuserUrl(context.home, context.ports, database);
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function createRole(client: pg.Client, name: string, right: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${name}`);
  const rights = `LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION ${right}`;
  await client.query(`ALTER ROLE ${name} ${rights} PASSWORD ${client.escapeLiteral(password)}`);
}
