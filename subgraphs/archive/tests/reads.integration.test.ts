import { PLATFORMS, toId } from '@colloquy/domain';
import { FORMATS } from '@colloquy/formats';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claims, startArchive, type TestArchive } from './support/archive.ts';
import { type Seeded, seed } from './support/seed.ts';

let archive: TestArchive;
let stored: Seeded;
const who = claims('reader', 'READ_ONLY');

beforeAll(async () => {
  archive = await startArchive();
  stored = await seed(archive.database, {
    tenant: 'reader',
    conversations: 7,
    messagesEach: 5,
    itemsEach: 6,
    issues: 5,
  });
}, 30_000);
afterAll(() => archive.close());

const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount';

/** Follows the cursors of a connection to its end; the ids of each page. */
async function pages(
  field: string,
  first: number,
  wrap = (inner: string) => `{ list: ${inner} }`,
  pick = 'id',
): Promise<unknown[][]> {
  const result: unknown[][] = [];
  let after: string | null = null;
  for (;;) {
    const cursor: string = after === null ? '' : `, after: "${after}"`;
    const [name = '', rest = ''] = field.split('|');
    const inner = `${name}(first: ${first}${cursor}${rest}) { edges { cursor node { ${pick} } } ${PAGE} }`;
    const { data, errors } = await archive.ask(who, wrap(inner));
    expect(errors).toBeUndefined();
    const list = data.list.list ?? data.list;
    expect(list.pageInfo.hasPreviousPage).toBe(after !== null);
    expect(list.pageInfo.endCursor).toBe(list.edges.at(-1)?.cursor ?? null);
    result.push(list.edges.map(({ node }: { node: Record<string, unknown> }) => node[pick]));
    if (!list.pageInfo.hasNextPage) {
      expect(list.totalCount).toBe(result.flat().length);
      return result;
    }
    expect(list.edges).toHaveLength(first);
    after = list.pageInfo.endCursor;
  }
}

