import { describe, expect, test } from '@jest/globals';
import { readAll, readOne } from '../../testing/read-all.ts';
import { claudeConversation, claudeMessage } from '../../testing/samples.ts';
import { zipOf } from '../../testing/write-zip.ts';

const text = (words: string) => ({ type: 'text', text: words, citations: [] });
const NONE = '00000000-0000-4000-8000-000000000000';

async function messageOf(content: unknown, more: object = {}) {
  const conversation = await readOne([claudeConversation([claudeMessage('m', 'assistant', content, more)])]);
  return { message: conversation.messages[0], codes: conversation.issues.map(({ code }) => code) };
}

describe('a Claude conversation', () => {
  test('is a tree by parent_message_uuid, its newest leaf current', async () => {
    const at = (minute: number, parent: string) => ({
      created_at: `2026-01-02T03:0${minute}:00Z`,
      parent_message_uuid: parent,
    });
    const conversation = await readOne([
      claudeConversation([
        claudeMessage('q', 'human', [text('How long?')], at(0, NONE)),
        claudeMessage('b', 'assistant', [text('An hour.')], at(5, 'q')),
        claudeMessage('a', 'assistant', [text('Two hours.')], at(1, 'q')),
      ]),
    ]);
    expect(
      conversation.messages.map((message) => [
        message.externalId,
        message.parentExternalId,
        message.sequence,
        message.role,
      ]),
    ).toEqual([
      ['q', null, 0, 'USER'],
      ['b', 'q', 1, 'ASSISTANT'],
      ['a', 'q', null, 'ASSISTANT'],
    ]);
    expect(conversation).toMatchObject({
      platform: 'claude',
      externalId: '7a1f0c2e-1111-4222-8333-444455556666',
      url: 'https://claude.ai/chat/7a1f0c2e-1111-4222-8333-444455556666',
      title: 'A bread recipe',
      createdAt: new Date('2026-01-02T03:04:05Z'),
      model: null,
      issues: [],
    });
    expect(JSON.parse(conversation.raw)).toMatchObject({ name: 'A bread recipe', chat_messages: [] });
  });

  test('without parents is a chain in the order of the file', async () => {
    const messages = ['c', 'a', 'b'].map((uuid) => claudeMessage(uuid, 'human', [text(uuid)]));
    const conversation = await readOne(claudeConversation(messages));
    expect(conversation.messages.map(({ externalId, parentExternalId }) => [externalId, parentExternalId])).toEqual([
      ['c', null],
      ['a', 'c'],
      ['b', 'a'],
    ]);
  });

  test('takes the leaf that it names as current', async () => {
    const messages = ['a', 'b', 'c'].map((uuid) =>
      claudeMessage(uuid, 'human', [text(uuid)], uuid === 'c' ? { parent_message_uuid: 'a' } : {}),
    );
    const conversation = await readOne(claudeConversation(messages, { current_leaf_message_uuid: 'b' }));
    expect(
      conversation.messages.filter(({ onActivePath }) => onActivePath).map(({ externalId }) => externalId),
    ).toEqual(['a', 'b']);
  });

  test('is read from a ZIP; an export without conversations is no error', async () => {
    const companions = { 'users.json': '[]', 'projects.json': '[]', 'memories.json': '[]' };
    const list = JSON.stringify([claudeConversation([])]);
    expect((await readAll(zipOf({ ...companions, 'conversations.json': list }))).conversations).toHaveLength(1);
    expect(await readAll(zipOf({ ...companions, 'conversations.json': '[]' }))).toEqual({
      conversations: [],
      issues: [],
    });
  });

  test('messages without an id are named after their place', async () => {
    const { uuid: _, ...nameless } = claudeMessage('x', 'human', [text('hi')]) as Record<string, unknown>;
    const conversation = await readOne(claudeConversation([nameless, 'no object']));
    expect(conversation.messages.map(({ externalId }) => externalId)).toEqual(['index:0']);
    expect(conversation.issues.map(({ code }) => code)).toEqual(['MISSING_MESSAGE_ID', 'INVALID_MESSAGE']);
  });
});

