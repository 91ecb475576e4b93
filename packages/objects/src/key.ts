import { ObjectStoreError } from './errors.ts';

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const MAX_LENGTH = 512;

/** Throws INVALID_OBJECT_KEY for a key that could point outside the store, or at its temporary files. */
export function checkKey(key: string): void {
  if (key.length > MAX_LENGTH || !key.split('/').every((segment) => SEGMENT.test(segment))) {
    throw new ObjectStoreError(
      'INVALID_OBJECT_KEY',
      `Not a key of the object store: ${JSON.stringify(key.slice(0, 80))}.`,
    );
  }
}
