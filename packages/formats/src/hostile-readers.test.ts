/** Every reader of the registry against input that is not what it should be. */
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { surveyArchive } from './read.ts';
import { FORMATS } from './registry.ts';
import { bytesSource } from './source.ts';
import { issuesOf, outcomeOf } from './testing/outcome.ts';
import { READER_SAMPLES, type ReaderSample, zipped } from './testing/reader-samples.ts';
import { zipOf } from './testing/write-zip.ts';

jest.setTimeout(60_000);

const SAMPLES: [string, ReaderSample][] = READER_SAMPLES.map((sample) => [`${sample.reader} (${sample.path})`, sample]);
const FILES = SAMPLES.filter(([, { beside }]) => Object.keys(beside).length === 0);

/** The sample as a file, or as a ZIP when it cannot be one. */
const exportOf = (sample: ReaderSample, text?: string): Uint8Array =>
  Object.keys(sample.beside).length === 0 ? Buffer.from(sample.document(text ?? 'hi')) : zipped(sample, text);

test('every reader has a sample', () => {
  expect(new Set(READER_SAMPLES.map(({ reader }) => reader))).toEqual(new Set(FORMATS.map(({ name }) => name)));
});

test.each(SAMPLES)('the sample for %s is recognised and whole', async (_, sample) => {
  for (const bytes of [exportOf(sample), zipped(sample)]) {
    expect((await surveyArchive(bytesSource(bytes))).format).toBe(sample.reader);
    const { conversations, issues } = await outcomeOf(bytes);
    expect(issues).toEqual([]);
    expect(conversations?.flatMap(({ messages }) => messages).map(({ text }) => text)).toContain('hi');
  }
});

describe('cut off at every byte', () => {
  test.each(FILES)('a file for %s is refused, or read as far as its lines go', async (_, sample) => {
    const bytes = Buffer.from(sample.document('é🌱\\"'));
    const whole = (await outcomeOf(bytes)).conversations?.flatMap(({ messages }) => messages).length ?? 0;
    expect(whole).toBeGreaterThan(0);
    for (let end = 0; end < bytes.length - 1; end++) {
      const { code, conversations = [] } = await outcomeOf(bytes.subarray(0, end));
      if (!sample.isLines) expect([end, code]).not.toEqual([end, null]);
      expect(conversations.flatMap(({ messages }) => messages).length).toBeLessThanOrEqual(whole);
    }
  });

  test.each(SAMPLES)('a ZIP for %s is refused', async (_, sample) => {
    const bytes = zipped(sample);
    for (let end = 0; end < bytes.length; end++) {
      expect([end, (await outcomeOf(bytes.subarray(0, end))).code]).not.toEqual([end, null]);
    }
  });
});

/** A change of one place: a byte replaced, some put in, some taken out, some repeated. */
const change = fc.record({
  at: fc.nat(0xffff),
  kind: fc.constantFrom('replace', 'insert', 'remove', 'repeat'),
  length: fc.integer({ min: 1, max: 40 }),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc
      .constantFrom(
        '"',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '\\',
        '\n',
        'null',
        '1e999',
        '{}',
        '[]',
        '\\ud800',
        '\\u0000',
        '<',
      )
      .map((text) => Buffer.from(text)),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Uint8Array, { at, kind, length, bytes: put }: Change): Buffer {
  const place = at % bytes.length;
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (kind === 'insert') return Buffer.concat([before, put, after]);
  if (kind === 'remove') return Buffer.concat([before, after.subarray(length)]);
  if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, length), after]);
  return Buffer.concat([before, put, after.subarray(put.length)]);
}

