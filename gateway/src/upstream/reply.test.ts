import { isAscii } from 'node:buffer';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseAnswer as parse } from './reply.ts';

const parseAnswer = (text: string) => parse(text, isAscii(Buffer.from(text)));

test('an answer is plain only where no string in it needs an escape', () => {
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value
        ? Object.values(value).flatMap(strings)
        : [];
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
      const answer = parseAnswer(JSON.stringify({ data }));
      expect(JSON.stringify(answer?.data)).toBe(JSON.stringify(data));
      const isPlain = strings(data).every((text) => JSON.stringify(text) === `"${text}"`);
      if (answer?.plain) expect(isPlain).toBe(true);
      if (answer?.ascii) expect(strings(data).every((text) => Buffer.byteLength(text) === text.length)).toBe(true);
    }),
  );
});

test('text that is ASCII may have escapes for what is not', () => {
  expect(parseAnswer('{"data":{"a":"\\u00e4"}}')).toEqual({ data: { a: '\u00e4' }, plain: false, ascii: false });
  expect(parseAnswer('{"data":{"a":"\u00e4"}}')).toEqual({ data: { a: '\u00e4' }, plain: true, ascii: false });
  expect(parseAnswer('{"data":{"a":"b"}}')).toEqual({ data: { a: 'b' }, plain: true, ascii: true });
});

test.each(['', '[]', 'null', '{}', '{"data":null}', '{"errors":{}}', 'not JSON'])('%j is no answer', (text) =>
  expect(parseAnswer(text)).toBeUndefined(),
);

test.each(['{"data":{}}', '{"errors":[]}', '{"data":null,"errors":[{"message":"no"}]}'])('%j is one', (text) =>
  expect(parseAnswer(text)).toMatchObject(JSON.parse(text)),
);
