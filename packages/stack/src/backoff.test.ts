import { expect, test } from '@jest/globals';
import { delayAfter } from './backoff.ts';

test('the delay doubles from the first to the limit', () => {
  const backoff = { firstMs: 250, limitMs: 1_500, steadyMs: 1 };
  expect([1, 2, 3, 4, 5].map((failures) => delayAfter(failures, backoff))).toEqual([250, 500, 1_000, 1_500, 1_500]);
  expect(delayAfter(2_000, backoff)).toBe(1_500);
});
