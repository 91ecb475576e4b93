import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORKER_PROGRAM } from '../../../cli/src/repository.ts';
import { ROOT } from '../../gateway/gateways/gateway.ts';
import type { Stores } from './stores.ts';

/** The real worker process. */
export interface Worker {
  pid: number;
  /** Throws, with the end of what it logged, when it has ended. */
  check(): void;
  /** Ends it as the platform does. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  objectStoreUrl: string;
  embedder: 'hashing' | 'local';
  /** Where a CPU profile of it goes when it ends; null for none. */
  profileFolder: string | null;
}

const MILLISECONDS_TO_STOP = 30_000;
/** For stores that are not there: nobody listens on port 1, and parsing needs neither. */
const ABSENT = {
  NEO4J_URL: 'bolt://127.0.0.1:1',
  NEO4J_USER: 'neo4j',
  NEO4J_PASSWORD: 'absent',
  WEAVIATE_URL: 'http://127.0.0.1:1',
  WEAVIATE_GRPC_URL: 'http://127.0.0.1:1',
};

/** Starts the worker as the platform does; resolves when it takes jobs. */
export async function startWorker(
  { folder, settings }: Stores,
  options: WorkerOptions,
  cleanup: AsyncDisposableStack,
): Promise<Worker> {
  const { DATABASE_OWNER_URL: _, ...stores } = settings;
  const logFile = join(mkdtempSync(join(folder, 'worker-')), 'worker.log');
  const log = openSync(logFile, 'w');
  const profile = options.profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileFolder}`];
  const child = spawn(process.execPath, [...profile, ...WORKER_PROGRAM], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: join(homedir(), '.cache/colloquy/compiled'),
      LOG_LEVEL: 'info',
      ...ABSENT,
      ...stores,
      OBJECT_STORE_URL: options.objectStoreUrl,
      EMBEDDER: options.embedder,
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const stop = () => stopChild(child);
  cleanup.defer(stop);
  const worker: Worker = {
    pid: child.pid ?? 0,
    check() {
      if (child.exitCode === null && child.signalCode === null) return;
      throw new Error(`The worker ended. It logged:\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
    },
    stop,
  };
  while (!readFileSync(logFile, 'utf8').includes('"listening"')) {
    worker.check();
    await sleep(100);
  }
  return worker;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), MILLISECONDS_TO_STOP);
  await exited;
  clearTimeout(timer);
}
