export { ObjectStoreError, type ObjectStoreErrorCode } from './errors.ts';
export { type OpenOptions, openObjectStore } from './open.ts';
export type { S3Options } from './s3/client.ts';
export { type ObjectSource, openObjectSource } from './source.ts';
export type { ByteRange, ListedObject, ObjectStore, WriteOptions, WrittenObject } from './store.ts';
