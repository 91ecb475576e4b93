import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';

const DATA = Buffer.from('a lamp').toString('base64');

test('pictures, files and spoken answers are attachments', async () => {
  const messages = [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is it?' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${DATA}` } },
        { type: 'image_url', image_url: { url: 'https://x.example/b.jpg' } },
        { type: 'file', file: { filename: 'c.pdf', file_data: `data:application/pdf;base64,${DATA}` } },
      ],
    },
    { role: 'assistant', content: null, audio: { id: 'audio_1', data: DATA, transcript: 'A lamp.', expires_at: 1 } },
  ];
  const { files, codes } = await filesIn({ messages });
  const bytes = { byteSize: 6, bytes: 'a lamp' };
  expect([files, codes]).toEqual([
    [
      { ...UNKNOWN_FILE, ...bytes, externalId: 'content[1]', position: 'What is it?'.length, mediaType: 'image/png' },
      {
        ...UNKNOWN_FILE,
        externalId: 'content[2]',
        position: 'What is it?'.length,
        fileName: 'b.jpg',
        mediaType: 'image/jpeg',
      },
      {
        ...UNKNOWN_FILE,
        ...bytes,
        externalId: 'content[3]',
        position: 'What is it?'.length,
        fileName: 'c.pdf',
        mediaType: 'application/pdf',
      },
      { ...UNKNOWN_FILE, ...bytes, externalId: 'audio_1', text: 'A lamp.' },
    ],
    [],
  ]);
});
