import { fileURLToPath } from 'node:url';
import { deferredStore } from './deferred.ts';
import { ObjectStoreError } from './errors.ts';
import { openFileStore } from './file/store.ts';
import type { S3Options } from './s3/client.ts';
import { parseS3Url } from './s3/location.ts';
import type { ObjectStore } from './store.ts';

export interface OpenOptions {
  /** For `s3:` URLs. Whatever is absent is found as the AWS SDK finds it. */
  s3?: S3Options;
  /** Told of tidying up that failed (remains of broken uploads); it is tried again later. */
  onHousekeepingError?(error: unknown): void;
}

/**
 * Opens the store at a `file:` URL, whose folder is made when it is absent, or at `s3://bucket/prefix`, whose bucket
 * must exist. Connects to nothing yet. Throws UNSUPPORTED_OBJECT_STORE for every other kind of URL.
 */
export function openObjectStore(url: string, options: OpenOptions = {}): ObjectStore {
  const protocol = URL.canParse(url) ? new URL(url).protocol : null;
  if (protocol === 'file:') return openFileStore(fileURLToPath(url));
  if (protocol === 's3:') {
    const location = parseS3Url(url);
    const onHousekeepingError = options.onHousekeepingError ?? (() => undefined);
    return deferredStore(async () => {
      const { openS3Store } = await import('./s3/store.ts');
      return openS3Store(location, options.s3, onHousekeepingError);
    });
  }
  throw new ObjectStoreError(
    'UNSUPPORTED_OBJECT_STORE',
    `Expected a file: or s3: URL for the object store, got ${protocol === null ? 'no URL' : `one that begins with ${protocol}`}.`,
  );
}
