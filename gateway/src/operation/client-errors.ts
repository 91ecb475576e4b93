import { type Log, maskError } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import type { FetchFailure } from '../executor/run.ts';

/**
 * Codes that say something about the conversation between gateway and subgraph, none of the client's business: it did
 * nothing wrong and can change nothing.
 */
const INTERNAL_CODES = new Set<unknown>([
  'DOWNSTREAM_SERVICE_ERROR',
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** For one answer: what is logged is logged once, however many places of the answer it concerns. */
export interface ErrorMask {
  /** What the client sees: an error to which the subgraph gave a code as it is, all else masked under the request id. */
  fromSubgraph(failure: FetchFailure): GraphQLFormattedError;
}

export function createClientErrors(context: { log: Log; requestId: string }): ErrorMask {
  const logged = new Set<unknown>();
  return {
    fromSubgraph({ error, subgraph, cause }) {
      const { message, path, extensions = {} } = error;
      const internal = INTERNAL_CODES.has(extensions.code);
      const { code, ...rest } = extensions;
      const seen = {
        message,
        ...(path && { path }),
        extensions: internal ? rest : code === undefined ? rest : { code, ...rest },
      };
      if (cause !== undefined && logged.has(cause)) return seen;
      logged.add(cause);
      return maskError(seen, cause ?? { subgraph, ...error }, context);
    },
  };
}
