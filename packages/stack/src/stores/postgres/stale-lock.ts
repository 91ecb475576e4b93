import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { systemCode } from '../../errors.ts';
import { identityOf } from '../../process-identity.ts';
import { terminate } from '../../terminate.ts';

/**
 * Makes way for a start after a crash. PostgreSQL refuses to start when the process number in its lock file belongs to
 * any living process; so the file of a dead server is removed, and a server that still runs on this data is stopped.
 */
export async function clearStaleLock(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid, data] = readFileSync(file, 'utf8').split('\n');
  const server = identityOf(Number(pid));
  if (server !== null && data === folder && isPostgres(server.pid)) {
    await terminate(server, { stopSignal: 'SIGINT', limitMs: 20_000 });
  }
  rmSync(file, { force: true });
}

function isPostgres(pid: number): boolean {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)) === 'postgres';
  } catch (error) {
    // Without /proc (macOS) PostgreSQL's own check of its lock file has to do.
    return systemCode(error) === 'ENOENT' && process.platform !== 'linux';
  }
}
