import { LRUCache } from 'lru-cache';
import type { Generation } from '../schema/generation.ts';
import type { PreparedOperation } from './prepared-operation.ts';

/** The operations that were used last, by text and name. */
export type OperationCache = LRUCache<string, PreparedOperation>;

const MOST_OPERATIONS = 1000;
/** Characters of text; a prepared operation takes a few times that many bytes. */
const MOST_TEXT = 8 * 1024 * 1024;

/** They go with their generation, once its last operation has ended. */
const caches = new WeakMap<Generation, OperationCache>();

export function operationsOf(generation: Generation): OperationCache {
  let cache = caches.get(generation);
  if (!cache) {
    cache = new LRUCache({
      max: MOST_OPERATIONS,
      maxSize: MOST_TEXT,
      sizeCalculation: (_operation, key) => key.length + 1,
    });
    caches.set(generation, cache);
  }
  return cache;
}
