import type { PersistedConfig } from '../config/persisted.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Operation } from '../operation/operation.ts';
import { createMemoryStore } from '../storage/memory-store.ts';
import type { Store } from '../storage/store.ts';
import { documentIdOf, isSha256, sha256 } from './document-id.ts';
import { refusal } from './errors.ts';
import { type FindText, sentText } from './find-text.ts';

export interface AutomaticPersistedQueries {
  readonly findText: FindText;
  /** Keeps the text that came with its hash. For after validation, so that only texts that can be run are kept. */
  readonly keepText: (operation: Operation) => void;
}

/**
 * Automatic persisted queries as Apollo's clients speak them: a hash alone finds the text that came with it before.
 * Texts are kept in this process and, where `shared` is given, there too.
 */
export function createAutomaticPersistedQueries(
  { memoryBytes, ttlSeconds }: Pick<PersistedConfig, 'memoryBytes' | 'ttlSeconds'>,
  { shared, telemetry }: { shared: Store | undefined; telemetry: Pick<Telemetry, 'lookup'> },
): AutomaticPersistedQueries {
  const local = createMemoryStore({ maxBytes: memoryBytes });
  const known = (id: string) => local.get(id) as string | undefined;

  function found(operation: Operation, text: string | undefined): void {
    telemetry.lookup('persisted', text !== undefined);
    if (text === undefined) {
      operation.responseHeaders['cache-control'] = 'private, no-cache, must-revalidate';
      throw refusal('PERSISTED_QUERY_NOT_FOUND');
    }
    operation.query = text;
  }

  async function findShared(operation: Operation, id: string, store: Store): Promise<void> {
    const text = await store.get(id);
    // Whatever else writes to the shared store does not decide what a hash means.
    const intact = text !== undefined && sha256(text) === id;
    if (intact) local.set(id, text, { ttlSeconds });
    found(operation, intact ? text : undefined);
  }

  return {
    findText(operation) {
      const id = documentIdOf(operation.request);
      if (id === undefined || operation.request.query) {
        operation.query = sentText(operation);
        if (id !== undefined && known(id) !== operation.query && sha256(operation.query) !== id) {
          throw refusal('PERSISTED_QUERY_HASH_MISMATCH');
        }
        return;
      }
      const text = known(id);
      if (text !== undefined || !shared || !isSha256(id)) return found(operation, text);
      return findShared(operation, id, shared);
    },

    keepText({ request, query }) {
      if (!request.query) return;
      const id = documentIdOf(request);
      if (id === undefined || known(id) !== undefined) return;
      local.set(id, query, { ttlSeconds });
      shared?.set(id, query, { ttlSeconds });
    },
  };
}
