import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toBytes } from '../../testing/read-all.ts';
import { issuesOf, outcomeOf, outline, readKnown } from '../../testing/read-with.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { openwebui, openwebuiChat } from './reader.ts';

const READERS = [openwebui, openwebuiChat];

interface Sample {
  id: string;
  parentId?: string | null;
  childrenIds?: string[];
  [field: string]: unknown;
}

const user = (id: string, parentId: string | null, content: unknown, more: object = {}): Sample => ({
  id,
  parentId,
  childrenIds: [],
  role: 'user',
  content,
  timestamp: 1_770_000_000,
  models: ['llama3:8b', 'qwen3'],
  ...more,
});
const answer = (id: string, parentId: string, content: unknown, more: object = {}): Sample => ({
  ...user(id, parentId, content),
  role: 'assistant',
  model: 'llama3:8b',
  modelName: 'Llama',
  timestamp: 1_770_000_009,
  ...more,
});
const chat = (messages: readonly Sample[], currentId: string | null, more: object = {}) => ({
  id: '',
  title: 'Bees',
  models: ['llama3:8b', 'qwen3'],
  params: { system: 'Be kind.' },
  history: { messages: Object.fromEntries(messages.map((message) => [message.id, message])), currentId },
  messages: [],
  tags: [],
  timestamp: 1_770_000_000_123,
  ...more,
});
const record = (messages: readonly Sample[], currentId: string | null, more: object = {}) => ({
  id: 'chat-1',
  user_id: 'u',
  title: 'Bees',
  chat: chat(messages, currentId),
  created_at: 1_770_000_000,
  updated_at: 1_770_000_100,
  archived: false,
  pinned: true,
  meta: { tags: ['garden'] },
  folder_id: null,
  ...more,
});
/** Two models answer one question; the first answer is current. */
const BRANCHING = [
  user('q', null, 'Do bees sleep?', { childrenIds: ['a', 'b'] }),
  answer('b', 'q', 'Yes, they do.', { model: 'qwen3', modelName: 'Qwen', modelIdx: 1 }),
  answer('a', 'q', 'They do.'),
];

const one = async (content: object) => {
  const { conversations } = await readKnown(READERS, content);
  if (!conversations[0]) throw new Error('The sample has no conversation.');
  return conversations[0];
};
const messageOf = async (message: Sample) => {
  const conversation = await one([record([message], null)]);
  return { message: conversation.messages[0], codes: conversation.issues.map(({ code }) => code) };
};

describe('an Open WebUI chat', () => {
  test('is a tree by parentId, its answers in the order of childrenIds', async () => {
    const conversation = await one([record(BRANCHING, 'a')]);
    expect(outline(conversation)).toEqual([
      ['q', null, 'USER', 0],
      ['a', 'q', 'ASSISTANT', 1],
      ['b', 'q', 'ASSISTANT', null],
    ]);
    expect(conversation).toMatchObject({
      platform: 'openwebui',
      externalId: 'chat-1',
      title: 'Bees',
      model: 'llama3:8b',
      createdAt: new Date(1_770_000_000_000),
      updatedAt: new Date(1_770_000_100_000),
      metadata: { pinned: true, models: ['llama3:8b', 'qwen3'], params: { system: 'Be kind.' } },
      issues: [],
    });
    expect(conversation.messages.map(({ author, model }) => [author, model])).toEqual([
      [null, null],
      ['Llama', 'llama3:8b'],
      ['Qwen', 'qwen3'],
    ]);
    expect(conversation.messages.map(({ raw }) => JSON.parse(raw).id)).toEqual(['q', 'a', 'b']);
    expect(JSON.parse(conversation.raw).chat.history).toEqual({ messages: {}, currentId: 'a' });
  });

  test('without the record around it is the same tree, known by its beginning', async () => {
    const [bare, grown] = [chat(BRANCHING, 'a'), chat([...BRANCHING, user('r', 'a', 'How long?')], 'r')];
    const found = await readKnown(READERS, bare);
    expect(found.format).toBe('openwebui-chat-json');
    const [conversation] = found.conversations;
    expect(conversation && outline(conversation)).toEqual(outline(await one([record(BRANCHING, 'a')])));
    expect(conversation?.externalId).toMatch(/^content:[0-9a-f]{64}$/);
    expect((await one(grown)).externalId).toBe(conversation?.externalId);
    expect((await one(chat(BRANCHING, 'a', { timestamp: 1 }))).externalId).not.toBe(conversation?.externalId);
  });

  test('of the oldest versions, a list of messages, is a chain', async () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ];
    const conversation = await one([{ id: 'old', chat: { title: 'Old', models: ['m'], messages } }]);
    expect(conversation.messages.map(({ role, text, sequence }) => [role, text, sequence])).toEqual([
      ['USER', 'Hi', 0],
      ['ASSISTANT', 'Hello', 1],
    ]);
    expect(conversation.messages[1]?.parentExternalId).toBe(conversation.messages[0]?.externalId);
    expect(conversation).toMatchObject({ title: 'Old', externalId: 'old' });
    const emptied = await one([{ id: 'old', chat: { history: { messages: {}, currentId: null }, messages } }]);
    expect(outline(emptied)).toEqual(outline(conversation));
  });

  test('a parent that is missing is taken from childrenIds', async () => {
    const { parentId: _, ...orphan } = answer('a', 'q', 'x');
    const conversation = await one([record([user('q', null, 'Q', { childrenIds: ['a'] }), orphan], 'a')]);
    expect(outline(conversation)).toEqual([
      ['q', null, 'USER', 0],
      ['a', 'q', 'ASSISTANT', 1],
    ]);
  });

  test('records that are no chats are issues, and cost no other', async () => {
    const found = await readKnown(READERS, [
      record(BRANCHING, 'a'),
      7,
      { id: 'x' },
      { id: 'y', chat: {} },
      record([], null),
    ]);
    expect(found.counted).toBe(5);
    expect(issuesOf(found)).toEqual(['NOT_A_CONVERSATION $[1]', 'NOT_A_CONVERSATION $[2]', 'MISSING_MESSAGES $[3]']);
    expect(found.conversations).toHaveLength(2);
  });

  test('is read from a ZIP of exports', async () => {
    const zip = zipOf({
      'a.json': JSON.stringify([record(BRANCHING, 'a')]),
      'b.json': JSON.stringify([record([], null)]),
    });
    expect((await readKnown(READERS, zip)).counted).toBe(2);
  });
});

