import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IssueLog } from '../../conversation/issues.ts';
import { attachmentsInParts } from './attachments.ts';
import { nameIn } from './file-part.ts';

const DATA = Buffer.from('a lamp').toString('base64');
const URL_OF_DATA = `data:image/png;base64,${DATA}`;

function filesIn(content: unknown) {
  const log = new IssueLog();
  const files = attachmentsInParts(content, 'content', { raw: JSON.stringify(content) ?? '', location: 'here', log });
  return { files, codes: log.issues.map(({ code, location }) => `${code} ${location}`) };
}

const file = (more: object) => ({
  externalId: 'content[0]',
  fileName: null,
  mediaType: null,
  byteSize: null,
  position: null,
  text: null,
  open: null,
  ...more,
});
const withBytes = (more: object) => file({ byteSize: 6, open: expect.any(Function), ...more });

describe('a part of a content', () => {
  test.each([
    ['OpenAI image', { type: 'image_url', image_url: { url: URL_OF_DATA } }, withBytes({ mediaType: 'image/png' })],
    ['bare address', { type: 'image_url', image_url: URL_OF_DATA }, withBytes({ mediaType: 'image/png' })],
    [
      'address elsewhere',
      { type: 'image_url', image_url: { url: 'https://x.example/a/red%20lamp.png?s=1' } },
      file({ fileName: 'red lamp.png', mediaType: 'image/png' }),
    ],
    ['Responses image', { type: 'input_image', image_url: URL_OF_DATA }, withBytes({ mediaType: 'image/png' })],
    ['uploaded image', { type: 'input_image', file_id: 'file-1' }, file({ externalId: 'file-1' })],
    [
      'sound',
      { type: 'input_audio', input_audio: { data: DATA, format: 'mp3' } },
      withBytes({ mediaType: 'audio/mpeg' }),
    ],
    [
      'Chat file',
      { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${DATA}` } },
      withBytes({ fileName: 'a.pdf', mediaType: 'application/pdf' }),
    ],
    [
      'Responses file',
      { type: 'input_file', filename: 'a.pdf', file_id: 'file-2' },
      file({ externalId: 'file-2', fileName: 'a.pdf', mediaType: 'application/pdf' }),
    ],
    [
      'file at an address',
      { type: 'input_file', file_url: 'https://x.example/b.csv' },
      file({ fileName: 'b.csv', mediaType: 'text/csv' }),
    ],
    [
      'Anthropic image',
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: DATA } },
      withBytes({ mediaType: 'image/png' }),
    ],
    [
      'Anthropic document',
      { type: 'document', title: 'Plan.pdf', source: { type: 'base64', media_type: 'application/pdf', data: DATA } },
      withBytes({ fileName: 'Plan.pdf', mediaType: 'application/pdf' }),
    ],
    [
      'text of a document',
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Wörter' } },
      file({ mediaType: 'text/plain', byteSize: 7, text: 'Wörter' }),
    ],
    [
      'pieces of a document',
      {
        type: 'document',
        source: {
          type: 'content',
          content: [
            { type: 'text', text: 'one' },
            { type: 'text', text: 'two' },
          ],
        },
      },
      file({ text: 'one\ntwo' }),
    ],
    [
      'image elsewhere',
      { type: 'image', source: { type: 'url', url: 'https://x.example/i.gif' } },
      file({ fileName: 'i.gif', mediaType: 'image/gif' }),
    ],
    [
      'uploaded document',
      { type: 'document', source: { type: 'file', file_id: 'file_3' } },
      file({ externalId: 'file_3' }),
    ],
    ['image of a tool', { type: 'image', data: DATA, mimeType: 'image/png' }, withBytes({ mediaType: 'image/png' })],
    [
      'image that was taken out',
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } },
      file({ mediaType: 'image/png' }),
    ],
    ['upload to a container', { type: 'container_upload', file_id: 'file_4' }, file({ externalId: 'file_4' })],
  ])('that is an %s is a file', (_, part, expected) => {
    expect(filesIn([part])).toEqual({ files: [expected], codes: [] });
  });

  test('that is none is no file, and parts in results count', () => {
    const result = {
      type: 'tool_result',
      content: [
        { type: 'text', text: 'x' },
        { type: 'image', data: DATA },
      ],
    };
    const { files } = filesIn([{ type: 'text', text: 'x' }, 'y', null, result]);
    expect(files).toEqual([withBytes({ externalId: 'content[3].content[1]' })]);
    for (const content of ['text', null, undefined, {}, 7]) expect(filesIn(content).files).toEqual([]);
  });

  test('has its place in the text, where the text is made of parts', () => {
    const words = { of: (part: unknown) => (typeof part === 'string' ? part : ''), separator: '\n\n', text: 'a\n\nbc' };
    const image = { type: 'image', data: DATA };
    const content = [image, 'a', image, '', 7, 'bc', image, { type: 'tool_result', content: [image] }];
    const owner = { raw: '', location: 'here', log: new IssueLog() };
    const places = (given: typeof words) =>
      attachmentsInParts(content, 'content', owner, given).map(({ position }) => position);
    expect(places(words)).toEqual([0, 1, 5, null]);
    expect(places({ ...words, text: 'a' })).toEqual([0, 1, 1, null]);
  });

  test('with bytes that are none is named, with an issue', () => {
    const { files, codes } = filesIn([{ type: 'image', source: { data: '!!', media_type: 'image/png' } }]);
    expect([files, codes]).toEqual([[file({ mediaType: 'image/png' })], ['UNREADABLE_ATTACHMENT here.content[0]']]);
  });

  test('of any shape does no harm', () => {
    const kind = fc.constantFrom('image', 'image_url', 'input_image', 'input_audio', 'file', 'document', 'tool_result');
    const part = fc.record({
      type: kind,
      source: fc.anything(),
      image_url: fc.anything(),
      file: fc.anything(),
      content: fc.anything(),
    });
    fc.assert(
      fc.property(fc.array(part), (content) => {
        for (const code of filesIn(JSON.parse(JSON.stringify(content))).codes)
          expect(code).toMatch(/^UNREADABLE_|^ID_|^TEXT_/);
      }),
    );
  });
});

test.each([
  ['https://x.example/', null],
  ['no address', null],
  ['data:image/png;base64,aGk=', null],
  ['blob:https://x.example/a', null],
  ['https://x.example/100%.png', '100%.png'],
])('the name in %s is %s', (url, name) => {
  expect(nameIn(url)).toBe(name);
});
