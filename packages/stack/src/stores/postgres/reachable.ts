import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Whether accounts other than the owner may pass through every folder down to `path`, and into it. */
export function isReachableByOthers(path: string): boolean {
  return ancestors(resolve(path)).every((folder) => (statSync(folder).mode & 0o001) !== 0);
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...ancestors(parent), path];
}
