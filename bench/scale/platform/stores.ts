import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateUp } from '@colloquy/database';
import { defaultCache, openStack, removeHome, type StoreName, secret } from '@colloquy/stack';
import { Client } from 'pg';
import { ROOT } from '../../gateway/gateways/gateway.ts';
import { parentOf } from './usage.ts';

/** Stores of the benchmark's own, in a temporary folder. */
export interface Stores {
  folder: string;
  /** Addresses and credentials, by the names of the environment variables. */
  settings: Readonly<Record<string, string>>;
  /** The role that owns the schema; here it may also read and write files of the server and ask for checkpoints. */
  owner: Client;
  /** May do anything; used where the owner may not. */
  superuser: Client;
  /** Process id of the PostgreSQL server. */
  serverPid: number;
}

/** Starts the stores, migrates the database and connects. `cleanup` gets what ends it all again. */
export async function startStores(names: readonly StoreName[], cleanup: AsyncDisposableStack): Promise<Stores> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'));
  // PostgreSQL may run under another account than this program, and has to reach files in here.
  chmodSync(folder, 0o711);
  const home = join(folder, 'home');
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  cleanup.defer(() => removeHome(home));
  const stack = await openStack({
    home,
    cache: defaultCache(),
    urls: {},
    embedderModel: 'all-MiniLM-L6-v2',
    stores: names,
    onReport: () => undefined,
    onLine: (line) => console.log(line),
  });
  cleanup.defer(() => stack.stop());
  stack.start();
  await Promise.all(names.map((name) => stack.ready(name)));
  const ownerUrl = stack.settings.DATABASE_OWNER_URL ?? '';
  await migrateUp(ownerUrl, join(ROOT, 'prisma/migrations'));

  const superuserUrl = new URL(ownerUrl);
  superuserUrl.username = 'postgres';
  superuserUrl.password = await secret(home, 'postgres-superuser');
  const superuser = await connect(superuserUrl.href, cleanup);
  const rights = 'pg_read_server_files, pg_write_server_files, pg_checkpoint';
  await superuser.query(`GRANT ${rights} TO ${new URL(ownerUrl).username}`);
  const owner = await connect(ownerUrl, cleanup);
  return { folder, settings: stack.settings, owner, superuser, serverPid: await serverPid(owner) };
}

async function connect(connectionString: string, cleanup: AsyncDisposableStack): Promise<Client> {
  const client = new Client({ connectionString, application_name: 'colloquy-bench' });
  // The query that runs hears of a broken connection; between queries nothing is lost.
  client.on('error', () => undefined);
  await client.connect();
  // Not waited for: a query that runs ends when the server stops.
  cleanup.defer(() => void client.end().catch(() => undefined));
  return client;
}

async function serverPid(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return parentOf(rows[0]?.pid ?? 0);
}
