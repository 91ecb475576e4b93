import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openObjectStore } from '../open.ts';
import { openObjectSource } from '../source.ts';
import type { ObjectStore } from '../store.ts';

let root: string;
let store: ObjectStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'colloquy-objects-'));
  store = openObjectStore(pathToFileURL(root).href);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}
async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
const everyFile = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe('the file store', () => {
  test('gives back what was written, its length and its hash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), async (parts) => {
        const whole = Buffer.concat(parts);
        const written = await store.write('archives/t/a', chunks(...parts));
        expect(written).toEqual({ size: whole.length, sha256: createHash('sha256').update(whole).digest('hex') });
        expect(await collect(store.read('archives/t/a'))).toEqual(whole);
        expect(await store.size('archives/t/a')).toBe(whole.length);
      }),
      { numRuns: 30 },
    );
  });

  test('reads ranges as slice does', async () => {
    const whole = Buffer.from('abcdefghij');
    await store.write('r', chunks(whole));
    const source = await openObjectSource(store, 'r');
    await fc.assert(
      fc.asyncProperty(fc.nat(12), fc.nat(14), async (start, end) => {
        expect(Buffer.from(await source.read(start, end))).toEqual(
          Buffer.from(start < end ? whole.subarray(start, end) : []),
        );
      }),
    );
    expect(await collect(source.stream(4))).toEqual(whole.subarray(4));
    expect(source.size).toBe(10);
  });

  test('stops pulling a body that is too long and keeps nothing', async () => {
    let pulled = 0;
    async function* endless() {
      for (;;) {
        pulled += 1;
        yield new Uint8Array(100);
      }
    }
    await expect(store.write('big', endless(), { maxBytes: 1_000 })).rejects.toMatchObject({
      code: 'OBJECT_TOO_LARGE',
    });
    expect(pulled).toBe(11);
    expect(await everyFile()).toEqual([]);
  });

  test('keeps nothing when the body breaks off or is refused, and leaves the object before it alone', async () => {
    await store.write('k', chunks('before'));
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('cut');
    }
    await expect(store.write('k', broken())).rejects.toThrow('cut');
    const verify = () => {
      throw new Error('refused');
    };
    await expect(store.write('k', chunks('other'), { verify })).rejects.toThrow('refused');
    expect((await collect(store.read('k'))).toString()).toBe('before');
    expect(await everyFile()).toEqual(['k']);
  });

  test('an absent object is OBJECT_NOT_FOUND; deleting it is no error', async () => {
    await expect(store.size('none')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    await expect(collect(store.read('none'))).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    await store.delete('none');
  });

  test.each([
    '',
    '.',
    '..',
    '../x',
    'a/../b',
    '/etc/passwd',
    'a//b',
    'a/',
    '.incoming/x',
    'a\\b',
    'a\0b',
    'ä',
    'x'.repeat(600),
  ])('refuses the key %j', async (key) => {
    await expect(store.write(key, chunks('x'))).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
    await expect(store.size(key)).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
    await expect(collect(store.read(key))).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
  });

  test('opening sweeps what dead processes left, and nothing else', async () => {
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const name = (host: string, pid: number) => join(root, '.incoming', `${host}~${pid}~x.part`);
    await writeFile(name(hostname(), dead), 'left');
    await writeFile(name(hostname(), process.ppid), 'being written');
    await writeFile(name('elsewhere', 1), 'being written');
    await writeFile(name('elsewhere', 2), 'left');
    await utimes(name('elsewhere', 2), 0, 0);
    openObjectStore(pathToFileURL(root).href);
    expect((await everyFile()).sort()).toEqual(['elsewhere~1~x.part', `${hostname()}~${process.ppid}~x.part`].sort());
  });

  test('says when its folder is gone', async () => {
    await store.ping();
    await rm(root, { recursive: true });
    await expect(store.ping()).rejects.toThrow('ENOENT');
  });

  test('files are for their owner alone', async () => {
    await store.write('secret', chunks('x'));
    expect((await readFile(join(root, 'secret'))).toString()).toBe('x');
    expect((await import('node:fs')).statSync(join(root, 'secret')).mode & 0o077).toBe(0);
  });
});

test.each(['s3://bucket/prefix', 'https://host/x', 'relative/path', ''])(
  '%j is no store that this version opens',
  (url) => {
    expect(() => openObjectStore(url)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_OBJECT_STORE' }));
  },
);
