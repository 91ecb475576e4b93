import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IssueLog } from '../../conversation/issues.ts';
import { InvalidZipError } from '../../errors.ts';
import type { ParsedAttachment } from '../../model.ts';
import { readOne } from '../../testing/read-all.ts';
import { branchingChatgpt } from '../../testing/samples.ts';
import { entryAttachment, inlineAttachment, namedAttachment } from './attachment.ts';
import { DocumentIndex } from './document-index.ts';
import { mediaTypeOfBytes } from './media-magic.ts';
import { mediaTypeOfExport, mediaTypeOfName } from './media-type.ts';
import { distinctAttachments, withMediaTypes } from './message-attachments.ts';

const place = () => ({ location: 'here', log: new IssueLog() });

async function bytesOf({ open }: ParsedAttachment): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of open?.() ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const document = (name: string, bytes = 'bytes') => ({
  name,
  size: bytes.length,
  async *open() {
    yield Buffer.from(bytes);
  },
});

describe('an attachment', () => {
  test('that is only named has no bytes; what cannot be stored is repaired with an issue', () => {
    const at = place();
    const facts = {
      externalId: 'x'.repeat(513),
      fileName: 'a/b\0.PDF',
      byteSize: 3,
      position: 2 ** 31,
      text: '\ud800!',
    };
    expect(namedAttachment(facts, at)).toEqual({
      externalId: expect.stringMatching(/^sha256:/),
      fileName: 'b.PDF',
      mediaType: 'application/pdf',
      byteSize: 3,
      position: null,
      text: '\ufffd!',
      open: null,
    });
    expect(at.log.issues.map(({ code }) => code)).toEqual(['ID_REPLACED', 'TEXT_REPAIRED', 'TEXT_REPAIRED']);
  });

  test('in the archive is a document of it, read as often as wanted', async () => {
    const attachment = entryAttachment(document('img/cat.png'), { externalId: 'c', byteSize: 99 }, place());
    expect(attachment).toMatchObject({ fileName: 'cat.png', mediaType: 'image/png', byteSize: 5 });
    expect([await bytesOf(attachment), await bytesOf(attachment)]).toEqual([
      Buffer.from('bytes'),
      Buffer.from('bytes'),
    ]);
  });

  test.each([
    ['aGk=', null, 'hi'],
    ['aGk', null, 'hi'],
    ['aG\nk=', null, 'hi'],
    ['data:image/png;base64,aGk=', 'image/png', 'hi'],
    ['data:text/plain;charset=utf-8,h%C3%A9', 'text/plain', 'hé'],
    ['data:,x', null, 'x'],
    ['', null, ''],
  ])('inline, %j, is decoded', async (encoded, mediaType, bytes) => {
    const attachment = inlineAttachment(encoded, { externalId: 'i' }, place());
    expect(attachment).toMatchObject({ mediaType, byteSize: Buffer.byteLength(bytes) });
    expect((await bytesOf(attachment)).toString()).toBe(bytes);
  });

  test.each(['a', 'a b!', 'data:image/png;base64,%%', 'data:text/plain,%'])('inline, %j, is unreadable', (encoded) => {
    const at = place();
    expect(inlineAttachment(encoded, { externalId: 'i', byteSize: 7 }, at)).toMatchObject({ open: null, byteSize: 7 });
    expect(at.log.issues).toMatchObject([{ code: 'UNREADABLE_ATTACHMENT', location: 'here' }]);
  });

  test('inline gives back any bytes, in pieces', async () => {
    const large = Buffer.alloc(200_001, 'colloquy');
    expect(await bytesOf(inlineAttachment(large.toString('base64'), { externalId: 'i' }, place()))).toEqual(large);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.constantFrom('base64', 'base64url'), async (bytes, encoding) => {
        const encoded = Buffer.from(bytes).toString(encoding as 'base64');
        const attachment = inlineAttachment(encoded, { externalId: 'i' }, place());
        expect(attachment.byteSize).toBe(bytes.length);
        expect(new Uint8Array(await bytesOf(attachment))).toEqual(bytes);
      }),
    );
  });

  test('is never refused, whatever the export says', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud800'), fc.constant('\0'));
    fc.assert(
      fc.property(text, text, text, fc.anything(), (externalId, fileName, encoded, byteSize) => {
        const facts = { externalId, fileName, mediaType: fileName, text: encoded, byteSize, position: byteSize };
        const attachment = inlineAttachment(encoded, facts, place());
        for (const value of [attachment.externalId, attachment.fileName, attachment.text, attachment.mediaType])
          expect(value === null || (value.isWellFormed() && !value.includes('\0'))).toBe(true);
      }),
    );
  });
});