describe('an Open WebUI message', () => {
  const reasoning =
    '<details type="reasoning" done="true" duration="1">\n<summary>Thought</summary>\n&gt; Hm.\n</details>\n';
  const call = '<details type="tool_calls" done="true" id="c" name="look"><summary>Done</summary></details>';
  const output = [
    { type: 'reasoning', content: [{ type: 'output_text', text: 'Hm.' }] },
    { type: 'function_call', id: 'c', name: 'look', arguments: '{}' },
    { type: 'message', content: [{ type: 'output_text', text: 'Yes.' }] },
  ];

  test.each<[unknown, object, object, string[]]>([
    [`${reasoning}${call}Yes.`, {}, { text: 'Yes.', contentType: 'text', hidden: false }, []],
    [reasoning, {}, { text: '', contentType: 'reasoning', hidden: true, metadata: { thinking: ['Hm.'] } }, []],
    [call, {}, { contentType: 'tool_calls', hidden: true, metadata: { tool_calls: [{ id: 'c', name: 'look' }] } }, []],
    ['', { output }, { text: 'Yes.', metadata: { thinking: ['Hm.'], tool_calls: [{ id: 'c', name: 'look' }] } }, []],
    ['', { error: { content: 'No memory.' } }, { text: 'No memory.', contentType: 'error', hidden: false }, []],
    [[{ type: 'text', text: 'a' }, { type: 'image_url', image_url: {} }, 'b'], {}, { text: 'a\nb' }, []],
    [[{ type: 'poem', text: 'O moon' }, 7], {}, { text: 'O moon' }, ['UNKNOWN_CONTENT_TYPE', 'INVALID_CONTENT']],
    [7, {}, { text: '', contentType: 'empty' }, ['INVALID_CONTENT']],
    [null, {}, { text: '', contentType: 'empty' }, []],
    [reasoning, { role: 'user' }, { text: reasoning, hidden: false }, []],
    ['x', { role: 'system' }, { role: 'SYSTEM', hidden: true }, []],
    ['x', { role: 'tool' }, { role: 'TOOL', hidden: true }, []],
    ['x', { role: 'ghost' }, { role: 'SYSTEM', hidden: true }, ['UNKNOWN_ROLE']],
  ])('of content %j with %j', async (content, more, expected, codes) => {
    expect(await messageOf(answer('a', 'q', content, { parentId: null, ...more }))).toMatchObject({
      message: expected,
      codes,
    });
  });

  test('keeps names of files and sources, and none of their bytes', async () => {
    const { message } = await messageOf(
      user('a', null, 'x', {
        files: [{ type: 'image', url: 'data:image/png;base64,AAAA', name: 'bee.png' }],
        sources: [{ source: { name: 'Bees', id: 's' }, document: ['long'] }],
      }),
    );
    expect(message?.metadata).toMatchObject({
      files: [{ type: 'image', name: 'bee.png' }],
      sources: [{ id: 's', name: 'Bees' }],
    });
    expect(JSON.stringify(message?.metadata)).not.toContain('base64');
  });
});

