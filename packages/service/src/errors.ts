import { GraphQLError } from 'graphql';

/** A store does not answer. The message names the store and nothing else; the cause goes to the log. */
export class StoreUnavailableError extends GraphQLError {
  override readonly name: string = 'StoreUnavailableError';
  constructor(store: string, options: { cause?: unknown } = {}) {
    super(`The store "${store}" does not answer at the moment.`, {
      extensions: { code: 'STORE_UNAVAILABLE', store },
    });
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** The caller is known and may not do this. */
export class ForbiddenError extends GraphQLError {
  override readonly name: string = 'ForbiddenError';
  constructor(message: string) {
    super(message, { extensions: { code: 'FORBIDDEN' } });
  }
}

/** The caller is not known: no credential, or one that does not hold. */
export class UnauthenticatedError extends GraphQLError {
  override readonly name: string = 'UnauthenticatedError';
  constructor(message: string, options: { cause?: unknown } = {}) {
    // Apollo Server answers 500 to what making a context throws, unless the error names a status.
    super(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** An argument is well typed but cannot be used; `extensions` may name the field. */
export class BadUserInputError extends GraphQLError {
  override readonly name: string = 'BadUserInputError';
  constructor(message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message, { extensions: { ...extensions, code: 'BAD_USER_INPUT' } });
  }
}
