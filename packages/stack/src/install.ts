import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { acquireLock } from './lock.ts';

export type Progress = (detail: string, fraction: number | null) => void;

export interface InstallContext {
  readonly home: string;
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface Installation {
  /** Below the cache, with the version in it: `programs/neo4j-5.26.30`. */
  readonly folder: string;
  /** In words, for progress: `Neo4j 5.26.30`. */
  readonly title: string;
  /** Fills an empty folder. What it downloads should land in caches that survive an interruption. */
  build(folder: string): Promise<void>;
}

/**
 * The folder of an installed program: built once per cache, whoever comes first, while others wait. It is built aside
 * and renamed when whole, so an interrupted installation never counts.
 */
export async function installOnce(context: InstallContext, installation: Installation): Promise<string> {
  const target = join(context.cache, installation.folder);
  if (existsSync(target)) return target;
  const lock = await acquireLock(join(context.cache, 'locks', `${installation.folder.replaceAll('/', '-')}.lock`), {
    signal: context.signal,
    onWait: ({ pid }) => context.progress(`${installation.title}: process ${pid} is installing it, waiting`, null),
  });
  try {
    if (existsSync(target)) return target;
    mkdirSync(dirname(target), { recursive: true });
    removePartials(target);
    // A name of its own: whatever an interrupted run left working cannot write into this one.
    const partial = mkdtempSync(`${target}.partial-`);
    chmodSync(partial, 0o755);
    await installation.build(partial);
    renameSync(partial, target);
    return target;
  } finally {
    lock.release();
  }
}

function removePartials(target: string): void {
  const partials = readdirSync(dirname(target)).filter((name) => name.startsWith(`${basename(target)}.partial-`));
  for (const name of partials) rmSync(join(dirname(target), name), { recursive: true, force: true });
}
