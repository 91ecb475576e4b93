import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that is free at the moment, for a process that comes back at the same address. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A Node process that can be killed and started again. */
export class Restartable {
  #child: ChildProcess | undefined;
  readonly #args: readonly string[];
  readonly #env: Record<string, string>;
  readonly #isReady: (text: string) => boolean;

  /** It is ready when what it wrote passes `isReady`. */
  constructor(args: readonly string[], env: Record<string, string>, isReady: (text: string) => boolean) {
    this.#args = args;
    this.#env = env;
    this.#isReady = isReady;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, this.#args, { env: this.#env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      let text = '';
      child.stdout?.on('data', (chunk) => {
        text = `${text}${chunk}`.slice(-4000);
        if (this.#isReady(text)) resolve();
      });
      child.once('exit', () => reject(new Error(`The process ended before it was ready: ${text}`)));
    });
  }

  /** SIGKILL: nothing in it gets to say goodbye. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
