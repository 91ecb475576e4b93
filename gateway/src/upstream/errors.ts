import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * A subgraph did not answer, or not with anything usable. The client learns which one and no address; the cause goes to
 * the log. It may try again.
 */
export class SubgraphUnavailableError extends GraphQLError {
  override readonly name = 'SubgraphUnavailableError';
  constructor(subgraph: string, options: { cause?: unknown; code?: 'SERVICE_TIMEOUT' } = {}) {
    super(
      options.code === 'SERVICE_TIMEOUT'
        ? `The service "${subgraph}" did not answer in time.`
        : `The service "${subgraph}" does not answer at the moment.`,
      { extensions: { code: options.code ?? 'SERVICE_UNAVAILABLE', service: subgraph } },
    );
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** An operation ended with errors that are fit for the client as they are. */
export class OperationFailedError extends Error {
  override readonly name = 'OperationFailedError';
  readonly code = 'OPERATION_FAILED';
  readonly errors: readonly GraphQLFormattedError[];
  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors.map(({ message }) => message).join('; '));
    this.errors = errors;
  }
}
