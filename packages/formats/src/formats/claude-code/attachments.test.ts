import { expect, test } from '@jest/globals';
import { filesIn, UNKNOWN_FILE } from '../../testing/files-in.ts';
import { jsonLines } from '../json-lines/testing/read-with.ts';

const DATA = Buffer.from('a lamp').toString('base64');
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: DATA } };

const line = (type: string, uuid: string, content: unknown) => ({
  parentUuid: null,
  sessionId: '5e551000-1111-4222-8333-444455556666',
  type,
  message: { role: type, content },
  uuid,
  timestamp: '2026-03-04T05:06:07.000Z',
});

test('pictures in prompts and in results of tools are attachments; of text there is the text', async () => {
  const document = {
    type: 'document',
    title: 'notes.txt',
    source: { type: 'text', media_type: 'text/plain', data: 'Notes' },
  };
  const { files, codes } = await filesIn(
    jsonLines([
      line('user', 'a', [{ type: 'text', text: '[Image #1] What is it?' }, image]),
      line('assistant', 'b', [{ type: 'tool_use', id: 't', name: 'Read', input: {} }]),
      line('user', 'c', [{ type: 'tool_result', tool_use_id: 't', content: [image] }, document]),
    ]),
  );
  const picture = { ...UNKNOWN_FILE, mediaType: 'image/png', byteSize: 6, bytes: 'a lamp' };
  expect([files, codes]).toEqual([
    [
      { ...picture, externalId: 'content[1]', position: '[Image #1] What is it?'.length },
      { ...picture, externalId: 'content[0].content[0]' },
      {
        ...UNKNOWN_FILE,
        externalId: 'content[1]',
        fileName: 'notes.txt',
        mediaType: 'text/plain',
        byteSize: 5,
        text: 'Notes',
      },
    ],
    [],
  ]);
});
