import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { ArchiveError } from './errors.ts';
import { detectFormat, readArchive, surveyArchive } from './read.ts';
import { bytesSource } from './source.ts';
import { readAll, toBytes } from './testing/read-all.ts';
import {
  aistudioPrompt,
  branchingChatgpt,
  chatgptConversation,
  chatgptMessage,
  claudeConversation,
  claudeMessage,
} from './testing/samples.ts';
import { zipOf } from './testing/write-zip.ts';

jest.setTimeout(60_000);

/** Null when the archive can be read to its end, else the code of the ArchiveError; anything else is thrown on. */
async function outcome(bytes: Uint8Array): Promise<string | null> {
  try {
    await surveyArchive(bytesSource(bytes));
    for await (const record of readArchive(bytesSource(bytes))) expect(record.kind).toMatch(/conversation|issue/);
    return null;
  } catch (error) {
    if (error instanceof ArchiveError) return error.code;
    throw error;
  }
}

const EXPORTS: [string, Uint8Array][] = [
  ['ChatGPT JSON', toBytes([branchingChatgpt(), chatgptConversation([])])],
  ['a wrapped ChatGPT JSON', toBytes({ conversations: [branchingChatgpt()] })],
  ['Claude JSON', toBytes([claudeConversation([claudeMessage('a', 'human', [{ type: 'text', text: 'é🌱\\"' }])])])],
  ['AI Studio JSON', toBytes(aistudioPrompt([{ role: 'user', text: 'hi' }]))],
  ['a ChatGPT ZIP', zipOf({ 'conversations.json': JSON.stringify([branchingChatgpt()]), 'user.json': '{}' })],
];

