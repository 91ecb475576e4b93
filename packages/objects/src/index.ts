export { ObjectStoreError, type ObjectStoreErrorCode } from './errors.ts';
export { openObjectStore } from './open.ts';
export { type ObjectSource, openObjectSource } from './source.ts';
export type { ByteRange, ObjectStore, WriteOptions, WrittenObject } from './store.ts';
