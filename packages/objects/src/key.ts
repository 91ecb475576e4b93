import { ObjectStoreError } from './errors.ts';

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const MAX_LENGTH = 512;

/** Whether an object can have this key. Keys point nowhere outside the store, nor at its temporary files. */
export function isKey(text: string): boolean {
  return text.length <= MAX_LENGTH && text.split('/').every((segment) => SEGMENT.test(segment));
}

/** Throws INVALID_OBJECT_KEY. */
export function checkKey(key: string): void {
  if (!isKey(key)) throw invalid('a key', key);
}

/** A prefix is the beginning of a key: `archives/`, `archives/0a`, or nothing. Throws INVALID_OBJECT_KEY. */
export function checkPrefix(prefix: string): void {
  if (prefix !== '' && !isKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)) throw invalid('a prefix', prefix);
}

function invalid(what: string, text: string): ObjectStoreError {
  return new ObjectStoreError(
    'INVALID_OBJECT_KEY',
    `Not ${what} of the object store: ${JSON.stringify(text.slice(0, 80))}.`,
  );
}
