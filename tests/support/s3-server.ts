import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultCache, type S3Server, startS3Server } from '@colloquy/stack';

/** A server of the S3 protocol of the test's own, to be frozen, killed and filled. */
export interface TestS3Server {
  readonly server: S3Server;
  /** To the present process. SIGKILL: it is started again after a quarter of a second. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** `diskBytes`: its buckets lie on a disk of that size in memory, which only an account that may mount can make. */
export async function startTestS3Server(options: { diskBytes?: number } = {}): Promise<TestS3Server> {
  const home = mkdtempSync(join(tmpdir(), 'colloquy-s3-'));
  const disk = options.diskBytes === undefined ? null : mountDisk(options.diskBytes);
  const server = await startS3Server({
    home,
    cache: defaultCache(),
    port: await freePort(),
    ...(disk === null ? {} : { dataFolder: disk }),
    onLine: () => undefined,
  });
  return {
    server,
    signal(signal) {
      if (server.pid === null) throw new Error('The S3 server does not run.');
      process.kill(server.pid, signal);
    },
    async remove() {
      await server.stop();
      if (disk !== null) unmountDisk(disk);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Whether this account may mount file systems. */
export function canMount(): boolean {
  try {
    unmountDisk(mountDisk(1024 ** 2));
    return true;
  } catch {
    // An ordinary account: tests of a full disk are skipped by name.
    return false;
  }
}

function mountDisk(bytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  if (status === 0) return folder;
  rmSync(folder, { recursive: true });
  throw new Error('A disk in memory could not be mounted.');
}

function unmountDisk(folder: string): void {
  spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
