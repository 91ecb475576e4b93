import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mintUuid, tenantUuid } from '@colloquy/domain';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { asOwner, createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { until } from '../../../../tests/support/wait.ts';
import { inTenant } from '../connection/tenant.ts';
import { enqueue } from './enqueue.ts';

const SCRIPT = join(import.meta.dirname, '../testing/hold-job.ts');
/** The promise is 10 s; the guard is for machines that are busy with other tests. */
const GUARD_MS = 30_000;

let database: TestDatabase;
let workers: Worker[];

const CONNECTIONS = `
SELECT count(*)::int AS count FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'colloquy-test'`;

/** A worker process and what it said so far. */
interface Worker {
  process: ChildProcess;
  heard(word: string): Promise<void>;
}

beforeEach(async () => {
  database = await createTestDatabase();
  workers = [];
}, 60_000);

afterEach(async () => {
  for (const { process } of workers) process.kill('SIGKILL');
  // PostgreSQL notices a moment later that they are gone, and drops no database that is in use.
  await until('the end of the connections of killed workers', 10_000, async () => {
    const { rows } = await asOwner(database.ownerUrl, (client) => client.query<{ count: number }>(CONNECTIONS));
    return rows[0]?.count === 0 ? true : null;
  });
  await database.drop();
}, 30_000);

function startWorker(): Worker {
  const child = spawn(process.execPath, [SCRIPT, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = new Set<string>();
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on('line', (word) => {
    said.add(word);
    waiting.get(word)?.();
  });
  const worker = {
    process: child,
    heard: (word: string) =>
      said.has(word) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(word, resolve)),
  };
  workers.push(worker);
  return worker;
}

async function holdJob(): Promise<{ holder: Worker; other: Worker }> {
  const tenantId = tenantUuid('takeover');
  const holder = startWorker();
  await holder.heard('running');
  await inTenant(database.open(), { tenantId, userId: null }, (client) =>
    enqueue(client, 'rebuild-projection', { tenantId, runId: mintUuid() }, { queue: 'one' }),
  );
  await holder.heard('taken');
  const other = startWorker();
  await other.heard('running');
  return { holder, other };
}

test('the job of a killed worker is taken over', async () => {
  const { holder, other } = await holdJob();
  holder.process.kill('SIGKILL');
  const started = performance.now();
  await other.heard('taken');
  expect(performance.now() - started).toBeLessThan(GUARD_MS);
}, 60_000);

test('the job of a frozen worker is taken over, and the worker ends when it wakes', async () => {
  const { holder, other } = await holdJob();
  holder.process.kill('SIGSTOP');
  await other.heard('taken');
  holder.process.kill('SIGCONT');
  await holder.heard('fatal');
}, 90_000);

test('a worker that only works for long keeps its job', async () => {
  const { other } = await holdJob();
  const took = other.heard('taken').then(() => 'taken');
  // Longer than silence is borne: the holder's heartbeat goes on although its handler never ends.
  const patience = new Promise((resolve) => setTimeout(() => resolve('kept'), 8_000));
  expect(await Promise.race([took, patience])).toBe('kept');
}, 60_000);
