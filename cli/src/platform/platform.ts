import { pathToFileURL } from 'node:url';
import {
  type EmbedderModel,
  openStack,
  STORE_NAMES,
  type Stack,
  StackError,
  type SupervisedProcess,
  secret,
  superviseProcess,
} from '@colloquy/stack';
import type { Settings } from '../environment.ts';
import { CliError, EXIT, UsageError } from '../exit.ts';
import { REPOSITORY_ROOT } from '../repository.ts';
import { gatewayConfig } from './gateway-config.ts';
import { writeJson } from './json-file.ts';
import { platformLayout } from './layout.ts';
import { migrate } from './migrate.ts';
import { canListen, PORT_NAMES, servicePorts } from './ports.ts';
import { untilReady } from './readiness.ts';
import type { Screen } from './screen.ts';
import { type ServiceDefinition, serviceDefinitions } from './services.ts';
import { StateWriter } from './state-file.ts';

/** After this long without readiness a person is told where to look. */
const SLOW_START_MS = 60_000;

/**
 * Runs the whole platform on this machine until the signal aborts: the local stores, the migrations, and our processes,
 * all supervised. `onReady` is called once, when the gateway answers. Whatever was started is stopped again, in the
 * reverse order, also when the start fails.
 */
export async function runPlatform(
  settings: Settings,
  screen: Screen,
  signal: AbortSignal,
  onReady: (url: string) => void,
): Promise<void> {
  refuseUnsafeProduction(settings);
  const release = new AsyncDisposableStack();
  try {
    const stack = await openStores(settings, screen);
    release.defer(() => stack.stop());
    await refuseTakenPort(settings);
    const definitions = await prepareServices(settings, stack);
    const running = new Map<ServiceDefinition, SupervisedProcess>();
    publishState(settings, stack, definitions, running, screen, release);
    release.defer(() => stopServices(running));
    const start = (wanted: (definition: ServiceDefinition) => boolean) => {
      for (const definition of definitions.filter(wanted)) {
        running.set(definition, supervise(definition, settings, screen));
      }
    };
    stack.start();
    start((definition) => !definition.needsDatabase);
    await unlessAborted(stack.ready('postgres'), signal);
    await migrateDatabase(settings, stack, screen);
    start((definition) => definition.needsDatabase);
    await untilGatewayReady(definitions, settings, screen, signal);
    onReady(settings.COLLOQUY_URL);
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    if (signal.aborted) screen.line('stopping');
    await release.disposeAsync();
    screen.close();
  }
}

function refuseUnsafeProduction(settings: Settings): void {
  if (settings.NODE_ENV === 'production' && !settings.JWT_SECRET && !settings.JWT_JWKS_URL) {
    throw new UsageError('NODE_ENV is production, so JWT_SECRET or JWT_JWKS_URL has to be set: no secret is made up.');
  }
}

async function openStores(settings: Settings, screen: Screen): Promise<Stack> {
  const local = settings.EMBEDDER === 'local';
  try {
    return await openStack({
      home: settings.COLLOQUY_HOME,
      cache: settings.COLLOQUY_CACHE,
      urls: settings.stores,
      embedderModel: localModel(settings),
      stores: STORE_NAMES.filter((name) => local || name !== 'model'),
      servicePorts: PORT_NAMES,
      onReport: (report) => screen.store(report),
      onLine: (line) => screen.line(line),
    });
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    throw new CliError(error.code, error.message, EXIT.failed, { cause: error });
  }
}

const MODELS: readonly EmbedderModel[] = ['all-MiniLM-L6-v2', 'bge-small-en-v1.5'];

/** The model that runs on this machine. With another EMBEDDER the name is that one's own business. */
function localModel({ EMBEDDER, EMBEDDER_MODEL }: Settings): EmbedderModel {
  if (EMBEDDER !== 'local' || EMBEDDER_MODEL === undefined) return 'all-MiniLM-L6-v2';
  const known = MODELS.find((model) => model === EMBEDDER_MODEL);
  if (!known) throw new UsageError(`EMBEDDER_MODEL is ${EMBEDDER_MODEL}; a local embedder has ${MODELS.join(' or ')}.`);
  return known;
}

