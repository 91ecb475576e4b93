import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const folders: string[] = [];

/** A new folder that is deleted after the file's last test, when nothing runs in it any more. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-stack-'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
