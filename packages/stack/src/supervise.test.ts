import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { serverEnvironment } from './environment.ts';
import { prepareHome } from './home.ts';
import { writeJsonFile } from './json-file.ts';
import { endLeftovers } from './leftovers.ts';
import { identityOf, isAlive } from './process-identity.ts';
import { listRuns, recordRun } from './run-record.ts';
import { type SuperviseOptions, superviseProcess } from './supervise.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { waitUntil } from './testing/wait-until.ts';

function shell(script: string, more: Partial<SuperviseOptions> = {}) {
  const home = more.home ?? join(temporaryFolder(), 'home');
  prepareHome(home);
  const lines: string[] = [];
  const supervised = superviseProcess({
    name: 'child',
    home,
    launch: () => ({ command: 'sh', args: ['-c', script], env: serverEnvironment() }),
    backoff: { firstMs: 10, limitMs: 50, steadyMs: 10_000 },
    onLine: (line) => lines.push(line),
    ...more,
  });
  return { supervised, lines, home };
}

test('a child that ends is started again, with one line each time, and its output is kept', async () => {
  const { supervised, lines } = shell('echo hello; exit 3');
  const output = () => readFileSync(supervised.logFile, 'utf8').split('\n').filter(Boolean);
  await waitUntil('three starts', () => supervised.restarts >= 2 && output().length >= 3);
  await supervised.stop();
  expect(lines[0]).toMatch(/^child ended with code 3; starting it again in 0\.01 s \(log: .*child\.log\)$/);
  expect(new Set(output())).toEqual(new Set(['hello']));
  const { restarts } = supervised;
  expect(supervised.pid).toBeNull();
  expect(supervised.restarts).toBe(restarts);
});

test('a child that was killed is started again', async () => {
  const { supervised } = shell('exec sleep 60');
  await waitUntil('the first start', () => supervised.pid !== null);
  const first = supervised.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await waitUntil('another child', () => supervised.pid !== null && supervised.pid !== first);
  await supervised.stop();
});

test('stopping ends the whole process group, by force when it does not listen', async () => {
  const { supervised, lines } = shell('trap "" TERM; sleep 61 & echo $!; wait; sleep 62', { stopLimitMs: 200 });
  const grandchild = () => Number(readFileSync(supervised.logFile, 'utf8'));
  await waitUntil('the grandchild', () => supervised.pid !== null && grandchild() > 0);
  const identities = [identityOf(supervised.pid ?? 0), identityOf(grandchild())];
  await supervised.stop();
  await waitUntil('the end of both', () => identities.every((identity) => identity !== null && !isAlive(identity)));
  expect(lines).toEqual(['child did not stop within 0.2 s and was killed']);
});

test('a program that cannot be started is tried again', async () => {
  const missing = () => ({ command: '/nonexistent', args: [], env: {} });
  const { supervised, lines } = shell('', { launch: missing });
  await waitUntil('two attempts', () => lines.length >= 2);
  await supervised.stop();
  expect(lines[0]).toContain('child could not be started: spawn /nonexistent ENOENT');
});

test('a running child is noted, and ended when it was left over', async () => {
  const { supervised, home } = shell('exec sleep 60');
  await waitUntil('the start', () => supervised.pid !== null);
  expect(listRuns(home)).toMatchObject([{ name: 'child', pid: supervised.pid, stopSignal: 'SIGTERM' }]);
  const other = prepareHome(join(temporaryFolder(), 'other')).root;
  const noted = recordRun(other, 'left', supervised.pid ?? 0, 'SIGTERM');
  expect(await endLeftovers(other)).toEqual(['left']);
  expect(noted && isAlive(noted)).toBe(false);
  expect(await endLeftovers(other)).toEqual([]);
  await supervised.stop();
  expect(listRuns(home)).toEqual([]);
});

test('a noted process whose number went to another one is left alone', async () => {
  const home = prepareHome(join(temporaryFolder(), 'home'));
  writeJsonFile(join(home.run, 'child.pid'), { name: 'child', pid: process.pid, startedAt: 'before the last boot' });
  expect(await endLeftovers(home.root)).toEqual([]);
  expect(listRuns(home.root)).toEqual([]);
});