describe('pages', () => {
  const inSession = (inner: string) =>
    `{ list: extractionSession(id: "${toId('session', stored.sessionId)}") { list: ${inner} } }`;
  const inConversation = (inner: string) =>
    `{ list: conversation(id: "${toId('conversation', stored.conversationIds[0]!)}") { list: ${inner} } }`;
  const inItem = (inner: string) => `{ list: item(id: "${toId('item', stored.itemIds[3]!)}") { list: ${inner} } }`;
  const cases: [string, string, number, ((inner: string) => string) | undefined, string][] = [
    ['conversations', 'conversations', 7, undefined, 'id'],
    ['items', 'items', 42, undefined, 'id'],
    ['sessions', 'extractionSessions', 1, undefined, 'id'],
    ['conversations of a session', 'conversations', 7, inSession, 'id'],
    ['items of a session', 'items', 42, inSession, 'id'],
    ['issues of a session', 'issues', 5, inSession, 'location'],
    ['active messages', 'messages', 5, inConversation, 'id'],
    ['all messages', 'messages|, branch: ALL', 6, inConversation, 'id'],
    ['items of a conversation', 'items', 6, inConversation, 'id'],
    ['relations of an item', 'relations', 2, inItem, 'id'],
  ];

  test.each(cases)(
    '%s come whole, each once, in one order for every page size',
    async (_, field, total, wrap, pick) => {
      const whole = (await pages(field, 100, wrap, pick)).flat();
      expect(whole).toHaveLength(total);
      expect(new Set(whole).size).toBe(total);
      for (const first of [1, 2, 3, total]) expect((await pages(field, first, wrap, pick)).flat()).toEqual(whole);
    },
  );

  test('items are ordered by the time they were said, newest first, then those without a time', async () => {
    const times = (await pages('items', 5, undefined, 'occurredAt')).flat() as (string | null)[];
    const known = times.filter((time) => time !== null);
    expect(known).toEqual(known.toSorted().reverse());
    expect(times.slice(known.length).every((time) => time === null)).toBe(true);
    expect(known.length).toBeLessThan(times.length);
  });

  test('of a session without conversations are empty, not null', async () => {
    const empty = await seed(archive.database, { tenant: 'empty', conversations: 0, messagesEach: 0, itemsEach: 0 });
    const id = toId('session', empty.sessionId);
    const { data } = await archive.ask(
      claims('empty'),
      `{ extractionSession(id: "${id}") { items { edges { cursor } ${PAGE} } } conversations { ${PAGE} } }`,
    );
    const nothing = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    expect(data.extractionSession.items).toEqual({ edges: [], pageInfo: nothing, totalCount: 0 });
    expect(data.conversations).toEqual({ pageInfo: nothing, totalCount: 0 });
  });

  test.each([
    ['items(first: 0)', 'first'],
    ['items(first: 101)', 'first'],
    ['items(after: "nonsense")', 'after'],
    ['conversations(after: "WyJpdGVtcyIsIjIwMjYtMDEtMDEiXQ")', 'after'],
  ])('%s is BAD_USER_INPUT', async (field, argument) => {
    const { data, errors } = await archive.ask(who, `{ list: ${field} { totalCount } viewer { tenant } }`);
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument });
    expect(data).toEqual({ list: null, viewer: { tenant: 'reader' } });
  });

  test('a cursor of one list is refused by another, alone among lists asked for together', async () => {
    const { data } = await archive.ask(who, '{ items(first: 1) { edges { cursor } } }');
    const id = toId('conversation', stored.conversationIds[0]!);
    const answer = await archive.ask(
      who,
      `query ($after: String, $id: ID!) { conversation(id: $id) { bad: items(after: $after) { totalCount } good: items { totalCount } } }`,
      { id, after: data.items.edges[0].cursor },
    );
    expect(answer.errors).toMatchObject([{ path: ['conversation', 'bad'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(answer.data.conversation).toEqual({ bad: null, good: { totalCount: 6 } });
  });
});

describe('filters', () => {
  const count = async (filter: string) => {
    const { data, errors } = await archive.ask(who, `{ items(filter: { ${filter} }) { totalCount } }`);
    expect(errors).toBeUndefined();
    return data.items.totalCount;
  };

  test('of items narrow, together and each alone', async () => {
    const conversation = toId('conversation', stored.conversationIds[0]!);
    expect(await count('types: [TECHNICAL_DECISION, LEARNING_MOMENT]')).toBe(14);
    expect(await count('types: []')).toBe(42);
    expect(await count('platforms: ["claude"]')).toBe(18);
    expect(await count('platforms: ["nowhere"]')).toBe(0);
    expect(await count('tags: ["tag-0", "tag-1"]')).toBe(28);
    expect(await count('minConfidence: 0.7')).toBe(21);
    expect(await count('from: "2026-01-01T09:00:00Z", to: "2026-01-01T09:00:00Z"')).toBe(8);
    expect(await count('from: "2026-01-02T00:00:00+01:00"')).toBe(20);
    expect(await count(`conversationId: "${conversation}"`)).toBe(6);
    expect(await count(`conversationId: "${conversation}", types: [LEARNING_MOMENT], platforms: ["chatgpt"]`)).toBe(1);
    expect(await count('conversationId: "item_nonsense"')).toBe(0);
  });

  test('of conversations narrow; a title is searched literally', async () => {
    const talks = async (filter: string) =>
      (await archive.ask(who, `{ conversations(filter: { ${filter} }) { totalCount } }`)).data.conversations.totalCount;
    expect(await talks('titleContains: "100% OF READER"')).toBe(7);
    expect(await talks('titleContains: "0%0"')).toBe(0);
    expect(await talks('titleContains: "k 3 a"')).toBe(1);
    expect(await talks('platforms: ["claude", "gemini"]')).toBe(3);
    expect(await talks('to: "2026-01-01T23:00:00Z"')).toBe(2);
  });

  test('times must be RFC 3339', async () => {
    const { errors } = await archive.ask(who, '{ items(filter: { from: "yesterday" }) { totalCount } }');
    expect(errors?.[0]?.message).toContain('RFC 3339');
  });
});

describe('objects', () => {
  test('an item shows its evidence, whose quote is what the message says there', async () => {
    const { data, errors } = await archive.ask(
      who,
      `{ items(first: 100) { edges { node { id type title confidence completeness priority tags occurredAt extractedAt
         conversation { id platform { name displayName supportedFormats } messageCount startedAt endedAt }
         evidence { start end quote message { id text role sequence conversation { id } } } } } } }`,
    );
    expect(errors).toBeUndefined();
    for (const { node } of data.items.edges) {
      expect(node.evidence).toHaveLength(1);
      for (const { start, end, quote, message } of node.evidence) {
        expect(message.text.slice(start, end)).toBe(quote);
        expect(message.conversation.id).toBe(node.conversation.id);
      }
    }
    expect(data.items.edges[0].node).toMatchObject({
      completeness: null,
      priority: 0.3,
      tags: ['postgresql', expect.stringMatching(/^tag-/)],
    });
    expect(data.items.edges[0].node.extractedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('messages are a tree: children and parents agree, branches are off the active path', async () => {
    const id = toId('conversation', stored.conversationIds[1]!);
    const { data } = await archive.ask(
      who,
      `{ conversation(id: "${id}") { externalId title messages(branch: ALL) { edges { node
         { id role onActivePath sequence parent { id } children { id } raw createdAt } } } } }`,
    );
    const nodes = data.conversation.messages.edges.map(({ node }: { node: unknown }) => node);
    const byId = new Map(nodes.map((node: { id: string }) => [node.id, node]));
    expect(nodes).toHaveLength(6);
    for (const node of nodes) {
      expect(node.onActivePath).toBe(node.sequence !== null);
      for (const child of node.children)
        expect((byId.get(child.id) as { parent: { id: string } }).parent.id).toBe(node.id);
    }
    expect(nodes[0]).toMatchObject({ parent: null, raw: { id: 'm0', big: 1 } });
    expect(nodes[0].children).toHaveLength(2);
    expect(nodes.at(-1)).toMatchObject({ onActivePath: false, sequence: null, parent: { id: nodes[0].id } });
  });

  test('node finds every type by its id, and nothing by another text', async () => {
    const { data: sample } = await archive.ask(
      who,
      '{ items(first: 1) { edges { node { relations { edges { node { id } } } } } } }',
    );
    const ids = {
      SourceArchive: toId('archive', stored.archiveId),
      ExtractionSession: toId('session', stored.sessionId),
      Conversation: toId('conversation', stored.conversationIds[0]!),
      Message: toId('message', stored.messageIds[0]!),
      IntelligenceItem: toId('item', stored.itemIds[0]!),
      ItemRelation: sample.items.edges[0].node.relations.edges[0].node.id,
    };
    for (const [type, id] of Object.entries(ids)) {
      expect((await archive.ask(who, `{ node(id: "${id}") { __typename id } }`)).data).toEqual({
        node: { __typename: type, id },
      });
    }
    const platform = (await archive.ask(who, '{ platforms { id name } }')).data.platforms[0];
    for (const id of ['', 'conv_', platform.id, toId('item', stored.conversationIds[0]!), "conv_' OR true --"]) {
      const { data, errors } = await archive.ask(
        who,
        'query ($id: ID!) { node(id: $id) { id } conversation(id: $id) { id } }',
        { id },
      );
      expect(errors).toBeUndefined();
      expect(data).toEqual({ node: null, conversation: null });
    }
  });

  test('the viewer and the platforms are told', async () => {
    const { data } = await archive.ask(
      who,
      '{ viewer { id displayName tenant role } platforms { name displayName supportedFormats } }',
    );
    expect(data.viewer).toEqual({
      id: expect.stringMatching(/^user_/),
      displayName: 'reader-READ_ONLY',
      tenant: 'reader',
      role: 'READ_ONLY',
    });
    // The rows of the migrations are what the registry of formats says.
    const expected = Object.entries(PLATFORMS).map(([name, displayName]) => {
      const formats = FORMATS.filter(({ platform }) => platform === name).map((format) => format.name);
      return { name, displayName, supportedFormats: formats };
    });
    expect(data.platforms).toHaveLength(expected.length);
    expect(data.platforms).toEqual(expect.arrayContaining(expected));
  });
});
