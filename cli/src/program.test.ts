import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FakePlatform, fakeSession } from '../test-support/fake-platform.ts';
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
    'search x --mode magic',
    'sessions --first 0',
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
