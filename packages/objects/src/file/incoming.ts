import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const SUFFIX = '.part';
/** A half-written file of a machine that is not this one counts as abandoned after a day without a write. */
const ABANDONED_MS = 24 * 60 * 60 * 1_000;

/** A path for a file that is not complete yet; the name says which process writes it. */
export function incomingPath(folder: string): string {
  return join(folder, `${hostname()}~${process.pid}~${randomUUID()}${SUFFIX}`);
}

/** Makes the folder of incomplete files and removes what crashed processes left there. */
export function prepareIncoming(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    // Several processes share the store: a file that another one is writing right now must stay.
    if (name.endsWith(SUFFIX) && isLeftover(name, path)) rmSync(path, { force: true });
  }
}

function isLeftover(name: string, path: string): boolean {
  const [host, pid] = name.split('~');
  if (host === hostname() && pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid))) return true;
  const file = statSync(path, { throwIfNoEntry: false });
  return file !== undefined && Date.now() - file.mtimeMs > ABANDONED_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
