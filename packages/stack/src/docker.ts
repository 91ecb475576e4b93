import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.ts';
import { userEnvironment } from './environment.ts';
import { findProgram } from './program.ts';
import { secret } from './secret.ts';
import type { StoreContext } from './store.ts';

const COMPOSE_FILE = fileURLToPath(new URL('../../../docker-compose.yml', import.meta.url));
const PROBE_LIMIT_MS = 5_000;

/** Whether a container engine answers: the daemon and its compose plugin, not only the `docker` program. */
export async function dockerRuns(): Promise<boolean> {
  const docker = findProgram('docker');
  if (docker === null) return false;
  const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
  const answers = [['info'], ['compose', 'version']].map((args) => runCommand({ command: docker, args, signal }));
  return (await Promise.allSettled(answers)).every(({ status }) => status === 'fulfilled');
}

/** Starts one service of docker-compose.yml with the ports and secrets of this home, in a project of its own. */
export async function composeUp(context: StoreContext, service: string): Promise<void> {
  context.progress(`${service}: starting its container (the image is fetched once)`, null);
  await compose(context, ['up', '--detach', '--no-deps', service], context.signal);
}

/** Stops the service's container; its data stays in its volume. */
export async function composeStop(context: StoreContext, service: string): Promise<void> {
  await compose(context, ['stop', service]);
}

async function compose(context: StoreContext, args: readonly string[], signal?: AbortSignal): Promise<void> {
  const home = context.home;
  const project = `colloquy-${createHash('sha256').update(context.paths.root).digest('hex').slice(0, 12)}`;
  await runCommand({
    command: 'docker',
    args: ['compose', '--project-name', project, '--file', COMPOSE_FILE, ...args],
    env: userEnvironment({
      POSTGRES_PORT: String(context.ports.postgres),
      POSTGRES_PASSWORD: await secret(home, 'postgres-superuser'),
      DATABASE_OWNER_PASSWORD: await secret(home, 'postgres-owner'),
      DATABASE_APP_PASSWORD: await secret(home, 'postgres-app'),
      REDIS_PORT: String(context.ports.redis),
      REDIS_PASSWORD: await secret(home, 'redis'),
      NEO4J_PORT: String(context.ports['neo4j-bolt']),
      NEO4J_PASSWORD: await secret(home, 'neo4j'),
      WEAVIATE_PORT: String(context.ports['weaviate-http']),
      WEAVIATE_GRPC_PORT: String(context.ports['weaviate-grpc']),
      WEAVIATE_API_KEY: await secret(home, 'weaviate'),
    }),
    ...(signal === undefined ? {} : { signal }),
    onLine: (line) => context.progress(line.trim(), null),
  });
}
