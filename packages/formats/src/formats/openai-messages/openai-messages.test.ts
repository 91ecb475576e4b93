import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toBytes } from '../../testing/read-all.ts';
import { issuesOf, outcomeOf, outline, readKnown, readWith } from '../../testing/read-with.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { openaiMessages } from './reader.ts';

const READERS = [openaiMessages];

const CHAT = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Which moss is that?', name: 'ann' },
  { role: 'assistant', content: 'Sphagnum.', weight: 1 },
];
const lines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const other = (text: string) => ({ messages: [{ role: 'user', content: text }] });

const one = async (content: string | object) => {
  const { conversations } = await readKnown(READERS, content);
  if (!conversations[0]) throw new Error('The sample has no conversation.');
  return conversations[0];
};
const messageOf = async (message: object) => {
  const conversation = await one({ messages: [message, { role: 'user', content: 'x' }] });
  return { message: conversation.messages[0], codes: conversation.issues.map(({ code }) => code) };
};

describe('messages', () => {
  const record = { messages: CHAT, tools: [{ type: 'function', function: { name: 'look' } }], model: 'gpt-4o' };

  test('are a chain, the instructions hidden', async () => {
    const conversation = await one(record);
    const [system, user, assistant] = conversation.messages.map(({ externalId }) => externalId);
    expect(outline(conversation)).toEqual([
      [system, null, 'SYSTEM', 0],
      [user, system, 'USER', 1],
      [assistant, user, 'ASSISTANT', 2],
    ]);
    expect(conversation.messages).toMatchObject([
      { hidden: true, model: null, text: 'Be brief.' },
      { hidden: false, author: 'ann' },
      { hidden: false, model: 'gpt-4o', metadata: { weight: 1 } },
    ]);
    expect(conversation).toMatchObject({
      platform: 'openai-messages',
      title: null,
      model: 'gpt-4o',
      metadata: { tools: ['look'] },
      issues: [],
    });
    expect(JSON.parse(conversation.raw)).toEqual({ ...record, messages: [] });
    expect(conversation.messages.map(({ raw }) => JSON.parse(raw))).toEqual(CHAT);
  });

  test.each<[string, string | Uint8Array | object, number]>([
    ['an object', record, 1],
    ['an object over several lines', JSON.stringify(record, null, 2), 1],
    ['a list of objects', [record, other('b')], 2],
    ['a list under "conversations"', { conversations: [record, other('b')] }, 2],
    ['a list of messages', CHAT, 1],
    ['one line', lines(record), 1],
    ['lines', lines(record, other('b'), other('c')), 3],
    ['lines without a line end, with blank ones', `\n${lines(record)}\r\n${JSON.stringify(other('b'))}`, 2],
    ['a ZIP', zipOf({ 'a.jsonl': lines(record, other('b')), 'b.json': '[1]', 'c.json': JSON.stringify(CHAT) }), 3],
  ])('are read from %s, each list under one id wherever it stands', async (_, content, count) => {
    const found = await readKnown(READERS, content);
    expect([found.counted, found.conversations.length, issuesOf(found)]).toEqual([count, count, []]);
    const { externalId } = await one(CHAT);
    expect(externalId).toMatch(/^content:[0-9a-f]{64}$/);
    expect(found.conversations.map((conversation) => conversation.externalId)).toContain(externalId);
    expect(found.confidence).toBe(0.7);
  });

  test('that differ in a call alone are two conversations; a UUID of the record counts more', async () => {
    const call = (city: string) => ({
      messages: [
        { role: 'user', content: 'Rain?' },
        { role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: city } }] },
      ],
    });
    const [a, b] = [await one(call('Oslo')), await one(call('Rome'))];
    expect(a.externalId).not.toBe(b.externalId);
    const id = '5b1e0c2e-1111-4222-8333-444455556666';
    const [first, grown] = [await one({ id, messages: CHAT.slice(0, 2) }), await one({ id, messages: CHAT })];
    expect([first.externalId, grown.externalId]).toEqual([id, id]);
    expect(grown.messages.slice(0, 2).map(({ externalId }) => externalId)).toEqual(
      first.messages.map(({ externalId }) => externalId),
    );
    expect((await one({ id: '7', messages: CHAT })).externalId).toBe((await one(CHAT)).externalId);
  });

  test('that are equal are two messages', async () => {
    const conversation = await one([CHAT[1], CHAT[1]]);
    expect(new Set(conversation.messages.map(({ externalId }) => externalId)).size).toBe(2);
    expect(conversation.issues).toEqual([]);
  });

  test('of a long first line beside others are still lines', async () => {
    const long = { id: 'x', model: 'm', messages: [{ role: 'user', content: 'x'.repeat(100_000) }, CHAT[1]] };
    const found = await readKnown(READERS, lines(long, other('b')));
    expect([found.counted, found.conversations.length]).toEqual([2, 2]);
  });
});

