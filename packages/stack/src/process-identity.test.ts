import { describe, expect, test } from '@jest/globals';
import { identityOf, isAlive, parseIdentity } from './process-identity.ts';
import { endedProcess } from './testing/ended-process.ts';

describe('process identity', () => {
  test('a living process is itself', () => {
    const self = identityOf(process.pid);
    expect(self?.pid).toBe(process.pid);
    expect(self && isAlive(self)).toBe(true);
  });

  test('a process that ended is not alive', async () => {
    expect(isAlive(await endedProcess())).toBe(false);
  });

  test('another process with the same number is not the one that was noted', () => {
    expect(isAlive({ pid: process.pid, startedAt: 'before the last boot' })).toBe(false);
  });

  test.each([null, 'x', {}, { pid: 1, startedAt: 'init' }, { pid: 12.5, startedAt: '' }, { pid: 7 }])(
    '%j is no identity',
    (value) => {
      expect(parseIdentity(value)).toBeNull();
    },
  );
});
