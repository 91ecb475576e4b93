import { rmSync } from 'node:fs';
import { homePaths } from './home.ts';
import { stopLeftovers } from './leftovers.ts';
import { removeDistantData } from './stores/postgres/cluster.ts';

/** Stops everything that runs in a home and deletes it, with its data, logs and secrets. The cache stays. */
export async function removeHome(home: string): Promise<void> {
  await stopLeftovers(home);
  removeDistantData(home);
  rmSync(homePaths(home).root, { recursive: true, force: true });
}
