import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayCommand } from './gateways/gateway.ts';

export interface RunningProcess {
  pid: number;
  /** The end of what it wrote. */
  output(): string;
  /** Ends it, by force after 5 s. */
  stop(): Promise<void>;
}

const MILLISECONDS_TO_START = 60_000;
const MILLISECONDS_TO_STOP = 5000;

/**
 * Starts a program on one core. Rejects when it does not answer `ready` within a minute, with the end of what it wrote.
 *
 * @param folder working directory; what the program writes goes to `output.log` there
 */
export async function startOnCore(
  core: number,
  { program, args }: GatewayCommand,
  { folder, ready }: { folder: string; ready(): Promise<boolean> },
): Promise<RunningProcess> {
  const logFile = join(folder, 'output.log');
  const log = openSync(logFile, 'w');
  const child = spawn('taskset', ['-c', String(core), program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  const output = () => readFileSync(logFile, 'utf8').slice(-2000);
  const deadline = Date.now() + MILLISECONDS_TO_START;
  while (!(await ready())) {
    if (failure !== undefined) throw failure;
    if (child.exitCode === null && Date.now() < deadline) await sleep(100);
    else {
      await stop(child);
      throw new Error(`${program} ${args.join(' ')} did not start:\n${output()}`);
    }
  }
  return { pid: child.pid as number, output, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), MILLISECONDS_TO_STOP);
  await exited;
  clearTimeout(timer);
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address.');
  return address.port;
}
