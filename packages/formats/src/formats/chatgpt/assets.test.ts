import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ParsedAttachment } from '../../model.ts';
import { surveyArchive } from '../../read.ts';
import { bytesSource } from '../../source.ts';
import { readAll, readOne } from '../../testing/read-all.ts';
import { chatgptConversation, chatgptMessage } from '../../testing/samples.ts';
import { writeZip, zipOf } from '../../testing/write-zip.ts';
import { fileIds, nameInside } from './asset-names.ts';

const PNG = '\x89PNG\r\n\x1a\n...';
const latin = (text: string) => Buffer.from(text, 'latin1');
const image = (pointer: string, more: object = {}) => ({
  content_type: 'image_asset_pointer',
  asset_pointer: pointer,
  size_bytes: 11,
  ...more,
});
const multimodal = (...parts: unknown[]) => ({ content: { content_type: 'multimodal_text', parts } });
const exportOf = (message: object) => JSON.stringify([chatgptConversation([{ id: 'n', parent: null, message }])]);

async function attachmentsOf(message: object, files: Record<string, string | Uint8Array> = {}) {
  const { messages } = await readOne(zipOf({ 'conversations.json': exportOf(message), ...files }));
  return messages[0]?.attachments ?? [];
}

async function bytesOf({ open }: ParsedAttachment): Promise<string | null> {
  if (open === null) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

describe('the assets of a ChatGPT export', () => {
  test.each([
    ['file-service://file-AbC1', 'file-AbC1-my photo.png', 'my photo.png', 'image/png'],
    ['sediment://file_00aa', 'file_00aa-sanitized.jpg', 'file_00aa-sanitized.jpg', 'image/jpeg'],
    ['sediment://file_00aa', 'file_00aa.dat', 'file_00aa.dat', 'image/png'],
    [
      'sediment://file_00aa',
      'user-X1/file_00aa-1b2c3d4e-1111-4222-8333-444455556666.png',
      'file_00aa-1b2c3d4e-1111-4222-8333-444455556666.png',
      'image/png',
    ],
    [
      'file-service://file-AbC1',
      'dalle-generations/file-AbC1-1b2c3d4e-1111-4222-8333-444455556666.webp',
      'file-AbC1-1b2c3d4e-1111-4222-8333-444455556666.webp',
      'image/webp',
    ],
    ['sediment://1a2b#file_00aa#p_0.png', '1a2b#file_00aa#p_0.png', '1a2b#file_00aa#p_0.png', 'image/png'],
  ])('%s is %s', async (pointer, path, fileName, mediaType) => {
    const [attachment, ...more] = await attachmentsOf(
      chatgptMessage('n', 'user', '', multimodal('look', image(pointer))),
      { [path]: latin(PNG) },
    );
    expect(more).toEqual([]);
    expect(attachment).toMatchObject({ fileName, mediaType, byteSize: 11, position: 4, text: null });
    expect(attachment && (await bytesOf(attachment))).toBe(PNG);
  });

  test('are named and typed by the lists beside the conversations; the library adds what a message made', async () => {
    const attachments = await attachmentsOf(chatgptMessage('n', 'user', '', multimodal(image('sediment://file_1'))), {
      'file_1.dat': latin(PNG),
      'file_2.dat': 'a report',
      'conversation_asset_file_names.json': JSON.stringify({ 'file_1.dat': 'Garden.png', 'file_2.dat': 7 }),
      'library_files.json': JSON.stringify([
        { file_id: 'file_1', file_name: 'Again.png', origination_message_id: 'n' },
        { file_id: 'file_2', file_name: 'Report.docx', origination_message_id: 'n', mime_type: 'text/plain' },
        { file_id: 'file_3', file_name: 'Other.docx', origination_message_id: 'elsewhere' },
        null,
      ]),
    });
    expect(attachments).toMatchObject([
      { externalId: 'file_1', fileName: 'Garden.png', mediaType: 'image/png', byteSize: 11 },
      { externalId: 'file_2', fileName: 'Report.docx', mediaType: 'text/plain', byteSize: 8 },
    ]);
  });

  test('that a message lists and shows are one; those that the archive lacks are named', async () => {
    const message = chatgptMessage('n', 'user', '', {
      ...multimodal('a\u0000b', 'c\uE200cite\uE202x\uE201', image('sediment://file_1', { size_bytes: 5 }), 'd'),
      metadata: {
        attachments: [
          { id: 'file_1', name: 'cat.png', size: 5, mime_type: 'image/png' },
          { id: 'file_2', name: 'notes.pdf', size: 12, mime_type: 'application/pdf' },
          { name: 'nameless.txt' },
          { name: 'nameless.txt' },
        ],
        aggregate_result: { messages: [{ message_type: 'image', image_url: 'file-service://file-Plot' }, 'x'] },
      },
    });
    expect(await attachmentsOf(message)).toEqual([
      {
        externalId: 'file_1',
        fileName: 'cat.png',
        mediaType: 'image/png',
        byteSize: 5,
        position: 4,
        text: null,
        open: null,
      },
      expect.objectContaining({ externalId: 'file-Plot', open: null }),
      expect.objectContaining({ externalId: 'file_2', mediaType: 'application/pdf', byteSize: 12, position: null }),
      expect.objectContaining({ externalId: 'attachments[2]', fileName: 'nameless.txt' }),
      expect.objectContaining({ externalId: 'attachments[3]' }),
    ]);
  });

  test('of a voice conversation are its recordings, frames and film', async () => {
    const pointer = (id: string) => ({
      content_type: 'audio_asset_pointer',
      asset_pointer: `sediment://${id}`,
      format: 'wav',
    });
    const call = {
      content_type: 'real_time_user_audio_video_asset_pointer',
      frames_asset_pointers: ['sediment://file_f1'],
      video_container_asset_pointer: 'sediment://file_v1',
      audio_asset_pointer: pointer('file_a2'),
    };
    const attachments = await attachmentsOf(
      chatgptMessage(
        'n',
        'user',
        '',
        multimodal({ content_type: 'audio_transcription', text: 'hi' }, pointer('file_a1'), call),
      ),
      { '0f9a4d5e-1111-4222-8333-444455556666/audio/file_a1-1b2c3d4e-1111-4222-8333-444455556666.wav': 'RIFF' },
    );
    expect(
      attachments.map(({ externalId, mediaType, position, open }) => [externalId, mediaType, position, open !== null]),
    ).toEqual([
      ['file_a1', 'audio/wav', 2, true],
      ['file_a2', 'audio/wav', 2, false],
      ['file_f1', null, null, false],
      ['file_v1', null, null, false],
    ]);
  });

  test('that are damaged are an issue, and the message stays', async () => {
    const conversations = exportOf(chatgptMessage('n', 'user', 'x', multimodal('x', image('sediment://file_1'))));
    const zip = writeZip([
      { name: 'conversations.json', data: conversations },
      { name: 'file_1.dat', data: PNG, crc: 1 },
      { name: 'library_files.json', data: '[{' },
    ]);
    const { conversations: all, issues } = await readAll(zip);
    expect(issues).toMatchObject([{ code: 'INVALID_RECORD', location: 'library_files.json' }]);
    expect(all[0]?.messages).toMatchObject([{ text: 'x', attachments: [{ externalId: 'file_1', open: null }] }]);
    expect(all[0]?.issues.map(({ code }) => code)).toEqual(['UNREADABLE_ATTACHMENT']);
  });

  test('of any shape never cost the message', async () => {
    const pointer = fc.oneof(
      fc.constantFrom('sediment://file_1', 'file-service://', 'sediment://conversations', ''),
      fc.jsonValue(),
    );
    const part = fc.oneof(
      fc.jsonValue(),
      fc.record({ asset_pointer: pointer, size_bytes: fc.jsonValue(), format: fc.jsonValue() }),
      fc.record({ audio_asset_pointer: fc.oneof(fc.jsonValue(), fc.record({ asset_pointer: pointer })) }),
      fc.record({ frames_asset_pointers: fc.oneof(fc.jsonValue(), fc.array(pointer)), text: fc.string() }),
    );
    const file = fc.record({
      id: pointer,
      name: fc.oneof(fc.constant('\ud800\0'), fc.jsonValue()),
      size: fc.jsonValue(),
    });
    const canvas = fc.record({ textdoc_id: pointer, user_created_textdocs: fc.oneof(fc.jsonValue(), fc.array(file)) });
    const metadata = fc.record({
      attachments: fc.oneof(fc.jsonValue(), fc.array(file)),
      canvas,
      aggregate_result: fc.jsonValue(),
    });
    const library = fc.array(
      fc.record({ file_id: pointer, origination_message_id: fc.constantFrom('n', 7), file_name: fc.jsonValue() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part), metadata, fc.jsonValue(), library, async (parts, given, names, made) => {
        const message = chatgptMessage('n', 'user', '', { ...multimodal(...parts), metadata: given });
        const zip = zipOf({
          'conversations.json': exportOf(message),
          'file_1.dat': latin(PNG),
          'conversation_asset_file_names.json': JSON.stringify(names),
          'library_files.json': JSON.stringify(made),
        });
        const { messages } = await readOne(zip);
        expect(messages).toHaveLength(1);
        const attachments = messages[0]?.attachments ?? [];
        expect(new Set(attachments.map(({ externalId }) => externalId)).size).toBe(attachments.length);
        for (const { fileName, position } of attachments) {
          expect(fileName === null || (fileName.isWellFormed() && !fileName.includes('\0'))).toBe(true);
          expect(position === null || position <= (messages[0]?.text.length ?? 0)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('are never documents of the export itself', () => {
    expect(['conversations.json', 'chat.html', 'a/user.json'].flatMap(fileIds)).toEqual([]);
    expect(fileIds('file-1-data.json')).toEqual(['file-1', 'file-1-data.json', 'file-1-data']);
    expect(nameInside('file-AbC-.png')).toBe('file-AbC-.png');
  });
});

test('links that were shared are in the metadata; group chats are issues; canvas documents are conversations', async () => {
  const zip = zipOf({
    'conversations.json': JSON.stringify([chatgptConversation([])]),
    'shared_conversations.json': JSON.stringify([
      { id: 's', conversation_id: '0f9a4d5e-1111-4222-8333-444455556666', title: 'Shared', is_anonymous: true },
    ]),
    'group_chats.json': JSON.stringify({ chats: [{ id: 'g', title: 'Us' }] }),
    'textdocs/t.json': JSON.stringify({
      id: 't',
      title: 'Poem',
      content: 'O moon',
      created_at: '2024-01-01T00:00:00Z',
      type: 'text/markdown',
    }),
  });
  const { conversations, issues } = await readAll(zip);
  expect(conversations[0]?.metadata).toEqual({
    shared_conversations: [{ id: 's', title: 'Shared', is_anonymous: true }],
  });
  expect(conversations[1]).toMatchObject({
    externalId: 'textdoc:t',
    title: 'Poem',
    metadata: { kind: 'canvas_document', type: 'text/markdown' },
    messages: [{ text: 'O moon', contentType: 'canvas_document', hidden: false, onActivePath: true }],
  });
  expect(issues).toMatchObject([{ code: 'NOT_A_CONVERSATION', location: 'group_chats.json.chats[0]' }]);
  expect((await surveyArchive(bytesSource(zip))).conversationCount).toBe(2);
});
