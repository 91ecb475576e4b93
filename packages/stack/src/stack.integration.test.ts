import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { defaultCache } from './environment.ts';
import { homePaths } from './home.ts';
import { stopLeftovers } from './leftovers.ts';
import { isAlive } from './process-identity.ts';
import type { StoreName, StoreReport } from './report.ts';
import { removeHome } from './reset.ts';
import { listRuns } from './run-record.ts';
import { openStack, type Stack } from './stack.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { waitUntil } from './testing/wait-until.ts';

jest.setTimeout(120_000);

const RUN_STACK = fileURLToPath(new URL('./testing/run-stack.ts', import.meta.url));
const opened: { home: string; stack: Stack | null }[] = [];

interface Opened {
  home: string;
  stack: Stack;
  history: StoreReport[];
  lines: string[];
}

async function open(
  home: string,
  stores: readonly StoreName[] = ['postgres', 'redis'],
  cache = defaultCache(),
): Promise<Opened> {
  const history: StoreReport[] = [];
  const lines: string[] = [];
  const stack = await openStack({
    home,
    cache,
    urls: {},
    embedderModel: 'all-MiniLM-L6-v2',
    stores,
    onReport: (report) => history.push(report),
    onLine: (line) => lines.push(line),
  });
  opened.push({ home, stack });
  stack.start();
  return { home, stack, history, lines };
}

