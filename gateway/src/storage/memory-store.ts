import { LRUCache } from 'lru-cache';
import type { Mark, Store } from './store.ts';

interface Entry {
  readonly value: string;
  readonly tags: readonly string[];
}

/** Of the bookkeeping for one entry, or one tag of it, roughly. */
const OVERHEAD_BYTES = 200;
const MAX_REMEMBERED_INVALIDATIONS = 10_000;
const NO_TAGS: readonly string[] = [];

/**
 * Keeps what was used last, within `maxBytes` of memory. A character counts as two bytes, which is what it takes at
 * worst; what would take more than an eighth of all is not kept.
 */
export function createMemoryStore({ maxBytes }: { maxBytes: number }): Store {
  const keysByTag = new Map<string, Set<string>>();
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    maxEntrySize: Math.ceil(maxBytes / 8),
    sizeCalculation: sizeOf,
    dispose: ({ tags }, key) => {
      for (const tag of tags) untag(tag, key);
    },
  });

  /** Counts invalidations. */
  let clock: Mark = 0;
  /** Marks before this one may have seen an invalidation that is forgotten. */
  let horizon: Mark = 0;
  const invalidatedAt = new LRUCache<string, Mark>({
    max: MAX_REMEMBERED_INVALIDATIONS,
    dispose: (at, _tag, reason) => {
      if (reason === 'evict') horizon = Math.max(horizon, at);
    },
  });

  function untag(tag: string, key: string): void {
    const keys = keysByTag.get(tag);
    keys?.delete(key);
    if (keys?.size === 0) keysByTag.delete(tag);
  }

  function outdated(tags: readonly string[], since: Mark | undefined): boolean {
    if (since === undefined || tags.length === 0) return false;
    return since < horizon || tags.some((tag) => (invalidatedAt.get(tag) ?? 0) > since);
  }

  return {
    get: (key) => entries.get(key)?.value,
    mark: () => clock,
    set(key, value, { ttlSeconds, tags = NO_TAGS, since }) {
      if (outdated(tags, since)) return;
      entries.set(key, { value, tags }, { ttl: ttlSeconds * 1000 });
      if (!entries.has(key)) return;
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        if (keys) keys.add(key);
        else keysByTag.set(tag, new Set([key]));
      }
    },
    async invalidate(tags) {
      clock++;
      let removed = 0;
      for (const tag of tags) {
        invalidatedAt.set(tag, clock);
        for (const key of [...(keysByTag.get(tag) ?? [])]) {
          if (entries.delete(key)) removed++;
        }
      }
      return removed;
    },
  };
}

function sizeOf({ value, tags }: Entry, key: string): number {
  return 2 * (value.length + key.length) + OVERHEAD_BYTES * (1 + tags.length);
}
