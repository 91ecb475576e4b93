import type { GraphQLSchema } from 'graphql';
import type { Generation } from './generation.ts';

export interface SchemaRegistry {
  readonly current: Generation;
  /** The generation that an operation was validated against, which may no longer be the current one. */
  of(apiSchema: GraphQLSchema): Generation;
  /** Lets a new generation take over; operations under way stay on theirs. */
  activate(generation: Generation): void;
  /** Calls back at once with the current generation, and for each that takes over. Returns what ends that. */
  subscribe(listener: (generation: Generation) => void): () => void;
}

export function createSchemaRegistry(first: Generation): SchemaRegistry {
  const generations = new WeakMap<GraphQLSchema, Generation>([[first.apiSchema, first]]);
  const listeners = new Set<(generation: Generation) => void>();
  let current = first;
  return {
    get current() {
      return current;
    },
    of(apiSchema) {
      const generation = generations.get(apiSchema);
      if (!generation) throw new Error('An operation came with a schema that was never active.');
      return generation;
    },
    activate(generation) {
      generations.set(generation.apiSchema, generation);
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