describe('damage', () => {
  test('costs one line and no other', async () => {
    const deep = `{"messages": [{"role": "user", "content": ${'['.repeat(100)}${']'.repeat(100)}}]}`;
    const text = `{"messages": [tru]}\n${lines({ messages: CHAT })}{"messages": [\n${deep}\n7\n{"a": 1}\n[]\n${lines(other('z'))}`;
    const found = await readKnown(READERS, text);
    expect(found.counted).toBe(8);
    expect(found.conversations).toHaveLength(3);
    expect(issuesOf(found)).toEqual([
      'INVALID_RECORD $:3',
      'RECORD_TOO_DEEP $:4',
      'INVALID_RECORD $:5',
      'MISSING_MESSAGES $:6',
      'NOT_A_CONVERSATION $:7',
      'INVALID_MESSAGE $:1.messages[0]',
    ]);
  });

  test('in which nothing can be read is an error', async () => {
    const limits = { maxRecordBytes: 20 };
    await expect(readWith(READERS, lines(other('a'), other('b')), limits)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED_RECORD',
    });
  });

  test('of a message costs that message, in a list of them too', async () => {
    const found = await readKnown(READERS, [CHAT[1], 7, CHAT[2]]);
    expect(issuesOf(found)).toEqual(['INVALID_MESSAGE $[1]']);
    expect(found.conversations[0]?.messages).toHaveLength(2);
  });

  test.each([
    ['a list', toBytes([CHAT[1]])],
    ['an object', toBytes({ messages: [CHAT[1]] })],
  ])('%s cut off anywhere is no import', async (_, bytes) => {
    expect(await outcomeOf(READERS, bytes)).toBeNull();
    const codes = new Set<string | null>();
    for (let end = 1; end < bytes.length; end++) codes.add(await outcomeOf(READERS, bytes.subarray(0, end)));
    expect(codes).toEqual(new Set(['unrecognised', 'TRUNCATED_ARCHIVE']));
  });

  test('lines cut off anywhere keep the lines before', async () => {
    const first = lines({ messages: [CHAT[1]] });
    const bytes = toBytes(first + lines(other('é🌱\\"')));
    for (let end = first.length + 1; end < bytes.length - 1; end++) {
      const found = await readKnown(READERS, bytes.subarray(0, end));
      expect([found.counted, found.conversations.length, issuesOf(found)]).toEqual([2, 1, ['INVALID_RECORD $:2']]);
    }
    for (let end = 1; end < first.length - 1; end++) {
      expect(await outcomeOf(READERS, bytes.subarray(0, end))).toMatch(/unrecognised|TRUNCATED_ARCHIVE/);
    }
  });

  test('any byte changed is read, or is an error with a code', async () => {
    const bytes = toBytes(lines({ messages: CHAT }, other('é🌱\\"')));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        await outcomeOf(READERS, changed);
      }),
      { numRuns: 200 },
    );
  });

  test('arbitrary messages are read or reported', async () => {
    const types = fc.constantFrom('text', 'image_url', 'tool_use', 'tool_result', 'thinking', 'x');
    const part = fc.record({ type: types, text: fc.jsonValue(), content: fc.jsonValue(), input: fc.jsonValue() });
    const message = fc.record(
      {
        id: fc.oneof(fc.constantFrom('a', 'b'), fc.jsonValue()),
        role: fc.oneof(fc.constantFrom('user', 'assistant', 'tool'), fc.jsonValue()),
        content: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(part, fc.jsonValue()))),
        tool_calls: fc.oneof(fc.jsonValue(), fc.array(fc.record({ id: fc.jsonValue(), function: fc.jsonValue() }))),
        function_call: fc.jsonValue(),
        tool_call_id: fc.jsonValue(),
        name: fc.jsonValue(),
        created_at: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const list = fc.array(fc.oneof(message, fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(list, fc.jsonValue(), async (messages, any) => {
        const odd = { messages, id: any, title: any, model: any, tools: any, created: any, metadata: any };
        for (const content of [lines({ messages: CHAT }, odd), [{ messages: CHAT }, odd]]) {
          const found = await readKnown(READERS, content);
          expect([found.counted, found.conversations.length, found.issues]).toEqual([2, 2, []]);
          for (const { messages: read } of found.conversations) {
            expect(read.every(({ text }) => text.isWellFormed() && !text.includes('\0'))).toBe(true);
            expect(new Set(read.map(({ externalId }) => externalId)).size).toBe(read.length);
          }
        }
      }),
    );
  });

  test.each<[string, string | object]>([
    ['a Discord export', { guild: {}, channel: {}, messages: [{ id: '1', content: 'x', author: {} }] }],
    ['a Telegram export', { name: 'Ann', type: 'personal_chat', id: 1, messages: [{ id: 1, text: 'x' }] }],
    ['a Claude Code session', lines({ type: 'user', message: { role: 'user', content: 'x' } }, { type: 'x' })],
    ['a LibreChat export', { conversationId: 'x', messages: [{ messageId: 'a', text: 'x' }] }],
    ['plain text', 'user: hello'],
    ['lists of nothing', '{"messages": []}\n{"messages": []}\n'],
    ['a broken file of another kind', '{"a": tru}\n{"b": 1}\n'],
  ])('%s is not taken for OpenAI messages', async (_, content) => {
    expect(await outcomeOf(READERS, toBytes(content))).toBe('unrecognised');
  });
});