describe('content that is not what it should be', () => {
  test.each(EXPORTS)('%s cut off anywhere is an error with a code', async (_, bytes) => {
    expect(await outcome(bytes)).toBeNull();
    const codes = new Set<string | null>();
    for (let end = 0; end < bytes.length; end++) codes.add(await outcome(bytes.subarray(0, end)));
    expect(codes.has(null)).toBe(false);
    expect(codes).toContain('EMPTY_FILE');
    expect(codes).toContain('TRUNCATED_ARCHIVE');
  });

  test.each(EXPORTS)('%s with any byte changed is read, or is an error with a code', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        await outcome(changed);
      }),
      { numRuns: 150 },
    );
  });

  test('arbitrary bytes are an error with a code', async () => {
    const start = fc.constantFrom(
      '',
      '[',
      '{',
      'PK\u0003\u0004',
      '[{"mapping":',
      '{"chunkedPrompt":{"chunks":[',
      '\uFEFF[',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (head, tail) => {
        expect(await outcome(Buffer.concat([Buffer.from(head), tail]))).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  test('arbitrary JSON inside of a conversation is read or reported', async () => {
    const nodes = fc.dictionary(
      fc.string(),
      fc.oneof(fc.jsonValue(), fc.record({ parent: fc.jsonValue(), message: fc.jsonValue() })),
    );
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), nodes, fc.array(fc.jsonValue()), async (any, mapping, list) => {
        const fields = {
          title: any,
          name: any,
          create_time: any,
          created_at: any,
          current_node: any,
          systemInstruction: any,
        };
        const found = [
          await readAll([branchingChatgpt(), { ...fields, id: any, mapping }]),
          await readAll([claudeConversation([]), { ...fields, uuid: any, chat_messages: list }]),
          await readAll([aistudioPrompt([]), { ...fields, chunkedPrompt: { chunks: list } }]),
        ];
        for (const { conversations, issues } of found) {
          expect(conversations).toHaveLength(2);
          expect(issues).toEqual([]);
          for (const { text } of conversations.flatMap(({ messages }) => messages)) {
            expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
          }
        }
      }),
    );
  });

  test('arbitrary messages are read or reported', async () => {
    const message = fc.record({
      author: fc.oneof(fc.jsonValue(), fc.record({ role: fc.constantFrom('user', 'tool', 'x') })),
      content: fc.oneof(
        fc.jsonValue(),
        fc.record({
          content_type: fc.constantFrom('text', 'thoughts', 'code', 'x'),
          parts: fc.jsonValue(),
          thoughts: fc.jsonValue(),
        }),
      ),
      metadata: fc.jsonValue(),
      create_time: fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(message, async (value) => {
        const { conversations } = await readAll([chatgptConversation([{ id: 'a', parent: null, message: value }])]);
        expect(conversations[0]?.messages).toHaveLength(1);
      }),
    );
  });

  test('depth 100,000, names like __proto__, NUL and lone surrogates cost at most their record', async () => {
    const deep = `{"mapping": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const odd = JSON.stringify(
      chatgptConversation([{ id: 'a', parent: null, message: chatgptMessage('a', 'user', 'x\0\uD800') }]),
    );
    const { conversations, issues } = await readAll(`[${deep}, ${odd.replace('"title"', '"__proto__"')}]`);
    expect(issues).toMatchObject([{ code: 'RECORD_TOO_DEEP', location: '$[0]' }]);
    expect(conversations[0]?.messages[0]?.text).toBe('x\uFFFD');
    expect(conversations[0]?.issues.map(({ code }) => code)).toEqual(['TEXT_REPAIRED']);
  });

  test('a record over the limit is reported and never held', async () => {
    const large = JSON.stringify(
      chatgptConversation([{ id: 'a', parent: null, message: chatgptMessage('a', 'user', 'x'.repeat(10_000)) }]),
    );
    const { conversations, issues } = await readAll(`[${large}, ${JSON.stringify(branchingChatgpt())}]`, {
      limits: { maxRecordBytes: 5000 },
    });
    expect(conversations).toHaveLength(1);
    expect(issues).toMatchObject([{ code: 'RECORD_TOO_LARGE', location: '$[0]' }]);
  });

  test('a conversation of too many messages, or a message of too many values, costs only itself', async () => {
    const two = claudeConversation([claudeMessage('a', 'human', 'x'), claudeMessage('b', 'human', [1, 2, 3, 4, 5, 6])]);
    const one = claudeConversation([claudeMessage('a', 'human', 'x')]);
    const many = await readAll([two, one], { limits: { maxMessages: 1 } });
    expect(many.conversations).toHaveLength(1);
    expect(many.issues).toMatchObject([{ code: 'RECORD_TOO_MANY_MESSAGES', location: '$[0]' }]);
    const [odd] = (await readAll([two], { limits: { maxValues: 15 } })).conversations;
    expect(odd?.messages.map(({ externalId }) => externalId)).toEqual(['a']);
    expect(odd?.issues).toContainEqual({
      code: 'RECORD_TOO_MANY_VALUES',
      location: '$[0].chat_messages[1]',
      message: 'The message has more than 15 values.',
    });
    const around = await readAll([{ ...one, x: new Array(50).fill(0) }, one], { limits: { maxValues: 40 } });
    expect(around.issues).toMatchObject([{ code: 'RECORD_TOO_MANY_VALUES', location: '$[0]' }]);
    const alone = { code: 'LIMIT_EXCEEDED_MESSAGES', limit: 1 };
    await expect(surveyArchive(bytesSource(toBytes([two])), { limits: { maxMessages: 1 } })).rejects.toMatchObject(
      alone,
    );
  });

  test('bytes that are not UTF-8 are replaced and reported', async () => {
    const bytes = Buffer.from(JSON.stringify([branchingChatgpt({ title: 'caf#' })]));
    bytes[bytes.indexOf('#')] = 0xe9;
    const { conversations } = await readAll(bytes);
    expect(conversations[0]).toMatchObject({
      title: 'caf\uFFFD',
      issues: [{ code: 'INVALID_UTF8', location: '$[0]' }],
    });
  });
});

describe('the survey', () => {
  test('counts every record, readable or not', async () => {
    const text = `[{"title": 1}, ${JSON.stringify(branchingChatgpt())}, {"a": tru}]`;
    expect((await surveyArchive(bytesSource(toBytes(text)))).conversationCount).toBe(3);
  });

  test('refuses a file in which no record is JSON', async () => {
    const broken = JSON.stringify(branchingChatgpt()).replace('"create_time":1700000000.5', '"create_time":17:00');
    expect(await outcome(toBytes(`[${broken}]`))).toBe('INVALID_JSON');
    expect(await outcome(toBytes(broken))).toBe('INVALID_JSON');
  });

  test('refuses a file in which every record is beyond the limits', async () => {
    const source = bytesSource(toBytes([branchingChatgpt()]));
    const refused = { code: 'LIMIT_EXCEEDED_RECORD', limit: 100, received: expect.any(Number) };
    await expect(surveyArchive(source, { limits: { maxRecordBytes: 100 } })).rejects.toMatchObject(refused);
    await expect(surveyArchive(source, { limits: { maxDepth: 2 } })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED_DEPTH',
      limit: 2,
      received: 6,
    });
  });

  test('finds damage behind the part that detection looks at', async () => {
    const many = JSON.stringify(Array.from({ length: 500 }, () => branchingChatgpt()));
    await expect(detectFormat(bytesSource(toBytes(many.slice(0, -1))))).resolves.toMatchObject({
      format: 'chatgpt-json',
    });
    expect(await outcome(toBytes(many.slice(0, -1)))).toBe('TRUNCATED_ARCHIVE');
    expect(await outcome(toBytes(`${many} x`))).toBe('INVALID_JSON');
  });
});