async function refuseTakenPort({ HOST, PORT }: Settings): Promise<void> {
  if (await canListen(PORT, HOST)) return;
  throw new CliError('PORT_IN_USE', `Port ${PORT} of ${HOST} is taken by another program. Set PORT to a free one.`);
}

async function prepareServices(settings: Settings, stack: Stack): Promise<ServiceDefinition[]> {
  const home = settings.COLLOQUY_HOME;
  const layout = platformLayout(home);
  const ports = servicePorts(stack.ports, settings.PORT);
  await writeJson(layout.gatewayConfig, gatewayConfig(ports, settings));
  return serviceDefinitions({
    settings,
    stores: stack.settings,
    ports,
    identitySecret: await secret(home, 'identity'),
    jwtSecret: settings.JWT_JWKS_URL ? null : (settings.JWT_SECRET ?? (await secret(home, 'jwt'))),
    objectStoreUrl: settings.OBJECT_STORE_URL ?? pathToFileURL(layout.objects).href,
    gatewayConfig: layout.gatewayConfig,
  });
}

function publishState(
  settings: Settings,
  stack: Stack,
  definitions: readonly ServiceDefinition[],
  running: ReadonlyMap<ServiceDefinition, SupervisedProcess>,
  screen: Screen,
  release: AsyncDisposableStack,
): void {
  const writer = new StateWriter(
    platformLayout(settings.COLLOQUY_HOME).stateFile,
    () => ({
      pid: process.pid,
      url: settings.COLLOQUY_URL,
      stores: [...stack.reports()],
      services: definitions.map((definition) => {
        const service = running.get(definition);
        return {
          name: definition.name,
          pid: service?.pid ?? null,
          restarts: service?.restarts ?? 0,
          address: definition.address,
          probe: definition.probe,
          log: service?.logFile ?? '',
        };
      }),
    }),
    (error) => screen.line(`The state of the platform could not be written down: ${String(error)}`),
  );
  release.defer(() => writer.remove());
}

function supervise(definition: ServiceDefinition, settings: Settings, screen: Screen): SupervisedProcess {
  return superviseProcess({
    name: definition.name,
    home: settings.COLLOQUY_HOME,
    launch: () => ({
      command: process.execPath,
      args: definition.args,
      env: definition.env,
      cwd: REPOSITORY_ROOT,
    }),
    onLine: (line) => screen.line(line),
  });
}

/** The gateway goes first, so that no client meets a subgraph that is gone; the others know nothing of each other. */
async function stopServices(running: ReadonlyMap<ServiceDefinition, SupervisedProcess>): Promise<void> {
  const all = [...running];
  const isGateway = ([definition]: [ServiceDefinition, SupervisedProcess]) => definition.name === 'gateway';
  await Promise.all(all.filter(isGateway).map(([, service]) => service.stop()));
  await Promise.all(all.filter((entry) => !isGateway(entry)).map(([, service]) => service.stop()));
}

async function migrateDatabase(settings: Settings, stack: Stack, screen: Screen): Promise<void> {
  const owner = stack.settings.DATABASE_OWNER_URL;
  if (!owner) {
    screen.line('DATABASE_OWNER_URL is not set: the database is taken as it is, without migrations.');
    return;
  }
  const { PATH = '' } = settings.inherited;
  screen.line(`database: ${await migrate({ PATH, DATABASE_OWNER_URL: owner })}`);
}

async function untilGatewayReady(
  definitions: readonly ServiceDefinition[],
  settings: Settings,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  const gateway = definitions.find((definition) => definition.name === 'gateway');
  if (!gateway) throw new Error('The platform has no gateway.');
  const hint = setTimeout(() => {
    screen.line(`The gateway is not ready yet. The logs are in ${platformLayout(settings.COLLOQUY_HOME).logs}`);
  }, SLOW_START_MS);
  try {
    await untilReady(gateway.probe, signal);
  } finally {
    clearTimeout(hint);
  }
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([promise, aborted(signal).then(() => Promise.reject(signal.reason))]);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
