import { join } from 'node:path';
import type { Settings } from '../environment.ts';
import { GATEWAY_PROGRAM, REPOSITORY_ROOT, WORKER_PROGRAM } from '../repository.ts';
import type { ServiceName, ServicePorts } from './ports.ts';

/** One of our processes, as it is started. */
export interface ServiceDefinition {
  name: ServiceName;
  args: readonly string[];
  /** The whole environment of the process: only what it needs, so that no secret travels further than it must. */
  env: Readonly<Record<string, string>>;
  /** Where it listens, without a path. */
  address: string;
  /** What answers 200 while it is well. */
  probe: string;
  /** Whether it can only start once the database is migrated. */
  needsDatabase: boolean;
}

/** Everything that the definitions follow from. */
export interface ServiceInputs {
  settings: Settings;
  /** Addresses and credentials of the stores, by the names of their variables. */
  stores: Readonly<Record<string, string>>;
  ports: ServicePorts;
  /** Signs the identity that the gateway hands to the subgraphs. */
  identitySecret: string;
  /** Verifies clients' tokens; null when an identity provider's keys do. */
  jwtSecret: string | null;
  objectStoreUrl: string;
  gatewayConfig: string;
}

const SYSTEM = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'];
const OBJECT_STORE_CREDENTIALS = /^AWS_/;
const LOOPBACK = '127.0.0.1';

/** Our processes in the order in which they are started; they are stopped in the reverse order. */
export function serviceDefinitions(inputs: ServiceInputs): ServiceDefinition[] {
  const { settings, stores, ports } = inputs;
  const database = pick(stores, ['DATABASE_URL', 'REDIS_URL']);
  const graph = pick(stores, ['NEO4J_URL', 'NEO4J_USER', 'NEO4J_PASSWORD']);
  const vectors = pick(stores, ['WEAVIATE_URL', 'WEAVIATE_GRPC_URL', 'WEAVIATE_API_KEY']);
  const objects = { OBJECT_STORE_URL: inputs.objectStoreUrl, ...objectStoreCredentials(settings) };
  const embedder = { ...embedderSettings(settings), ...pick(stores, ['EMBEDDER_MODEL_FOLDER']) };
  const limits = settings.MAX_ARCHIVE_BYTES ? { MAX_ARCHIVE_BYTES: String(settings.MAX_ARCHIVE_BYTES) } : {};

  const service = (
    name: ServiceName,
    entry: string,
    env: Record<string, string>,
    needsDatabase: boolean,
  ): ServiceDefinition => ({
    name,
    args: [join(REPOSITORY_ROOT, entry)],
    env: { ...common(settings, ports, name), ...identity(inputs), ...env },
    ...listening(`http://${LOOPBACK}:${ports[name].port}`),
    needsDatabase,
  });

  return [
    service('knowledge', 'subgraphs/knowledge/src/main.ts', graph, false),
    service('search', 'subgraphs/search/src/main.ts', { ...vectors, ...embedder }, false),
    service('archive', 'subgraphs/archive/src/main.ts', { ...database, ...objects, ...limits }, true),
    worker(inputs, { ...database, ...graph, ...vectors, ...objects, ...embedder }),
    gateway(inputs),
  ];
}

/** The worker serves nobody: it has metrics and no other port, and no caller whose identity it would check. */
function worker({ settings, ports }: ServiceInputs, env: Record<string, string>): ServiceDefinition {
  const address = `http://${LOOPBACK}:${ports.worker.metricsPort}`;
  return {
    name: 'worker',
    args: WORKER_PROGRAM,
    env: { ...common(settings, ports, 'worker'), ...env },
    address,
    probe: `${address}/metrics`,
    needsDatabase: true,
  };
}

function gateway(inputs: ServiceInputs): ServiceDefinition {
  const { settings, ports, jwtSecret } = inputs;
  return {
    name: 'gateway',
    args: [...GATEWAY_PROGRAM, '--config', inputs.gatewayConfig],
    env: {
      ...common(settings, ports, 'gateway'),
      ...identity(inputs),
      HOST: settings.HOST,
      PORT: String(settings.PORT),
      JWT_ISSUER: settings.JWT_ISSUER,
      JWT_AUDIENCE: settings.JWT_AUDIENCE,
      ...(settings.JWT_JWKS_URL ? { JWT_JWKS_URL: settings.JWT_JWKS_URL } : {}),
      ...(jwtSecret === null ? {} : { JWT_SECRET: jwtSecret }),
    },
    ...listening(`http://${reachable(settings.HOST)}:${settings.PORT}`),
    needsDatabase: false,
  };
}

/** An address at which a server that listens on `host` can be reached from this machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK;
  return host.includes(':') ? `[${host}]` : host;
}

/** What every process of ours reads. Internal ones listen on the loopback address whatever HOST says. */
function common(settings: Settings, ports: ServicePorts, name: ServiceName): Record<string, string> {
  return {
    ...pick(settings.inherited, SYSTEM),
    NODE_ENV: settings.NODE_ENV,
    LOG_LEVEL: settings.LOG_LEVEL,
    HOST: LOOPBACK,
    PORT: String(ports[name].port),
    METRICS_PORT: String(ports[name].metricsPort),
    // Our sources are TypeScript: taking the types out costs each start time and each process memory, once is enough.
    NODE_COMPILE_CACHE: join(settings.COLLOQUY_CACHE, 'compiled'),
  };
}

function identity({ identitySecret }: ServiceInputs): Record<string, string> {
  return { IDENTITY_SECRET: identitySecret };
}

function listening(address: string): { address: string; probe: string } {
  return { address, probe: `${address}/health/ready` };
}

function embedderSettings(settings: Settings): Record<string, string> {
  const names = ['EMBEDDER_MODEL', 'EMBEDDER_URL', 'EMBEDDER_API_KEY'] as const;
  const given = names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]] as const]));
  return { EMBEDDER: settings.EMBEDDER, ...Object.fromEntries(given) };
}

function objectStoreCredentials(settings: Settings): Record<string, string> {
  if (!settings.OBJECT_STORE_URL?.startsWith('s3:')) return {};
  return Object.fromEntries(Object.entries(settings.inherited).filter(([name]) => OBJECT_STORE_CREDENTIALS.test(name)));
}

function pick(source: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (source[name] ? [[name, source[name]] as const] : [])));
}
