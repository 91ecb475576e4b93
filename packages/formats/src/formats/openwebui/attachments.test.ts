import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';

const DATA = Buffer.from('a lamp').toString('base64');
const URL_OF_DATA = `data:image/png;base64,${DATA}`;

test('pictures and files are attachments, with what was read out of them; collections are none', async () => {
  const file = {
    id: 'f1',
    filename: 'a.pdf',
    data: { content: 'Page' },
    meta: { content_type: 'application/pdf', size: 12 },
  };
  const message = {
    id: 'q',
    parentId: null,
    role: 'user',
    content: [
      { type: 'text', text: 'See?' },
      { type: 'image_url', image_url: { url: URL_OF_DATA } },
    ],
    files: [
      { type: 'image', url: URL_OF_DATA },
      { type: 'image', url: '/api/v1/files/f2/content', id: 'f2' },
      { type: 'file', file, id: 'f1', url: '/api/v1/files/f1', name: 'a.pdf', size: 12 },
      { type: 'collection', id: 'k', name: 'Lamps' },
      7,
    ],
  };
  const chat = { title: 'Lamps', history: { currentId: 'q', messages: { q: message } }, messages: [] };
  const { files, codes } = await filesIn([{ id: 'c', title: 'Lamps', chat }]);
  const picture = { ...UNKNOWN_FILE, mediaType: 'image/png', byteSize: 6, bytes: 'a lamp' };
  expect([files, codes]).toEqual([
    [
      { ...picture, externalId: 'files[0]' },
      { ...UNKNOWN_FILE, externalId: 'f2' },
      {
        ...UNKNOWN_FILE,
        externalId: 'f1',
        fileName: 'a.pdf',
        mediaType: 'application/pdf',
        byteSize: 12,
        text: 'Page',
      },
      { ...picture, externalId: 'content[1]', position: 'See?'.length },
    ],
    [],
  ]);
});
