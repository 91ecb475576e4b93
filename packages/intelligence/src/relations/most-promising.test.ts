import { describe, expect, test } from '@jest/globals';
import { mostPromising } from './most-promising.ts';

describe('mostPromising', () => {
  test('takes every row that shares anything while they are few', () => {
    expect(mostPromising(0, Uint16Array.of(0, 2, 0, 1))).toEqual([1, 3]);
  });

  test('of many equals takes the nearest, after all that share more', () => {
    const scores = new Uint16Array(5000).fill(2);
    scores[4000] = 0;
    scores[7] = 6;
    const chosen = mostPromising(4000, scores);
    expect(chosen).toHaveLength(200);
    expect(chosen).toContain(7);
    expect(chosen.filter((row) => row !== 7).every((row) => Math.abs(row - 4000) <= 100)).toBe(true);
  });
});
