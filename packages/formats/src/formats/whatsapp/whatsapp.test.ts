import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openArchive } from '../../archive/view.ts';
import { ArchiveError } from '../../errors.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { ParsedConversation } from '../../model.ts';
import { bytesSource } from '../../source.ts';
import { readAll, readOne, toBytes } from '../../testing/read-all.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { codeOf, readWith as readArchiveWith } from '../chats/testing/read-with.ts';
import { whatsapp } from './reader.ts';

const MARK = '\u200e';

/** What the reader makes of the content; null when it is not recognised. */
const readWith = (content: string | Uint8Array, limits = {}) => readArchiveWith(whatsapp, toBytes(content), limits);

async function readChat(content: string | Uint8Array): Promise<ParsedConversation> {
  const conversation = (await readWith(content))?.conversations[0];
  if (!conversation) throw new Error('Expected a conversation.');
  return conversation;
}

const ANDROID = [
  '12/30/20, 9:40 PM - Messages and calls are end-to-end encrypted. Tap to learn more.',
  '12/30/20, 9:41 PM - Ann: Shall we plant beans?',
  'And peas?',
  '',
  'Soon: in May',
  '12/30/20, 9:41 PM - Bob: yes',
  '12/30/20, 9:41 PM - Bob: yes',
  '12/31/20, 8:00 AM - Ann: IMG-20201231-WA0001.jpg (file attached)',
  'the bed',
  '1/1/21, 12:01 AM - Bob: This message was deleted',
  '1/1/21, 12:02 AM - Ann changed the subject to "Plan: B"',
  '',
].join('\n');

const IOS = [
  `[31.12.20, 21:41:05] Garden: ${MARK}Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.`,
  '[31.12.20, 21:41:06] Ann: Wollen wir Bohnen pflanzen?',
  `${MARK}[31.12.20, 21:42:00] ~ Bob: ${MARK}<Anhang: 00000003-PHOTO-2020-12-31-21-42-00.jpg>`,
  '',
].join('\r\n');

