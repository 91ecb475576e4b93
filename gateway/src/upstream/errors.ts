import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What became of a fetch that brought no answer. */
export type Unavailability = 'unavailable' | 'timeout' | 'too_large' | 'breaker_open' | 'cancelled';

/** The code that clients see, and what follows the subgraph's name in the message. */
const SEEN: Record<Unavailability, { code: string; message: string }> = {
  unavailable: { code: 'SERVICE_UNAVAILABLE', message: 'does not answer at the moment.' },
  breaker_open: { code: 'SERVICE_UNAVAILABLE', message: 'does not answer at the moment.' },
  cancelled: { code: 'SERVICE_UNAVAILABLE', message: 'was not waited for.' },
  timeout: { code: 'SERVICE_TIMEOUT', message: 'did not answer in time.' },
  too_large: { code: 'ANSWER_TOO_LARGE', message: 'answered more than the gateway takes.' },
};

/**
 * A subgraph did not answer, or not with anything usable. The client learns which one and no address; the cause goes to
 * the log.
 */
export class SubgraphUnavailableError extends GraphQLError {
  override readonly name = 'SubgraphUnavailableError';
  readonly outcome: Unavailability;
  constructor(subgraph: string, options: { cause?: unknown; outcome?: Unavailability } = {}) {
    const outcome = options.outcome ?? 'unavailable';
    const { code, message } = SEEN[outcome];
    super(`The service "${subgraph}" ${message}`, { extensions: { code, service: subgraph } });
    this.outcome = outcome;
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** A subgraph answered over HTTP, but not with GraphQL that can be used. For the log. */
export class UnusableAnswerError extends Error {
  override readonly name = 'UnusableAnswerError';
  readonly code = 'UNUSABLE_ANSWER';
  readonly status: number;
  constructor(status: number, text: string) {
    super(`The answer has the status ${status} and begins with: ${text.slice(0, 300)}`);
    this.status = status;
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
