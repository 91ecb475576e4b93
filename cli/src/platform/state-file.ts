import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.ts';

const storeReport = z.object({
  name: z.string(),
  state: z.enum(['absent', 'installing', 'starting', 'healthy', 'degraded', 'failed', 'stopped']),
  how: z.string(),
  version: z.string().nullable(),
  address: z.string().nullable(),
  detail: z.string().nullable(),
  fraction: z.number().nullable(),
});

const platformState = z.object({
  /** Process that supervises everything else. */
  pid: z.number().int(),
  /** Address of the gateway, without a path. */
  url: z.string(),
  /** When this was written: an old one means that the supervisor hangs. */
  updatedAt: z.iso.datetime(),
  stores: z.array(storeReport),
  services: z.array(
    z.object({
      name: z.string(),
      pid: z.number().int().nullable(),
      restarts: z.number().int(),
      address: z.string(),
      probe: z.string(),
      log: z.string(),
    }),
  ),
});
/** What a running platform says of itself to the other commands. */
export type PlatformState = z.infer<typeof platformState>;
export type StoredReport = z.infer<typeof storeReport>;

/** The state of the platform of this home; null when none runs or the last one was killed. */
export async function readPlatformState(file: string): Promise<PlatformState | null> {
  const parsed = platformState.safeParse(await readJson(file));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const HEARTBEAT_MS = 5_000;
const WRITE_DELAY_MS = 100;

/** Keeps the state file up to date: soon after a change, and every five seconds without one. */
export class StateWriter {
  readonly #file: string;
  readonly #read: () => Omit<PlatformState, 'updatedAt'>;
  readonly #heartbeat: NodeJS.Timeout;
  #pending: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  readonly #onError: (error: unknown) => void;

  constructor(file: string, read: () => Omit<PlatformState, 'updatedAt'>, onError: (error: unknown) => void) {
    this.#file = file;
    this.#read = read;
    this.#onError = onError;
    this.#heartbeat = setInterval(() => this.changed(), HEARTBEAT_MS);
    this.changed();
  }

  changed(): void {
    this.#pending ??= setTimeout(() => this.#write(), WRITE_DELAY_MS);
  }

  /** Stops writing and removes the file. */
  async remove(): Promise<void> {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#pending);
    await this.#writing;
    await rm(this.#file, { force: true });
  }

  #write(): void {
    this.#pending = undefined;
    const state = { ...this.#read(), updatedAt: new Date().toISOString() };
    this.#writing = this.#writing.then(() => writeJson(this.#file, state)).catch(this.#onError);
  }
}
