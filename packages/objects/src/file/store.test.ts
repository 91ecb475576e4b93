import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openObjectStore } from '../open.ts';
import type { ObjectStore } from '../store.ts';
import { chunks, collect, listed, mebibytes } from '../testing/bytes.ts';
import { describeObjectStore } from '../testing/contract.ts';

const roots: string[] = [];
afterAll(() => Promise.all(roots.map((folder) => rm(folder, { recursive: true, force: true }))));

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-objects-'));
  roots.push(folder);
  return folder;
}
const openAt = (folder: string) => openObjectStore(pathToFileURL(folder).href);

describeObjectStore('the file store', async () => openAt(await emptyFolder()));

describe('the file store', () => {
  let root: string;
  let store: ObjectStore;
  beforeEach(async () => {
    root = await emptyFolder();
    store = openAt(root);
  });
  const everyFile = async () =>
    (await readdir(root, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);

  test('leaves no file of a write that failed', async () => {
    async function* broken() {
      yield* mebibytes(2);
      throw new Error('cut');
    }
    await expect(store.write('k', broken())).rejects.toThrow('cut');
    expect(await everyFile()).toEqual([]);
  });

  test('opening sweeps what dead processes left, and nothing else', async () => {
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const name = (host: string, pid: number) => join(root, '.incoming', `${host}~${pid}~x.part`);
    await writeFile(name(hostname(), dead), 'left');
    await writeFile(name(hostname(), process.ppid), 'being written');
    await writeFile(name('elsewhere', 1), 'being written');
    await writeFile(name('elsewhere', 2), 'left');
    await utimes(name('elsewhere', 2), 0, 0);
    openAt(root);
    expect((await everyFile()).sort()).toEqual(['elsewhere~1~x.part', `${hostname()}~${process.ppid}~x.part`].sort());
  });

  test('lists no incomplete files and nothing that others put beside the objects', async () => {
    await store.write('a', chunks('x'));
    await writeFile(join(root, '.incoming', 'half.part'), 'half');
    await writeFile(join(root, '.hidden'), 'x');
    expect((await listed(store.list(''))).map(({ key }) => key)).toEqual(['a']);
  });

  test('files are for their owner alone', async () => {
    await store.write('secret', chunks('x'));
    expect((await readFile(join(root, 'secret'))).toString()).toBe('x');
    expect(statSync(join(root, 'secret')).mode & 0o077).toBe(0);
  });

  test('is away, and its objects are not absent, while its folder is gone', async () => {
    await store.write('k', chunks('x'));
    await store.ping();
    await rm(root, { recursive: true });
    const away = { code: 'OBJECT_STORE_UNAVAILABLE' };
    await expect(store.ping()).rejects.toMatchObject(away);
    await expect(store.write('k', chunks('x'))).rejects.toMatchObject(away);
    await expect(collect(store.read('k'))).rejects.toMatchObject(away);
    await expect(store.size('k')).rejects.toMatchObject(away);
    await expect(store.delete('k')).rejects.toMatchObject(away);
    await expect(listed(store.list(''))).rejects.toMatchObject(away);
  });

  test('is away when its folder goes in the middle of a write', async () => {
    async function* interrupted() {
      yield* mebibytes(1);
      await rm(root, { recursive: true });
      yield* mebibytes(1);
    }
    await expect(store.write('k', interrupted())).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
    expect(() => statSync(join(root, 'k'))).toThrow('ENOENT');
  });
});
