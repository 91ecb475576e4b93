import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverEnvironment } from '../../environment.ts';
import { StackError } from '../../errors.ts';
import { secret } from '../../secret.ts';
import { LOOPBACK } from '../../settings.ts';
import type { StoreContext, StoreDefinition } from '../../store.ts';
import { askNeo4j } from './bolt.ts';
import { writeFirstPassword } from './first-password.ts';
import { installNeo4j } from './install.ts';
import { findJava } from './java.ts';

const PORT = 'neo4j-bolt';

export const neo4j: StoreDefinition = {
  name: 'neo4j',
  portNames: [PORT],
  composeService: 'neo4j',
  stopLimitMs: 30_000,

  async prepare(context) {
    const java = await findJava();
    const { classPath, main } = await installNeo4j(context);
    const password = await secret(context.home, 'neo4j');
    const folder = context.paths.data('neo4j');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return () => {
      writeFirstPassword(folder, password);
      return {
        command: java,
        args: [...JVM, '-cp', classPath, main, folder, writeConfiguration(context, folder)],
        env: serverEnvironment(),
        cwd: folder,
      };
    };
  },

  async check({ NEO4J_URL, NEO4J_USER, NEO4J_PASSWORD }) {
    if (NEO4J_URL === undefined) throw new StackError('UNHEALTHY', 'NEO4J_URL is not set.');
    return askNeo4j({ url: NEO4J_URL, user: NEO4J_USER ?? 'neo4j', password: NEO4J_PASSWORD ?? '' });
  },
};

const OPENED = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent'];
/**
 * The first compiler alone: with the second one a start takes twice the processor time (10 s instead of 5 s), and the
 * first writes half as fast again; only long scans, which a local graph has none of, are a third faster with it.
 */
const JVM = [
  '-XX:TieredStopAtLevel=1',
  '-Xms128m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djava.awt.headless=true',
  '-Dlog4j2.disable.jmx=true',
  ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
];

function writeConfiguration(context: StoreContext, folder: string): string {
  const address = `${LOOPBACK}:${context.ports[PORT]}`;
  const lines = [
    'dbms.security.auth_enabled=true',
    'server.bolt.enabled=true',
    `server.bolt.listen_address=${address}`,
    `server.bolt.advertised_address=${address}`,
    'server.memory.pagecache.size=128m',
    'db.tx_log.rotation.retention_policy=64m size',
    'server.bolt.telemetry.enabled=false',
    'internal.server.bolt.thread_pool_shutdown_wait_time=1s',
    'internal.server.bolt.connection_shutdown_wait_time=1s',
    'dbms.usage_report.enabled=false',
  ];
  const file = join(folder, 'neo4j.conf');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}
