import { describe, expect, test } from '@jest/globals';
import { Neo4jError } from 'neo4j-driver';
import { ForeignIdError, GraphQueryTooLargeError, GraphUnavailableError } from '../errors.ts';
import { classify, isPassing } from './classify.ts';

const failed = (code: string) => new Neo4jError('failed', code, '50N42', 'general processing exception');

describe('errors of the driver', () => {
  test.each([
    ['ServiceUnavailable', GraphUnavailableError, true],
    ['SessionExpired', GraphUnavailableError, true],
    ['Neo.TransientError.Transaction.DeadlockDetected', GraphUnavailableError, true],
    ['Neo.TransientError.General.DatabaseUnavailable', GraphUnavailableError, true],
    ['Neo.ClientError.Statement.EntityNotFound', GraphUnavailableError, true],
    ['Neo.ClientError.Security.Unauthorized', GraphUnavailableError, false],
    ['Neo.ClientError.Transaction.TransactionTimedOut', GraphQueryTooLargeError, false],
    ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', GraphQueryTooLargeError, false],
    ['Neo.ClientError.Schema.ConstraintValidationFailed', ForeignIdError, false],
  ])('%s', (code, expected, passing) => {
    expect(classify(failed(code))).toBeInstanceOf(expected);
    expect(isPassing(failed(code))).toBe(passing);
  });

  test('a fault of our own stays what it is', () => {
    const fault = failed('Neo.ClientError.Statement.SyntaxError');
    expect(classify(fault)).toBe(fault);
    const bug = new TypeError('bug');
    expect(classify(bug)).toBe(bug);
    expect(isPassing(bug)).toBe(false);
  });
});
