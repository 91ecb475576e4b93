import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { secret, secretFile } from './secret.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

test('a secret is made once, whoever asks first, and closed to others', async () => {
  const home = join(temporaryFolder(), 'home');
  const answers = await Promise.all(Array.from({ length: 5 }, () => secret(home, 'redis')));
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^[\w-]{43}$/);
  expect(statSync(secretFile(home, 'redis')).mode & 0o777).toBe(0o600);
  expect(await secret(home, 'neo4j')).not.toBe(answers[0]);
});

test('a name cannot leave the folder', () => {
  expect(() => secretFile('/home', '../x')).toThrow(RangeError);
});
