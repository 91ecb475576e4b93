import { describe, expect, test } from '@jest/globals';
import { keptTitles } from './kept-titles.ts';

/** Replaced by visits 2 and 4: the first stood during visit 1, the second during 2 and 3, the present one since 4. */
const former = [
  { ordinal: 1, visit: 2 },
  { ordinal: 2, visit: 4 },
];

describe('the titles of a conversation when an export goes', () => {
  test.each([
    ['the only one that had the present title', [1, 2, 3], { current: 2, dropped: [2] }],
    ['one of two with the second title', [1, 3, 4], { current: null, dropped: [] }],
    ['the first', [2, 3, 4], { current: null, dropped: [1] }],
    ['all but the first', [1], { current: 1, dropped: [1, 2] }],
    ['all but the last', [4], { current: null, dropped: [1, 2] }],
  ])('%s', (_, remaining, expected) => {
    expect(keptTitles(former, remaining)).toEqual(expected);
  });

  test('one that never changed stays', () => {
    expect(keptTitles([], [3])).toEqual({ current: null, dropped: [] });
  });
});
