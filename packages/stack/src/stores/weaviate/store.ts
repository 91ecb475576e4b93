import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { serverEnvironment } from '../../environment.ts';
import { StackError } from '../../errors.ts';
import { secret } from '../../secret.ts';
import { LOOPBACK } from '../../settings.ts';
import type { StoreContext, StoreDefinition } from '../../store.ts';
import { installWeaviate } from './install.ts';

const TIMEOUT_MS = 3_000;

export const weaviate: StoreDefinition = {
  name: 'weaviate',
  portNames: [
    'weaviate-http',
    'weaviate-grpc',
    'weaviate-gossip',
    'weaviate-data',
    'weaviate-raft',
    'weaviate-raft-rpc',
  ],
  composeService: 'weaviate',
  stopLimitMs: 30_000,

  async prepare(context) {
    const folder = await installWeaviate(context);
    const data = context.paths.data('weaviate');
    mkdirSync(data, { recursive: true, mode: 0o700 });
    return async () => ({
      command: join(folder, 'weaviate-server'),
      args: [
        '--scheme=http',
        `--host=${LOOPBACK}`,
        `--port=${context.ports['weaviate-http']}`,
        '--graceful-timeout=10s',
      ],
      env: serverEnvironment(await variables(context, data)),
      cwd: data,
    });
  },

  async check({ WEAVIATE_URL, WEAVIATE_API_KEY }) {
    if (WEAVIATE_URL === undefined) throw new StackError('UNHEALTHY', 'WEAVIATE_URL is not set.');
    const headers = WEAVIATE_API_KEY === undefined ? {} : { authorization: `Bearer ${WEAVIATE_API_KEY}` };
    await get(`${WEAVIATE_URL}/v1/.well-known/ready`, headers);
    const meta = (await (await get(`${WEAVIATE_URL}/v1/meta`, headers)).json()) as { version?: string };
    return meta.version ?? null;
  },
};

async function get(url: string, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    throw new StackError('UNHEALTHY', 'Weaviate does not answer.', { cause: error });
  });
  if (!response.ok)
    throw new StackError('UNHEALTHY', `Weaviate answered ${response.status} to ${new URL(url).pathname}.`);
  return response;
}

/**
 * The gRPC and cluster ports cannot be bound to the loopback address alone in this version, so both ask for a secret.
 * One node needs no long elections.
 */
async function variables({ home, ports }: StoreContext, data: string): Promise<Record<string, string>> {
  const port = (name: string) => String(ports[`weaviate-${name}`]);
  return {
    PERSISTENCE_DATA_PATH: data,
    GRPC_PORT: port('grpc'),
    AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: 'false',
    AUTHENTICATION_APIKEY_ENABLED: 'true',
    AUTHENTICATION_APIKEY_ALLOWED_KEYS: await secret(home, 'weaviate'),
    AUTHENTICATION_APIKEY_USERS: 'colloquy',
    CLUSTER_HOSTNAME: 'node1',
    CLUSTER_BIND_ADDR: LOOPBACK,
    CLUSTER_ADVERTISE_ADDR: LOOPBACK,
    CLUSTER_GOSSIP_BIND_PORT: port('gossip'),
    CLUSTER_DATA_BIND_PORT: port('data'),
    CLUSTER_BASIC_AUTH_USERNAME: 'colloquy',
    CLUSTER_BASIC_AUTH_PASSWORD: await secret(home, 'weaviate-cluster'),
    RAFT_PORT: port('raft'),
    RAFT_INTERNAL_RPC_PORT: port('raft-rpc'),
    RAFT_BOOTSTRAP_EXPECT: '1',
    DEFAULT_VECTORIZER_MODULE: 'none',
    ASYNC_INDEXING: 'true',
    // Below its default Weaviate ranks keywords wrongly in whatever it has not flushed yet (see packages/vectors).
    BLOCKMAX_WAND_PER_SEGMENT_LIMIT: '100000',
    AUTOSCHEMA_ENABLED: 'false',
    DISABLE_TELEMETRY: 'true',
    GO_PROFILING_DISABLE: 'true',
    LIMIT_RESOURCES: 'false',
    GOMAXPROCS: String(Math.max(2, availableParallelism())),
    GOMEMLIMIT: '2GiB',
    LOG_LEVEL: 'warning',
    QUERY_DEFAULTS_LIMIT: '25',
  };
}
