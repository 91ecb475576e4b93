import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openObjectSource } from '../source.ts';
import type { ObjectStore } from '../store.ts';
import { chunks, collect, listed, mebibytes } from './bytes.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What every kind of store promises. `open` gives an empty one before each test. */
export function describeObjectStore(name: string, open: () => Promise<ObjectStore>): void {
  describe(`${name} keeps the contract`, () => {
    let store: ObjectStore;
    const keys = async (prefix = '') => (await listed(store.list(prefix))).map(({ key }) => key);
    beforeEach(async () => {
      store = await open();
    });

    test('gives back what was written, its length and its hash', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), async (parts) => {
          const whole = Buffer.concat(parts);
          const written = await store.write('archives/t/a', chunks(...parts));
          expect(written).toEqual({ size: whole.length, sha256: sha256(whole) });
          expect(await collect(store.read('archives/t/a'))).toEqual(whole);
          expect(await store.size('archives/t/a')).toBe(whole.length);
        }),
        { numRuns: 30 },
      );
    });

    test('takes a long body as it comes and gives it back whole and in ranges', async () => {
      const whole = await collect(mebibytes(35));
      expect(await store.write('long', mebibytes(35))).toEqual({ size: whole.length, sha256: sha256(whole) });
      expect(sha256(await collect(store.read('long')))).toBe(sha256(whole));
      const [start, end] = [8 * 1024 ** 2 - 3, 24 * 1024 ** 2 + 5];
      expect((await collect(store.read('long', { start, end }))).equals(whole.subarray(start, end))).toBe(true);
    });

    test('reads ranges as slice does', async () => {
      const whole = Buffer.from('abcdefghij');
      await store.write('r', chunks(whole));
      const source = await openObjectSource(store, 'r');
      await fc.assert(
        fc.asyncProperty(fc.nat(12), fc.nat(14), async (start, end) => {
          const expected = Buffer.from(start < end ? whole.subarray(start, end) : []);
          expect(Buffer.from(await source.read(start, end))).toEqual(expected);
          expect(await collect(store.read('r', { start, end }))).toEqual(expected);
        }),
        { numRuns: 50 },
      );
      expect(await collect(source.stream(4))).toEqual(whole.subarray(4));
      expect(source.size).toBe(10);
    });

    test.each([1_000, 20_000_000])('stops pulling a body longer than %d bytes and keeps nothing', async (maxBytes) => {
      let pulled = 0;
      async function* endless() {
        for (;;) {
          pulled += 1;
          yield new Uint8Array(maxBytes / 10);
        }
      }
      await expect(store.write('big', endless(), { maxBytes })).rejects.toMatchObject({ code: 'OBJECT_TOO_LARGE' });
      expect(pulled).toBe(11);
      expect(await keys()).toEqual([]);
    });

    test('a reader that stops early leaves nothing open and may read again', async () => {
      await store.write('k', mebibytes(10));
      for await (const chunk of store.read('k')) {
        expect(chunk[0]).toBe(1);
        break;
      }
      expect((await collect(store.read('k'))).length).toBe(10 * 1024 ** 2);
    });

    test.each([1, 20])('keeps nothing of a body of %d MiB that breaks off or is refused', async (length) => {
      await store.write('k', chunks('before'));
      async function* broken() {
        yield* mebibytes(length);
        throw new Error('cut');
      }
      await expect(store.write('k', broken())).rejects.toThrow('cut');
      const verify = () => {
        throw new Error('refused');
      };
      await expect(store.write('k', mebibytes(length), { verify })).rejects.toThrow('refused');
      expect((await collect(store.read('k'))).toString()).toBe('before');
      expect(await keys()).toEqual(['k']);
    });

    test('shows `verify` the whole, and the object only afterwards', async () => {
      const seen: unknown[] = [];
      const written = await store.write('k', chunks('a', 'bc'), { verify: (whole) => seen.push(whole) });
      expect(seen).toEqual([written]);
      expect(written).toEqual({ size: 3, sha256: sha256(Buffer.from('abc')) });
    });

    test('an absent object is OBJECT_NOT_FOUND; deleting it is no error', async () => {
      await store.write('folder/x', chunks('x'));
      for (const key of ['none', 'folder', 'folder/none']) {
        await expect(store.size(key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
        await expect(collect(store.read(key))).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
      }
      await store.delete('none');
      await store.delete('folder/x');
      await store.delete('folder/x');
      await expect(store.size('folder/x')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    });

    test('lists by the beginning of keys, in their order', async () => {
      const began = Date.now();
      for (const key of ['t/b', 't/a', 't/a-1/x', 'u', 't-2/z', 't/a.0/y']) await store.write(key, chunks(key));
      expect(await keys()).toEqual(['t-2/z', 't/a', 't/a-1/x', 't/a.0/y', 't/b', 'u']);
      expect(await keys('t/')).toEqual(['t/a', 't/a-1/x', 't/a.0/y', 't/b']);
      expect(await keys('t/a-')).toEqual(['t/a-1/x']);
      expect(await keys('t/a')).toEqual(['t/a', 't/a-1/x', 't/a.0/y']);
      expect(await keys('none/')).toEqual([]);
      const [first] = await listed(store.list('t-2'));
      expect(first).toMatchObject({ key: 't-2/z', size: 5 });
      // Stores count in whole seconds, at worst.
      expect(Math.abs((first?.modifiedAt.getTime() ?? 0) - began)).toBeLessThan(10_000);
      await expect(listed(store.list('../'))).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
    });

    test.each(REFUSED_KEYS)('refuses the key %j', async (key) => {
      await expect(store.write(key, chunks('x'))).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
      await expect(store.size(key)).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
      await expect(collect(store.read(key))).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
      await expect(store.delete(key)).rejects.toMatchObject({ code: 'INVALID_OBJECT_KEY' });
    });
  });
}

const REFUSED_KEYS = [
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
];
