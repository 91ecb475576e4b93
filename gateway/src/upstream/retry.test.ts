import { describe, expect, test } from '@jest/globals';
import { UnusableAnswerError } from './errors.ts';
import { ExchangeError } from './http/errors.ts';
import { retry } from './retry.ts';

const lost = new ExchangeError('connection', 'lost');
const SETTINGS = { retries: 2, backoffMilliseconds: 1 };
const soon = () => ({ deadline: performance.now() + 5000, signal: undefined });

/** Fails as listed, then succeeds. */
function attempts(...failures: Error[]) {
  let made = 0;
  const attempt = async () => {
    const failure = failures[made++];
    if (failure) throw failure;
    return 'answer';
  };
  return { attempt, made: () => made };
}

describe('retries', () => {
  test.each([
    ['the first attempt is enough', [], 1, 'answer'],
    ['a lost connection may come back', [lost, lost], 3, 'answer'],
    ['a proxy may find its server again', [new UnusableAnswerError(503, '')], 2, 'answer'],
    ['they end', [lost, lost, lost], 3, lost],
    ['an answer stays the same', [new UnusableAnswerError(500, '')], 1, expect.any(UnusableAnswerError)],
    ['the time is over', [new ExchangeError('timeout', '')], 1, expect.any(ExchangeError)],
  ])('%s', async (_name, failures, made, outcome) => {
    const server = attempts(...failures);
    const result = await retry(server.attempt, SETTINGS, soon()).catch((error: unknown) => error);
    expect([result, server.made()]).toEqual([outcome, made]);
  });

  test('do not begin when the time would be over', async () => {
    const server = attempts(lost);
    const limits = { deadline: performance.now() + 50, signal: undefined };
    await expect(retry(server.attempt, { retries: 1, backoffMilliseconds: 1000 }, limits)).rejects.toBe(lost);
    expect(server.made()).toBe(1);
  });

  test('end when whoever asked leaves', async () => {
    const controller = new AbortController();
    const server = attempts(lost);
    const settings = { retries: 1, backoffMilliseconds: 60_000 };
    const limits = { deadline: Number.POSITIVE_INFINITY, signal: controller.signal };
    const retried = retry(server.attempt, settings, limits);
    setImmediate(() => controller.abort());
    await expect(retried).rejects.toMatchObject({ code: 'aborted' });
  });
});
