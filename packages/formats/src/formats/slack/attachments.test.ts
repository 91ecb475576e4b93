import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { zipOf } from '../../testing/write-zip.ts';

const exported = (message: object, more: Record<string, string> = {}) =>
  zipOf({
    'users.json': JSON.stringify([{ id: 'U0000ANN', name: 'ann' }]),
    'channels.json': JSON.stringify([{ id: 'C0000GEN', name: 'general' }]),
    'general/2026-01-01.json': JSON.stringify([
      { type: 'message', user: 'U0000ANN', text: 'See', ts: '1767225600.000100', ...message },
    ]),
    ...more,
  });

test('files are named with what Slack read out of them', async () => {
  const files = [
    { id: 'F00000001', name: 'a.png', mimetype: 'image/png', size: 9, url_private: 'https://files.example/a.png?t=x' },
    { id: 'F00000002', title: 'Mail', filetype: 'email', plain_text: 'Whole mail', preview_plain_text: 'Whole' },
    { id: 'F00000003', name: 'Plan', mimetype: 'application/vnd.slack-docs', preview_plain_text: 'A canvas' },
    { id: 'F00000004', name: 'x.py', mimetype: 'text/plain', mode: 'snippet', preview: 'print(1)' },
    { id: 'F00000005', mode: 'tombstone' },
    { id: 'F00000006', name: 'v.m4a', mimetype: 'audio/mp4', transcription: { preview: { content: 'Hello' } } },
    'broken',
  ];
  const shared = [{ is_share: true, text: 'x', files: [{ id: 'F00000007', name: 'b.pdf' }] }];
  const { files: found, codes } = await filesIn(exported({ files, attachments: shared }));
  expect(codes).toEqual([]);
  expect(found).toEqual([
    { ...UNKNOWN_FILE, externalId: 'F00000001', fileName: 'a.png', mediaType: 'image/png', byteSize: 9 },
    { ...UNKNOWN_FILE, externalId: 'F00000002', fileName: 'Mail', text: 'Whole mail' },
    {
      ...UNKNOWN_FILE,
      externalId: 'F00000003',
      fileName: 'Plan',
      mediaType: 'application/vnd.slack-docs',
      text: 'A canvas',
    },
    { ...UNKNOWN_FILE, externalId: 'F00000004', fileName: 'x.py', mediaType: 'text/plain', text: 'print(1)' },
    { ...UNKNOWN_FILE, externalId: 'F00000006', fileName: 'v.m4a', mediaType: 'audio/mp4', text: 'Hello' },
    { ...UNKNOWN_FILE, externalId: 'F00000007', fileName: 'b.pdf', mediaType: 'application/pdf' },
  ]);
});

test.each(['__uploads/F00000001/a.png', 'general/attachments/F00000001-a.png'])(
  'a file that was downloaded to %s has its bytes',
  async (path) => {
    const files = [{ id: 'F00000001', name: 'a.png', size: 9 }];
    expect((await filesIn(exported({ files }, { [path]: 'PNG' }))).files).toMatchObject([
      { externalId: 'F00000001', byteSize: 3, bytes: 'PNG' },
    ]);
  },
);
