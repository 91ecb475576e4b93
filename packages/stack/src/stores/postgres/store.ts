import { join } from 'node:path';
import pg from 'pg';
import { serverEnvironment } from '../../environment.ts';
import { LOOPBACK } from '../../settings.ts';
import type { StoreContext, StoreDefinition } from '../../store.ts';
import type { LaunchCommand } from '../../supervise.ts';
import { type Account, serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { createCluster, dataFolder } from './cluster.ts';
import { createRoles } from './roles.ts';
import { clearStaleLock } from './stale-lock.ts';

export const postgres: StoreDefinition = {
  name: 'postgres',
  portNames: ['postgres'],
  composeService: 'postgres',
  // Fast shutdown: SIGTERM would wait for every client to leave.
  stopSignal: 'SIGINT',
  stopLimitMs: 30_000,

  async prepare(context) {
    const account = await serverAccount();
    const binaries = await findBinaries(context, account);
    const folder = dataFolder(context.home, account);
    await createCluster(context, binaries, folder, account);
    return async () => {
      await clearStaleLock(folder);
      return launch(context, binaries, folder, account);
    };
  },

  settle: createRoles,

  async check({ DATABASE_URL }) {
    const client = new pg.Client({
      connectionString: DATABASE_URL,
      connectionTimeoutMillis: 3_000,
      query_timeout: 3_000,
    });
    await client.connect();
    try {
      const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version");
      return rows[0]?.version.split(' ')[0] ?? null;
    } finally {
      await client.end();
    }
  },
};

function launch(context: StoreContext, binaries: string, folder: string, account: Account | null): LaunchCommand {
  const settings = {
    port: context.ports.postgres,
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    effective_cache_size: '2GB',
    max_wal_size: '2GB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u@%d ',
    shared_preload_libraries: 'pg_stat_statements',
  };
  return {
    command: join(binaries, 'bin', 'postgres'),
    args: ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: serverEnvironment(),
    cwd: '/',
    ...(account === null ? {} : { account }),
  };
}
