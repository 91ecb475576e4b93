import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { zipOf } from '../../testing/write-zip.ts';

const FOLDER = 'ttl/30d/export_data/u';
const SENT = '5b1e0c2e-2222-4222-8333-444455556666';
const LOST = '5b1e0c2e-3333-4222-8333-444455556666';

test('files of the asset server are attachments; pictures that were made are named', async () => {
  const response = {
    _id: 'q',
    message: 'See?',
    sender: 'human',
    create_time: { $date: { $numberLong: '1770000000000' } },
    file_attachments: [SENT, LOST, 7],
    generated_image_urls: ['https://assets.example/users/u/generated/owl.jpg', 'users/u/owl.png'],
  };
  const backend = { conversations: [{ conversation: { id: 'c', title: 'Owls' }, responses: [{ response }] }] };
  const zip = zipOf({
    [`${FOLDER}/prod-grok-backend.json`]: JSON.stringify(backend),
    [`${FOLDER}/prod-mc-asset-server/${SENT}/content`]: '%PDF-1.7',
  });
  const { files } = await filesIn(zip);
  expect(files).toEqual([
    { ...UNKNOWN_FILE, externalId: SENT, mediaType: 'application/pdf', byteSize: 8, bytes: '%PDF-1.7' },
    { ...UNKNOWN_FILE, externalId: LOST },
    { ...UNKNOWN_FILE, externalId: 'generated_image_urls[0]', fileName: 'owl.jpg', mediaType: 'image/jpeg' },
    { ...UNKNOWN_FILE, externalId: 'generated_image_urls[1]' },
  ]);
});
