import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this command belongs to. */
export const REPOSITORY_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What Node runs for the gateway. A larger young generation lets answers die young instead of being moved about. */
export const GATEWAY_PROGRAM = ['--max-semi-space-size=64', join(REPOSITORY_ROOT, 'gateway', 'src', 'main.ts')];
