import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { neo4j } from '../../packages/stack/src/stores/neo4j/store.ts';
import { postgres } from '../../packages/stack/src/stores/postgres/store.ts';
import { redis } from '../../packages/stack/src/stores/redis/store.ts';
import { weaviate } from '../../packages/stack/src/stores/weaviate/store.ts';
import type { PartName, TestPlatform } from '../support/platform.ts';
import { until } from '../support/wait.ts';

/** How long a frozen part stands still, in milliseconds. */
export const FREEZE_MS = 15_000;
const RETURN_LIMIT_MS = 120_000;
const PROBE_LIMIT_MS = 2_000;

const STORES = { postgres, redis, neo4j, weaviate } as const;

/** Kills the part's process and waits until the supervisor's new one answers. Gives the time of its answer (epoch ms). */
export async function kill(platform: TestPlatform, part: PartName): Promise<number> {
  const before = platform.pid(part);
  process.kill(before, 'SIGKILL');
  await until(`${part} to be started again and to answer`, RETURN_LIMIT_MS, async () => {
    const running = pidOf(platform, part);
    return running !== null && running !== before && (await answers(platform, part)) ? true : null;
  });
  return Date.now();
}

/** Stops the part with all its children, and lets it go on after `ms`. Gives the time at which it did (epoch ms). */
export async function freeze(platform: TestPlatform, part: PartName, ms = FREEZE_MS): Promise<number> {
  // A server that forks (PostgreSQL) would go on answering with the children that it has.
  const pids = family(platform.pid(part));
  signalAll(pids, 'SIGSTOP');
  try {
    await delay(ms);
  } finally {
    signalAll(pids, 'SIGCONT');
  }
  return Date.now();
}

/** Whether the part does its work now: a store answers a real question, a process its probe. */
export async function answers(platform: TestPlatform, part: PartName): Promise<boolean> {
  try {
    if (part in STORES) await STORES[part as keyof typeof STORES].check(await platform.settings());
    else return (await fetch(platform.probe(part), { signal: AbortSignal.timeout(PROBE_LIMIT_MS) })).ok;
    return true;
  } catch {
    // Refused, reset or silent: it is not there yet.
    return false;
  }
}

function pidOf(platform: TestPlatform, part: PartName): number | null {
  try {
    return platform.pid(part);
  } catch {
    // Between two processes there is no note of one.
    return null;
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // A child may have ended by itself meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** A process and everything that descends from it, parents before children. */
function family(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(name);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [root];
  for (const pid of all) all.push(...(children.get(pid) ?? []));
  return all;
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // Ended between two looks.
    return null;
  }
}
