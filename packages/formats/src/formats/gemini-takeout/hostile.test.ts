import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ArchiveError } from '../../errors.ts';
import { readTakeout } from './testing/read.ts';
import { activity, cell, linkedTo, page } from './testing/samples.ts';

const CODES = [
  'DUPLICATE_MESSAGE_ID',
  'ID_REPLACED',
  'INVALID_CONTENT',
  'INVALID_MESSAGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_UTF8',
  'NOT_A_CONVERSATION',
  'RECORD_TOO_DEEP',
  'RECORD_TOO_LARGE',
  'TEXT_REPAIRED',
  'UNKNOWN_CONTENT_TYPE',
];

const JSON_SAMPLE = JSON.stringify([
  activity('Prompted é🌱\\"', '2026-07-20T09:01:00Z', '<p>x</p>', linkedTo('aaaaaaaaaaaaaaa1')),
  activity('Gave feedback: Good response', '2026-07-20T09:00:00Z'),
]);
const HTML_SAMPLE = page(
  cell('Prompted&nbsp;é🌱<br>Jul 20, 2026, 9:01:00 AM PDT<br><p>x</p>'),
  cell('Gave feedback<br>Jul 20, 2026, 9:00:00 AM PDT<br>'),
);

/** The code of the ArchiveError, 'foreign' when the content is not recognised, or null when all of it was read. */
async function outcome(content: string | Uint8Array | object): Promise<string | null> {
  try {
    const result = await readTakeout(content);
    if (result === null) return 'foreign';
    const { conversations, issues, surveyed } = result;
    expect(surveyed).toBe(conversations.length + issues.length);
    for (const { code } of [...issues, ...conversations.flatMap((conversation) => conversation.issues)]) {
      expect(CODES).toContain(code);
    }
    for (const { text, raw } of conversations.flatMap(({ messages }) => messages)) {
      expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
      expect(() => JSON.parse(raw)).not.toThrow();
    }
    return null;
  } catch (error) {
    if (error instanceof ArchiveError) return error.code;
    throw error;
  }
}

describe.each([
  ['JSON', Buffer.from(JSON_SAMPLE)],
  ['HTML', Buffer.from(HTML_SAMPLE)],
])('broken %s', (_, bytes) => {
  test('cut off anywhere is refused', async () => {
    expect(await outcome(bytes)).toBeNull();
    const outcomes = new Set<string | null>();
    for (let end = 0; end < bytes.length; end++) outcomes.add(await outcome(bytes.subarray(0, end)));
    expect(outcomes).toEqual(new Set(['EMPTY_FILE', 'TRUNCATED_ARCHIVE', 'foreign']));
  });

  test('with any bytes changed is read, or refused', async () => {
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, async (places) => {
        const changed = Buffer.from(bytes);
        for (const [at, byte] of places) changed[at] = byte;
        await outcome(changed);
      }),
      { numRuns: 300 },
    );
  });
});

describe('arbitrary content', () => {
  test('of the members of a record is read or reported', async () => {
    const time = fc.oneof(
      fc.jsonValue(),
      fc.date({ noInvalidDate: true }).map(String),
      fc.constant('2026-07-20T09:00:00Z'),
    );
    const record = fc.record(
      {
        header: fc.oneof(fc.constant('Gemini Apps'), fc.jsonValue()),
        title: fc.oneof(
          fc.string().map((text) => `Prompted ${text}`),
          fc.jsonValue(),
        ),
        time,
        products: fc.jsonValue(),
        safeHtmlItem: fc.oneof(fc.array(fc.record({ html: fc.string() })), fc.jsonValue()),
        details: fc.oneof(
          fc.array(fc.record({ url: fc.constant('https://gemini.google.com/app/0123456789') })),
          fc.jsonValue(),
        ),
        subtitles: fc.jsonValue(),
      },
      { requiredKeys: ['header'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(record, fc.jsonValue()), { maxLength: 8 }), async (records) => {
        expect(await outcome([activity('Prompted x', '2026-07-20T09:00:00Z', 'y'), ...records])).toBeNull();
      }),
    );
  });

  test('of a cell is read or reported', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<br>',
        '<p>',
        '</p>',
        '<a href="x">',
        '<pre>',
        'Prompted&nbsp;',
        'Jul 20, 2026, 9:00:00 AM PDT',
        '&#0;',
      ),
      fc.constantFrom('<div>', '</div>', '<div class="content-cell">', '<!--', '"', '<'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
        const first = cell('Prompted&nbsp;x<br>Jul 20, 2026, 9:00:00 AM PDT<br>y');
        expect(await outcome(page(first, cell(pieces.join('')), first))).toBeNull();
      }),
    );
  });

  test('with NUL, lone surrogates and bytes that are not UTF-8 is repaired', async () => {
    const record = JSON.stringify(activity('Prompted a\0\uD800', '2026-07-20T09:00:00Z', 'b#'));
    const bytes = Buffer.from(`[${record}]`);
    bytes[bytes.indexOf('#')] = 0xe9;
    const result = await readTakeout(bytes);
    expect(result?.conversations[0]?.messages.map(({ text }) => text)).toEqual(['a\uFFFD', 'b\uFFFD']);
    expect(result?.conversations[0]?.issues.map(({ code }) => code)).toEqual(['INVALID_UTF8', 'TEXT_REPAIRED']);
  });
});
