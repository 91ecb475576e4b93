import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError, systemCode } from './errors.ts';
import { createFile } from './json-file.ts';
import { identityOf, isAlive, type ProcessIdentity, parseIdentity } from './process-identity.ts';

export interface Lock {
  release(): void;
}

export interface LockWait {
  /** Called once when another living process holds the lock. */
  onWait?(holder: ProcessIdentity): void;
  signal?: AbortSignal;
}

const POLL_MS = 250;

/**
 * Takes the lock file, or returns its living holder. A lock of a process that ended is taken over.
 * Locks are exclusive also within one process.
 */
export function tryLock(file: string): Lock | ProcessIdentity {
  const self = identityOf(process.pid);
  if (self === null) throw new StackError('UNSUPPORTED_PLATFORM', 'This system does not tell when a process started.');
  mkdirSync(dirname(file), { recursive: true });
  const content = JSON.stringify({ ...self, token: randomUUID() });
  for (;;) {
    if (createFile(file, content)) return { release: () => releaseLock(file, content) };
    const found = readLock(file);
    if (found === null) continue;
    const holder = parseHolder(found);
    if (holder !== null && isAlive(holder)) return holder;
    removeStale(file, found);
  }
}

/** Waits until the lock is free. Throws `STOPPED` when the signal aborts. */
export async function acquireLock(file: string, wait: LockWait = {}): Promise<Lock> {
  let told = false;
  for (;;) {
    if (wait.signal?.aborted) throw new StackError('STOPPED', `Stopped while waiting for ${file}.`);
    const outcome = tryLock(file);
    if ('release' in outcome) return outcome;
    if (!told) wait.onWait?.(outcome);
    told = true;
    await sleep(POLL_MS);
  }
}

/** Whether what `tryLock` returned is the lock. */
export function isLock(outcome: Lock | ProcessIdentity): outcome is Lock {
  return 'release' in outcome;
}

/** The living holder of a lock file, or null. */
export function lockHolder(file: string): ProcessIdentity | null {
  const content = readLock(file);
  const holder = content === null ? null : parseHolder(content);
  return holder !== null && isAlive(holder) ? holder : null;
}

function releaseLock(file: string, content: string): void {
  if (readLock(file) === content) rmSync(file, { force: true });
}

/**
 * Two processes may find the same stale lock, and one of them may already have replaced it. So the file is moved aside
 * first, and put back when it turns out to be a new lock.
 */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readLock(aside);
  if (moved !== null && moved !== stale) createFile(file, moved);
  rmSync(aside, { force: true });
}

function readLock(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseHolder(content: string): ProcessIdentity | null {
  try {
    return parseIdentity(JSON.parse(content));
  } catch {
    // Not JSON: nobody can prove to hold it.
    return null;
  }
}
