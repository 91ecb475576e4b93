import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this command belongs to. */
export const REPOSITORY_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What Node runs for the gateway. A larger young generation lets answers die young instead of being moved about. */
export const GATEWAY_PROGRAM = ['--max-semi-space-size=64', join(REPOSITORY_ROOT, 'gateway', 'src', 'main.ts')];

/**
 * The worker's arguments of node. V8 would rather let the heap grow than collect: an import that needs 100 MB at a time would
 * take several times as much from a machine that stores share.
 */
export const WORKER_PROGRAM = [
  '--heap-growing-percent=50',
  '--max-semi-space-size=8',
  join(REPOSITORY_ROOT, 'pipeline/src/main.ts'),
] as const;
