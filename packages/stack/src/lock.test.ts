import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { acquireLock, isLock, lockHolder, tryLock } from './lock.ts';
import { endedProcess } from './testing/ended-process.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const lockFile = () => join(temporaryFolder(), 'locks', 'x.lock');

test('a lock has one holder, also within one process', () => {
  const file = lockFile();
  const lock = tryLock(file);
  expect(isLock(lock)).toBe(true);
  expect(tryLock(file)).toMatchObject({ pid: process.pid });
  if (isLock(lock)) lock.release();
  expect(isLock(tryLock(file))).toBe(true);
});

test('a lock of a process that ended is taken over', async () => {
  const file = lockFile();
  const lock = tryLock(file);
  writeFileSync(file, JSON.stringify(await endedProcess()));
  expect(lockHolder(file)).toBeNull();
  expect(isLock(tryLock(file))).toBe(true);
  expect(lockHolder(file)?.pid).toBe(process.pid);
  // Its first holder has lost it and must not release it for the second.
  if (isLock(lock)) lock.release();
  expect(lockHolder(file)?.pid).toBe(process.pid);
});

test.each([
  ['whose number went to another process', JSON.stringify({ pid: process.pid, startedAt: 'long ago' })],
  ['that was cut short by a crash', '{"pid": 12'],
  ['that is empty', ''],
])('a lock %s is taken over', (_, content) => {
  const file = lockFile();
  tryLock(file);
  writeFileSync(file, content);
  expect(isLock(tryLock(file))).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(`"pid":${process.pid}`);
});

test('who waits is told once whom for, and goes on when the lock is released', async () => {
  const file = lockFile();
  const first = await acquireLock(file);
  const holders: number[] = [];
  const second = acquireLock(file, { onWait: ({ pid }) => holders.push(pid) });
  first.release();
  (await second).release();
  expect(holders).toEqual([process.pid]);
});

test('waiting ends when it is called off', async () => {
  const file = lockFile();
  await acquireLock(file);
  const calledOff = new AbortController();
  const waiting = acquireLock(file, { signal: calledOff.signal });
  calledOff.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'STOPPED' });
});

test('of many who find the same stale lock, one at a time has it', async () => {
  const file = lockFile();
  tryLock(file);
  writeFileSync(file, JSON.stringify(await endedProcess()));
  let holders = 0;
  let most = 0;
  const contend = async () => {
    const lock = await acquireLock(file);
    holders += 1;
    most = Math.max(most, holders);
    await new Promise((resolve) => setImmediate(resolve));
    holders -= 1;
    lock.release();
  };
  await Promise.all(Array.from({ length: 5 }, contend));
  expect(most).toBe(1);
});