describe('a WhatsApp chat', () => {
  test('of Android is a chain of messages of several lines', async () => {
    const conversation = await readChat(ANDROID);
    expect(conversation).toMatchObject({
      platform: 'whatsapp',
      externalId: expect.stringMatching(/^first:[0-9a-f]{32}$/),
      title: null,
      metadata: { timeZone: 'unknown', dateOrder: 'MDY', participants: ['Ann', 'Bob'] },
      issues: [],
    });
    expect(
      conversation.messages.map(({ role, author, text, hidden, contentType }) => [
        role,
        author,
        text,
        hidden,
        contentType,
      ]),
    ).toEqual([
      ['SYSTEM', null, 'Messages and calls are end-to-end encrypted. Tap to learn more.', true, 'notice'],
      ['USER', 'Ann', 'Shall we plant beans?\nAnd peas?\n\nSoon: in May', false, 'text'],
      ['USER', 'Bob', 'yes', false, 'text'],
      ['USER', 'Bob', 'yes', false, 'text'],
      ['USER', 'Ann', 'the bed', false, 'media'],
      ['USER', 'Bob', 'This message was deleted', true, 'deleted'],
      ['SYSTEM', null, 'Ann changed the subject to "Plan: B"', true, 'notice'],
    ]);
    const { messages } = conversation;
    expect(messages.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(messages.map(({ parentExternalId }) => parentExternalId)).toEqual([
      null,
      ...messages.slice(0, -1).map(({ externalId }) => externalId),
    ]);
    expect(messages[3]?.externalId).toBe(`${messages[2]?.externalId}~2`);
    expect(messages[1]?.createdAt).toEqual(new Date('2020-12-30T21:41:00Z'));
    expect(messages[4]?.metadata).toEqual({ attachment: 'IMG-20201231-WA0001.jpg' });
    expect(JSON.parse(messages[4]?.raw ?? '')).toEqual({
      text: '12/31/20, 8:00 AM - Ann: IMG-20201231-WA0001.jpg (file attached)\nthe bed',
    });
  });

  test('of iOS names the chat in its first line', async () => {
    const conversation = await readChat(IOS);
    expect(conversation).toMatchObject({ title: 'Garden', metadata: { participants: ['Ann', 'Bob'] }, issues: [] });
    expect(conversation.messages).toMatchObject([
      { role: 'SYSTEM', author: 'Garden', hidden: true },
      { role: 'USER', author: 'Ann', createdAt: new Date('2020-12-31T21:41:06Z') },
      { role: 'USER', author: 'Bob', text: '', metadata: { attachment: '00000003-PHOTO-2020-12-31-21-42-00.jpg' } },
    ]);
  });

  test('is the same conversation with the same messages after it has grown', async () => {
    const [before, after] = [await readChat(ANDROID), await readChat(`${ANDROID}2/13/21, 9:00 AM - Bob: new\n`)];
    expect(after.externalId).toBe(before.externalId);
    expect(after.messages.slice(0, -1)).toEqual(before.messages);
  });

  test('keeps its ids when more lines show that the month comes first', async () => {
    const short = '1/2/2021, 09:00 - Ann: hi\n1/2/2021, 09:01 - Bob: hello\n';
    const [before, after] = [await readChat(short), await readChat(`${short}1/13/2021, 09:00 - Ann: again\n`)];
    expect([before.metadata.dateOrder, after.metadata.dateOrder]).toEqual(['DMY', 'MDY']);
    expect(before.metadata.dateOrderAssumed).toBe(true);
    expect(after.externalId).toBe(before.externalId);
    expect(after.messages.slice(0, 2).map(({ externalId }) => externalId)).toEqual(
      before.messages.map(({ externalId }) => externalId),
    );
  });

  test('has the same ids with and without its media, and whatever the notices say', async () => {
    const without = ANDROID.replace('IMG-20201231-WA0001.jpg (file attached)', '<Media omitted>').replace(
      'Tap to learn more.',
      'Only people in this chat can read them.',
    );
    const ids = async (text: string) => (await readChat(text)).messages.map(({ externalId }) => externalId);
    expect(await ids(without)).toEqual(await ids(ANDROID));
    expect((await readChat(without)).externalId).toBe((await readChat(ANDROID)).externalId);
  });

  test('may quote another chat, or have lines that only look like heads', async () => {
    const { messages, issues } = await readChat(
      '31/12/20, 21:41 - Ann: look\n[30/12/20, 10:00:00] Cem: quoted\n2020-01-01 10:00 - x: y\n31/12/20, 21:42 - Bob: ok',
    );
    expect(messages.map(({ text }) => text)).toEqual([
      'look\n[30/12/20, 10:00:00] Cem: quoted\n2020-01-01 10:00 - x: y',
      'ok',
    ]);
    expect(issues).toEqual([]);
  });

  test('reports lines above the first message, and keeps them', async () => {
    const { messages, issues, raw } = await readChat(`the end of something\n${ANDROID}`);
    expect(messages).toHaveLength(7);
    expect(issues).toMatchObject([{ code: 'INVALID_MESSAGE', location: '$:1' }]);
    expect(JSON.parse(raw)).toEqual({ document: '$', preamble: 'the end of something' });
  });

  test.each([
    ['foo', 'bar'],
    ['AM', 'bar'],
  ])('has no times when %s and %s beside them are not both known', async (one, other) => {
    const { messages, issues } = await readChat(
      `31/12/20, 9:41 ${one} - Ann: hi\n31/12/20, 9:42 ${other} - Bob: hello`,
    );
    expect(messages.map(({ createdAt }) => createdAt)).toEqual([null, null]);
    expect(issues).toMatchObject([{ code: 'INVALID_TIMESTAMP', location: '$' }]);
  });

  test('has no time where there is no such date', async () => {
    const { messages, issues } = await readChat(
      '28/02/21, 9:41 - Ann: a\n30/02/21, 9:41 - Ann: b\n28/03/21, 9:41 - Ann: c\n13/04/21, 9:41 - Ann: d',
    );
    expect(messages.map(({ createdAt }) => createdAt?.toISOString() ?? null)).toEqual([
      '2021-02-28T09:41:00.000Z',
      null,
      '2021-03-28T09:41:00.000Z',
      '2021-04-13T09:41:00.000Z',
    ]);
    expect(issues).toMatchObject([{ code: 'INVALID_TIMESTAMP' }]);
  });

  test('replaces and reports bytes that are not UTF-8', async () => {
    const bytes = Buffer.from(ANDROID.replace('beans', 'b#ns'));
    bytes[bytes.indexOf('#')] = 0xe9;
    const { messages, issues } = await readChat(bytes);
    expect(messages[1]?.text).toContain('b\uFFFDns');
    expect(issues).toMatchObject([{ code: 'INVALID_UTF8', location: '$:2' }]);
  });
});

/** How a phone writes the date, the time, and what stands around them. */
const MANNERS = {
  order: fc.constantFrom('YMD', 'DMY', 'MDY'),
  separator: fc.constantFrom('/', '-', '.'),
  fullYear: fc.boolean(),
  padded: fc.boolean(),
  comma: fc.constantFrom(',', ''),
  seconds: fc.boolean(),
  words: fc.constantFrom(['', ''], [' AM', ' PM'], ['\u202fa.m.', '\u202fp.m.'], [' ص', ' م']),
  brackets: fc.boolean(),
};

type Manner = { [K in keyof typeof MANNERS]: (typeof MANNERS)[K] extends fc.Arbitrary<infer T> ? T : never };

function headOf(time: Date, { order, separator, fullYear, padded, comma, seconds, words, brackets }: Manner): string {
  const number = (value: number) => String(value).padStart(padded ? 2 : 1, '0');
  const two = (value: number) => String(value).padStart(2, '0');
  const parts: Record<string, string> = {
    Y: String(time.getUTCFullYear()).slice(fullYear ? 0 : 2),
    M: number(time.getUTCMonth() + 1),
    D: number(time.getUTCDate()),
  };
  const date = [...order].map((part) => parts[part]).join(separator);
  const hour = time.getUTCHours();
  const clock = [
    words[0] === '' ? two(hour) : String(hour % 12 || 12),
    two(time.getUTCMinutes()),
    ...(seconds ? [two(time.getUTCSeconds())] : []),
  ].join(':');
  const written = `${date}${comma} ${clock}${words[hour < 12 ? 0 : 1]}`;
  return brackets ? `[${written}]` : `${written} -`;
}

describe('the times of a chat', () => {
  test('are found in every manner, as soon as the chat is long enough to show the order of day and month', async () => {
    const start = Date.UTC(2021, 0, 5, 8, 30, 15);
    const steps = fc.array(fc.integer({ min: 43_200_000, max: 3 * 86_400_000 }), { minLength: 40, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.record(MANNERS), steps, fc.integer({ min: 0, max: 6 }), async (manner, gaps, years) => {
        let at = start + years * 365 * 86_400_000;
        const times = [at, ...gaps.map((gap) => (at += gap)), at + 40 * 86_400_000].map((time) => new Date(time));
        const text = times.map((time, index) => `${headOf(time, manner)} Ann: ${index}`).join('\n');
        const unit = manner.seconds ? 1000 : 60_000;
        expect((await readChat(text)).messages.map(({ createdAt }) => createdAt?.toISOString())).toEqual(
          times.map((time) => new Date(Math.floor(time.getTime() / unit) * unit).toISOString()),
        );
      }),
    );
  });
});

describe('a ZIP', () => {
  test('of iOS holds the chat beside its media; texts that were sent are no chats', async () => {
    const result = await readWith(
      zipOf({ '_chat.txt': IOS, '00000003-PHOTO-2020-12-31-21-42-00.jpg': 'x', '00000004-log.txt': ANDROID }),
    );
    expect(result?.conversations).toHaveLength(1);
  });

  test('of Android names the chat by its file', async () => {
    const zip = zipOf({ 'WhatsApp Chat with Bob.txt': ANDROID, 'WhatsApp-Chat mit Cem.txt': IOS });
    const titles = (await readWith(zip))?.conversations.map(({ title }) => title);
    expect(titles).toEqual(['Bob', 'Cem']);
  });

  test('gives a chat the name under which it was uploaded, and no other identity', async () => {
    const named = async (content: string | Uint8Array, fileName?: string) =>
      readOne(content, fileName === undefined ? {} : { fileName });
    const zip = zipOf({ '_chat.txt': IOS });
    const unnamed = await named(zip);
    expect(unnamed.title).toBe('Garden');
    for (const fileName of ['WhatsApp Chat with Bob.zip', 'WhatsApp Chat - Bob (1).zip', 'WhatsApp-Chat mit Bob.zip']) {
      expect(await named(zip, fileName)).toEqual({ ...unnamed, title: 'Bob' });
    }
    expect((await named(zip, 'export.zip')).title).toBe('Garden');
    expect((await named(ANDROID)).title).toBeNull();
    expect((await named(ANDROID, 'WhatsApp Chat with Bob.txt')).title).toBe('Bob');
    expect((await named(zipOf({ 'WhatsApp Chat with Cem.txt': ANDROID }), 'WhatsApp Chat with Bob.zip')).title).toBe(
      'Cem',
    );
  });

  test('of several chats gives none of them its own name', async () => {
    const zip = zipOf({ 'a/_chat.txt': ANDROID, 'b/_chat.txt': IOS });
    const { conversations } = await readAll(zip, { fileName: 'WhatsApp Chat with Bob.zip' });
    expect(conversations.map(({ title }) => title)).toEqual([null, 'Garden']);
  });

  test('with a damaged chat is an error', async () => {
    const zip = zipOf({ '_chat.txt': ANDROID });
    const at = zip.indexOf('_chat.txt') + 15;
    zip[at] = (zip[at] ?? 0) ^ 0xff;
    await expect(readWith(zip)).rejects.toBeInstanceOf(ArchiveError);
  });
});

describe('recognition', () => {
  test.each([
    ['plain text', 'Dear diary,\ntoday it rained.'],
    ['a single head', '12/30/20, 9:41 PM - Ann: hi\nno more'],
    ['a text that quotes a chat', `Minutes of the meeting\n${'We talked.\n'.repeat(20)}${ANDROID}`.slice(0, 400)],
    ['a log', '2020-12-31 21:41:05 - INFO: started\n2020-12-31 21:41:06 - ERROR: stopped'],
    ['a log in brackets', '[2020-12-31 21:41:05] INFO: started\n[2020-12-31 21:41:06] WARN: hot'],
    ['notices alone', '12/30/20, 9:41 PM - a\n12/30/20, 9:41 PM - b'],
    ['JSON', '[{"date": "12/30/20, 9:41 PM - Ann: hi"}]'],
    ['a list of appointments', '12/30/20, 9:41 PM - dentist\n12/31/20, 9:41 PM - party'],
  ])('leaves %s alone', async (_, text) => {
    expect(await readWith(text)).toBeNull();
  });

  test('says what it saw', async () => {
    const archive = await openArchive(bytesSource(toBytes(ANDROID)), DEFAULT_LIMITS, undefined);
    expect(await whatsapp.recognise(archive)).toMatchObject({
      confidence: 0.9,
      reason: '7 heads of messages at the beginning of a text',
    });
  });
});

const outcome = (bytes: Uint8Array) => codeOf(whatsapp, bytes);

describe('content that is not what it should be', () => {
  test.each([
    ['Android', ANDROID],
    ['iOS', IOS],
  ])('a chat of %s cut off anywhere is read as far as it goes, or not recognised', async (_, text) => {
    const bytes = toBytes(text);
    const whole = (await readChat(bytes)).messages;
    const recognised = new Set<boolean>();
    for (let end = 1; end < bytes.length; end++) {
      const part = bytes.subarray(0, end);
      const result = await readWith(part);
      recognised.add(result !== null);
      const messages = result?.conversations[0]?.messages ?? [];
      expect(messages.length).toBeLessThanOrEqual(whole.length);
      // All but the last message are there as they are in the whole file.
      expect(messages.slice(0, -1).map(({ raw }) => raw)).toEqual(
        whole.slice(0, Math.max(0, messages.length - 1)).map(({ raw }) => raw),
      );
    }
    expect(recognised).toEqual(new Set([false, true]));
  });

  test('a ZIP cut off anywhere is an error with a code', async () => {
    const bytes = zipOf({ '_chat.txt': IOS });
    for (let end = 1; end < bytes.length; end++) expect(await outcome(bytes.subarray(0, end))).not.toBeNull();
  });

  test('every line belongs to one message, whatever the lines are', async () => {
    const head = fc.constantFrom(
      '12/30/20, 9:41 PM - ',
      '1/1/21, 12:01 AM - Ann: ',
      '13/13/21, 12:01 AM - Ann: ',
      '[31.12.20, 21:41:05] Bob: ',
      '2/30/21, 1:01 AM - \u200eBob: \u200e',
      '',
    );
    const rest = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<Media omitted>', '<attached: a.jpg>', 'x <This message was edited>', '"a: b', '\0'),
    );
    const line = fc.tuple(head, rest).map(([start, end]) => `${start}${end.replace(/[\r\n]/g, ' ')}`);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const text = ['12/30/20, 9:41 PM - Ann: a', '12/31/20, 9:41 PM - Ann: b', ...lines].join('\n');
        const conversation = (await readWith(text.toWellFormed()))?.conversations[0];
        if (!conversation) return;
        const preamble = JSON.parse(conversation.raw).preamble as string | undefined;
        const sources = conversation.messages.map(({ raw }) => JSON.parse(raw).text as string);
        const read = [...(preamble === undefined ? [] : [preamble]), ...sources].join('\n');
        const visible = (value: string) =>
          value
            .toWellFormed()
            .split(/\s+/)
            .filter((word) => word !== '');
        expect(visible(read)).toEqual(visible(text));
        expect(conversation.messages.every(({ sequence }, index) => sequence === index)).toBe(true);
        for (const { text: said } of conversation.messages)
          expect(said.isWellFormed() && !said.includes('\0')).toBe(true);
      }),
    );
  });

  test('arbitrary bytes are not recognised, or are read', async () => {
    const start = fc.constantFrom('', ANDROID, '[31.12.20, 21:41:05] A: b\n', '12/30/20, 9:41 PM - ');
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (head, tail) => {
        const bytes = Buffer.concat([Buffer.from(head), tail]);
        if (bytes.length > 0) await outcome(bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('a chat over the limit is reported, and refused when it is the only one', async () => {
    const limits = { maxRecordBytes: 300 };
    const zip = zipOf({ 'WhatsApp Chat with Ann.txt': ANDROID, 'WhatsApp Chat with Bob.txt': ANDROID.slice(0, 290) });
    const result = await readWith(zip, limits);
    expect(result?.issues).toMatchObject([{ code: 'RECORD_TOO_LARGE', location: 'WhatsApp Chat with Ann.txt' }]);
    expect(result?.conversations).toHaveLength(1);
    await expect(readWith(ANDROID, limits)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED_RECORD', limit: 300 });
  });
});
