import { chmodSync, fstatSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  allowOwnDatabases,
  defaultCache,
  openStack,
  removeHome,
  type S3Server,
  STORE_NAMES,
  type Stack,
  type StoreReport,
  startS3Server,
} from '../packages/stack/src/index.ts';
import type { TestStores } from '../tests/support/stores.ts';

/** The name under which the home keeps the port of the S3 server. */
const S3_PORT = 's3-server';

export interface StartTestStoresOptions {
  /** A folder to use and to keep; by default a new temporary one that is deleted at the end. */
  readonly home?: string;
  /** COLLOQUY_CACHE, or `~/.cache/colloquy`, by default. */
  readonly cache?: string;
  /** Gives up, and stops everything, while stores are still being installed or started. */
  readonly signal?: AbortSignal;
  /** One line of progress. */
  onLine(line: string): void;
}

export interface RunningTestStores {
  readonly stores: TestStores;
  /** The JSON file to name in COLLOQUY_TEST_STORES. */
  readonly file: string;
  stop(): Promise<void>;
}

/**
 * Starts real stores for a test run, in a home of their own; addresses that are set in the environment are ignored.
 * Throws, after stopping what was started, when one cannot be had: the message names the store and the reason.
 */
export async function startTestStores(options: StartTestStoresOptions): Promise<RunningTestStores> {
  const home = options.home === undefined ? mkdtempSync(join(tmpdir(), 'colloquy-stores-')) : resolve(options.home);
  const stack = await openStack({
    home,
    cache: options.cache ?? defaultCache(),
    urls: {},
    embedderModel: 'all-MiniLM-L6-v2',
    servicePorts: [S3_PORT],
    onReport: progressPrinter(options.onLine),
    onLine: options.onLine,
  });
  let s3: S3Server | null = null;
  const stop = async () => {
    await s3?.stop();
    await stack.stop();
    if (options.home === undefined) await removeHome(home);
  };
  const giveUp = () => void stack.stop();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    options.signal?.throwIfAborted();
    stack.start();
    await Promise.all(STORE_NAMES.map((name) => stack.ready(name)));
    s3 = await startObjectServer(stack, home, options);
    await allowOwnDatabases({ home, ports: stack.ports });
    const stores = describe(stack, s3);
    mkdirSync(home, { recursive: true });
    const file = join(home, 'test-stores.json');
    writeFileSync(file, `${JSON.stringify(stores, null, 2)}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    return { stores, file, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

/** The platform runs no object server of its own; the tests of the object store need a real one. */
async function startObjectServer(stack: Stack, home: string, options: StartTestStoresOptions): Promise<S3Server> {
  const port = stack.ports[S3_PORT];
  if (port === undefined) throw new Error(`The stack gave no port to ${S3_PORT}.`);
  let shown = -1;
  return startS3Server({
    home,
    cache: options.cache ?? defaultCache(),
    port,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onLine: options.onLine,
    onProgress(detail, fraction) {
      const tenth = Math.floor((fraction ?? 0) * 10);
      if (tenth === shown) return;
      shown = tenth;
      options.onLine(detail);
    },
  });
}

function describe({ settings }: Stack, { endpoint, accessKeyId, secretAccessKey, region }: S3Server): TestStores {
  const get = (name: string): string => {
    const value = settings[name];
    if (value === undefined) throw new Error(`The stack gave no ${name}.`);
    return value;
  };
  return {
    postgres: { ownerUrl: get('DATABASE_OWNER_URL') },
    redis: { url: get('REDIS_URL') },
    neo4j: { url: get('NEO4J_URL'), user: get('NEO4J_USER'), password: get('NEO4J_PASSWORD') },
    weaviate: { url: get('WEAVIATE_URL'), grpcUrl: get('WEAVIATE_GRPC_URL'), apiKey: get('WEAVIATE_API_KEY') },
    s3: { endpoint, accessKeyId, secretAccessKey, region },
    models: get('EMBEDDER_MODEL_FOLDER'),
  };
}

/** A line per state and per tenth of an installation, not one per downloaded file. */
function progressPrinter(onLine: (line: string) => void): (report: StoreReport) => void {
  const shown = new Map<string, string>();
  const startedAt = Date.now();
  return (report) => {
    const step = `${report.state} ${Math.floor((report.fraction ?? 0) * 10)}`;
    if (shown.get(report.name) === step) return;
    shown.set(report.name, step);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
    const share = report.fraction === null ? '' : ` ${Math.floor(report.fraction * 100)} %`;
    const rest = [report.version, report.detail].filter((part) => part !== null).join(' ');
    onLine(`${seconds} s  ${report.name} (${report.how}) ${report.state}${share}${rest === '' ? '' : `  ${rest}`}`);
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { home: { type: 'string' } } });
  const { signal, ended } = endOfUse();
  const running = await startTestStores({
    ...(values.home === undefined ? {} : { home: values.home }),
    signal,
    onLine: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`COLLOQUY_TEST_STORES=${running.file}\n`);
  await ended;
  await running.stop();
}

/** Aborts when somebody stops this program, or closes the pipe that is its standard input. */
function endOfUse(): { signal: AbortSignal; ended: Promise<void> } {
  const use = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const stop = () => {
    use.abort(new Error('Stopped before the stores were ready.'));
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.resume().once('end', stop);
  return { signal: use.signal, ended };
}

if (import.meta.main) {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
