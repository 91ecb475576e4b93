import { GraphQueryTooLargeError, GraphUnavailableError } from '@colloquy/graph';
import { type Log, StoreUnavailableError } from '@colloquy/service';
import { GraphQLError } from 'graphql';

/** What the graph threw -> what the client sees. The graph has logged already that Neo4j is away. */
export function toClientError(error: unknown, log: Log): unknown {
  if (error instanceof GraphUnavailableError) return new StoreUnavailableError(error.store);
  if (error instanceof GraphQueryTooLargeError) {
    log.warn({ err: error.cause }, 'a query walks through too much of the graph');
    return new GraphQLError('This walks through too much of the graph: ask for fewer steps or entries.', {
      extensions: { code: error.code },
    });
  }
  return error;
}
