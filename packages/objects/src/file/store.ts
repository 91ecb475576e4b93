import { constants, mkdirSync } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { objectNotFound } from '../errors.ts';
import { checkKey, checkPrefix } from '../key.ts';
import type { ObjectStore } from '../store.ts';
import { asStore, fileStoreError, systemCode } from './errors.ts';
import { incomingPath, prepareIncoming } from './incoming.ts';
import { listFiles } from './list.ts';
import { readAhead } from './read-ahead.ts';
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

  /** A folder that is gone is a mount that is gone: whatever was below it is not lost but away. */
  const ping = async () => {
    await asStore(() => access(incoming, constants.R_OK | constants.W_OK));
  };

  const absentOr = async (error: unknown, key: string): Promise<unknown> => {
    if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '')) return fileStoreError(error);
    await ping();
    return objectNotFound(key, error);
  };

  return {
    async write(key, body, { maxBytes = Number.POSITIVE_INFINITY, verify } = {}) {
      const path = pathOf(key);
      await ping();
      const aside = incomingPath(incoming);
      try {
        const file = await asStore(() => open(aside, 'wx', 0o600));
        const written = await writeAll(file, body, maxBytes).finally(() => asStore(() => file.close()));
        verify?.(written);
        await asStore(() => moveIntoPlace(aside, path));
        return written;
      } catch (error) {
        // What cannot be removed now is removed at the next opening; the first error is the one that matters.
        await rm(aside, { force: true }).catch(() => undefined);
        throw error;
      }
    },

    async *read(key, range) {
      const path = pathOf(key);
      if (range && range.end <= range.start) return;
      try {
        yield* readAhead(path, range);
      } catch (error) {
        throw await absentOr(error, key);
      }
    },

    async size(key) {
      const path = pathOf(key);
      const file = await stat(path).catch(async (error: unknown) => {
        throw await absentOr(error, key);
      });
      if (!file.isFile()) throw objectNotFound(key, undefined);
      return file.size;
    },

    async delete(key) {
      const path = pathOf(key);
      await ping();
      await asStore(() => rm(path, { force: true }));
    },

    async *list(prefix) {
      checkPrefix(prefix);
      await ping();
      yield* listFiles(root, prefix);
    },

    ping,
  };
}

/** A rename survives a power failure once the folder that lists the name is on the disk. */
async function moveIntoPlace(from: string, to: string): Promise<void> {
  const parent = dirname(to);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await rename(from, to);
  const folder = await open(parent, 'r');
  await folder.sync().finally(() => folder.close());
}
