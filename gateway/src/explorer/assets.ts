import { join } from 'node:path';

/** Where `npm run generate` puts the bundled page. */
export const ASSETS = join(import.meta.dirname, '../generated/explorer');
