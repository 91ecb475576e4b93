import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toBytes } from '../../testing/read-all.ts';
import { issuesOf, outcomeOf, outline, readKnown } from '../../testing/read-with.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { grok } from './reader.ts';

const READERS = [grok];
const ID = '5b1e0c2e-1111-4222-8333-444455556666';

const at = (ms: number) => ({ $date: { $numberLong: `${ms}` } });
const response = (_id: string, sender: string, message: unknown, more: object = {}) => ({
  response: {
    _id,
    conversation_id: ID,
    message,
    sender,
    create_time: at(1_770_000_000_000),
    parent_response_id: null,
    metadata: {},
    model: 'grok-4',
    ...more,
  },
  share_link: null,
});
const entry = (responses: readonly unknown[], more: object = {}) => ({
  conversation: {
    id: ID,
    user_id: 'u',
    title: 'Owls',
    create_time: '2026-02-02T02:40:00.123456Z',
    modify_time: '2026-02-02T03:00:00Z',
    leaf_response_id: null,
    starred: true,
    system_prompt_name: '',
    ...more,
  },
  responses,
});
const backend = (entries: readonly unknown[]) => ({ conversations: entries, projects: [], tasks: [], media_posts: [] });

const BRANCHING = [
  response('q', 'human', 'Do owls blink?'),
  response('a', 'ASSISTANT', 'With three lids.', { parent_response_id: 'q', create_time: at(1_770_000_005_000) }),
  response('b', 'grok-3', 'They do.', { parent_response_id: 'q', create_time: at(1_770_000_009_000) }),
  response('r', 'human', 'Why?', { parent_response_id: 'a', create_time: at(1_770_000_007_000) }),
];

const one = async (content: object) => {
  const { conversations } = await readKnown(READERS, content);
  if (!conversations[0]) throw new Error('The sample has no conversation.');
  return conversations[0];
};
const messageOf = async (sender: string, message: unknown, more: object = {}) => {
  const conversation = await one(backend([entry([response('a', sender, message, more)])]));
  return { message: conversation.messages[0], codes: conversation.issues.map(({ code }) => code) };
};