test.each(SAMPLES)('what no database takes may be in any name and any text of %s', async (_, sample) => {
  const text = sample.document('hi').toString();
  for (const { index } of text.matchAll(/"/g)) {
    for (const place of [index, index + 1]) {
      for (const odd of ['\\ud800', '\\u0000']) {
        await outcomeOf(zipOf({ ...sample.beside, [sample.path]: text.slice(0, place) + odd + text.slice(place) }));
      }
    }
  }
});

describe('changed anywhere', () => {
  test.each(SAMPLES)('an export for %s is read or refused with a code', async (_, sample) => {
    const document = Buffer.from(sample.document('é🌱'));
    const zip = zipped(sample);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const odd = changes.reduce(changed, document);
        if (Object.keys(sample.beside).length === 0) await outcomeOf(odd);
        await outcomeOf(zipOf({ ...sample.beside, [sample.path]: odd }));
        await outcomeOf(changes.reduce(changed, Buffer.from(zip)));
      }),
      { numRuns: 50 },
    );
  });

  test.each(SAMPLES)('anything behind the beginning of %s is read or refused with a code', async (_, sample) => {
    const document = Buffer.from(sample.document('hi'));
    await fc.assert(
      fc.asyncProperty(fc.nat(document.length), fc.uint8Array({ maxLength: 60 }), async (cut, tail) => {
        const odd = Buffer.concat([document.subarray(0, cut), tail]);
        await outcomeOf(zipOf({ ...sample.beside, [sample.path]: odd }));
      }),
      { numRuns: 25 },
    );
  });

  test('arbitrary bytes are refused with a code', async () => {
    const start = fc.constantFrom(
      ...['', '[', '{', 'PK\u0003\u0004', 'PK\u0005\u0006', '\uFEFF[', '<html>', '{"type":', '[12/30/20, 9:41] A: '],
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (head, tail) => {
        expect((await outcomeOf(Buffer.concat([Buffer.from(head, 'latin1'), tail]))).code).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

describe('a text of a message', () => {
  const textsOf = async (bytes: Uint8Array) => {
    const outcome = await outcomeOf(bytes);
    const texts = outcome.conversations?.flatMap(({ messages }) => messages).map(({ text }) => text) ?? [];
    return { texts, codes: issuesOf(outcome).map(({ code }) => code) };
  };
  const escaping = SAMPLES.filter(([, { path }]) => /\.jsonl?$/.test(path));

  test.each(escaping)('for %s may hold escaped NUL and lone surrogates, which are repaired', async (_, sample) => {
    const { texts, codes } = await textsOf(exportOf(sample, 'x\\u0000y\\ud800z'));
    expect(texts).toContain('xy\uFFFDz');
    expect(codes).toContain('TEXT_REPAIRED');
  });

  test.each(SAMPLES)('for %s may hold bytes that are no UTF-8, which are replaced', async (_, sample) => {
    const marked = Buffer.from(sample.document('x#y'));
    marked[marked.indexOf('x#y') + 1] = 0xed;
    const { texts, codes } = await textsOf(zipOf({ ...sample.beside, [sample.path]: marked }));
    expect(texts).toContain('x\uFFFDy');
    expect(codes).toContain('INVALID_UTF8');
  });

  test.each(FILES)('for %s may follow a byte order mark', async (_, sample) => {
    expect((await textsOf(Buffer.from(`\uFEFF${sample.document('hi')}`))).texts).toContain('hi');
  });

  test.each(FILES)('for %s in UTF-16 is refused by name', async (_, sample) => {
    const text = sample.document('hi');
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    const mark = Buffer.from([0xff, 0xfe]);
    for (const bytes of [
      little,
      big,
      Buffer.concat([mark, little]),
      Buffer.concat([Buffer.from(mark).swap16(), big]),
    ]) {
      const refused = { code: 'UNSUPPORTED_FORMAT', recognised: 'a UTF-16 text' };
      await expect(surveyArchive(bytesSource(bytes))).rejects.toMatchObject(refused);
      await expect(surveyArchive(bytesSource(bytes), { fileName: 'x.json' })).rejects.toMatchObject(refused);
    }
  });
});

describe('the JSON', () => {
  const inJson = SAMPLES.filter(([, { path }]) => /\.jsonl?$/.test(path));
  /** The outcome of the sample with its text replaced, value and all. */
  const withValue = (sample: ReaderSample, value: string) =>
    rewritten(sample, (text) => text.replace(/"[^"]*@text@"/, value));
  const rewritten = (sample: ReaderSample, rewrite: (text: string) => string) =>
    outcomeOf(zipOf({ ...sample.beside, [sample.path]: rewrite(sample.document('@text@')) }));
  const openers: [string, string][] = [
    ['[', ']'],
    ['{"a":', '}'],
    ['{"__proto__":[', ']}'],
  ];

  test.each(inJson)(
    'for %s may be nested 100,000 levels deep in a message, which costs at most the record',
    async (_, sample) => {
      for (const [open, close] of openers) {
        const whole = await withValue(sample, `${open.repeat(100_000)}1${close.repeat(100_000)}`);
        const codes = [whole.code, ...issuesOf(whole).map(({ code }) => code)];
        expect(codes).toEqual(
          expect.arrayContaining([expect.stringMatching(/^(RECORD_TOO_DEEP|LIMIT_EXCEEDED_DEPTH)$/)]),
        );
        expect((await withValue(sample, open.repeat(100_000))).code).not.toBeUndefined();
      }
    },
  );

  test.each(inJson)('for %s may be nested 100,000 levels deep around it, which is refused', async (_, sample) => {
    for (const [open, close] of openers) {
      const around = await rewritten(sample, (text) => `${open.repeat(100_000)}${text}${close.repeat(100_000)}`);
      expect([around.code, ...issuesOf(around).map(({ code }) => code)].some((code) => code !== null)).toBe(true);
    }
  });

  test.each(inJson)('for %s may name members of prototypes, which are kept as data', async (_, sample) => {
    const names =
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"toString":1,"hasOwnProperty":null,';
    const { conversations } = await rewritten(sample, (text) =>
      text.replaceAll('@text@', 'hi').replace(/\{(?!\})/g, `{${names}`),
    );
    expect(conversations?.flatMap(({ messages }) => messages).map(({ text }) => text)).toContain('hi');
    const raw = conversations?.flatMap((conversation) => [
      conversation.raw,
      ...conversation.messages.map((m) => m.raw),
    ]);
    expect(raw?.join()).toContain('"__proto__":{"polluted":1}');
  });

  test.each(inJson)('for %s may name a member twice, of which the last counts', async (_, sample) => {
    const { conversations } = await rewritten(sample, (text) =>
      text.replace(/("\w+":)("[^"]*@text@")/, '$1"first",$1$2'),
    );
    expect(conversations?.flatMap(({ messages }) => messages).map(({ text }) => text)).toContain('@text@');
  });

  test.each(inJson)('for %s may hold numbers of any size', async (_, sample) => {
    for (const number of ['1e400', '-1e400', `1${'0'.repeat(5000)}`, `0.${'0'.repeat(5000)}1`, '-0', '1e-400']) {
      await rewritten(sample, (text) => text.replace(/:\s*-?\d+(\.\d+)?(?=[,}\]])/g, `:${number}`));
      await withValue(sample, number);
    }
  });

  test.each(inJson)('for %s may hold values of any kind in the place of the text', async (_, sample) => {
    for (const value of ['null', 'true', '{}', '[]', '[null]', '{"text":{}}', '[[["a"]]]', '""']) {
      const outcome = await withValue(sample, value);
      expect([value, outcome.code]).toEqual([value, null]);
    }
  });
});
