import { ObjectStoreError } from '../errors.ts';
import { isKey } from '../key.ts';

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Where a store lies: a bucket, and what all of its keys begin with, which is empty or ends with a slash. */
export interface S3Location {
  bucket: string;
  prefix: string;
}

/** Reads `s3://bucket` and `s3://bucket/prefix`. Throws UNSUPPORTED_OBJECT_STORE. */
export function parseS3Url(url: string): S3Location {
  const { host, pathname, username, password, search, hash } = new URL(url);
  if (username || password || search || hash) {
    throw unsupported('nothing but a bucket and a prefix; credentials come from the environment');
  }
  if (!BUCKET.test(host)) throw unsupported('the name of a bucket after s3://');
  const prefix = pathname.replace(/^\/|\/$/g, '');
  if (prefix !== '' && !isKey(prefix)) {
    throw unsupported('a prefix of letters, digits, "-", "_" and ".", in parts joined by "/"');
  }
  return { bucket: host, prefix: prefix === '' ? '' : `${prefix}/` };
}

function unsupported(expected: string): ObjectStoreError {
  return new ObjectStoreError('UNSUPPORTED_OBJECT_STORE', `Expected ${expected} in the object store's s3: URL.`);
}
