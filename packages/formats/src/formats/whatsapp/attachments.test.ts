import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { zipOf } from '../../testing/write-zip.ts';

const android = (remark: string, name: string) =>
  ['12/30/20, 9:41 PM - Ann: Shall we?', `12/31/20, 8:00 AM - Ann: ${name} (${remark})`, 'the bed', ''].join('\n');
const ios = (remark: string, name: string) =>
  ['[31.12.20, 21:41:06] Ann: Hallo', `\u200e[31.12.20, 21:42:00] Bob: \u200e<${remark}: ${name}>`, ''].join('\r\n');

test.each([
  ['English', android('file attached', 'plan.pdf'), 'plan.pdf', 'application/pdf'],
  ['German', android('Datei angehängt', 'plan.pdf'), 'plan.pdf', 'application/pdf'],
  ['Spanish', android('archivo adjunto', 'IMG-20201231-WA0001.jpg'), 'IMG-20201231-WA0001.jpg', 'image/jpeg'],
  ['an unknown tongue', android('o failu', 'IMG-20201231-WA0001.jpg'), 'IMG-20201231-WA0001.jpg', 'image/jpeg'],
  [
    'iOS',
    ios('attached', '00000003-PHOTO-2020-12-31-21-42-00.jpg'),
    '00000003-PHOTO-2020-12-31-21-42-00.jpg',
    'image/jpeg',
  ],
  ['German iOS', ios('Anhang', 'plan.pdf'), 'plan.pdf', 'application/pdf'],
])('a file in %s is an attachment, with its bytes when it came along', async (_, text, name, mediaType) => {
  const file = { ...UNKNOWN_FILE, externalId: name, fileName: name, mediaType };
  expect((await filesIn(text)).files).toEqual([file]);
  const zip = zipOf({ 'Ann/_chat.txt': text, [`Ann/${name}`]: 'BYTES', [`Bob/${name}`]: 'other' });
  expect((await filesIn(zip)).files).toEqual([{ ...file, byteSize: 5, bytes: 'BYTES' }]);
});

test('a file that was left out is none', async () => {
  const text = '12/30/20, 9:41 PM - Ann: Shall we?\n12/31/20, 8:00 AM - Ann: <Media omitted>\n';
  expect(await filesIn(text)).toEqual({ files: [], codes: [] });
});
