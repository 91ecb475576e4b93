import { describe, expect, test } from '@jest/globals';
import { readAll, readOne } from '../../testing/read-all.ts';
import { branchingChatgpt, chatgptConversation, chatgptMessage, type SampleNode } from '../../testing/samples.ts';
import { zipOf } from '../../testing/write-zip.ts';

const summary = ({ messages }: Awaited<ReturnType<typeof readOne>>) =>
  messages.map(({ externalId, parentExternalId, sequence, text }) => [externalId, parentExternalId, sequence, text]);

const BRANCHES = [
  ['question', null, 0, 'Which herbs?'],
  ['one', 'question', null, 'Basil.'],
  ['two', 'question', 1, 'Thyme.'],
];

/** The one message of a conversation whose message is `message`. */
async function messageOf(message: object) {
  const conversation = await readOne(chatgptConversation([{ id: 'n', parent: null, message }]));
  return { message: conversation.messages[0], codes: conversation.issues.map(({ code }) => code) };
}

const content = (value: object) => messageOf(chatgptMessage('n', 'assistant', '', { content: value }));

describe('a ChatGPT conversation', () => {
  test('keeps its tree, its active path and its fields', async () => {
    const conversation = await readOne([
      branchingChatgpt({ is_archived: true, default_model_slug: 'gpt-5', gizmo_id: null }),
    ]);
    expect(summary(conversation)).toEqual(BRANCHES);
    expect(conversation).toMatchObject({
      platform: 'chatgpt',
      externalId: '0f9a4d5e-1111-4222-8333-444455556666',
      url: 'https://chatgpt.com/c/0f9a4d5e-1111-4222-8333-444455556666',
      title: 'A garden plan',
      createdAt: new Date('2023-11-14T22:13:20.500Z'),
      updatedAt: new Date('2023-11-14T22:15:00Z'),
      model: 'gpt-5',
      metadata: { is_archived: true },
      issues: [],
    });
  });

  test('keeps the vendor JSON byte for byte: each node, and the rest with what carries no message', async () => {
    const root = '{"id": "root", "parent": null, "message": null}';
    const node = `{"id":"a",  "parent":"root","message":${JSON.stringify(chatgptMessage('a', 'user', 'hé'))}, "x":1.0}`;
    const text = `{"title": "\\u0041", "mapping": {"root": ${root}, "a": ${node}}, "current_node": "a", "id": "c", "n": 1.50}`;
    const conversation = await readOne(`[ ${text} ]`);
    expect(conversation.messages[0]?.raw).toBe(node);
    expect(conversation.raw).toBe(
      `{"title": "\\u0041", "mapping": {"root": ${root}}, "current_node": "a", "id": "c", "n": 1.50}`,
    );
  });

  const mapping = branchingChatgpt().mapping as Record<string, SampleNode>;

  test.each([
    ['a single conversation', branchingChatgpt()],
    ['an object around the list', { version: 2, conversations: [branchingChatgpt()] }],
    ['nodes in a list', [branchingChatgpt({ mapping: {} }), branchingChatgpt({ mapping: Object.values(mapping) })]],
    ['a ZIP', zipOf({ 'conversations.json': JSON.stringify([branchingChatgpt()]), 'user.json': '{}' })],
  ])('is read from %s', async (_, document) => {
    const { conversations } = await readAll(document);
    expect(conversations.flatMap(summary)).toEqual(BRANCHES);
  });

  test('needs no children: parents are enough', async () => {
    const nodes = Object.values(mapping).map(({ children: _, ...node }) => node);
    expect(summary(await readOne(chatgptConversation(nodes)))).toEqual(BRANCHES);
  });

  test('needs no parents: children are enough', async () => {
    const nodes = Object.values(mapping).map(({ parent: _, ...node }) => node);
    expect(summary(await readOne(chatgptConversation(nodes)))).toEqual(BRANCHES);
  });

  test('without an id is identified by its content, not by its formatting', async () => {
    const { id: _, conversation_id: __, ...nameless } = branchingChatgpt();
    const plain = await readOne(JSON.stringify([nameless]));
    const pretty = await readOne(JSON.stringify([nameless], null, 2));
    expect(plain.externalId).toMatch(/^content:[0-9a-f]{64}$/);
    expect(pretty.externalId).toBe(plain.externalId);
    expect(plain.url).toBeNull();
  });

  test('reads shards in the order of their numbers, and misses those the manifest names', async () => {
    const shard = (id: string) => JSON.stringify([branchingChatgpt({ conversation_id: id })]);
    const zip = zipOf({
      'export/export_manifest.json': JSON.stringify({
        files: ['conversations-002.json', 'conversations-010.json', 'conversations-011.json'],
      }),
      'export/conversations-010.json': shard('ten'),
      'export/conversations-002.json': shard('two'),
      'export/conversations-003.json': '[]',
    });
    const { conversations, issues } = await readAll(zip);
    expect(conversations.map(({ externalId }) => externalId)).toEqual(['two', 'ten']);
    expect(issues).toEqual([
      {
        code: 'MISSING_DOCUMENT',
        location: 'export/export_manifest.json',
        message: expect.stringContaining('conversations-011.json'),
      },
    ]);
  });

  test('has the thumbs that were given in it; feedback that cannot be read costs nothing', async () => {
    const conversations = JSON.stringify([branchingChatgpt()]);
    const { conversation_id } = branchingChatgpt();
    const given = { id: 'f', conversation_id, user_id: 'u', rating: 'thumbs_down', content: '{"tags":["harmful"]}' };
    const zip = (feedback: string) => zipOf({ 'conversations.json': conversations, 'message_feedback.json': feedback });
    const rated = await readOne(zip(JSON.stringify([given, { conversation_id: 'another', rating: 'thumbs_up' }, 7])));
    expect(rated.metadata).toEqual({
      message_feedback: [{ id: 'f', rating: 'thumbs_down', content: '{"tags":["harmful"]}' }],
    });
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const nested = await readOne(
      zip(`[{"conversation_id":"${conversation_id}","rating":"thumbs_up","content":${deep}}]`),
    );
    expect(nested.metadata).toEqual({ message_feedback: [{ rating: 'thumbs_up' }] });
    const broken = await readAll(zip('[{"rating"'));
    expect(broken.conversations.map(summary)).toEqual([BRANCHES]);
    expect(broken.issues).toMatchObject([{ code: 'INVALID_RECORD', location: 'message_feedback.json' }]);
  });

  test('one that is broken never costs the file, and its place is named', async () => {
    const good = JSON.stringify(branchingChatgpt());
    const zip = zipOf({
      'conversations-000.json': `[${good}, {"title": tru}, null, {"title": "no messages"}, {"mapping": {"a": {} "b": {}}}, ${good}]`,
    });
    const { conversations, issues } = await readAll(zip);
    expect(conversations).toHaveLength(2);
    expect(issues.map(({ code, location }) => [code, location])).toEqual([
      ['INVALID_RECORD', 'conversations-000.json[1]'],
      ['NOT_A_CONVERSATION', 'conversations-000.json[2]'],
      ['MISSING_MESSAGES', 'conversations-000.json[3]'],
      ['INVALID_RECORD', 'conversations-000.json[4]'],
    ]);
  });

  test('a message that is broken costs only itself', async () => {
    const text = JSON.stringify([branchingChatgpt()]).replace('"parts":["Which herbs?"]', '"parts":["Which herbs?"');
    await expect(readAll(text)).rejects.toMatchObject({ code: 'INVALID_JSON' });
    const broken = JSON.stringify([branchingChatgpt()]).replace('"parts":["Basil."]', '"parts":[Basil]');
    const conversation = await readOne(broken);
    expect(conversation.messages.map(({ externalId }) => externalId)).toEqual(['question', 'two']);
    expect(conversation.issues).toEqual([
      { code: 'INVALID_MESSAGE', location: '$[0].mapping["one"]', message: expect.any(String) },
    ]);
  });

  test('names like __proto__ are harmless', async () => {
    const text = JSON.stringify([branchingChatgpt()])
      .replaceAll('"question"', '"__proto__"')
      .replace('{"title"', '{"__proto__":{"x":1},"title"');
    const conversation = await readOne(text);
    expect(conversation.messages.map(({ externalId }) => externalId)).toEqual(['__proto__', 'one', 'two']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('a ChatGPT message', () => {
  test.each([
    [{ content_type: 'text', parts: ['a', 'b'] }, 'a\nb'],
    [
      {
        content_type: 'multimodal_text',
        parts: [
          'see',
          { content_type: 'image_asset_pointer', asset_pointer: 'sediment://x' },
          { content_type: 'audio_transcription', text: 'hear' },
        ],
      },
      'see\nhear',
    ],
    [{ content_type: 'code', language: 'python', text: 'print(1)' }, 'print(1)'],
    [{ content_type: 'execution_output', text: '1' }, '1'],
    [
      {
        content_type: 'thoughts',
        thoughts: [
          { summary: 'S', content: 'C', chunks: [] },
          { summary: '', content: 'D' },
        ],
      },
      'S\nC\n\nD',
    ],
    [{ content_type: 'reasoning_recap', content: 'Thought for 3 s' }, 'Thought for 3 s'],
    [{ content_type: 'user_editable_context', user_profile: 'P', user_instructions: 'I' }, 'P\nI'],
    [{ content_type: 'model_editable_context', model_set_context: 'M' }, 'M'],
    [{ content_type: 'tether_quote', title: 'T', url: 'https://example.org', text: 'Q' }, 'T\nhttps://example.org\nQ'],
    [{ content_type: 'sonic_webpage', title: 'T', url: 'https://example.org', text: 'W' }, 'T\nhttps://example.org\nW'],
    [{ content_type: 'tether_browsing_display', result: 'R', summary: null }, 'R'],
    [{ content_type: 'system_error', name: 'E', text: 'x' }, 'E: x'],
  ])('of %j says %j', async (value, text) => {
    const { message, codes } = await content(value);
    expect(message?.text).toBe(text);
    expect(codes).toEqual([]);
  });

  test('of an unknown type keeps its JSON and says what looks like text', async () => {
    const { message, codes } = await content({ content_type: 'hologram', text: 'hi', beams: 3 });
    expect(message).toMatchObject({ text: 'hi', contentType: 'hologram', raw: expect.stringContaining('"beams":3') });
    expect(codes).toEqual(['UNKNOWN_CONTENT_TYPE']);
  });

  test.each([
    ['an ordinary one', {}, false],
    ['of weight 0', { weight: 0 }, true],
    ['marked as not shown', { metadata: { is_visually_hidden_from_conversation: true } }, true],
    ['with the user context', { content: { content_type: 'user_editable_context', user_profile: 'x' } }, true],
    ['with reasoning', { content: { content_type: 'thoughts', thoughts: [] } }, true],
    ['from the system', { author: { role: 'system' } }, true],
    ['to a tool', { recipient: 'python' }, true],
    ['from a tool', { author: { role: 'tool', name: 'python' } }, false],
  ])('%s, %j: hidden is %s', async (_, more, hidden) => {
    expect((await messageOf(chatgptMessage('n', 'assistant', 'x', more))).message?.hidden).toBe(hidden);
  });

  test('loses citation marks and keeps the words a mark shows', async () => {
    const marked =
      'Rain\uE200cite\uE202turn0search0\uE202turn0search1\uE201 in \uE200entity\uE202["city","Gen\\u00e8ve","x"]\uE201, see \uE200url\uE202the map\uE202turn0\uE201\uE200cite\uE202turn1view2.\uE203';
    expect((await content({ content_type: 'text', parts: [marked] })).message?.text).toBe(
      'Rain in Genève, see the map.',
    );
  });

  test('keeps author, model, time and assets; says what is wrong with the rest', async () => {
    const { message, codes } = await messageOf({
      id: 'other',
      author: { role: 'critic', name: 'Kim' },
      create_time: 'soon',
      content: {
        content_type: 'multimodal_text',
        parts: [{ content_type: 'image_asset_pointer', asset_pointer: 'file-service://a', width: 3 }],
      },
      metadata: { model_slug: 'gpt-5', attachments: [{ id: 'f', name: 'a\u0000.txt' }] },
    });
    expect(message).toMatchObject({
      externalId: 'n',
      role: 'SYSTEM',
      author: 'Kim',
      createdAt: null,
      model: 'gpt-5',
      metadata: {
        id: 'other',
        attachments: [{ id: 'f', name: 'a.txt' }],
        assets: [{ content_type: 'image_asset_pointer', asset_pointer: 'file-service://a', width: 3 }],
      },
    });
    expect(codes.toSorted()).toEqual(['INVALID_TIMESTAMP', 'TEXT_REPAIRED', 'UNKNOWN_ROLE']);
  });

  test('keeps its sources, its files, and how its pictures were made', async () => {
    const dalle = { prompt: 'A tomato', gen_id: 'g', seed: 7 };
    const { message } = await messageOf(
      chatgptMessage('n', 'tool', '', {
        author: { role: 'tool', name: 'dalle.text2im', metadata: { real_author: 'tool:web' } },
        content: {
          content_type: 'multimodal_text',
          parts: [
            {
              content_type: 'image_asset_pointer',
              asset_pointer: 'sediment://a',
              metadata: { dalle, sanitized: false },
            },
          ],
        },
        metadata: {
          citations: [],
          content_references: [{ type: 'webpage', title: 'Seeds', url: 'https://example.org' }],
          attachments: [{ id: 'f', name: 'plan.pdf', size: 12 }],
          gizmo_id: 'g-1',
          aggregate_result: { code: 'print(1)' },
        },
      }),
    );
    expect(message?.metadata).toEqual({
      status: 'finished_successfully',
      weight: 1,
      recipient: 'all',
      real_author: 'tool:web',
      content_references: [{ type: 'webpage', title: 'Seeds', url: 'https://example.org' }],
      attachments: [{ id: 'f', name: 'plan.pdf', size: 12 }],
      gizmo_id: 'g-1',
      assets: [{ content_type: 'image_asset_pointer', asset_pointer: 'sediment://a', metadata: { dalle } }],
    });
    expect(message?.raw).toContain('aggregate_result');
  });
});