describe('content that is not what it should be', () => {
  const exports: [string, Uint8Array][] = [
    ['an export', toBytes([record([user('q', null, 'é🌱\\"')], 'q')])],
    ['a chat', toBytes(chat([user('q', null, 'é🌱\\"')], 'q'))],
  ];

  test.each(exports)('%s cut off anywhere is no import', async (_, bytes) => {
    expect(await outcomeOf(READERS, bytes)).toBeNull();
    const codes = new Set<string | null>();
    for (let end = 1; end < bytes.length; end++) codes.add(await outcomeOf(READERS, bytes.subarray(0, end)));
    expect(codes).toEqual(new Set(['unrecognised', 'TRUNCATED_ARCHIVE']));
  });

  test.each(exports)('%s with any byte changed is read, or is an error with a code', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        await outcomeOf(READERS, changed);
      }),
      { numRuns: 150 },
    );
  });

  test('arbitrary messages are read or reported', async () => {
    const message = fc.record(
      {
        id: fc.jsonValue(),
        parentId: fc.oneof(fc.constantFrom('a', 'b', null), fc.jsonValue()),
        childrenIds: fc.oneof(fc.array(fc.constantFrom('a', 'b', 'c')), fc.jsonValue()),
        role: fc.oneof(fc.constantFrom('user', 'assistant'), fc.jsonValue()),
        content: fc.oneof(fc.jsonValue(), fc.array(fc.record({ type: fc.constant('text'), text: fc.jsonValue() }))),
        output: fc.jsonValue(),
        error: fc.jsonValue(),
        files: fc.jsonValue(),
        sources: fc.jsonValue(),
        timestamp: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const values = fc.oneof(message, fc.jsonValue());
    const messages = fc.oneof(fc.dictionary(fc.constantFrom('a', 'b', 'c', ''), values), fc.array(values));
    await fc.assert(
      fc.asyncProperty(messages, fc.jsonValue(), async (history, any) => {
        const odd = { id: any, title: any, created_at: any, chat: { history: { messages: history, currentId: any } } };
        const found = await readKnown(READERS, [record([], null), odd]);
        expect([found.counted, found.conversations.length, found.issues]).toEqual([2, 2, []]);
        for (const { messages: read } of found.conversations) {
          expect(read.every(({ text }) => text.isWellFormed() && !text.includes('\0'))).toBe(true);
          expect(new Set(read.map(({ externalId }) => externalId)).size).toBe(read.length);
        }
      }),
    );
  });

  test.each([
    ['a ChatGPT conversation', [{ conversation_id: 'x', mapping: {} }]],
    ['OpenAI messages', { messages: [{ role: 'user', content: 'x' }] }],
    ['history of another product', { history: [{ role: 'user' }] }],
  ])('%s is not taken for Open WebUI', async (_, content) => {
    expect(await outcomeOf(READERS, toBytes(content))).toBe('unrecognised');
  });
});

describe('the public chat', () => {
  const path = new URL('../../../../../../shared/fixtures/exports/other/openwebui-webui-json.json', import.meta.url);
  const testFixture = existsSync(path) ? test : test.skip;

  testFixture('openwebui-webui-json.json gives what an independent count finds', async () => {
    const source = readFileSync(path, 'utf8');
    const { history } = JSON.parse(source);
    const ids = Object.keys(history.messages);
    const { conversations, counted, issues } = await readKnown(READERS, source);
    expect([counted, conversations.length, issues]).toEqual([1, 1, []]);
    const [conversation] = conversations;
    expect(conversation && outline(conversation)).toEqual(
      ids.map((id, index) => [
        id,
        history.messages[id].parentId,
        history.messages[id].role === 'user' ? 'USER' : 'ASSISTANT',
        index,
      ]),
    );
    expect(ids.at(-1)).toBe(history.currentId);
    expect(conversation?.messages).toHaveLength(2);
    for (const message of conversation?.messages ?? []) expect(source).toContain(message.raw);
    expect(conversation?.issues).toEqual([]);
  });
});
