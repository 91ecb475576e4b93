import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { containing } from './conditions.ts';
import { decodeCursor, encodeCursor, InvalidCursorError, type KeyType } from './cursor.ts';

const ID = '01920000-0000-7000-8000-000000000001';
const TYPES: KeyType[] = ['timestamptz', 'uuid'];

describe('cursors', () => {
  test.each([
    '2026-03-01 09:30:00+00',
    '2026-03-01 09:30:00.123456+05:30',
    '-infinity',
    '0044-03-15 12:00:00+00:57:44 BC',
    '12026-01-01 00:00:00+00',
  ])('keep the time %s as PostgreSQL wrote it', (time) => {
    expect(decodeCursor('items', TYPES, encodeCursor('items', [time, ID]))).toEqual([time, ID]);
  });

  test('carry numbers exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), (value) => {
        expect(decodeCursor('x', ['integer'], encodeCursor('x', [String(value)]))).toEqual([String(value)]);
      }),
    );
  });

  test('of another list, with other keys or made up are refused', () => {
    const good = encodeCursor('items', ['-infinity', ID]);
    expect(() => decodeCursor('conversations', TYPES, good)).toThrow(InvalidCursorError);
    expect(() => decodeCursor('items', ['uuid', 'timestamptz'], good)).toThrow(InvalidCursorError);
    expect(() => decodeCursor('items', ['timestamptz'], good)).toThrow(InvalidCursorError);
    expect(() => decodeCursor('items', TYPES, encodeCursor('items', ["now'; DROP TABLE x", ID]))).toThrow(
      InvalidCursorError,
    );
    fc.assert(
      fc.property(fc.string(), (text) => expect(() => decodeCursor('items', TYPES, text)).toThrow(InvalidCursorError)),
    );
  });
});

test('a text becomes a pattern that finds it literally', () => {
  expect(containing('50%_\\')).toBe('%50\\%\\_\\\\%');
});
