import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonLines } from './formats/json-lines/testing/read-with.ts';
import { readAll } from './testing/read-all.ts';
import { zipOf } from './testing/write-zip.ts';

/** The files of one message, by the member that names them in the product's JSON. */
type Members = Record<string, unknown>;

/** An export of one message with the given members, and the name of its document in a ZIP. */
const EXPORTS: Record<string, { members: string[]; document: string; write(members: Members): unknown }> = {
  slack: {
    members: ['files', 'file', 'attachments'],
    document: 'general/2026-01-01.json',
    write: (members) => [{ type: 'message', user: 'U1', text: 'See', ts: '1767225600.000100', ...members }],
  },
  discord: {
    members: ['attachments', 'forwardedMessage'],
    document: 'bread.json',
    write: (members) => ({
      guild: { id: '900' },
      channel: { id: '700', name: 'bread' },
      messages: [{ id: '11', type: 'Default', timestamp: '2026-01-01T10:00:00Z', content: 'x', ...members }],
    }),
  },
  telegram: {
    members: ['photo', 'file', 'file_name', 'mime_type', 'file_size', 'contact_vcard'],
    document: 'result.json',
    write: (members) => ({
      name: 'Bob',
      type: 'personal_chat',
      id: 22,
      messages: [{ id: 1, type: 'message', date_unixtime: '1700000000', from: 'Ann', text: 'x', ...members }],
    }),
  },
  gemini: {
    members: ['attachedFiles', 'imageFile', 'audioFiles'],
    document: 'MyActivity.json',
    write: (members) => [
      {
        header: 'Gemini Apps',
        title: 'Prompted x',
        time: '2026-01-02T03:04:05Z',
        products: ['Gemini Apps'],
        ...members,
      },
    ],
  },
  grok: {
    members: ['file_attachments', 'generated_image_urls'],
    document: 'prod-grok-backend.json',
    write: (members) => ({
      conversations: [
        {
          conversation: { id: 'c' },
          responses: [{ response: { _id: 'q', message: 'x', sender: 'human', ...members } }],
        },
      ],
    }),
  },
  librechat: {
    members: ['files', 'attachments', 'content'],
    document: 'talk.json',
    write: (members) => ({
      conversationId: 'c',
      messages: [{ messageId: 'q', isCreatedByUser: true, text: 'x', ...members }],
    }),
  },
  openwebui: {
    members: ['files', 'content'],
    document: 'chats.json',
    write: (members) => [
      { id: 'c', chat: { history: { currentId: 'q', messages: { q: { id: 'q', role: 'user', ...members } } } } },
    ],
  },
  'openai-messages': {
    members: ['audio', 'content'],
    document: 'messages.json',
    write: (members) => ({
      messages: [
        { role: 'user', content: 'x' },
        { role: 'user', content: 'x', ...members },
      ],
    }),
  },
  'claude-code': {
    members: ['content'],
    document: 'session.jsonl',
    write: (members) => [
      { type: 'user', uuid: 'a', sessionId: 's', message: { role: 'user', content: 'x', ...members } },
    ],
  },
  codex: {
    members: ['content', 'output', 'result'],
    document: 'rollout.jsonl',
    write: (members) => [
      { timestamp: '2026-03-04T05:06:07Z', type: 'session_meta', payload: { id: 's' } },
      {
        timestamp: '2026-03-04T05:06:08Z',
        type: 'response_item',
        payload: { type: 'message', role: 'user', ...members },
      },
    ],
  },
  colloquy: {
    members: ['attachments'],
    document: 'colloquy.jsonl',
    write: (members) => [
      { type: 'header', format: 'colloquy', version: 1 },
      { type: 'conversation', platform: 'chatgpt', id: 'c' },
      { type: 'message', platform: 'chatgpt', conversation: 'c', id: 'a', role: 'USER', text: 'x', ...members },
    ],
  },
};

/** Names and bytes that mean something to a reader, among any others. */
const word = fc.oneof(
  fc.constantFrom(
    'a.png',
    '../a.png',
    '/a.png',
    'C:\\a.png',
    './',
    '',
    '(gone)',
    'data:image/png;base64,aGk=',
    'data:,%',
    '%',
  ),
  fc.constantFrom(
    'https://x.example/%',
    'text',
    'base64',
    'image',
    'document',
    'input_image',
    'image_url',
    'file',
    '\0\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const NAMES = ['id', 'name', 'fileName', 'filename', 'file_id', 'filepath', 'url', 'type', 'source', 'data', 'text'];
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.constantFrom(null, true, -1, 7, 1e300),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'image_url', 'sha256', 'content', 'size', 'position'), tie('value'), {
      maxKeys: 4,
    }),
  ),
}));

describe('files that an export names', () => {
  test.each(Object.entries(EXPORTS))(
    'in whatever way cost nothing else: %s',
    async (_, { members, document, write }) => {
      const given = fc.record(Object.fromEntries(members.map((member) => [member, value])), { requiredKeys: [] });
      await fc.assert(
        fc.asyncProperty(given, async (fields) => {
          const written = write(fields as Members);
          const text = document.endsWith('.jsonl') ? jsonLines(written as object[]) : JSON.stringify(written);
          const { conversations } = await readAll(zipOf({ [`x/${document}`]: text, 'x/a.png': 'PNG' }));
          const attachments = conversations.flatMap(({ messages }) =>
            messages.flatMap((message) => message.attachments),
          );
          for (const { externalId, fileName, mediaType, text: words, open } of attachments) {
            for (const said of [externalId, fileName, mediaType, words])
              expect(said === null || (said.isWellFormed() && !said.includes('\0'))).toBe(true);
            for await (const chunk of open?.() ?? []) expect(chunk).toBeInstanceOf(Uint8Array);
          }
          for (const { messages } of conversations)
            for (const { attachments: own, text: words } of messages) {
              expect(new Set(own.map(({ externalId }) => externalId)).size).toBe(own.length);
              // Our own format is taken at its word.
              for (const { position } of document === 'colloquy.jsonl' ? [] : own)
                expect(position ?? 0).toBeLessThanOrEqual(words.length);
            }
          expect(conversations.flatMap(({ messages }) => messages).length).toBeGreaterThan(0);
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );
});