describe('a media type', () => {
  test.each([
    ['a/b.JPEG', 'image/jpeg'],
    ['x.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['file-abc.dat', null],
    ['none', null],
  ])('of the name %s is %s', (name, type) => {
    expect(mediaTypeOfName(name)).toBe(type);
  });

  test.each([
    ['text/plain; charset=utf-8', 'text/plain'],
    ['pdf', 'application/pdf'],
    ['.csv', 'text/csv'],
    ['application/octet-stream', null],
    ['a picture', null],
    [`image/${'x'.repeat(300)}`, null],
  ])('that an export calls %s is %s', (named, type) => {
    expect(mediaTypeOfExport(named)).toBe(type);
  });

  test.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\x01\x02\x03\x04WEBPVP8 ', 'image/webp'],
    ['RIFF\x01\x02\x03\x04WAVEfmt ', 'audio/wav'],
    ['\0\0\0\x20ftypisom', 'video/mp4'],
    ['\0\0\0\x20ftypM4A ', 'audio/mp4'],
    ['%PDF-1.7', 'application/pdf'],
    ['ID3\x04', 'audio/mpeg'],
    ['\xff\xfb\x90\x64', 'audio/mpeg'],
    ['\xff\xfe\x41\x00', null],
    ['PK\x03\x04', 'application/zip'],
    ['hello', null],
    ['', null],
  ])('of bytes %j is %s', (bytes, type) => {
    expect(mediaTypeOfBytes(Buffer.from(bytes, 'latin1'))).toBe(type);
  });

  test('is read from the bytes where nothing else tells it; unreadable bytes are an issue', async () => {
    const conversation = await readOne(branchingChatgpt());
    const broken = {
      ...document('b.dat'),
      // biome-ignore lint/correctness/useYield: it breaks before the first byte, as a damaged entry does
      async *open(): AsyncGenerator<Uint8Array> {
        throw new InvalidZipError('ZIP_CHECKSUM_MISMATCH', 'The bytes are damaged.');
      },
    };
    const attachments = [
      entryAttachment(document('a.dat', 'GIF89a...'), { externalId: 'a' }, place()),
      entryAttachment(broken, { externalId: 'b' }, place()),
    ];
    const messages = conversation.messages.map((message) => ({ ...message, attachments }));
    const typed = await withMediaTypes({ ...conversation, messages });
    expect(typed.messages[0]?.attachments).toMatchObject([{ mediaType: 'image/gif' }, { mediaType: null, open: null }]);
    expect(typed.issues).toHaveLength(messages.length);
    expect(typed.issues[0]).toMatchObject({ code: 'UNREADABLE_ATTACHMENT', message: 'The bytes are damaged.' });
    expect(await withMediaTypes(conversation)).toBe(conversation);
  });
});

test('ids of attachments are made distinct', () => {
  const ids = ['a', 'a', 'a~2', 'a', 'x'.repeat(512), 'x'.repeat(512)];
  const distinct = distinctAttachments(ids.map((externalId) => namedAttachment({ externalId }, place())));
  expect(distinct.map(({ externalId }) => externalId)).toEqual([
    'a',
    'a~3',
    'a~2',
    'a~4',
    'x'.repeat(512),
    `${'x'.repeat(500)}~2`,
  ]);
});

test('documents are found by path, base name and id', () => {
  const paths = ['Export/a/photo.png', 'Export/b/photo.png', 'Export/file-1-Cat.PNG', 'notes.txt'];
  const documents = paths.map((path) => document(path));
  const index = new DocumentIndex(documents, (path) => path.match(/file-\d+/) ?? []);
  const [a, , cat, notes] = documents;
  expect(index.atPath('notes.txt')).toBe(notes);
  expect(index.atPath('./a/photo.png')).toBe(a);
  expect(index.atPath('a\\photo.png')).toBe(a);
  expect(index.atPath('photo.png')).toBeNull();
  expect(index.atPath('')).toBeNull();
  expect(index.atPath('oto.png')).toBeNull();
  expect(index.named('photo.png')).toHaveLength(2);
  expect(index.named('x/FILE-1-cat.png')).toEqual([cat]);
  expect(index.withId('file-1')).toBe(cat);
  expect(index.withId('file-2')).toBeNull();
});
