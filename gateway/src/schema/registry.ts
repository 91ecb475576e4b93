import type { Generation } from './generation.ts';

export interface SchemaRegistry {
  readonly current: Generation;
  /** Lets a new generation take over; operations under way stay on theirs. */
  activate(generation: Generation): void;
  /** Calls back at once with the current generation, and for each that takes over. Returns what ends that. */
  subscribe(listener: (generation: Generation) => void): () => void;
}

export function createSchemaRegistry(first: Generation): SchemaRegistry {
  const listeners = new Set<(generation: Generation) => void>();
  let current = first;
  return {
    get current() {
      return current;
    },
    activate(generation) {
      current = generation;
      for (const listener of listeners) listener(generation);
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(current);
      return () => listeners.delete(listener);
    },
  };
}
