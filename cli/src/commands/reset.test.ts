import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordingOutput } from '../../test-support/recording-output.ts';
import { createContext } from '../context.ts';
import { readSettings } from '../environment.ts';
import { EXIT } from '../exit.ts';
import { run } from '../main.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'colloquy-reset-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function reset() {
  const recorded = recordingOutput();
  const settings = readSettings({ COLLOQUY_HOME: home });
  return run(['reset', '--yes'], () => createContext(settings, recorded.output), recorded.output);
}

describe('reset', () => {
  test("deletes a platform's data", async () => {
    await mkdir(join(home, 'secrets'));
    expect(await reset()).toBe(EXIT.done);
    await expect(readdir(home)).rejects.toThrow('ENOENT');
  });

  test('leaves a folder alone that holds anything else', async () => {
    await mkdir(join(home, 'secrets'));
    await writeFile(join(home, 'thesis.txt'), 'years of work');
    expect(await reset()).toBe(EXIT.usage);
    expect(await readdir(home)).toEqual(['secrets', 'thesis.txt']);
  });

  test('deletes nothing where there is nothing of a platform', async () => {
    await writeFile(join(home, 'thesis.txt'), 'years of work');
    expect(await reset()).toBe(EXIT.done);
    expect(await readdir(home)).toEqual(['thesis.txt']);
  });
});
