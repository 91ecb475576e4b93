import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runningStoreSettings } from '@colloquy/stack';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { until } from './wait.ts';

export const ROOT = join(import.meta.dirname, '../..');
const COMMAND = join(ROOT, 'cli/bin/colloquy.js');

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
}

export interface GraphqlAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever it asked for
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string; store?: string } }[];
}

/** One of our processes, or one of the stores. */
export type PartName =
  | 'archive'
  | 'knowledge'
  | 'search'
  | 'worker'
  | 'gateway'
  | 'postgres'
  | 'redis'
  | 'neo4j'
  | 'weaviate';

/** A platform of the test's own: home, ports, stores and processes, started as a user starts it. */
export interface TestPlatform {
  readonly url: string;
  readonly home: string;
  /** Everything that `npm start` printed so far. */
  output(): string;
  /** Milliseconds from the start to the `ready` line. */
  readonly readyAfter: number;
  command(args: readonly string[], environment?: Record<string, string>): Promise<CommandResult>;
  token(tenant: string, role?: string): Promise<string>;
  graphql(token: string | null, query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>;
  subscriptions(token: string): Client;
  /** The process id of a part, as the platform reports it. */
  pid(part: PartName): number;
  signal(part: PartName, signal: NodeJS.Signals): void;
  /** The address that answers 200 while one of our processes is well. */
  probe(part: PartName): string;
  /** Waits until every store is healthy. */
  settled(): Promise<void>;
  /** Addresses and credentials of the stores, the object store among them, for checks that look into them. */
  settings(): Promise<Readonly<Record<string, string>>>;
  /** Nobody reads what it prints from now on, as when `tee` behind it has ended. */
  leaveUnread(): void;
  /** Ctrl-C; the exit code. */
  interrupt(): Promise<number | null>;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The tests' own settings only: whatever the caller's environment says of stores is left out. */
function cleanEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const kept = [
    'PATH',
    'HOME',
    'LANG',
    'TMPDIR',
    'COLLOQUY_CACHE',
    'JAVA_HOME',
    'GOPATH',
    'GOPROXY',
    'GOFLAGS',
    'GOSUMDB',
    'SSL_CERT_FILE',
    'NODE_EXTRA_CA_CERTS',
  ];
  const env = Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  return { ...env, NO_COLOR: '1', ...extra };
}

function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandResult> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr, milliseconds: performance.now() - started }));
  });
}

interface PlatformFile {
  pid: number;
  services: { name: string; pid: number | null; probe: string }[];
}

/** Starts a platform and waits for its `ready` line, at most 60 s. `home` reuses a former platform's data. */
export async function startPlatform(
  options: { home?: string; environment?: Record<string, string> } = {},
): Promise<TestPlatform> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'colloquy-e2e-'));
  const port = await freePort();
  const environment = { COLLOQUY_HOME: home, PORT: String(port), ...options.environment };
  const env = cleanEnvironment(environment);
  const started = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'start'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopPlatform(child, home, options.home === undefined);
  try {
    await until(`the ready line; the platform said:\n${output}`, 90_000, () => {
      if (child.exitCode !== null) throw new Error(`The platform ended with code ${child.exitCode}:\n${output}`);
      return /^ready http/m.test(output) ? true : null;
    });
  } catch (error) {
    await stop();
    throw new Error(`The platform did not become ready. It said:\n${output}`, { cause: error });
  }
  const readyAfter = performance.now() - started;
  const tokens = new Map<string, Promise<string>>();

  const platform: TestPlatform = {
    url,
    home,
    output: () => output,
    readyAfter,
    command: (args, extra = {}) => runCommand(args, { ...env, COLLOQUY_URL: url, ...extra }),
    token(tenant, role = 'ADMINISTRATOR') {
      const key = `${tenant}/${role}`;
      const token =
        tokens.get(key) ??
        platform.command(['token', '--tenant', tenant, '--role', role]).then(({ code, stdout, stderr }) => {
          if (code !== 0) throw new Error(`There is no token for ${key}: ${stderr}`);
          return stdout.trim();
        });
      tokens.set(key, token);
      return token;
    },
    async graphql(token, query, variables = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphqlAnswer;
    },
    subscriptions: (token) =>
      createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${token}` },
        retryAttempts: 0,
      }),
    pid: (part) => partPid(home, part),
    signal(part, signal) {
      process.kill(partPid(home, part), signal);
    },
    probe(part) {
      const service = platformFile(home).services.find(({ name }) => name === part);
      if (!service) throw new Error(`${part} is no process of the platform.`);
      return service.probe;
    },
    async settled() {
      await until('every store to be healthy', 180_000, async () =>
        (await platform.command(['doctor', '--json'])).code === 0 ? true : null,
      );
    },
    settings: async () => ({
      ...(await runningStoreSettings(home)),
      OBJECT_STORE_URL: pathToFileURL(join(home, 'objects')).href,
    }),
    leaveUnread() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    async interrupt() {
      child.kill('SIGINT');
      await until('the platform to end', 60_000, () =>
        child.exitCode === null && child.signalCode === null ? null : true,
      );
      return child.exitCode;
    },
    stop,
  };
  return platform;
}

async function stopPlatform(child: ChildProcess, home: string, remove: boolean): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await until('the platform to stop', 60_000, () =>
      child.exitCode === null && child.signalCode === null ? null : true,
    );
  }
  if (remove) rmSync(home, { recursive: true, force: true });
}

function platformFile(home: string): PlatformFile {
  return JSON.parse(readFileSync(join(home, 'run', 'platform.json'), 'utf8')) as PlatformFile;
}

function partPid(home: string, part: PartName): number {
  const service = platformFile(home).services.find(({ name }) => name === part);
  if (service?.pid) return service.pid;
  const record = JSON.parse(readFileSync(join(home, 'run', `${part}.pid`), 'utf8')) as { pid: number };
  return record.pid;
}