describe('a Grok conversation', () => {
  test('is a tree by parent_response_id, its newest leaf current', async () => {
    const conversation = await one(backend([entry(BRANCHING)]));
    expect(outline(conversation)).toEqual([
      ['q', null, 'USER', 0],
      ['a', 'q', 'ASSISTANT', null],
      ['r', 'a', 'USER', null],
      ['b', 'q', 'ASSISTANT', 1],
    ]);
    expect(conversation).toMatchObject({
      platform: 'grok',
      externalId: ID,
      title: 'Owls',
      url: `https://grok.com/c/${ID}`,
      createdAt: new Date('2026-02-02T02:40:00.123Z'),
      updatedAt: new Date('2026-02-02T03:00:00Z'),
      metadata: { starred: true },
      issues: [],
    });
    expect(conversation.messages.map(({ createdAt, model }) => [createdAt?.getTime(), model])).toEqual([
      [1_770_000_000_000, null],
      [1_770_000_005_000, 'grok-4'],
      [1_770_000_007_000, null],
      [1_770_000_009_000, 'grok-4'],
    ]);
    expect(JSON.parse(conversation.messages[0]?.raw ?? '')).toEqual(BRANCHING[0]);
    expect(JSON.parse(conversation.raw)).toEqual(entry([]));
  });

  test('takes the leaf that it names as current, when it is there', async () => {
    const [named, absent] = [{ leaf_response_id: 'r' }, { leaf_response_id: 'gone' }];
    const shown = async (more: object) => {
      const { messages, issues } = await one(backend([entry(BRANCHING, more)]));
      expect(issues).toEqual([]);
      return messages.filter(({ onActivePath }) => onActivePath).map(({ externalId }) => externalId);
    };
    expect(await shown(named)).toEqual(['q', 'a', 'r']);
    expect(await shown(absent)).toEqual(['q', 'b']);
  });

  test('in which no response names a parent is a chain', async () => {
    const bare = BRANCHING.map(({ response: { parent_response_id: _, ...rest } }) => ({ response: rest }));
    const conversation = await one(backend([entry(bare)]));
    expect(conversation.messages.map(({ externalId, parentExternalId }) => [externalId, parentExternalId])).toEqual([
      ['q', null],
      ['a', 'q'],
      ['b', 'a'],
      ['r', 'b'],
    ]);
  });

  test('is read from the account export, beside files of other services', async () => {
    const base = 'ttl/30d/export_data/u/';
    const zip = zipOf({
      [`${base}prod-mc-auth-mgmt-api.json`]: '{"user": {}}',
      [`${base}prod-grok-backend.json`]: JSON.stringify(backend([entry(BRANCHING)])),
      [`${base}prod-mc-asset-server/x/content`]: 'bytes',
    });
    const { conversations, counted, confidence } = await readKnown(READERS, zip);
    expect([conversations.length, counted, confidence]).toEqual([1, 1, 0.98]);
  });

  test.each([
    ['a file', backend([])],
    ['a ZIP', zipOf({ 'prod-grok-backend.json': JSON.stringify(backend([])), 'prod-mc-billing.json': '{}' })],
  ])('an export without conversations is no error: %s', async (_, content) => {
    expect(await readKnown(READERS, content)).toMatchObject({ counted: 0, conversations: [], issues: [] });
  });

  test('records that are no conversations are issues, and cost no other', async () => {
    const found = await readKnown(READERS, backend([entry(BRANCHING), 7, { responses: [] }, { conversation: {} }]));
    expect(found.counted).toBe(4);
    expect(issuesOf(found)).toEqual([
      'NOT_A_CONVERSATION $.conversations[1]',
      'NOT_A_CONVERSATION $.conversations[2]',
      'MISSING_MESSAGES $.conversations[3]',
    ]);
    expect(found.conversations).toHaveLength(1);
  });

  test('responses that are broken are issues; one without an id is named after its content', async () => {
    const {
      response: { _id: _, ...nameless },
    } = response('x', 'human', 'hello');
    const load = (responses: unknown[]) => one(backend([entry(responses)]));
    const conversation = await load([{ response: nameless }, 7, { response: null }]);
    expect(conversation.issues.map(({ code }) => code)).toEqual([
      'INVALID_MESSAGE',
      'INVALID_MESSAGE',
      'MISSING_MESSAGE_ID',
    ]);
    const id = conversation.messages[0]?.externalId;
    expect(id).toMatch(/^content:[0-9a-f]{64}$/);
    const grown = await load([response('y', 'human', 'before'), { response: nameless }]);
    expect(grown.messages.map(({ externalId }) => externalId)).toContain(id);
  });
});

