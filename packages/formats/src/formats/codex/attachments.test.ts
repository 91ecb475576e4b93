import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { jsonLines } from '../json-lines/testing/read-with.ts';

const DATA = Buffer.from('a lamp').toString('base64');
const MADE = Buffer.from('GIF89a...').toString('base64');
const picture = { type: 'input_image', image_url: `data:image/png;base64,${DATA}` };

const line = (type: string, payload: object) => ({ timestamp: '2026-03-04T05:06:07.000Z', type, payload });
const META = line('session_meta', { id: '0c0de000-1111-7222-8333-444455556666', cwd: '/', cli_version: '0.139.0' });

test('pictures in prompts, in results of tools and those that were made are attachments', async () => {
  const { files, codes } = await filesIn(
    jsonLines([
      META,
      line('response_item', {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: 'See?' }, picture],
      }),
      line('response_item', { type: 'function_call', name: 'view', arguments: '{}', call_id: 'c' }),
      line('response_item', { type: 'function_call_output', call_id: 'c', output: [picture] }),
      line('response_item', { type: 'image_generation_call', id: 'ig', status: 'completed', result: MADE }),
      line('event_msg', { type: 'user_message', message: 'Later', images: [], local_images: ['C:\\x\\red.png'] }),
    ]),
  );
  const found = { ...UNKNOWN_FILE, mediaType: 'image/png', byteSize: 6, bytes: 'a lamp' };
  expect([files, codes]).toEqual([
    [
      { ...found, externalId: 'content[1]', position: 'See?'.length },
      { ...found, externalId: 'output[0]', position: 0 },
      { ...found, externalId: 'result', mediaType: 'image/gif', byteSize: 9, bytes: 'GIF89a...' },
      { ...UNKNOWN_FILE, externalId: 'local_images[0]', fileName: 'red.png', mediaType: 'image/png' },
    ],
    [],
  ]);
});
