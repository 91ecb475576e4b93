import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { zipOf } from '../../testing/write-zip.ts';
import { account, chat, message } from './testing/samples.ts';

const NOTICE = '(File not included. Change data exporting settings to download.)';
const MESSAGES = [
  message(1, '', { photo: 'photos/photo_1.jpg', photo_file_size: 99 }),
  message(2, '', {
    file: 'files/plan.pdf',
    file_name: 'The plan.pdf',
    file_size: 12,
    mime_type: 'application/pdf',
    thumbnail: 'files/plan.pdf_thumb.jpg',
  }),
  message(3, '', {
    file: NOTICE,
    file_name: 'song.mp3',
    file_size: 77,
    media_type: 'audio_file',
    mime_type: 'audio/mpeg',
  }),
  message(4, '', { contact_information: {}, contact_vcard: 'contacts/contact_1.vcard' }),
];

test('files beside the chat are attachments with their bytes, others by what is said of them', async () => {
  const files = {
    'DataExport/photos/photo_1.jpg': 'JPG',
    'DataExport/Files/Plan.pdf': 'PDF',
    'photos/photo_1.jpg': 'other',
  };
  const zip = zipOf({ 'DataExport/result.json': JSON.stringify(chat(MESSAGES)), ...files });
  const found = await filesIn(zip);
  const photo = { ...UNKNOWN_FILE, externalId: 'photo', fileName: 'photo_1.jpg', mediaType: 'image/jpeg' };
  const plan = { ...UNKNOWN_FILE, externalId: 'file', fileName: 'The plan.pdf', mediaType: 'application/pdf' };
  const rest = [
    { ...UNKNOWN_FILE, externalId: 'file', fileName: 'song.mp3', mediaType: 'audio/mpeg', byteSize: 77 },
    { ...UNKNOWN_FILE, externalId: 'contact_vcard', fileName: 'contact_1.vcard' },
  ];
  expect(found).toEqual({
    files: [{ ...photo, byteSize: 3, bytes: 'JPG' }, { ...plan, byteSize: 3, bytes: 'PDF' }, ...rest],
    codes: [],
  });
  const alone = await filesIn(chat(MESSAGES));
  expect(alone).toEqual({ files: [{ ...photo, byteSize: 99 }, { ...plan, byteSize: 12 }, ...rest], codes: [] });
});

test("files of an account's chats are in folders of the chats", async () => {
  const path = 'chats/chat_01/photos/photo_1.jpg';
  const chats = [chat([message(1, '', { photo: path })])];
  const { files } = await filesIn(zipOf({ 'x/result.json': JSON.stringify(account(chats)), [`x/${path}`]: 'JPG' }));
  expect(files).toMatchObject([{ externalId: 'photo', bytes: 'JPG' }]);
});
