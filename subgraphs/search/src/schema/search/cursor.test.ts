import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { positionAfter, positionCursor, queryHash } from './cursor.ts';

const hash = queryHash({ text: 'truth', mode: 'HYBRID', filter: {} });

describe('a cursor', () => {
  test('leads behind its position', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (position) => {
        expect(positionAfter(positionCursor(position, hash), hash)).toBe(position + 1);
      }),
    );
  });

  test('of another search is refused', () => {
    const other = queryHash({ text: 'truth', mode: 'KEYWORD', filter: {} });
    expect(() => positionAfter(positionCursor(3, other), hash)).toThrow(/another text, mode or filter/);
  });

  test('that is none, or lies behind the window, is refused as bad input', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant(positionCursor(1_000, hash))), (text) => {
        expect(() => positionAfter(text, hash)).toThrow(
          expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
        );
      }),
    );
  });
});
