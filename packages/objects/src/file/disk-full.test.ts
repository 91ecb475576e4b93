import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openObjectStore } from '../open.ts';
import { chunks, collect, mebibytes } from '../testing/bytes.ts';

/** A disk of 8 MiB in memory: a real ENOSPC, which only an account that may mount can make. */
const disk = mkdtempSync(join(tmpdir(), 'colloquy-small-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe('a file store on a disk that is full', () => {
  const onSmallDisk = mounted ? test : test.skip;

  onSmallDisk('says so, keeps nothing of the write and everything else, and goes on when there is room', async () => {
    const store = openObjectStore(pathToFileURL(disk).href);
    await store.write('first', mebibytes(3));
    await expect(store.write('second', mebibytes(6))).rejects.toMatchObject({
      code: 'OBJECT_STORE_FULL',
      message: expect.stringContaining('Free space'),
    });
    expect(readdirSync(join(disk, '.incoming'))).toEqual([]);
    await expect(store.size('second')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    expect(await store.size('first')).toBe(3 * 1024 ** 2);

    await store.delete('first');
    await store.write('second', mebibytes(6));
    expect((await collect(store.read('second'))).length).toBe(6 * 1024 ** 2);
  });

  onSmallDisk('does not replace an object by a shorter one', async () => {
    const store = openObjectStore(pathToFileURL(disk).href);
    await store.delete('second');
    await store.write('kept', chunks('before'));
    writeFileSync(join(disk, 'filler'), Buffer.alloc(7 * 1024 ** 2));
    await expect(store.write('kept', mebibytes(3))).rejects.toMatchObject({ code: 'OBJECT_STORE_FULL' });
    expect((await collect(store.read('kept'))).toString()).toBe('before');
    rmSync(join(disk, 'filler'));
  });
});
