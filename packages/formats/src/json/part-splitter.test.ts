import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitParts } from './part-splitter.ts';

function parts(text: string, path: string[]) {
  const bytes = Buffer.from(text);
  const found = splitParts(bytes, path);
  return { ...found, texts: found.parts.map(({ start, end }) => bytes.toString('utf8', start, end)) };
}

describe('splitting a record into parts', () => {
  test('every member of the container is found with its key and its exact text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (other, mapping) => {
        const text = JSON.stringify({ before: other, mapping, after: [other] }, null, 1);
        const found = parts(text, ['mapping']);
        const expected = Object.entries(JSON.parse(text).mapping);
        expect(found.container).toBe('object');
        expect(found.parts.map(({ key }, index) => [key, JSON.parse(found.texts[index] ?? '')])).toEqual(expected);
      }),
    );
  });

  test('elements of a nested array are found', () => {
    const found = parts('{"a": {"b": [ {"c":"]"} , 2 ], "x": 1}, "b": [3]}', ['a', 'b']);
    expect(found.texts).toEqual(['{"c":"]"}', '2']);
    expect(found.container).toBe('array');
  });

  test('keys with escapes are decoded', () => {
    expect(parts('{"m\\u0061pping": {"\\"k\\"": 1}}', ['mapping']).parts[0]?.key).toBe('"k"');
  });

  test('a repeated container gives the parts of both', () => {
    expect(parts('{"m": [1], "m": [2]}', ['m']).texts).toEqual(['1', '2']);
  });

  test.each(['{"other": {}}', '{"m": null}', '{"m": "text"}', '[]', '7', '"x"', '{}'])(
    '%s has no container',
    (text) => {
      expect(parts(text, ['m'])).toMatchObject({ container: null, parts: [] });
    },
  );

  test.each([
    '{"m": {"a": 1 "b": 2}}',
    '{"m": {"a" 1}}',
    '{"m": [1 2]}',
    '{"m": [1,,2]}',
    '{"m": {a: 1}}',
    '{"m" [1]}',
    '{"m": {"\\x": 1}}',
  ])('%s is refused with the place of the fault', (text) =>
    expect(() => parts(text, ['m'])).toThrow(
      expect.objectContaining({ name: 'RecordSyntaxError', offset: expect.any(Number) }),
    ),
  );
});
