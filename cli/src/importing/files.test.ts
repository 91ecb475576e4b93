import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { UsageError } from '../exit.ts';
import { gatherFiles } from './files.ts';

let folder = '';
let file = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colloquy-files-'));
  file = join(folder, 'export.json');
  await writeFile(file, '{}');
});
afterAll(() => rm(folder, { recursive: true }));

test('every missing file is named before anything is sent', async () => {
  const empty = join(folder, 'empty');
  await mkdir(empty);
  const missing = gatherFiles([file, join(folder, 'a.zip'), empty]);
  await expect(missing).rejects.toThrow(UsageError);
  await expect(missing).rejects.toThrow(/a\.zip does not exist[\s\S]*empty holds no file that could be an export/);
});

test('a folder stands for what could be an export below it, the oldest first', async () => {
  const root = join(folder, 'projects');
  for (const path of ['a', 'b/node_modules', '.hidden']) await mkdir(join(root, path), { recursive: true });
  const files = {
    'a/one.JSONL': '{}',
    'a/prompt without ending': '\n {"runSettings": {}}',
    'a/binary without ending': 'ELF',
    'a/photo.png': '',
    'b/two.zip': 'PK',
    'b/node_modules/package.json': '{}',
    '.hidden/three.json': '{}',
    '.four.json': '{}',
  };
  for (const [path, content] of Object.entries(files)) {
    await writeFile(join(root, path), content);
    await utimes(join(root, path), 1_000, 1_000);
  }
  await utimes(join(root, 'b/two.zip'), 500, 500);
  await symlink(root, join(root, 'b', 'circle'));
  await symlink(join(root, 'nowhere'), join(root, 'b', 'gone.json'));
  await symlink(join(root, 'b', 'two.zip'), join(root, 'b', 'linked.zip'));
  const found = await gatherFiles([root]);
  expect(found.map(({ label }) => label)).toEqual([
    'b/linked.zip',
    'b/two.zip',
    'a/one.JSONL',
    'a/prompt without ending',
  ]);
  expect(found[2]).toEqual({ path: join(root, 'a/one.JSONL'), name: 'one.JSONL', label: 'a/one.JSONL', byteSize: 2 });
});
