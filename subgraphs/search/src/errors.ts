import { EmbedderUnavailableError } from '@colloquy/embedding';
import { type Log, StoreUnavailableError } from '@colloquy/service';
import { EmbeddingVersionMismatchError, VectorStoreUnavailableError } from '@colloquy/vectors';
import { GraphQLError } from 'graphql';

/** What the index or the embedder threw -> what the client sees. */
export function toClientError(error: unknown, log: Log): unknown {
  if (error instanceof VectorStoreUnavailableError) return new StoreUnavailableError(error.store, { cause: error });
  if (error instanceof EmbedderUnavailableError) {
    log.warn({ err: error }, 'the embedding model is not available');
    return unavailable('The embedding model is not available at the moment; mode KEYWORD works without it.', error);
  }
  if (error instanceof EmbeddingVersionMismatchError) {
    log.warn({ err: error }, 'the index was built with another embedding model');
    const message = 'The search index was built with another embedding model; mode KEYWORD works until it is rebuilt.';
    return unavailable(message, error);
  }
  return error;
}

function unavailable(message: string, cause: Error): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'STORE_UNAVAILABLE', store: 'embedding model' },
    originalError: cause,
  });
}
