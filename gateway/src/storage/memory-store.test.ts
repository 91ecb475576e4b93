import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryStore } from './memory-store.ts';
import type { Mark } from './store.ts';

const KEPT = { ttlSeconds: 60 };
const now = (store: ReturnType<typeof createMemoryStore>) => store.mark() as Mark;

describe('the store in memory', () => {
  test('stays within its bytes, and lets go of what was not used for longest', () => {
    const store = createMemoryStore({ maxBytes: 100_000 });
    const text = 'x'.repeat(4000);
    for (let index = 0; index < 100; index++) {
      store.set(`key ${index}`, text, KEPT);
      store.get('key 0');
    }
    const kept = Array.from({ length: 100 }, (_, index) => store.get(`key ${index}`)).filter(Boolean);
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.length * 8000).toBeLessThanOrEqual(100_000);
    expect(store.get('key 0')).toBe(text);
  });

  test('keeps nothing that would take more than an eighth of all', () => {
    const store = createMemoryStore({ maxBytes: 100_000 });
    store.set('key', 'x'.repeat(7000), { ...KEPT, tags: ['T'] });
    expect(store.get('key')).toBeUndefined();
  });

  test('forgets what is too old', async () => {
    const store = createMemoryStore({ maxBytes: 100_000 });
    store.set('key', 'text', { ttlSeconds: 0.02 });
    expect(store.get('key')).toBe('text');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(store.get('key')).toBeUndefined();
  });

  test('invalidates by tag, counting each entry once', async () => {
    const store = createMemoryStore({ maxBytes: 100_000 });
    store.set('a', '1', { ...KEPT, tags: ['Product', 'Product:1'] });
    store.set('b', '2', { ...KEPT, tags: ['Product', 'Product:2'] });
    store.set('c', '3', { ...KEPT, tags: ['Order'] });
    expect(await store.invalidate(['Product:1', 'Product:9'])).toBe(1);
    expect(await store.invalidate(['Product', 'Product:2'])).toBe(1);
    expect([store.get('a'), store.get('b'), store.get('c')]).toEqual([undefined, undefined, '3']);
  });

  test('an entry that is kept again goes by its new tags alone', async () => {
    const store = createMemoryStore({ maxBytes: 100_000 });
    store.set('a', '1', { ...KEPT, tags: ['old'] });
    store.set('a', '2', { ...KEPT, tags: ['new'] });
    expect(await store.invalidate(['old'])).toBe(0);
    expect(await store.invalidate(['new'])).toBe(1);
  });

  test('does not keep what was read before an invalidation of it', async () => {
    const store = createMemoryStore({ maxBytes: 100_000 });
    const since = now(store);
    await store.invalidate(['Product']);
    store.set('late', 'stale', { ...KEPT, tags: ['Product'], since });
    store.set('other', 'good', { ...KEPT, tags: ['Order'], since });
    store.set('fresh', 'good', { ...KEPT, tags: ['Product'], since: now(store) });
    expect([store.get('late'), store.get('other'), store.get('fresh')]).toEqual([undefined, 'good', 'good']);
  });

  test('nor where more was invalidated since than it remembers', async () => {
    const store = createMemoryStore({ maxBytes: 100_000 });
    const since = now(store);
    await store.invalidate(['Product']);
    await store.invalidate(Array.from({ length: 10_000 }, (_, index) => `Order:${index}`));
    store.set('late', 'stale', { ...KEPT, tags: ['Product'], since });
    expect(store.get('late')).toBeUndefined();
  });

  test('whatever happens, an invalidated entry is never found again', async () => {
    const tag = fc.constantFrom('A', 'B', 'C');
    const step = fc.oneof(
      fc.record({ act: fc.constant('begin' as const), key: fc.nat(3), tags: fc.uniqueArray(tag) }),
      fc.record({ act: fc.constant('end' as const), key: fc.nat(3) }),
      fc.record({ act: fc.constant('invalidate' as const), tags: fc.uniqueArray(tag, { minLength: 1 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = createMemoryStore({ maxBytes: 100_000 });
        const running = new Map<number, { tags: string[]; since: Mark; at: number }>();
        const invalidated = new Map<string, number>();
        for (const [at, taken] of steps.entries()) {
          if (taken.act === 'begin') running.set(taken.key, { tags: taken.tags, since: now(store), at });
          else if (taken.act === 'invalidate') {
            await store.invalidate(taken.tags);
            for (const name of taken.tags) invalidated.set(name, at);
          } else {
            const read = running.get(taken.key);
            if (read) store.set(String(taken.key), JSON.stringify(read), { ...KEPT, ...read });
          }
          for (let key = 0; key <= 3; key++) {
            const text = store.get(String(key)) as string | undefined;
            if (text === undefined) continue;
            const found = JSON.parse(text) as { tags: string[]; at: number };
            for (const name of found.tags) expect(invalidated.get(name) ?? -1).toBeLessThan(found.at);
          }
        }
      }),
    );
  });
});
