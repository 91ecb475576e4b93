import { S3ServiceException } from '@aws-sdk/client-s3';
import { ObjectStoreError, objectNotFound, storeFull, storeUnavailable } from '../errors.ts';

/** What S3 and the servers that speak its protocol say when there is no room. */
const FULL = new Set([
  'QuotaExceeded',
  'InsufficientStorage',
  'InsufficientCapacity',
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
]);
/** The second is what an answer without a body is called. */
const ABSENT = new Set(['NoSuchKey', 'NotFound']);
/** Codes with a client's status whose cause lies with the store, its configuration or the way to it. */
const AWAY: Readonly<Record<string, string>> = {
  NoSuchBucket: 'has no such bucket',
  PermanentRedirect: 'has this bucket in another region; set AWS_REGION',
  AuthorizationHeaderMalformed: 'refuses the signature; is AWS_REGION the region of the bucket?',
  RequestTimeout: 'does not answer',
  RequestTimeTooSkewed: 'refuses requests: the clocks differ too much',
  InvalidAccessKeyId: 'refuses access: it does not know the access key',
  SignatureDoesNotMatch: 'refuses access: the secret key does not fit the access key',
  ExpiredToken: 'refuses access: the credentials have expired',
  NoSuchUpload: 'lost the upload',
  BadDigest: 'received damaged bytes',
  XAmzContentSHA256Mismatch: 'received damaged bytes',
  XAmzContentChecksumMismatch: 'received damaged bytes',
};

/**
 * What an error of a request means for the store. Errors that mean nothing to it (a request that is wrong in itself)
 * are returned as they are.
 */
export function s3StoreError(error: unknown, key: string): unknown {
  if (error instanceof ObjectStoreError || isOurs(error)) return error;
  // No answer at all: no connection, silence, no credentials to be found.
  if (!(error instanceof S3ServiceException)) return storeUnavailable(`does not answer (${reasonOf(error)})`, error);
  const status = error.$metadata.httpStatusCode ?? 0;
  const what = AWAY[error.name];
  if (FULL.has(error.name) || status === 507) return storeFull(error);
  if (what !== undefined) return storeUnavailable(what, error);
  if (ABSENT.has(error.name)) return objectNotFound(key, error);
  if (status === 412) return new ObjectStoreError('OBJECT_CHANGED', `The object ${key} changed.`, { cause: error });
  if (status === 401 || status === 403) return storeUnavailable(`refuses access (${error.name})`, error);
  if (status === 301 || status === 307)
    return storeUnavailable('has this bucket in another region; set AWS_REGION', error);
  // 404 too: a server that does not know the account, say, must not pass for one that lost the object.
  if (status >= 500 || status === 404 || status === 429 || status === 408)
    return storeUnavailable(`does not work (${error.name})`, error);
  return error;
}

export const isUnavailable = (error: unknown): boolean =>
  error instanceof ObjectStoreError && error.code === 'OBJECT_STORE_UNAVAILABLE';

/** A mistake in a program, not in the store. */
function isOurs(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}

/** In a word, and without an address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.message === 'Region is missing') return 'AWS_REGION is not set';
  const { code } = error as NodeJS.ErrnoException;
  return code ?? /\bE[A-Z]{4,}\b/.exec(error.message)?.[0] ?? error.name;
}
