import { fileURLToPath } from 'node:url';
import { ObjectStoreError } from './errors.ts';
import { openFileStore } from './file/store.ts';
import type { ObjectStore } from './store.ts';

/**
 * Opens the store at a `file:` URL and makes its folder when it is absent.
 * Throws UNSUPPORTED_OBJECT_STORE for every other kind of URL.
 */
export function openObjectStore(url: string): ObjectStore {
  const protocol = URL.canParse(url) ? new URL(url).protocol : null;
  if (protocol === 'file:') return openFileStore(fileURLToPath(url));
  if (protocol === 's3:') {
    throw new ObjectStoreError(
      'UNSUPPORTED_OBJECT_STORE',
      'Object stores at s3:// come with a later version; give a file: URL, such as file:///var/lib/colloquy/objects.',
    );
  }
  throw new ObjectStoreError(
    'UNSUPPORTED_OBJECT_STORE',
    `Expected a file: URL for the object store, got ${protocol === null ? 'no URL' : `one that begins with ${protocol}`}.`,
  );
}