describe('a Claude message', () => {
  test('says its text blocks; thinking and tools are kept apart', async () => {
    const { message, codes } = await messageOf(
      [
        { type: 'thinking', thinking: 'Let me see.', summaries: [{ summary: 'Seeing' }], cut_off: true },
        text('First.'),
        { type: 'tool_use', id: 't1', name: 'artifacts', input: { id: 'x', content: 'long' } },
        { type: 'tool_result', tool_use_id: 't1', name: 'artifacts', content: [], is_error: false },
        text('Second.'),
        text('  '),
      ],
      { text: 'polluted' },
    );
    expect(message).toMatchObject({
      text: 'First.\n\nSecond.',
      contentType: 'text',
      metadata: {
        blocks: { thinking: 1, text: 3, tool_use: 1, tool_result: 1 },
        thinking: ['Let me see.'],
        summaries: ['Seeing'],
        cut_off: true,
        tool_uses: [{ id: 't1', name: 'artifacts', input: { id: 'x' } }],
        tool_results: [{ tool_use_id: 't1', name: 'artifacts', is_error: false }],
      },
    });
    expect(message?.raw).toContain('"content":"long"');
    expect(codes).toEqual([]);
  });

  test('of tools alone says nothing, whatever stands in `text`', async () => {
    const placeholder = '```\nThis block is not supported on your current device yet.\n```';
    const { message } = await messageOf([{ type: 'tool_use', id: 't', name: 'search' }], { text: placeholder });
    expect(message).toMatchObject({ text: '', contentType: 'tool_use', hidden: false });
  });

  test.each([
    [undefined, []],
    [[], []],
    [null, ['INVALID_CONTENT']],
    ['a string', ['INVALID_CONTENT']],
    [[7], ['INVALID_CONTENT']],
  ])('with content %j falls back to `text`', async (content, codes) => {
    expect(await messageOf(content, { text: 'plain words' })).toMatchObject({
      message: { text: 'plain words' },
      codes,
    });
  });

  test('of an unknown block type keeps its JSON and its words', async () => {
    const { message, codes } = await messageOf([{ type: 'poem', text: 'O moon', metre: 5 }]);
    expect(message).toMatchObject({
      text: 'O moon',
      raw: expect.stringContaining('"metre":5'),
      metadata: { blocks: { poem: 1 } },
    });
    expect(codes).toEqual(['UNKNOWN_CONTENT_TYPE']);
  });

  test('keeps names, sizes and the extracted text of attachments, and names of files', async () => {
    const attachment = { file_name: 'a.txt', file_size: 3, file_type: 'txt', extracted_content: 'abc' };
    const { message } = await messageOf([text('x')], {
      attachments: [attachment],
      files: [{ file_uuid: 'f', file_name: 'b.png' }],
    });
    expect(message?.metadata).toEqual({
      attachments: [{ file_name: 'a.txt', file_size: 3, file_type: 'txt' }],
      files: [{ file_uuid: 'f', file_name: 'b.png' }],
    });
    expect(message?.attachments).toEqual([
      {
        externalId: 'attachments[0]',
        fileName: 'a.txt',
        mediaType: 'text/plain',
        byteSize: 3,
        position: null,
        text: 'abc',
        open: null,
      },
      {
        externalId: 'f',
        fileName: 'b.png',
        mediaType: 'image/png',
        byteSize: null,
        position: null,
        text: null,
        open: null,
      },
    ]);
  });

  test('keeps what it cites, what tools were asked and which pages they found', async () => {
    const citation = {
      uuid: 'c',
      start_index: 0,
      end_index: 4,
      details: { type: 'web_search', url: 'https://example.org' },
    };
    const { message } = await messageOf([
      { type: 'tool_use', id: 't', name: 'web_search', message: 'Searching', input: { query: 'rye', content: 'long' } },
      {
        type: 'tool_result',
        tool_use_id: 't',
        name: 'web_search',
        is_error: false,
        content: [{ type: 'knowledge', title: 'Rye', url: 'https://example.org', text: 'a page' }, { type: 'text' }],
      },
      { ...text('Rye is slow.'), citations: [citation] },
    ]);
    expect(message?.metadata).toEqual({
      blocks: { tool_use: 1, tool_result: 1, text: 1 },
      tool_uses: [{ id: 't', name: 'web_search', message: 'Searching', input: { query: 'rye' } }],
      tool_results: [
        {
          tool_use_id: 't',
          name: 'web_search',
          is_error: false,
          content: [{ title: 'Rye', url: 'https://example.org' }],
        },
      ],
      citations: [{ ...citation, block: 2 }],
    });
  });
});
