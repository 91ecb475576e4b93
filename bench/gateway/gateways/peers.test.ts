import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { missingEntries } from '../../../tooling/complete-lockfile.ts';
import { type Lockfile, lockfileProblems } from '../../../tooling/lockfile.ts';
import { PEERS } from './gateway.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(join(PEERS, file), 'utf8'));

test('the peers are pinned, and their lockfile ties nobody to a registry', () => {
  const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  const lockfile = read('package-lock.json') as Lockfile;
  expect(lockfileProblems(lockfile)).toEqual([]);
  expect(missingEntries(lockfile)).toEqual({});
});
