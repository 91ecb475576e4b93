import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this command belongs to. */
export const REPOSITORY_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
