import { expect, test } from '@jest/globals';
import { openObjectStore } from './open.ts';
import { parseS3Url } from './s3/location.ts';

test.each([
  'https://host/x',
  'relative/path',
  '',
  's3://',
  's3:///prefix',
  's3://Bucket',
  's3://b',
  's3://key:secret@bucket/x',
  's3://bucket/x?region=eu',
  's3://bucket/../x y',
  's3://bucket/.hidden',
])('%j is no address of a store', (url) => {
  expect(() => openObjectStore(url)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_OBJECT_STORE' }));
});

test.each([
  ['s3://bucket', { bucket: 'bucket', prefix: '' }],
  ['s3://bucket/', { bucket: 'bucket', prefix: '' }],
  ['s3://my.bucket-1/a/b', { bucket: 'my.bucket-1', prefix: 'a/b/' }],
  ['s3://bucket/a/', { bucket: 'bucket', prefix: 'a/' }],
])('%j is a bucket and a prefix', (url, location) => {
  expect(parseS3Url(url)).toEqual(location);
});

test('a message about a URL does not repeat the credentials in it', () => {
  const quiet = expect.objectContaining({ message: expect.not.stringContaining('secret') });
  expect(() => openObjectStore('s3://key:secret@bucket')).toThrow(quiet);
});
