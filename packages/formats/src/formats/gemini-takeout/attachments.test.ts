import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { activity, cell, page } from './testing/samples.ts';

const FOLDER = 'Takeout/My Activity/Gemini Apps/';
const MEMBERS = {
  attachedFiles: ['plan-1.pdf', { name: 'b.txt' }, 7],
  imageFile: 'tree.png',
  audioFiles: ['said.ogg'],
};

test('files beside the record are attachments of the prompt', async () => {
  const json = JSON.stringify([activity('Prompted See?', '2026-01-02T03:04:05.678Z', '<p>Yes.</p>', MEMBERS)]);
  const zip = zipOf({
    [`${FOLDER}MyActivity.json`]: json,
    [`${FOLDER}plan-1.pdf`]: 'PDF',
    [`${FOLDER}tree.png`]: 'PNG',
    'Takeout/My Activity/Search/said.ogg': 'other',
  });
  expect(await filesIn(zip)).toEqual({
    files: [
      {
        ...UNKNOWN_FILE,
        externalId: 'plan-1.pdf',
        fileName: 'plan-1.pdf',
        mediaType: 'application/pdf',
        byteSize: 3,
        bytes: 'PDF',
      },
      { ...UNKNOWN_FILE, externalId: 'b.txt', fileName: 'b.txt', mediaType: 'text/plain' },
      {
        ...UNKNOWN_FILE,
        externalId: 'tree.png',
        fileName: 'tree.png',
        mediaType: 'image/png',
        byteSize: 3,
        bytes: 'PNG',
      },
      { ...UNKNOWN_FILE, externalId: 'said.ogg', fileName: 'said.ogg', mediaType: 'audio/ogg' },
    ],
    codes: [],
  });
});

test('of a page the links lead to the files', async () => {
  const files = 'Attached 2 files.<br>-&nbsp;<a href="b%201.png">b.png</a><br>-&nbsp;<a href="100%.png">c</a><br>';
  const content = `Prompted See?<br>${files}Jan 2, 2026, 3:04:05 AM UTC<br><p>Yes.</p>`;
  const zip = zipOf({ [`${FOLDER}MyActivity.html`]: page(cell(content)), [`${FOLDER}b 1.png`]: 'PNG' });
  expect((await filesIn(zip)).files).toMatchObject([
    { externalId: 'b 1.png', bytes: 'PNG' },
    { externalId: '100%.png', bytes: null },
  ]);
});
