import { describe, expect, test } from '@jest/globals';
import type { DEFAULT_LIMITS } from '../limits.ts';
import { detectFormat, type ReadOptions, readArchive, surveyArchive } from '../read.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { readAll } from '../testing/read-all.ts';
import { branchingChatgpt } from '../testing/samples.ts';
import { type TestEntry, writeZip } from '../testing/write-zip.ts';

const EXPORT: TestEntry = { name: 'conversations.json', data: JSON.stringify([branchingChatgpt()]) };

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
    ['of damaged data', [{ ...EXPORT, stored: true, method: 8 }], 'INVALID_ZIP'],
  ])('%s is refused', async (_, entries, code) => {
    await expect(survey(entries)).rejects.toMatchObject({ code });
  });

  test.each<[string, Partial<typeof DEFAULT_LIMITS>, string]>([
    ['more entries', { maxEntries: 1 }, 'LIMIT_EXCEEDED_ENTRIES'],
    ['a larger entry', { maxEntryBytes: 1000 }, 'LIMIT_EXCEEDED_ENTRY_BYTES'],
    ['more bytes', { maxTotalBytes: 50_000 }, 'LIMIT_EXCEEDED_TOTAL_BYTES'],
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
