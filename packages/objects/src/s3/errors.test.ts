import { S3ServiceException } from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';
import { s3StoreError } from './errors.ts';

const answered = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } });
const network = (code: string) => Object.assign(new Error(`connect ${code} 10.0.0.1:9000`), { code });

const MEANINGS: readonly (readonly [Error, string])[] = [
  [answered('NoSuchKey', 404), 'OBJECT_NOT_FOUND'],
  [answered('NotFound', 404), 'OBJECT_NOT_FOUND'],
  [answered('NoSuchBucket', 404), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('InvalidAccessKeyId', 404), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('XAdminUserNotFound', 404), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('AccessDenied', 403), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('SlowDown', 503), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('InternalError', 500), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('TooManyRequests', 429), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('PermanentRedirect', 301), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('BadDigest', 400), 'OBJECT_STORE_UNAVAILABLE'],
  [answered('QuotaExceeded', 403), 'OBJECT_STORE_FULL'],
  [answered('InsufficientStorage', 507), 'OBJECT_STORE_FULL'],
  [answered('XMinioStorageFull', 507), 'OBJECT_STORE_FULL'],
  [answered('PreconditionFailed', 412), 'OBJECT_CHANGED'],
  [network('ECONNREFUSED'), 'OBJECT_STORE_UNAVAILABLE'],
  [network('ECONNRESET'), 'OBJECT_STORE_UNAVAILABLE'],
  [Object.assign(new Error('silence'), { name: 'TimeoutError' }), 'OBJECT_STORE_UNAVAILABLE'],
  [new Error('Region is missing'), 'OBJECT_STORE_UNAVAILABLE'],
];

test.each(MEANINGS.map(([error, code]) => ({ what: error.message || error.name, error, code })))(
  '$what means $code',
  ({ error, code }) => {
    expect(s3StoreError(error, 'k')).toMatchObject({ code, cause: error });
  },
);

test('a message tells no address', () => {
  expect(s3StoreError(network('ECONNREFUSED'), 'k')).toMatchObject({
    message: 'The object store does not answer (ECONNREFUSED).',
  });
});

test('what is wrong with a request or with us stays what it is', () => {
  for (const error of [answered('InvalidArgument', 400), new TypeError('not a function')]) {
    expect(s3StoreError(error, 'k')).toBe(error);
  }
});
