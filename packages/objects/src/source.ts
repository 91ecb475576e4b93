import type { ObjectStore } from './store.ts';

/** Random access to one object. Fits whatever reads a file by ranges. */
export interface ObjectSource {
  /** Length in bytes. */
  readonly size: number;
  /** The bytes from `start` up to but not including `end`, cut at the object's end. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** Everything from `start` on (the beginning when absent), in chunks. */
  stream(start?: number): AsyncIterable<Uint8Array>;
}

/** Throws OBJECT_NOT_FOUND. */
export async function openObjectSource(store: ObjectStore, key: string): Promise<ObjectSource> {
  const size = await store.size(key);
  return {
    size,
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      let filled = 0;
      for await (const chunk of store.read(key, { start, end: start + bytes.length })) {
        bytes.set(chunk, filled);
        filled += chunk.length;
      }
      return bytes.subarray(0, filled);
    },
    stream: (start = 0) => store.read(key, { start, end: size }),
  };
}
