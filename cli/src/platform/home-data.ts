import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Everything that the platform and its stores keep under COLLOQUY_HOME. Only these are ever deleted: a home that was
 * set to a folder with other things in it keeps them.
 */
const OURS = new Set([
  'postgres',
  'redis',
  'neo4j',
  'weaviate',
  'model',
  'objects',
  'logs',
  'run',
  'secrets',
  'ports.json',
  'stack.json',
  'stack.lock',
]);

/** What of ours a home holds; empty when there is no such folder. */
export async function homeContents(home: string): Promise<string[]> {
  try {
    return (await readdir(home)).filter((name) => OURS.has(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Deletes these parts of a home, and the home itself when nothing else is left in it. */
export async function removeHome(home: string, contents: readonly string[]): Promise<void> {
  for (const name of contents) await rm(join(home, name), { recursive: true, force: true });
  if ((await readdir(home)).length === 0) await rmdir(home);
}
