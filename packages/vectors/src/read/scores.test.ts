import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fusedScore, keywordScore, similarityScore } from './scores.ts';

test('scores are 0..1 and keep the order', () => {
  fc.assert(
    fc.property(
      fc.float({ noNaN: true, min: -2, max: 100 }),
      fc.float({ noNaN: true, min: 0, max: 100 }),
      (a, more) => {
        for (const score of [keywordScore, fusedScore, (value: number) => similarityScore(-value)]) {
          expect(score(a)).toBeGreaterThanOrEqual(0);
          expect(score(a)).toBeLessThanOrEqual(1);
          expect(score(a + more)).toBeGreaterThanOrEqual(score(a));
        }
      },
    ),
  );
});
