import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS } from '../limits.ts';
import { type RecordLayout, RecordSplitter, type SplitRecord } from './record-splitter.ts';

const ARRAY: RecordLayout = { kind: 'array' };
const MEMBER: RecordLayout = { kind: 'member', key: 'conversations' };

function split(
  text: string | Buffer,
  layout: RecordLayout,
  chunkBytes = 1 << 20,
  limits = DEFAULT_LIMITS,
): SplitRecord[] {
  const bytes = Buffer.from(text);
  const splitter = new RecordSplitter(layout, limits);
  const records: SplitRecord[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    records.push(...splitter.push(bytes.subarray(at, at + chunkBytes)));
  splitter.finish();
  return records;
}

const values = (records: readonly SplitRecord[]) => records.map(({ bytes }) => JSON.parse(String(bytes)));

describe('splitting a document into records', () => {
  test('any array of JSON values comes apart into these values, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 17 }), fc.boolean(), (list, chunk, pretty) => {
        const text = JSON.stringify(list, null, pretty ? 2 : 0);
        expect(values(split(text, ARRAY, chunk))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('an object around the array may have any other members', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 9 }),
        (more, list, chunk) => {
          const { conversations: _, ...before } = more;
          const text = JSON.stringify({ ...before, conversations: list, after: '"]' });
          expect(values(split(text, MEMBER, chunk))).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
    );
  });

  test('a single document is one record, with or without a byte order mark', () => {
    expect(values(split('\uFEFF {"a": [1]} \n', { kind: 'single' }, 1))).toEqual([{ a: [1] }]);
  });

  test('bytes of a record are kept as they came', () => {
    const [record] = split('[ {"b" :1.50,\t"a":"\\u00e9\\/"} ]', ARRAY, 3);
    expect(String(record?.bytes)).toBe('{"b" :1.50,\t"a":"\\u00e9\\/"}');
  });

  test.each([
    ['[1, 2', 'TRUNCATED_ARCHIVE'],
    ['[{"a": "x', 'TRUNCATED_ARCHIVE'],
    ['[{"a": "x\\', 'TRUNCATED_ARCHIVE'],
    ['', 'TRUNCATED_ARCHIVE'],
    ['[1] 2', 'INVALID_JSON'],
    ['[1 2]', 'INVALID_JSON'],
    ['[,]', 'INVALID_JSON'],
    ['[1,]', 'INVALID_JSON'],
    ['[{"a": 1]]', 'INVALID_JSON'],
    ['[}', 'INVALID_JSON'],
    ['{"a": 1}', 'INVALID_JSON'],
    ['nope', 'INVALID_JSON'],
  ])('%s is refused: %s', (text, code) => {
    expect(() => split(text, ARRAY, 2)).toThrow(expect.objectContaining({ code }));
  });

  test.each(['{conversations: []}', '{"conversations" []}', '{"conversations": [] "b": 1}', '{"a": 1,}', '{"\\x": 1}'])(
    '%s is refused around records',
    (text) => expect(() => split(text, MEMBER)).toThrow(expect.objectContaining({ code: 'INVALID_JSON' })),
  );

  test('a record that is too large costs only itself', () => {
    const records = split('[1, "0123456789", 3]', ARRAY, 4, { ...DEFAULT_LIMITS, maxRecordBytes: 8 });
    expect(records.map(({ refusal, bytes }) => [refusal, bytes && String(bytes)])).toEqual([
      [null, '1'],
      ['RECORD_TOO_LARGE', null],
      [null, '3'],
    ]);
    expect(records[1]?.size).toBe(12);
  });

  test('a record that is nested 100,000 deep costs only itself', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(split(`[1,${deep},3]`, ARRAY).map(({ refusal }) => refusal)).toEqual([null, 'RECORD_TOO_DEEP', null]);
  });

  test('records are counted without being kept when nobody wants them', () => {
    const splitter = new RecordSplitter(ARRAY, DEFAULT_LIMITS);
    splitter.collect = false;
    expect(splitter.push(Buffer.from('[{"a": 1}, {}]')).map(({ bytes }) => bytes)).toEqual([null, null]);
  });
});
