import { resolve } from 'node:path';
import { dockerRuns } from './docker.ts';
import { StackError } from './errors.ts';
import { prepareHome } from './home.ts';
import { endLeftovers } from './leftovers.ts';
import { isLock, type Lock, tryLock } from './lock.ts';
import { type Ports, reservePorts } from './ports.ts';
import { STORE_NAMES, type StoreName, type StoreOrigin, type StoreReport } from './report.ts';
import { givenSettings, isGiven, localSettings, type Settings, type StoreUrls } from './settings.ts';
import { readPorts, writePorts } from './stack-file.ts';
import type { StoreDefinition } from './store.ts';
import { createStoreRunner, type StoreRunner } from './store-runner.ts';
import { type EmbedderModel, modelStore } from './stores/model/store.ts';
import { neo4j } from './stores/neo4j/store.ts';
import { postgres } from './stores/postgres/store.ts';
import { redis } from './stores/redis/store.ts';
import { weaviate } from './stores/weaviate/store.ts';

export interface StackOptions {
  /** Where this platform keeps its data, logs and secrets. */
  readonly home: string;
  /** Where installed programs and models are kept, shared by platforms. */
  readonly cache: string;
  /** Stores that are already there; each one that is not is run by the stack. */
  readonly urls: StoreUrls;
  readonly embedderModel: EmbedderModel;
  /** The stores that are wanted; all of them by default. */
  readonly stores?: readonly StoreName[];
  /** Names of further ports to allocate and to keep with the home, for services of ours. */
  readonly servicePorts?: readonly string[];
  onReport(report: StoreReport): void;
  /** One printable line about something unusual: a store ended by itself, leftovers were stopped. */
  onLine?(line: string): void;
}

export interface Stack {
  /** The stores' addresses as environment variables for our services; known before any store is up. */
  readonly settings: Settings;
  /** Every port of this home, by name: the stores' and those asked for with `servicePorts`. */
  readonly ports: Ports;
  /** Starts all stores at once; each becomes ready when it can. */
  start(): void;
  /** Resolves when the store answers; rejects with the reason when it has failed or the stack stops. */
  ready(name: StoreName): Promise<void>;
  reports(): StoreReport[];
  /** Stops every store; afterwards no process is left and the home is free for another stack. */
  stop(): Promise<void>;
}

/**
 * Prepares the stores of one home: stops what a killed platform left behind, decides where each store comes from, and
 * gives out ports and secrets. Throws `HOME_IN_USE` when another living process has the home.
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  const home = resolve(options.home);
  const cache = resolve(options.cache);
  const paths = prepareHome(home);
  const lock = takeHome(paths.lockFile, home);
  try {
    const leftovers = await endLeftovers(home);
    if (leftovers.length > 0) options.onLine?.(`stopped what an earlier run left behind: ${leftovers.join(', ')}`);
    const definitions = wantedDefinitions(options);
    const ports = await reservePorts({
      home,
      cache,
      names: [...definitions.flatMap(({ portNames }) => portNames), ...(options.servicePorts ?? [])],
      known: readPorts(home),
      persist: (chosen) => writePorts(home, chosen),
      portsOf: readPorts,
    });
    const origins = await findOrigins(definitions, options.urls);
    const settings = await allSettings(definitions, { ...options, home, cache }, ports);
    const runners = new Map(
      definitions.map((definition) => {
        const how = origins.get(definition.name) ?? 'native';
        const runner = createStoreRunner({
          definition,
          how,
          context: { home, cache, paths, ports, settings },
          onReport: options.onReport,
          onLine: (line) => options.onLine?.(line),
        });
        return [definition.name, runner] as const;
      }),
    );
    return stackOf(runners, settings, ports, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function stackOf(runners: ReadonlyMap<StoreName, StoreRunner>, settings: Settings, ports: Ports, lock: Lock): Stack {
  return {
    settings,
    ports,
    start() {
      for (const runner of runners.values()) runner.start();
    },
    async ready(name) {
      const runner = runners.get(name);
      if (runner === undefined) throw new StackError('UNHEALTHY', `This stack was opened without ${name}.`);
      await runner.ready();
    },
    reports: () => [...runners.values()].map((runner) => runner.report),
    async stop() {
      const others = [...runners].filter(([name]) => name !== 'postgres').map(([, runner]) => runner);
      try {
        // PostgreSQL was first to come and is last to go; the others do not need each other.
        await Promise.all(others.map((runner) => runner.stop()));
        await runners.get('postgres')?.stop();
      } finally {
        lock.release();
      }
    },
  };
}

function takeHome(lockFile: string, home: string): Lock {
  const outcome = tryLock(lockFile);
  if (isLock(outcome)) return outcome;
  const advice = 'Stop it (`npx colloquy stop`), or choose another folder with COLLOQUY_HOME.';
  throw new StackError('HOME_IN_USE', `Process ${outcome.pid} already runs a platform in ${home}. ${advice}`);
}

function wantedDefinitions(options: StackOptions): StoreDefinition[] {
  const wanted = options.stores ?? STORE_NAMES;
  return [postgres, redis, neo4j, weaviate, modelStore(options.embedderModel)].filter(({ name }) =>
    wanted.includes(name),
  );
}

async function findOrigins(
  definitions: readonly StoreDefinition[],
  urls: StoreUrls,
): Promise<ReadonlyMap<StoreName, StoreOrigin>> {
  const docker = await dockerRuns();
  return new Map(
    definitions.map(({ name, composeService }) => {
      if (isGiven(name, urls)) return [name, 'url'] as const;
      return [name, docker && composeService !== null ? 'docker' : 'native'] as const;
    }),
  );
}

async function allSettings(
  definitions: readonly StoreDefinition[],
  { home, cache, urls, embedderModel }: StackOptions,
  ports: Ports,
): Promise<Settings> {
  const parts = definitions.map(({ name }) =>
    isGiven(name, urls) ? givenSettings(name, urls) : localSettings(name, home, ports),
  );
  const model = { EMBEDDER_MODEL: embedderModel, EMBEDDER_MODEL_FOLDER: resolve(cache, 'models') };
  return Object.assign({}, model, ...(await Promise.all(parts))) as Settings;
}
