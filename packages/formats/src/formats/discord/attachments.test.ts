import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { zipOf } from '../../testing/write-zip.ts';

const attachment = (id: string, url: string, fileName: string) => ({ id, url, fileName, fileSizeBytes: 99 });
const channel = (attachments: unknown, more: object = {}) => ({
  guild: { id: '900', name: 'Bakers' },
  channel: { id: '700', type: 'GuildTextChat', name: 'bread' },
  messages: [
    {
      id: '11',
      type: 'Default',
      timestamp: '2026-01-01T10:00:00.123+01:00',
      content: '',
      author: { id: '101', name: 'ann' },
      attachments,
      ...more,
    },
  ],
});

test('files are named by the channel, and read where they were downloaded', async () => {
  const attachments = [
    attachment('1', 'https://cdn.example/1/a.png', 'a.png'),
    attachment('2', 'bread.json_Files\\b-A1B2C.png', 'b.png'),
    attachment('3', '/home/ann/out/bread.json_Files/c-D3E4F.pdf', 'c.pdf'),
    attachment('4', 'bread.json_Files/missing.png', 'd.png'),
  ];
  const forwardedMessage = { content: '', attachments: [attachment('2', 'https://cdn.example/2/e.png', 'e.png')] };
  const zip = zipOf({
    'out/bread.json': JSON.stringify(channel(attachments, { forwardedMessage })),
    'out/bread.json_Files/b-A1B2C.png': 'B',
    'out/bread.json_Files/c-D3E4F.pdf': 'C',
  });
  const picture = { ...UNKNOWN_FILE, mediaType: 'image/png', byteSize: 99 };
  expect(await filesIn(zip)).toEqual({
    files: [
      { ...picture, externalId: '1', fileName: 'a.png' },
      { ...picture, externalId: '2', fileName: 'b.png', byteSize: 1, bytes: 'B' },
      {
        ...UNKNOWN_FILE,
        externalId: '3',
        fileName: 'c.pdf',
        mediaType: 'application/pdf',
        byteSize: 1,
        bytes: 'C',
      },
      { ...picture, externalId: '4', fileName: 'd.png' },
      { ...picture, externalId: '2~2', fileName: 'e.png' },
    ],
    codes: [],
  });
});

test('attachments of any shape do no harm', async () => {
  for (const attachments of ['x', [7, {}, { url: 5 }], { a: 1 }]) {
    expect((await filesIn(channel(attachments))).codes).toEqual([]);
  }
});
