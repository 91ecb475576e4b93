import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverEnvironment } from '../environment.ts';
import { messageOf, StackError } from '../errors.ts';
import { homePaths, prepareHome } from '../home.ts';
import type { Progress } from '../install.ts';
import { lastLines } from '../log-file.ts';
import { secret } from '../secret.ts';
import { LOOPBACK } from '../settings.ts';
import { type LaunchCommand, superviseProcess } from '../supervise.ts';
import { installS3Server } from './install.ts';

const NAME = 's3-server';
const ACCESS_KEY = 'colloquy';
const REGION = 'us-east-1';
const START_LIMIT_MS = 20_000;

export interface S3ServerOptions {
  /** Where its data, logs and secrets are; one server a home. */
  readonly home: string;
  readonly cache: string;
  /** On the loopback address. */
  readonly port: number;
  /** Below it lie the buckets; a folder of the home by default. */
  readonly dataFolder?: string;
  readonly signal?: AbortSignal;
  onProgress?: Progress;
  onLine(line: string): void;
}

export interface S3Server {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** The present process; null while there is none. One that ends by itself is started again. */
  readonly pid: number | null;
  stop(): Promise<void>;
}

/**
 * Installs, once, and runs a server of the S3 protocol: for tests of the object store, no part of the platform. It has
 * no buckets at first. Throws when it does not answer within 20 s.
 */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const { home, cache, port, signal = new AbortController().signal } = options;
  prepareHome(home);
  const program = await installS3Server({ home, cache, signal, progress: options.onProgress ?? (() => undefined) });
  const secretAccessKey = await secret(home, NAME);
  const launch = launchCommand(program, options, secretAccessKey);
  const supervised = superviseProcess({ name: NAME, home, launch: () => launch, onLine: options.onLine });
  const endpoint = `http://${LOOPBACK}:${port}`;
  try {
    await answering(endpoint, home, signal);
  } catch (error) {
    await supervised.stop();
    throw error;
  }
  return {
    endpoint,
    accessKeyId: ACCESS_KEY,
    secretAccessKey,
    region: REGION,
    get pid() {
      return supervised.pid;
    },
    stop: () => supervised.stop(),
  };
}

/** What the server knows of objects goes into a folder of its own: not every file system has extended attributes. */
function launchCommand(program: string, { home, port, dataFolder }: S3ServerOptions, key: string): LaunchCommand {
  const folder = homePaths(home).data(NAME);
  const buckets = dataFolder ?? join(folder, 'buckets');
  const attributes = join(folder, 'attributes');
  for (const path of [buckets, attributes]) mkdirSync(path, { recursive: true, mode: 0o700 });
  return {
    command: join(program, 'versitygw'),
    args: ['--port', `${LOOPBACK}:${port}`, '--region', REGION, '--quiet', 'posix', '--sidecar', attributes, buckets],
    env: serverEnvironment({ ROOT_ACCESS_KEY: ACCESS_KEY, ROOT_SECRET_KEY: key }),
    cwd: folder,
  };
}

/** Any answer will do: without a signature it is a refusal. */
async function answering(endpoint: string, home: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    signal.throwIfAborted();
    try {
      const answer = await fetch(endpoint, { signal: AbortSignal.timeout(2_000) });
      await answer.body?.cancel();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        const said = lastLines(home, NAME, 3).join('\n  ');
        throw new StackError('UNHEALTHY', `The S3 server does not answer: ${messageOf(error)}\n  ${said}`);
      }
    }
    await sleep(50);
  }
}
