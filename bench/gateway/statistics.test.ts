import { expect, test } from '@jest/globals';
import { median, percentile } from './statistics.ts';

test('the median is the middle one, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
});

test('a percentile is a value that occurred', () => {
  const latencies = Float64Array.from({ length: 200 }, (_, index) => index + 1);
  expect(percentile(latencies, 0.5)).toBe(100);
  expect(percentile(latencies, 0.99)).toBe(198);
  expect(percentile(Float64Array.of(7), 0.99)).toBe(7);
});