/** Another process that runs a stack; resolves when its stores are ready. */
async function openElsewhere(home: string): Promise<ChildProcess> {
  opened.push({ home, stack: null });
  const child = spawn(process.execPath, [RUN_STACK, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout ?? child, 'data');
  return child;
}

async function query(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidOf = (home: string, name: string) => listRuns(home).find((run) => run.name === name)?.pid;

afterEach(async () => {
  for (const { home, stack } of opened.splice(0)) {
    await stack?.stop();
    await removeHome(home);
  }
});

test('two platforms run side by side, each with stores, ports and secrets of its own', async () => {
  const base = temporaryFolder();
  const both = await Promise.all([open(join(base, 'one')), open(join(base, 'two'))]);
  await Promise.all(both.flatMap(({ stack }) => [stack.ready('postgres'), stack.ready('redis')]));
  const [one, two] = both.map(({ stack }) => stack);
  expect(new Set(both.flatMap(({ stack }) => Object.values(stack.ports))).size).toBe(4);
  await query(one?.settings.DATABASE_OWNER_URL, 'CREATE TABLE only_here (id int)');
  expect(await query(one?.settings.DATABASE_OWNER_URL, "SELECT to_regclass('only_here')::text AS found")).toEqual([
    { found: 'only_here' },
  ]);
  expect(await query(two?.settings.DATABASE_OWNER_URL, "SELECT to_regclass('only_here')::text AS found")).toEqual([
    { found: null },
  ]);
});

test('the application role owns nothing and cannot look past row-level security; the owner is no superuser', async () => {
  const { stack, home } = await open(join(temporaryFolder(), 'home'), ['postgres']);
  await stack.ready('postgres');
  const sql = `SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
    EXISTS (SELECT FROM pg_database WHERE datdba = pg_roles.oid) AS owns
    FROM pg_roles WHERE rolname LIKE 'colloquy%' ORDER BY rolname`;
  const rights = { rolsuper: false, rolbypassrls: false, rolcreatedb: false };
  expect(await query(stack.settings.DATABASE_URL, sql)).toEqual([
    { rolname: 'colloquy_app', ...rights, rolcreaterole: false, owns: false },
    { rolname: 'colloquy_owner', ...rights, rolcreaterole: true, owns: true },
  ]);
  await expect(query(stack.settings.DATABASE_URL, 'CREATE TABLE public.x (id int)')).rejects.toThrow(
    'permission denied',
  );
  await query(stack.settings.DATABASE_OWNER_URL, 'CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist');
  await query(stack.settings.DATABASE_OWNER_URL, 'SELECT count(*) FROM pg_stat_statements');
  const secrets = homePaths(home).secrets;
  expect(readdirSync(secrets).map((name) => statSync(join(secrets, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
});

test('a second start reuses everything', async () => {
  const home = join(temporaryFolder(), 'home');
  const first = await open(home);
  await Promise.all([first.stack.ready('postgres'), first.stack.ready('redis')]);
  await query(first.stack.settings.DATABASE_OWNER_URL, 'CREATE TABLE kept AS SELECT 7 AS seven');
  const noted = listRuns(home);
  await first.stack.stop();
  expect(noted.map(({ name }) => name).sort()).toEqual(['postgres', 'redis']);
  expect(noted.filter(isAlive)).toEqual([]);
  expect(first.stack.reports().map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  const second = await open(home);
  await Promise.all([second.stack.ready('postgres'), second.stack.ready('redis')]);
  expect(second.stack.settings).toEqual(first.stack.settings);
  expect(await query(second.stack.settings.DATABASE_OWNER_URL, 'SELECT * FROM kept')).toEqual([{ seven: 7 }]);
  expect(second.history.map(({ state }) => state)).not.toContain('installing');
});

test('a home has one platform at a time', async () => {
  const home = join(temporaryFolder(), 'home');
  await open(home, ['redis']);
  await expect(open(home, ['redis'])).rejects.toMatchObject({ code: 'HOME_IN_USE' });
});

test('a PostgreSQL that is killed is started again, says so, and has its data', async () => {
  const { home, stack, history, lines } = await open(join(temporaryFolder(), 'home'), ['postgres']);
  await stack.ready('postgres');
  await query(stack.settings.DATABASE_OWNER_URL, 'CREATE TABLE kept AS SELECT 7 AS seven');
  const killed = pidOf(home, 'postgres') ?? 0;
  process.kill(killed, 'SIGKILL');
  await waitUntil('a degraded report', () => history.some(({ state }) => state === 'degraded'));
  await waitUntil('a healthy report', () => stack.reports()[0]?.state === 'healthy', 30_000);
  expect(lines[0]).toMatch(/^postgres was ended by SIGKILL; starting it again in 0\.25 s/);
  expect(pidOf(home, 'postgres')).not.toBe(killed);
  expect(await query(stack.settings.DATABASE_OWNER_URL, 'SELECT * FROM kept')).toEqual([{ seven: 7 }]);
});

test('what a killed platform leaves behind is stopped by the next start, and by stopLeftovers', async () => {
  const home = join(temporaryFolder(), 'home');
  for (const end of ['start', 'stop']) {
    const parent = await openElsewhere(home);
    const left = listRuns(home);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(left.map(({ name }) => name).sort()).toEqual(['postgres', 'redis']);
    expect(left.filter(isAlive)).toHaveLength(2);
    if (end === 'stop') {
      expect((await stopLeftovers(home)).sort()).toEqual(['postgres', 'redis']);
    } else {
      const { stack, lines } = await open(home);
      expect(lines[0]).toMatch(/^stopped what an earlier run left behind: (postgres, redis|redis, postgres)$/);
      await Promise.all([stack.ready('postgres'), stack.ready('redis')]);
      await stack.stop();
    }
    expect(left.filter(isAlive)).toEqual([]);
  }
});

test('stopLeftovers ends a platform that runs in another process', async () => {
  const home = join(temporaryFolder(), 'home');
  await openElsewhere(home);
  const running = listRuns(home);
  expect(await stopLeftovers(home)).toEqual(['platform']);
  expect(running.filter(isAlive)).toEqual([]);
});

test('an installation that is interrupted does not count, and the next one completes it', async () => {
  const cache = join(temporaryFolder(), 'cache');
  const home = join(cache, 'home');
  const first = await open(home, ['model'], cache);
  await waitUntil('the installation', () => listRuns(home).some(({ name }) => name.startsWith('install-')));
  const noted = listRuns(home);
  await first.stack.stop();
  expect(noted.filter(isAlive)).toEqual([]);
  expect(existsSync(join(cache, 'models', 'all-MiniLM-L6-v2'))).toBe(false);
  const second = await open(home, ['model'], cache);
  await second.stack.ready('model');
  expect(readdirSync(join(cache, 'models'))).toEqual(['all-MiniLM-L6-v2']);
  expect(readdirSync(join(cache, 'models', 'all-MiniLM-L6-v2')).sort()).toEqual(['model.onnx', 'tokenizer.json']);
  expect(second.history.some(({ state, fraction }) => state === 'installing' && fraction !== null)).toBe(true);
});
