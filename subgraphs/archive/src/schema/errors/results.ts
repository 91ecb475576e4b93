import type { InvalidInputError, LimitExceededError, NotFoundError } from '../../generated/resolvers.ts';

type Tagged<Result extends { __typename?: string }> = Result & { __typename: NonNullable<Result['__typename']> };

/** An expected failure that a mutation returns instead of its payload. */
export function invalidInput(field: string | null, message: string, code = 'INVALID_INPUT'): Tagged<InvalidInputError> {
  return { __typename: 'InvalidInputError', message, code, field };
}

export function notFound(message: string): Tagged<NotFoundError> {
  return { __typename: 'NotFoundError', message, code: 'NOT_FOUND' };
}

export function limitExceeded(message: string, limit: number): Tagged<LimitExceededError> {
  return { __typename: 'LimitExceededError', message, code: 'LIMIT_EXCEEDED', limit };
}
