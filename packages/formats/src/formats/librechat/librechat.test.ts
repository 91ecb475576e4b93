import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toBytes } from '../../testing/read-all.ts';
import { issuesOf, outcomeOf, outline, readKnown } from '../../testing/read-with.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { librechat, librechatTree } from './reader.ts';

const READERS = [librechat, librechatTree];
const ROOT = '00000000-0000-0000-0000-000000000000';

const user = (messageId: string, parentMessageId: string, text: string, more: object = {}) => ({
  messageId,
  parentMessageId,
  conversationId: 'talk-1',
  sender: 'User',
  isCreatedByUser: true,
  text,
  createdAt: '2026-03-01T10:00:00.000Z',
  ...more,
});
const model = (messageId: string, parentMessageId: string, text: string, more: object = {}) => ({
  ...user(messageId, parentMessageId, text),
  sender: 'Gardener',
  isCreatedByUser: false,
  model: 'gpt-4o',
  createdAt: '2026-03-01T10:00:05.000Z',
  ...more,
});
const talk = (messages: readonly unknown[], more: object = {}) => ({
  conversationId: 'talk-1',
  endpoint: 'openAI',
  title: 'Slugs',
  exportAt: '11:00:00 GMT+0100',
  branches: true,
  recursive: false,
  options: { model: 'gpt-4o', promptPrefix: 'Know plants.', temperature: 0.5, presetId: null },
  messages,
  ...more,
});
const FLAT = [
  user('q', ROOT, 'How do I keep slugs away?'),
  model('a', 'q', 'With sand.'),
  model('b', 'q', 'With a hedgehog.'),
  user('r', 'a', 'Which sand?', { createdAt: '2026-03-01T10:09:00.000Z' }),
];

const one = async (content: object) => {
  const { conversations } = await readKnown(READERS, content);
  if (!conversations[0]) throw new Error('The sample has no conversation.');
  return conversations[0];
};
const messageOf = async (more: object) => {
  const conversation = await one(talk([model('a', ROOT, '', more)]));
  return { message: conversation.messages[0], codes: conversation.issues.map(({ code }) => code) };
};