describe('a message', () => {
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } };
  const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '{"at":1}' } };

  test.each<[object, object, string[]]>([
    [{ role: 'user', content: [{ type: 'text', text: 'a' }, image, 'b'] }, { text: 'a\nb', contentType: 'text' }, []],
    [{ role: 'user', content: [image] }, { text: '', contentType: 'image_url', hidden: false }, []],
    [
      { role: 'assistant', content: null, tool_calls: [call] },
      { text: 'look({"at":1})', contentType: 'tool_calls', hidden: true, metadata: { tool_calls: [{ id: 'c' }] } },
      [],
    ],
    [
      { role: 'assistant', content: 'Wait.', tool_calls: [call] },
      { text: 'Wait.', contentType: 'text', hidden: false, metadata: { tool_calls: [{ name: 'look' }] } },
      [],
    ],
    [{ role: 'assistant', function_call: { name: 'f', arguments: '{}' } }, { text: 'f({})', hidden: true }, []],
    [
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'g', input: { a: 1 } }] },
      { text: 'g({"a":1})' },
      [],
    ],
    [{ role: 'function', name: 'f', content: '7' }, { role: 'TOOL', author: 'f', hidden: true, text: '7' }, []],
    [{ role: 'developer', content: 'x' }, { role: 'SYSTEM', hidden: true }, []],
    [{ role: 'assistant', content: null, refusal: 'No.' }, { text: 'No.', contentType: 'refusal' }, []],
    [{ role: 'assistant', content: 'Yes.', reasoning_content: 'Hm.' }, { metadata: { thinking: ['Hm.'] } }, []],
    [
      { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.' }] },
      { contentType: 'thinking', hidden: true },
      [],
    ],
    [{ role: 'ghost', content: 'x' }, { role: 'SYSTEM', hidden: true }, ['UNKNOWN_ROLE']],
    [
      { role: 'user', content: [{ type: 'poem', text: 'O' }, 7] },
      { text: 'O' },
      ['INVALID_CONTENT', 'UNKNOWN_CONTENT_TYPE'],
    ],
    [{ role: 'user', content: 7 }, { text: '', contentType: 'empty' }, ['INVALID_CONTENT']],
  ])('%j', async (message, expected, codes) => {
    expect(await messageOf(message)).toMatchObject({ message: expected, codes });
  });

  test('that answers a call is named after the tool', async () => {
    const conversation = await one([
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c', content: [{ type: 'text', text: 'nothing' }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: [{ type: 'text', text: 'moss' }] }] },
    ]);
    expect(conversation.messages.slice(1)).toMatchObject([
      { role: 'TOOL', author: 'look', text: 'nothing', hidden: true },
      { role: 'TOOL', author: 'look', text: 'moss', hidden: true, contentType: 'tool_result' },
    ]);
  });
});
