import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from './log.ts';

const MASKED_CODE = 'INTERNAL_SERVER_ERROR';

/** The error that a resolver threw, below the wrapping that graphql-js adds to give it a path. */
function thrown(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current;
}

/** An error is expected when whoever threw it gave it a code; GraphQL layers give the masked code to all others. */
function isExpected(formatted: GraphQLFormattedError): boolean {
  const code = formatted.extensions?.code;
  return typeof code === 'string' && code !== MASKED_CODE;
}

/**
 * What a client may see of an error: expected ones as they are, less any stack trace; all others as
 * INTERNAL_SERVER_ERROR with the request id under which the original stands in the log.
 */
export function maskError(
  formatted: GraphQLFormattedError,
  error: unknown,
  context: { log: Log; requestId: string | undefined },
): GraphQLFormattedError {
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  if (isExpected(formatted)) {
    const { stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
    const source = thrown(error);
    const cause = source instanceof Error ? source.cause : undefined;
    if (cause !== undefined)
      context.log.warn({ err: cause, requestId: context.requestId, ...place }, formatted.message);
    return { message: formatted.message, ...place, extensions };
  }
  context.log.error({ err: thrown(error), requestId: context.requestId, path: formatted.path }, 'unexpected error');
  return {
    message: 'Internal server error',
    ...place,
    extensions: { code: MASKED_CODE, ...(context.requestId && { requestId: context.requestId }) },
  };
}

/** The same for a whole result of graphql-js. */
export function maskResult(
  result: ExecutionResult,
  context: { log: Log; requestId: string },
): FormattedExecutionResult {
  if (!result.errors) return result as FormattedExecutionResult;
  return { ...result, errors: result.errors.map((error) => maskError(error.toJSON(), error, context)) };
}
