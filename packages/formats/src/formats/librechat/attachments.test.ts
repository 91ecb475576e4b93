import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';

const DATA = Buffer.from('a lamp').toString('base64');

test('files, what tools made and pictures are attachments, each once', async () => {
  const message = {
    messageId: 'q',
    parentMessageId: '00000000-0000-0000-0000-000000000000',
    sender: 'User',
    isCreatedByUser: true,
    text: 'See?',
    files: [
      {
        file_id: 'f1',
        filename: 'a.pdf',
        type: 'application/pdf',
        bytes: 12,
        filepath: '/uploads/a.pdf',
        text: 'Page',
      },
      { file_id: 'f2', filepath: `data:image/png;base64,${DATA}`, type: 'image/png' },
      'broken',
    ],
    attachments: [
      { file_id: 'f1', filename: 'a.pdf' },
      { type: 'web_search', web_search: {} },
    ],
    content: [
      { type: 'image_file', image_file: { file_id: 'f3', filepath: '/images/u/b.webp', width: 1 } },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${DATA}` } },
    ],
  };
  const talk = { conversationId: 'c', endpoint: 'openAI', title: 'Lamps', messages: [message] };
  const { files, codes } = await filesIn(talk);
  const picture = { ...UNKNOWN_FILE, mediaType: 'image/png', byteSize: 6, bytes: 'a lamp' };
  expect([files, codes]).toEqual([
    [
      {
        ...UNKNOWN_FILE,
        externalId: 'f1',
        fileName: 'a.pdf',
        mediaType: 'application/pdf',
        byteSize: 12,
        text: 'Page',
      },
      { ...picture, externalId: 'f2' },
      { ...UNKNOWN_FILE, externalId: 'f3', fileName: 'b.webp', mediaType: 'image/webp' },
      { ...picture, externalId: 'content[1]' },
    ],
    [],
  ]);
});
