import { constants, createReadStream, mkdirSync } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ObjectStoreError } from '../errors.ts';
import { checkKey } from '../key.ts';
import type { ObjectStore } from '../store.ts';
import { incomingPath, prepareIncoming } from './incoming.ts';
import { writeAll } from './write-all.ts';

/** Keys never begin with a dot, so nothing under a key can be mistaken for an incomplete file. */
const INCOMING = '.incoming';

/** Objects as files below `root`. A write goes to a file aside, which is renamed into place when it is complete. */
export function openFileStore(root: string): ObjectStore {
  const incoming = join(root, INCOMING);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  prepareIncoming(incoming);

  const pathOf = (key: string) => {
    checkKey(key);
    return join(root, key);
  };

  return {
    async write(key, body, { maxBytes = Number.POSITIVE_INFINITY, verify } = {}) {
      const path = pathOf(key);
      const aside = incomingPath(incoming);
      try {
        const file = await open(aside, 'wx', 0o600);
        const written = await writeAll(file, body, maxBytes).finally(() => file.close());
        verify?.(written);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(aside, path);
        await syncFolder(dirname(path));
        return written;
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },

    async *read(key, range) {
      const path = pathOf(key);
      if (range && range.end <= range.start) return;
      const limits = range ? { start: range.start, end: range.end - 1 } : {};
      try {
        yield* createReadStream(path, { ...limits, highWaterMark: 256 * 1024 });
      } catch (error) {
        throw absentOr(error, key);
      }
    },

    async size(key) {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        throw absentOr(error, key);
      }
    },

    async delete(key) {
      await rm(pathOf(key), { force: true });
    },

    async ping() {
      await access(incoming, constants.R_OK | constants.W_OK);
    },
  };
}

/** A rename survives a power failure once the folder that lists the name is on the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

function absentOr(error: unknown, key: string): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return error;
  return new ObjectStoreError('OBJECT_NOT_FOUND', `There is no object ${key}.`, { cause: error });
}
