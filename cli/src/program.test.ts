import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FakePlatform, fakeEvents, fakeSession } from '../test-support/fake-platform.ts';
import { recordingOutput } from '../test-support/recording-output.ts';
import { createContext } from './context.ts';
import { readSettings } from './environment.ts';
import { EXIT } from './exit.ts';
import { run } from './main.ts';

const platform = new FakePlatform({ session: fakeSession('COMPLETED') });
let home = '';

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'colloquy-home-'));
  await platform.start();
});
afterAll(async () => {
  await platform.stop();
  await rm(home, { recursive: true });
});

async function colloquy(line: string, environment: Record<string, string> = {}) {
  const recorded = recordingOutput();
  const source = { COLLOQUY_HOME: home, COLLOQUY_URL: platform.url, ...environment };
  const exitCode = await run(
    line.split(' '),
    () => createContext(readSettings(source), recorded.output),
    recorded.output,
  );
  return { exitCode, stdout: recorded.stdout(), stderr: recorded.stderr() };
}

const NOBODY = { COLLOQUY_URL: 'http://127.0.0.1:9' };

describe('the command line', () => {
  test('lists the exit codes', async () => {
    const { exitCode, stdout } = await colloquy('--help');
    expect(exitCode).toBe(EXIT.done);
    expect(stdout).toContain('0 done, 1 failed, 2 usage, 3 platform not reachable, 4 not allowed');
  });

  test.each([
    'start',
    'import',
    'watch',
    'sessions',
    'cancel',
    'retry',
    'delete',
    'export',
    'search',
    'token',
    'doctor',
    'rebuild',
    'gateway',
    'stop',
    'reset',
  ])('%s has help with examples', async (command) => {
    const { exitCode, stdout } = await colloquy(`${command} --help`);
    expect(exitCode).toBe(EXIT.done);
    expect(stdout).toContain('Examples:');
  });

  test.each([
    'unknown',
    'import',
    'import no-such-file.zip',
    'rebuild everything',
    'delete everything x',
    'delete archive',
    'search x --mode magic',
    'sessions --first 0',
    'import package.json --uploads 0',
    'token --tenant Not_A_Name',
    'token --expires soon',
    'gateway --supergraph x --port 99999',
  ])('"%s" is wrong usage', async (line) => {
    expect((await colloquy(line)).exitCode).toBe(EXIT.usage);
  });

  test('a wrong setting is wrong usage', async () => {
    expect((await colloquy('sessions', { PORT: 'x' })).exitCode).toBe(EXIT.usage);
  });

  test.each(['sessions', 'watch sess_1', 'import package.json'])('"%s" without a platform says so', async (line) => {
    const { exitCode, stderr } = await colloquy(line, NOBODY);
    expect(exitCode).toBe(EXIT.unreachable);
    expect(stderr).toContain('npm start');
  });

  test('a refused token is not allowed', async () => {
    platform.answers.allows = () => false;
    const { exitCode } = await colloquy('sessions');
    platform.answers.allows = () => true;
    expect(exitCode).toBe(EXIT.notAllowed);
  });

  test('a session that does not exist is a failure', async () => {
    platform.answers.session = null;
    const { exitCode, stderr } = await colloquy('watch sess_none');
    platform.answers.session = fakeSession('COMPLETED');
    expect(exitCode).toBe(EXIT.failed);
    expect(stderr).toContain('colloquy sessions');
  });

  test('sessions --json prints a session per line', async () => {
    const { exitCode, stdout } = await colloquy('sessions --json');
    expect(exitCode).toBe(EXIT.done);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'sess_1', status: 'COMPLETED' });
  });

  test('sessions SESSION shows one in full', async () => {
    const { exitCode, stdout } = await colloquy('sessions sess_1');
    expect(exitCode).toBe(EXIT.done);
    expect(stdout).toContain('export.zip, 5.0 MB');
    expect(JSON.parse((await colloquy('sessions sess_1 --json')).stdout)).toMatchObject({ id: 'sess_1', issues: [] });
  });

  test('import --json prints a line per file in the order of the files, and nothing else there', async () => {
    Object.assign(platform.answers, {
      createArchiveUpload: () => ({
        __typename: 'CreateArchiveUploadPayload',
        archive: { id: 'arch_1' },
        uploadUrl: '/uploads/arch_1',
      }),
      importArchive: () => ({
        __typename: 'ImportArchivePayload',
        session: fakeSession('PENDING'),
        alreadyImported: false,
      }),
      events: fakeEvents(3),
    });
    const { exitCode, stdout, stderr } = await colloquy('import --json package.json tsconfig.json biome.json');
    expect(exitCode).toBe(EXIT.done);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).file)).toEqual(['package.json', 'tsconfig.json', 'biome.json']);
    expect(stderr).toContain('3 of 3 files');
  });

  test('import shows a table at the end', async () => {
    const { exitCode, stdout } = await colloquy('import package.json tsconfig.json');
    expect(exitCode).toBe(EXIT.done);
    expect(stdout).toMatch(/^2 files, /);
    expect(stdout).toMatch(/package\.json +COMPLETED +2 +20 +12\/3\/5/);
    expect(stdout).toMatch(/2 files +2 COMPLETED/);
  });

  test('token prints nothing but the token', async () => {
    const { exitCode, stdout, stderr } = await colloquy('token --role read_only --tenant team', NOBODY);
    expect(exitCode).toBe(EXIT.done);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(stderr).toBe('');
  });

  test('doctor fails while nothing runs, and says what to do', async () => {
    const { exitCode, stdout } = await colloquy('doctor --json', NOBODY);
    expect(exitCode).toBe(EXIT.failed);
    const diagnosis = JSON.parse(stdout);
    expect(diagnosis.stores.map(({ name }: { name: string }) => name)).toContain('postgres');
    expect(diagnosis.stores[0]).toMatchObject({ state: 'failed', detail: expect.stringContaining('npm start') });
  });
});
