import type { ObjectStore } from './store.ts';

/** A store that is opened by its first use: its library need not be in the memory of processes that use another kind. */
export function deferredStore(open: () => Promise<ObjectStore>): ObjectStore {
  let opened: Promise<ObjectStore> | undefined;
  const store = () => {
    opened ??= open();
    return opened;
  };
  return {
    write: async (key, body, options) => (await store()).write(key, body, options),
    async *read(key, range) {
      yield* (await store()).read(key, range);
    },
    size: async (key) => (await store()).size(key),
    delete: async (key) => (await store()).delete(key),
    async *list(prefix) {
      yield* (await store()).list(prefix);
    },
    ping: async () => (await store()).ping(),
  };
}
