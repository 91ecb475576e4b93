import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { BrokenCircuitError } from 'cockatiel';
import { type BreakerState, createBreaker } from './breaker.ts';
import { UnusableAnswerError } from './errors.ts';
import { ExchangeError } from './http/errors.ts';

const lost = new ExchangeError('connection', 'lost');
const fail = (error: Error) => () => Promise.reject(error);

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

function breakerOf(failures: number) {
  const changes: BreakerState[] = [];
  const breaker = createBreaker({ failures, openMilliseconds: 1000 }, (state) => changes.push(state));
  const outcome = (attempt: (probe: boolean) => Promise<unknown>) =>
    breaker.run(attempt).catch((error: unknown) => error);
  return { breaker, changes, outcome };
}

describe('the circuit breaker', () => {
  test('opens after so many failures in a row; a success begins anew', async () => {
    const { breaker, changes, outcome } = breakerOf(2);
    await outcome(fail(lost));
    expect(await outcome(async () => 'well')).toBe('well');
    expect(await outcome(fail(lost))).toBe(lost);
    expect(breaker.state).toBe('closed');
    expect(await outcome(fail(lost))).toBe(lost);
    expect([breaker.state, changes]).toEqual(['open', ['open']]);
    const attempt = jest.fn(async () => 'well');
    expect(await outcome(attempt)).toBeInstanceOf(BrokenCircuitError);
    expect(attempt).not.toHaveBeenCalled();
  });

  test('lets one probe through, and refuses the others meanwhile', async () => {
    const { breaker, changes, outcome } = breakerOf(1);
    await outcome(fail(lost));
    jest.setSystemTime(1000);
    const probe = Promise.withResolvers<string>();
    const probing = jest.fn(() => probe.promise);
    const probed = outcome(probing);
    expect([breaker.state, probing.mock.calls]).toEqual(['half-open', [[true]]]);
    expect(await outcome(async () => 'other')).toBeInstanceOf(BrokenCircuitError);
    probe.resolve('well');
    expect([await probed, breaker.state]).toEqual(['well', 'closed']);
    expect(changes).toEqual(['open', 'half-open', 'closed']);
    expect(await outcome(async (again) => again)).toBe(false);
  });

  test('opens again when the probe fails', async () => {
    const { breaker, outcome } = breakerOf(1);
    await outcome(fail(lost));
    jest.setSystemTime(1000);
    await outcome(fail(lost));
    expect(breaker.state).toBe('open');
    jest.setSystemTime(1999);
    expect(await outcome(async () => 'well')).toBeInstanceOf(BrokenCircuitError);
    jest.setSystemTime(2000);
    expect(await outcome(async () => 'well')).toBe('well');
  });

  test('is not moved by requests from before it opened', async () => {
    const { breaker, outcome } = breakerOf(1);
    const [early, late] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const outcomes = [outcome(() => early.promise), outcome(() => late.promise)];
    await outcome(fail(lost));
    early.resolve('well');
    late.reject(lost);
    expect(await Promise.all(outcomes)).toEqual(['well', lost]);
    expect(breaker.state).toBe('open');
  });

  test.each([
    ['an answer that is too large', new ExchangeError('too_large', '')],
    ['a client that left', new ExchangeError('aborted', '')],
    ['a refusal', new UnusableAnswerError(413, '')],
    ["a fault of the gateway's own", new TypeError()],
  ])('does not count %s', async (_name, error) => {
    const { breaker, outcome } = breakerOf(1);
    expect(await outcome(fail(error))).toBe(error);
    expect(breaker.state).toBe('closed');
  });

  test.each([
    ['a timeout', new ExchangeError('timeout', '')],
    ['another protocol', new ExchangeError('protocol', '')],
    ['a page instead of GraphQL', new UnusableAnswerError(200, '')],
    ['a proxy without a server', new UnusableAnswerError(502, '')],
  ])('counts %s', async (_name, error) => {
    const { breaker, outcome } = breakerOf(1);
    expect(await outcome(fail(error))).toBe(error);
    expect(breaker.state).toBe('open');
  });

  test('can be left out', async () => {
    const { breaker, outcome } = breakerOf(0);
    for (let failure = 0; failure < 20; failure++) expect(await outcome(fail(lost))).toBe(lost);
    expect(breaker.state).toBe('closed');
  });
});
