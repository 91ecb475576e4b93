import { type Log, maskError } from '@colloquy/service';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { OperationFailedError } from '../upstream/errors.ts';

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

type Extensions = Readonly<Record<string, unknown>>;

function withoutInternalCode(extensions: Extensions): Extensions {
  return INTERNAL_CODES.has(extensions.code) ? { ...extensions, code: 'INTERNAL_SERVER_ERROR' } : extensions;
}

/**
 * What the client sees of an error. Those that a subgraph gave a code keep code and extensions; all others are masked
 * under the request id. Which subgraph it was, stack traces and addresses stay inside.
 */
export function forClient(
  formatted: GraphQLFormattedError,
  error: unknown,
  context: { log: Log; requestId: string | undefined },
): GraphQLFormattedError {
  const { serviceName, ...extensions } = formatted.extensions ?? {};
  const seen = serviceName === undefined ? extensions : withoutInternalCode(extensions);
  return maskError({ ...formatted, extensions: seen }, error, context);
}

/** The same for what ended a stream of events. */
export function streamErrorsForClient(
  error: unknown,
  context: { log: Log; requestId: string },
): readonly GraphQLFormattedError[] {
  if (error instanceof OperationFailedError) {
    return error.errors.map((failure) =>
      maskError({ ...failure, extensions: withoutInternalCode(failure.extensions ?? {}) }, error, context),
    );
  }
  const raised = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
  return [forClient(raised.toJSON(), raised, context)];
}
