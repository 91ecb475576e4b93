import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isKey } from '../key.ts';
import type { ListedObject } from '../store.ts';
import { fileStoreError, systemCode } from './errors.ts';

/** Walks the folders below `root` that can hold keys with the prefix; the memory it takes is that of one folder's names per level. */
export async function* listFiles(root: string, prefix: string): AsyncGenerator<ListedObject> {
  yield* walk(root, prefix, prefix.slice(0, prefix.lastIndexOf('/') + 1));
}

async function* walk(root: string, prefix: string, folder: string): AsyncGenerator<ListedObject> {
  for (const entry of await entriesOf(join(root, folder))) {
    const key = folder + entry.name;
    if (!isKey(key)) continue;
    if (entry.isDirectory()) {
      if (key.startsWith(prefix) || prefix.startsWith(`${key}/`)) yield* walk(root, prefix, `${key}/`);
      continue;
    }
    if (!entry.isFile() || !key.startsWith(prefix)) continue;
    const file = await statIfThere(join(root, key));
    if (file) yield { key, size: file.size, modifiedAt: file.mtime };
  }
}

async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    // A folder's keys all continue with a slash: sorted with it, folders and files stand where their keys do.
    const place = (entry: Dirent) => (entry.isDirectory() ? `${entry.name}/` : entry.name);
    return entries.sort((one, other) => (place(one) < place(other) ? -1 : 1));
  } catch (error) {
    // No object has the prefix, or the last one was deleted meanwhile.
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw fileStoreError(error);
  }
}

async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    // Deleted meanwhile.
    if (systemCode(error) === 'ENOENT') return null;
    throw fileStoreError(error);
  }
}
