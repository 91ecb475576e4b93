import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../limits.ts';
import { detectFormat, type ReadOptions, readArchive, surveyArchive } from '../read.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { readAll } from '../testing/read-all.ts';
import { branchingChatgpt } from '../testing/samples.ts';
import { type TestEntry, writeZip } from '../testing/write-zip.ts';

const EXPORT: TestEntry = { name: 'conversations.json', data: JSON.stringify([branchingChatgpt()]) };

const ZIP64 = writeZip([EXPORT], { zip64: true });

/** The bytes with one of them replaced. */
function written(bytes: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = byte;
  return changed;
}

/** A ZIP whose second entry has no header before its data. */
function misplaced(): Buffer {
  const zip = writeZip([{ name: 'a' }, EXPORT]);
  return written(zip, zip.indexOf('PK\u0003\u0004', 1), 0);
}

const survey = (entries: TestEntry[], options?: ReadOptions) => surveyArchive(bytesSource(writeZip(entries)), options);

describe('a ZIP', () => {
  test.each([
    ['deflated', [EXPORT], {}],
    ['stored', [{ ...EXPORT, stored: true }], {}],
    ['of ZIP64', [EXPORT], { zip64: true }],
    ['with a comment', [EXPORT], { comment: 'made by hand' }],
    [
      'with folders and what macOS adds',
      [{ name: 'x/', stored: true }, EXPORT, { name: '__MACOSX/._conversations.json', data: 'junk' }],
      {},
    ],
    ['whose sizes follow the data', [{ ...EXPORT, descriptor: true }], {}],
    ['with sizes of 64 bits', [{ ...EXPORT, zip64: true }], { zip64: true }],
    ['with zeros for sizes before the data', [{ ...EXPORT, local: { crc: 0, declaredSize: 0 } }], {}],
    ['with a ZIP in it', [EXPORT, { name: 'old.zip', data: writeZip([EXPORT]) }], {}],
    ['with names that differ by case', [EXPORT, { name: 'Notes.txt' }, { name: 'notes.txt' }], {}],
    ['with names that differ by normal form', [EXPORT, { name: 'caf\u00e9.txt' }, { name: 'cafe\u0301.txt' }], {}],
    ['with folders in backslashes', [{ ...EXPORT, name: 'export\\conversations.json' }], {}],
  ])('%s is read', async (_, entries, options) => {
    expect((await readAll(writeZip(entries, options))).conversations).toHaveLength(1);
  });

  test.each<[string, TestEntry[], string]>([
    ['encrypted', [{ ...EXPORT, flags: 0x801 }], 'ZIP_ENCRYPTED'],
    ['strongly encrypted', [{ ...EXPORT, flags: 0x841 }], 'ZIP_ENCRYPTED'],
    ['with a symbolic link', [EXPORT, { name: 'link', data: '/etc/passwd', mode: 0o120777 }], 'ZIP_SYMLINK'],
    ['leading up', [EXPORT, { name: '../evil.json' }], 'ZIP_PATH_TRAVERSAL'],
    ['leading up behind a folder', [EXPORT, { name: 'a/../../evil.json' }], 'ZIP_PATH_TRAVERSAL'],
    ['with backslashes leading up', [EXPORT, { name: '..\\evil.json' }], 'ZIP_PATH_TRAVERSAL'],
    ['with an absolute name', [EXPORT, { name: '/evil.json' }], 'ZIP_PATH_TRAVERSAL'],
    ['with a drive', [EXPORT, { name: 'C:/evil.json' }], 'ZIP_PATH_TRAVERSAL'],
    ['with an entry twice', [EXPORT, EXPORT], 'ZIP_DUPLICATE_ENTRY'],
    [
      'with entries that share bytes',
      [EXPORT, { ...EXPORT, name: 'conversations-000.json', offset: 0 }],
      'ZIP_OVERLAPPING_ENTRIES',
    ],
    ['with a wrong checksum', [{ ...EXPORT, crc: 1 }], 'ZIP_CHECKSUM_MISMATCH'],
    ['that promises too few bytes', [{ ...EXPORT, declaredSize: 10 }], 'ZIP_SIZE_MISMATCH'],
    ['that promises too many bytes', [{ ...EXPORT, declaredSize: 1_000_000 }], 'ZIP_SIZE_MISMATCH'],
    ['of an unknown method', [{ ...EXPORT, method: 99 }], 'ZIP_COMPRESSION_METHOD'],
    ['with a drive behind backslashes', [EXPORT, { name: 'C:\\evil.json' }], 'ZIP_PATH_TRAVERSAL'],
    ['with NUL in a name', [EXPORT, { name: 'a\0.json' }], 'ZIP_PATH_TRAVERSAL'],
    ['with an entry twice, by either slash', [EXPORT, { name: 'a/b' }, { name: 'a\\b' }], 'ZIP_DUPLICATE_ENTRY'],
    ['encrypted by AES', [{ ...EXPORT, flags: 0x801, method: 99 }], 'ZIP_ENCRYPTED'],
    ['encrypted before the data alone', [{ ...EXPORT, local: { flags: 0x801 } }], 'ZIP_HEADER_MISMATCH'],
    [
      'with another name before the data',
      [{ ...EXPORT, local: { name: 'conversationz.json' } }],
      'ZIP_HEADER_MISMATCH',
    ],
    ['with another method before the data', [{ ...EXPORT, local: { method: 0 } }], 'ZIP_HEADER_MISMATCH'],
    ['with another checksum before the data', [{ ...EXPORT, local: { crc: 1 } }], 'ZIP_HEADER_MISMATCH'],
    ['with another size before the data', [{ ...EXPORT, local: { declaredSize: 1 } }], 'ZIP_HEADER_MISMATCH'],
    [
      'whose data begins within the next entry',
      [
        { ...EXPORT, local: { extra: 200 } },
        { name: 'b', stored: true, data: 'x'.repeat(500) },
      ],
      'ZIP_OVERLAPPING_ENTRIES',
    ],
    ['with an offset behind the end', [{ ...EXPORT, listedOffset: 1_000_000 }], 'ZIP_OVERLAPPING_ENTRIES'],
    ['of ZIP64 without its numbers', [{ ...EXPORT, zip64: true, zip64FieldBytes: 8 }], 'INVALID_ZIP'],
    ['of damaged data', [{ ...EXPORT, stored: true, method: 8 }], 'INVALID_ZIP'],
  ])('%s is refused', async (_, entries, code) => {
    await expect(survey(entries)).rejects.toMatchObject({ code });
  });

  test.each<[string, Partial<typeof DEFAULT_LIMITS>, string]>([
    ['more entries', { maxEntries: 1 }, 'LIMIT_EXCEEDED_ENTRIES'],
    ['a larger entry', { maxEntryBytes: 1000 }, 'LIMIT_EXCEEDED_ENTRY_BYTES'],
    ['more bytes', { maxTotalBytes: 50_000 }, 'LIMIT_EXCEEDED_TOTAL_BYTES'],
    ['a larger directory', { maxDirectoryBytes: 80 }, 'LIMIT_EXCEEDED_DIRECTORY_BYTES'],
    ['a higher ratio', { ratioFloorBytes: 1000 }, 'LIMIT_EXCEEDED_COMPRESSION_RATIO'],
  ])('with %s than allowed is refused', async (_, limits, code) => {
    const bomb = { name: 'a.txt', data: Buffer.alloc(100_000) };
    await expect(survey([EXPORT, bomb], { limits })).rejects.toMatchObject({ code, limit: expect.any(Number) });
  });

  test('of 65,000 entries is refused before they are read', async () => {
    const directory = writeZip([EXPORT]);
    directory.writeUInt16LE(65_000, directory.length - 12);
    await expect(surveyArchive(bytesSource(directory))).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED_ENTRIES' });
  });

  test('of 65,537 entries that says it has one is refused', async () => {
    const many = Array.from({ length: 65_536 }, (_, index) => ({ name: `${index}`, stored: true }));
    await expect(surveyArchive(bytesSource(writeZip([EXPORT, ...many], { count: 1 })))).rejects.toMatchObject({
      code: 'INVALID_ZIP',
    });
  });

  test('of ZIP64 with 65,536 entries is read when as many are allowed', async () => {
    const many = Array.from({ length: 65_535 }, (_, index) => ({ name: `${index}.png`, stored: true }));
    const zip = writeZip([EXPORT, ...many], { zip64: true });
    await expect(readAll(zip)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED_ENTRIES',
      limit: 50_000,
      received: 65_536,
    });
    expect((await readAll(zip, { limits: { maxEntries: 65_536 } })).conversations).toHaveLength(1);
  });

  test.each<[string, (zip: Buffer) => Buffer, string]>([
    ['with bytes behind its end', (zip) => Buffer.concat([zip, Buffer.from('junk')]), 'INVALID_ZIP'],
    [
      'with an end record in its comment',
      () => writeZip([EXPORT], { comment: `PK\u0005\u0006${'x'.repeat(40)}` }),
      'INVALID_ZIP',
    ],
    [
      'with bytes before its beginning',
      (zip) => Buffer.concat([Buffer.from('MZ\u0090\0\u0003'), zip]),
      'UNSUPPORTED_FORMAT',
    ],
    [
      'with bytes of a ZIP before its beginning',
      (zip) => Buffer.concat([Buffer.from('PK\u0003\u0004'), zip]),
      'INVALID_ZIP',
    ],
    ['with nothing in it', () => writeZip([]), 'UNSUPPORTED_FORMAT'],
    ['with only folders in it', () => writeZip([{ name: 'a/', stored: true }]), 'UNSUPPORTED_FORMAT'],
    ['in which a ZIP is all there is', (zip) => writeZip([{ name: 'export.zip', data: zip }]), 'UNSUPPORTED_FORMAT'],
    ['with no entry where the directory says', () => misplaced(), 'INVALID_ZIP'],
    ['of several disks', (zip) => written(zip, zip.length - 18, 1), 'INVALID_ZIP'],
    ['whose directory is elsewhere', (zip) => written(zip, zip.length - 6, 3), 'INVALID_ZIP'],
    ['whose directory is behind its end', (zip) => written(zip, zip.length - 4, 0xff), 'TRUNCATED_ARCHIVE'],
    ['of ZIP64 whose record is elsewhere', () => written(ZIP64, ZIP64.length - 22 - 12, 1), 'INVALID_ZIP'],
    ['of ZIP64 whose record is behind its end', () => written(ZIP64, ZIP64.length - 22 - 8, 0xff), 'TRUNCATED_ARCHIVE'],
    [
      'of ZIP64 whose directory is behind its end',
      () => written(ZIP64, ZIP64.length - 22 - 20 - 3, 0xff),
      'TRUNCATED_ARCHIVE',
    ],
  ])('%s is refused', async (_, make, code) => {
    await expect(surveyArchive(bytesSource(make(writeZip([EXPORT]))))).rejects.toMatchObject({ code });
  });

  test('that hides its size is refused after the bytes it promised', async () => {
    const bomb = { ...EXPORT, data: Buffer.alloc(20_000_000, 0x20), declaredSize: 1000 };
    await expect(survey([bomb])).rejects.toMatchObject({ code: 'ZIP_SIZE_MISMATCH' });
  });

  test('says which limit it exceeds, what is allowed and what came', async () => {
    const bomb = { name: 'a.txt', data: Buffer.alloc(100_000) };
    const cases: [Partial<typeof DEFAULT_LIMITS>, number][] = [
      [{ maxEntries: 1 }, 2],
      [{ maxDirectoryBytes: 70 }, 115],
      [{ maxEntryBytes: 10_000 }, 100_000],
      [{ maxTotalBytes: 90_000 }, 100_000 + (EXPORT.data?.length ?? 0)],
      [{ ratioFloorBytes: 1000 }, 100_000 / deflateRawSync(bomb.data).length],
    ];
    for (const [limits, received] of cases) {
      const limit = limits.ratioFloorBytes ? DEFAULT_LIMITS.maxCompressionRatio : Object.values(limits)[0];
      await expect(survey([EXPORT, bomb], { limits })).rejects.toMatchObject({ limit, received });
    }
  });

  test('of ZIP64 that promises a million million entries is refused before they are read', async () => {
    const zip = writeZip([EXPORT], { zip64: true });
    zip.writeBigUInt64LE(2n ** 40n, zip.length - 22 - 20 - 56 + 32);
    await expect(surveyArchive(bytesSource(zip))).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED_ENTRIES' });
  });

  test('opens only the entries that hold conversations', async () => {
    const photo = { name: 'photo.png', data: 'x', crc: 7 };
    expect(await survey([photo, EXPORT])).toEqual({
      format: 'chatgpt-json',
      platform: 'chatgpt',
      conversationCount: 1,
    });
  });

  test('leaves errors of the source what they are', async () => {
    const whole = bytesSource(writeZip([EXPORT]));
    const away = new Error('the object store is away');
    const failing: ByteSource = {
      ...whole,
      async *stream() {
        yield* [];
        throw away;
      },
    };
    await expect(surveyArchive(failing)).rejects.toBe(away);
    await expect(detectFormat({ ...whole, read: () => Promise.reject(away) })).rejects.toBe(away);
  });

  test('can be left in the middle, and stopped by a signal', async () => {
    const source = bytesSource(
      writeZip([{ name: 'conversations.json', data: JSON.stringify([branchingChatgpt(), branchingChatgpt()]) }]),
    );
    for await (const record of readArchive(source)) {
      expect(record.kind).toBe('conversation');
      break;
    }
    const reason = new Error('cancelled');
    await expect(readAll(writeZip([EXPORT]), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
