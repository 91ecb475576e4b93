import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type InstallContext, installOnce } from './install.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

function contextIn(cache: string, said: string[] = []): InstallContext {
  return { home: cache, cache, signal: new AbortController().signal, progress: (detail) => said.push(detail) };
}

test('what two want at once is built once, and the second says whom it waits for', async () => {
  const cache = temporaryFolder();
  const said: string[] = [];
  let builds = 0;
  const installation = {
    folder: 'programs/tool-1',
    title: 'Tool 1',
    async build(folder: string) {
      builds += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      writeFileSync(join(folder, 'tool'), 'whole');
    },
  };
  const folders = await Promise.all([1, 2].map(() => installOnce(contextIn(cache, said), installation)));
  expect(builds).toBe(1);
  expect(folders).toEqual([join(cache, 'programs/tool-1'), join(cache, 'programs/tool-1')]);
  expect(said).toEqual([`Tool 1: process ${process.pid} is installing it, waiting`]);
});

test('an interrupted installation does not count, and leaves nothing once it is repeated', async () => {
  const cache = temporaryFolder();
  const install = (build: (folder: string) => Promise<void>) =>
    installOnce(contextIn(cache), { folder: 'programs/tool-1', title: 'Tool 1', build });
  const interrupted = install(async (folder) => {
    writeFileSync(join(folder, 'tool'), 'ha');
    throw new Error('power cut');
  });
  await expect(interrupted).rejects.toThrow('power cut');
  expect(existsSync(join(cache, 'programs/tool-1'))).toBe(false);
  const folder = await install(async (target) => {
    expect(readdirSync(target)).toEqual([]);
    writeFileSync(join(target, 'tool'), 'whole');
  });
  expect(readFileSync(join(folder, 'tool'), 'utf8')).toBe('whole');
  expect(readdirSync(join(cache, 'programs'))).toEqual(['tool-1']);
});
