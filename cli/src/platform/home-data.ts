import { readdir } from 'node:fs/promises';
import { STORE_NAMES } from '@colloquy/stack';

/** Everything that the platform and its stores keep under COLLOQUY_HOME. */
const OURS: ReadonlySet<string> = new Set([
  ...STORE_NAMES,
  'objects',
  'logs',
  'run',
  'secrets',
  'stack.json',
  'stack.lock',
]);

/** What a home holds: what is the platform's, and what somebody else put there. Empty when there is no such folder. */
export async function homeContents(home: string): Promise<{ ours: string[]; foreign: string[] }> {
  const names = (await entries(home)).sort();
  return { ours: names.filter((name) => OURS.has(name)), foreign: names.filter((name) => !OURS.has(name)) };
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