describe('a LibreChat conversation', () => {
  test('in a flat list is a tree by parentMessageId, shown along the last replies', async () => {
    const conversation = await one(talk(FLAT));
    expect(outline(conversation)).toEqual([
      ['q', null, 'USER', 0],
      ['a', 'q', 'ASSISTANT', null],
      ['r', 'a', 'USER', null],
      ['b', 'q', 'ASSISTANT', 1],
    ]);
    expect(conversation).toMatchObject({
      platform: 'librechat',
      externalId: 'talk-1',
      title: 'Slugs',
      model: 'gpt-4o',
      createdAt: new Date('2026-03-01T10:00:00Z'),
      updatedAt: new Date('2026-03-01T10:09:00Z'),
      metadata: { endpoint: 'openAI', branches: true, options: { promptPrefix: 'Know plants.', temperature: 0.5 } },
      issues: [],
    });
    expect(conversation.messages.map(({ author, model: by }) => [author, by])).toContainEqual(['Gardener', 'gpt-4o']);
    expect(JSON.parse(conversation.raw)).toEqual(talk([]));
  });

  test.each(['messages', 'messagesTree'])('nested in %s is the same tree', async (container) => {
    const [q, a, b, r] = FLAT;
    const nested = [
      {
        ...q,
        children: [
          { ...a, children: [{ ...r, children: [] }] },
          { ...b, children: [] },
        ],
      },
    ];
    const { messages: _, ...rest } = talk([], { recursive: true });
    const conversation = await one({ ...rest, [container]: nested });
    expect(outline(conversation)).toEqual(outline(await one(talk(FLAT))));
    expect(conversation.messages.map(({ raw }) => JSON.parse(raw))).toEqual(
      [q, a, r, b].map((message) => ({ ...message, children: [] })),
    );
    expect(conversation.issues).toEqual([]);
  });

  test('of 3,000 nested replies is read whole: the limit of depth is for one message', async () => {
    const depth = 3000;
    let json = '';
    for (let at = depth; at > 0; at--) {
      const parent = at === 1 ? ROOT : `m${at - 1}`;
      json = JSON.stringify(user(`m${at}`, parent, `${at}`)).replace(/}$/, `,"children":[${json}]}`);
    }
    const whole = JSON.stringify(talk([])).replace('"messages":[]', `"messages":[${json}]`);
    const { conversations, counted } = await readKnown(READERS, whole);
    expect(counted).toBe(1);
    expect(conversations[0]?.messages).toHaveLength(depth);
    expect(conversations[0]?.messages.at(-1)).toMatchObject({ sequence: depth - 1, text: `${depth}` });
    expect(conversations[0]?.issues).toEqual([]);
  });

  test('keeps what can be read of a nesting that is broken', async () => {
    const deep = { x: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) };
    const child = user('c', 'bad', 'still here');
    const bad = { ...model('bad', 'q', 'too deep', deep), children: [child, 'stray'] };
    const conversation = await one(talk([{ ...user('q', ROOT, 'Q'), children: [bad] }, 7]));
    expect(outline(conversation)).toEqual([
      ['q', null, 'USER', 0],
      ['c', 'q', 'USER', 1],
    ]);
    expect(conversation.issues.map(({ code, location }) => `${code} ${location}`)).toEqual([
      'INVALID_MESSAGE $.messages[0]..["bad"].children',
      'INVALID_MESSAGE $.messages[0]..["bad"]',
      'INVALID_MESSAGE $.messages[1]',
    ]);
  });

  test('is refused whole only when its own fields are too deep, or it has no messages', async () => {
    const deep = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`);
    const { messages: _, ...none } = talk([]);
    const found = await readKnown(READERS, [talk(FLAT), talk([], { options: { tools: deep } }), none]);
    expect(found.counted).toBe(3);
    expect(issuesOf(found)).toEqual(['RECORD_TOO_DEEP $[1]', 'MISSING_MESSAGES $[2]']);
  });

  test('names messages without an id by what does not change when the conversation grows', async () => {
    const { messageId: _, ...nameless } = user('x', ROOT, 'hello');
    const [first, grown] = [await one(talk([nameless])), await one(talk([user('0', ROOT, 'before'), nameless]))];
    expect(first.messages[0]?.externalId).toMatch(/^content:[0-9a-f]{64}$/);
    expect(grown.messages.map(({ externalId }) => externalId)).toContain(first.messages[0]?.externalId);
    expect(first.issues.map(({ code }) => code)).toEqual(['MISSING_MESSAGE_ID']);
  });

  test('is read from a ZIP of exports', async () => {
    const zip = zipOf({ 'a.json': JSON.stringify(talk(FLAT)), 'b.json': JSON.stringify(talk([])), 'c.txt': 'notes' });
    const { conversations, counted } = await readKnown(READERS, zip);
    expect([conversations.length, counted]).toEqual([2, 2]);
  });
});

describe('a LibreChat message', () => {
  test('says its text parts; reasoning and calls of tools are kept apart', async () => {
    const content = [
      { type: 'think', think: 'Let me see.' },
      { type: 'text', text: 'First.' },
      { type: 'tool_call', tool_call: { id: 't', name: 'search', args: '{}', output: 'found' } },
      null,
      { type: 'text', text: { value: 'Second.' } },
    ];
    const { message, codes } = await messageOf({ content });
    expect(message).toMatchObject({
      text: 'First.\n\nSecond.',
      contentType: 'text',
      hidden: false,
      metadata: { thinking: ['Let me see.'], tool_calls: [{ id: 't', name: 'search' }] },
    });
    expect(message?.raw).toContain('"output":"found"');
    expect(codes).toEqual([]);
  });

  test.each<[object, string, string, boolean, string[]]>([
    [{ text: ':::thinking\nHm.\n:::\nYes.' }, 'Yes.', 'text', false, []],
    [{ text: ':::thinking\nHm.\n:::\n', isCreatedByUser: true }, ':::thinking\nHm.\n:::\n', 'text', false, []],
    [{ content: [{ type: 'think', think: 'Hm.' }] }, '', 'think', true, []],
    [{ content: [{ type: 'error', error: 'No credit.' }], error: true }, 'No credit.', 'error', false, []],
    [{ content: [{ type: 'poem', text: 'O moon' }] }, 'O moon', 'text', false, ['UNKNOWN_CONTENT_TYPE']],
    [{ content: [{ type: 'poem' }] }, '', 'unknown', false, ['UNKNOWN_CONTENT_TYPE']],
    [{ content: 7, text: 'plain' }, 'plain', 'text', false, ['INVALID_CONTENT']],
    [{ content: 'plain' }, 'plain', 'text', false, []],
    [{ content: [7], text: 'plain' }, 'plain', 'text', false, ['INVALID_CONTENT']],
    [{}, '', 'empty', false, []],
  ])('with %j says %j', async (more, text, contentType, hidden, codes) => {
    expect(await messageOf(more)).toMatchObject({ message: { text, contentType, hidden }, codes });
  });

  test.each<[object, string, string[]]>([
    [{ isCreatedByUser: undefined, sender: 'user' }, 'USER', []],
    [{ isCreatedByUser: undefined, sender: 'ChatGPT' }, 'ASSISTANT', []],
    [{ isCreatedByUser: undefined, sender: null }, 'SYSTEM', ['UNKNOWN_ROLE']],
  ])('with %j is of role %s', async (more, role, codes) => {
    expect(await messageOf({ text: 'x', ...more })).toMatchObject({ message: { role }, codes });
  });

  test('keeps names of files', async () => {
    const { message } = await messageOf({ files: [{ file_id: 'f', filename: 'a.txt', text: 'long', bytes: 3 }] });
    expect(message?.metadata).toEqual({ files: [{ file_id: 'f', filename: 'a.txt', bytes: 3 }] });
  });
});

describe('content that is not what it should be', () => {
  const bytes = toBytes(talk([{ ...user('q', ROOT, 'é🌱\\"'), children: [model('a', 'q', 'x')] }]));

  test('cut off anywhere is no import', async () => {
    expect(await outcomeOf(READERS, bytes)).toBeNull();
    const codes = new Set<string | null>();
    for (let end = 1; end < bytes.length; end++) codes.add(await outcomeOf(READERS, bytes.subarray(0, end)));
    expect(codes).toEqual(new Set(['unrecognised', 'TRUNCATED_ARCHIVE']));
  });

  test('arbitrary messages are read or reported', async () => {
    const message = fc.record(
      {
        messageId: fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.jsonValue()),
        parentMessageId: fc.oneof(fc.constantFrom(ROOT, 'a', 'b', 'c'), fc.jsonValue()),
        sender: fc.jsonValue(),
        isCreatedByUser: fc.jsonValue(),
        text: fc.jsonValue(),
        content: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.record({ type: fc.constantFrom('text', 'think', 'tool_call', 'error', 'x'), text: fc.jsonValue() }),
          ),
        ),
        createdAt: fc.jsonValue(),
        children: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const list = fc.array(fc.oneof(message, fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(list, fc.jsonValue(), async (messages, any) => {
        const found = await readKnown(READERS, [talk([]), talk(messages, { title: any, options: any })]);
        expect([found.counted, found.conversations.length, found.issues]).toEqual([2, 2, []]);
        for (const { text } of found.conversations.flatMap((conversation) => conversation.messages)) {
          expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
        }
        for (const { externalId, messages: read } of found.conversations) {
          expect(externalId).toBe('talk-1');
          expect(new Set(read.map((it) => it.externalId)).size).toBe(read.length);
        }
      }),
    );
  });

  test('any byte changed is read, or is an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        await outcomeOf(READERS, changed);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['a Discord export', { guild: {}, channel: {}, messages: [{ id: '1', content: 'x' }] }],
    ['OpenAI messages', { messages: [{ role: 'user', content: 'x' }] }],
    ['a ChatGPT conversation', { conversation_id: 'x', mapping: {} }],
  ])('%s is not taken for LibreChat', async (_, content) => {
    expect(await outcomeOf(READERS, toBytes(content))).toBe('unrecognised');
  });
});

describe('the public export', () => {
  const path = new URL('../../../../../../shared/fixtures/exports/other/librechat-tree.json', import.meta.url);
  const testFixture = existsSync(path) ? test : test.skip;

  testFixture('librechat-tree.json gives what an independent count finds', async () => {
    const source = readFileSync(path, 'utf8');
    // biome-ignore lint/suspicious/noExplicitAny: the independent count reads vendor JSON without any model of it
    const count = (messages: any[]): [string, string | null, string][] =>
      messages.flatMap(({ messageId, parentMessageId, isCreatedByUser, children }) => [
        [messageId, parentMessageId === ROOT ? null : parentMessageId, isCreatedByUser ? 'USER' : 'ASSISTANT'],
        ...count(children),
      ]);
    const expected = count(JSON.parse(source).messages);
    const { conversations, counted, issues } = await readKnown(READERS, source);
    expect([counted, conversations.length, issues]).toEqual([1, 1, []]);
    const [conversation] = conversations;
    const found = conversation?.messages.map((it) => [it.externalId, it.parentExternalId, it.role]);
    expect(found).toEqual(expected);
    expect(conversation?.messages.filter(({ onActivePath }) => onActivePath)).toHaveLength(4);
    expect(conversation?.issues).toEqual([]);
  });
});