describe('a Grok response', () => {
  test('says its message without cards; reasoning is kept apart', async () => {
    const card = '<grok:render card_id="c" card_type="citation_card"><argument name="id">1</argument></grok:render>';
    const { message, codes } = await messageOf('assistant', `Owls blink.${card} Often.${card}`, {
      thinking_trace: 'Birds.',
      agent_thinking_traces: [{ agent_id: 1, thinking_trace: 'Lids.' }],
      cited_web_search_results: [{ url: 'https://owls.example', title: 'Owls', preview: 'long' }],
      steps: [{ tagged_text: { header: 'Thinking' } }],
    });
    expect(message).toMatchObject({
      text: 'Owls blink. Often.',
      contentType: 'text',
      hidden: false,
      metadata: { thinking: ['Birds.', 'Lids.'], citations: [{ url: 'https://owls.example', title: 'Owls' }] },
    });
    expect(message?.raw).toContain('tagged_text');
    expect(codes).toEqual([]);
  });

  test.each<[string, unknown, object, object, string[]]>([
    ['assistant', '', { generated_image_urls: ['u'] }, { text: '', contentType: 'image' }, []],
    ['assistant', '', { error: 'busy' }, { contentType: 'error', metadata: { error: 'busy' } }, []],
    ['assistant', null, {}, { contentType: 'empty', hidden: false }, []],
    ['assistant', 7, {}, { text: '' }, ['INVALID_CONTENT']],
    ['assistant', '<grok:render never ends', {}, { text: '<grok:render never ends' }, []],
    ['Human', 'x', {}, { role: 'USER', model: null }, []],
    ['human', '<grok:render>a</grok:render>', {}, { text: '<grok:render>a</grok:render>' }, []],
    ['', 'x', {}, { role: 'SYSTEM', hidden: true }, ['UNKNOWN_ROLE']],
    [
      'human',
      'x',
      { create_time: { $date: '2026-01-02T03:04:05Z' } },
      { createdAt: new Date('2026-01-02T03:04:05Z') },
      [],
    ],
    ['human', 'x', { create_time: '2026-01-02T03:04:05Z' }, { createdAt: new Date('2026-01-02T03:04:05Z') }, []],
    ['human', 'x', { create_time: { $date: {} } }, { createdAt: null }, ['INVALID_TIMESTAMP']],
    ['human', 'x', { _id: { $oid: 'abc' } }, { externalId: 'abc' }, []],
  ])('of %j saying %j with %j', async (sender, message, more, expected, codes) => {
    expect(await messageOf(sender, message, more)).toMatchObject({ message: expected, codes });
  });
});

describe('content that is not what it should be', () => {
  const bytes = toBytes(backend([entry([response('q', 'human', 'é🌱\\"')])]));

  test('cut off anywhere is no import', async () => {
    expect(await outcomeOf(READERS, bytes)).toBeNull();
    const codes = new Set<string | null>();
    for (let end = 1; end < bytes.length; end++) codes.add(await outcomeOf(READERS, bytes.subarray(0, end)));
    expect(codes).toEqual(new Set(['unrecognised', 'TRUNCATED_ARCHIVE']));
  });

  test('any byte changed is read, or is an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (place, byte) => {
        const changed = Buffer.from(bytes);
        changed[place] = byte;
        await outcomeOf(READERS, changed);
      }),
      { numRuns: 200 },
    );
  });

  test('arbitrary responses are read or reported', async () => {
    const value = fc.record(
      {
        _id: fc.oneof(fc.constantFrom('a', 'b'), fc.jsonValue()),
        parent_response_id: fc.oneof(fc.constantFrom('a', 'b', null), fc.jsonValue()),
        sender: fc.oneof(fc.constantFrom('human', 'assistant'), fc.jsonValue()),
        message: fc.jsonValue(),
        create_time: fc.oneof(fc.record({ $date: fc.jsonValue() }), fc.jsonValue()),
        agent_thinking_traces: fc.jsonValue(),
        cited_web_search_results: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const list = fc.array(fc.oneof(fc.record({ response: value }), value, fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(list, fc.jsonValue(), async (responses, any) => {
        const odd = entry(responses, { id: any, title: any, create_time: any, leaf_response_id: any, summary: any });
        const found = await readKnown(READERS, backend([entry([]), odd]));
        expect([found.counted, found.conversations.length, found.issues]).toEqual([2, 2, []]);
        for (const { messages } of found.conversations) {
          expect(messages.every(({ text }) => text.isWellFormed() && !text.includes('\0'))).toBe(true);
          expect(new Set(messages.map(({ externalId }) => externalId)).size).toBe(messages.length);
        }
      }),
    );
  });

  test.each([
    ['an empty list of another product', { conversations: [] }],
    ['ChatGPT conversations', { conversations: [{ mapping: {}, conversation_id: 'x' }] }],
    ['Claude conversations', [{ uuid: 'x', chat_messages: [] }]],
  ])('%s is not taken for Grok', async (_, content) => {
    expect(await outcomeOf(READERS, toBytes(content))).toBe('unrecognised');
  });
});
