import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';
import { ArchiveError, InvalidZipError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';
import type { ByteSource } from '../source.ts';
import type { ArchiveDocument } from './document.ts';
import { checkCount, checkDirectory, findEndRecord, type NamedEntry, nameEntry } from './zip-directory.ts';
import { SourceReader } from './zip-source-reader.ts';

/**
 * Reads and checks the directory of a ZIP; entries are opened only when they are asked for.
 * Throws InvalidZipError, TruncatedArchiveError or LimitExceededError.
 */
export async function openZip(source: ByteSource, limits: ArchiveLimits): Promise<ArchiveDocument[]> {
  const directoryOffset = await findEndRecord(source, limits);
  const reader = new SourceReader(source);
  return asZipErrors(reader, async () => {
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, {
      autoClose: false,
      // Names are decoded and judged by us, so that each fault has its own code.
      decodeStrings: false,
    });
    checkCount(zip.entryCount, limits);
    const entries: NamedEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(nameEntry(entry));
    checkDirectory(entries, directoryOffset, limits);
    return entries
      .filter(({ name }) => !name.endsWith('/') && !name.startsWith('__MACOSX/'))
      .map(({ name, entry }) => ({
        name,
        size: entry.uncompressedSize,
        open: () => entryBytes(zip, reader, name, entry),
      }));
  });
}

/** The uncompressed bytes of an entry, checked against the directory's size and CRC-32 as they pass. */
async function* entryBytes(zip: ZipFile, reader: SourceReader, name: string, entry: Entry): AsyncGenerator<Uint8Array> {
  if (!entry.canDecodeFileData()) {
    throw new InvalidZipError(
      'ZIP_COMPRESSION_METHOD',
      `"${name}" is compressed by method ${entry.compressionMethod}; only deflate is supported.`,
    );
  }
  const stream = await asZipErrors(reader, () => zip.openReadStreamPromise(entry));
  let checksum = 0;
  try {
    for await (const chunk of stream) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw asZipError(reader, error, name);
  } finally {
    stream.destroy();
  }
  if (checksum !== entry.crc32) {
    throw new InvalidZipError('ZIP_CHECKSUM_MISMATCH', `The checksum of "${name}" is wrong: its bytes were damaged.`);
  }
}

async function asZipErrors<T>(reader: SourceReader, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asZipError(reader, error);
  }
}

/** Errors of the byte source stay what they are; whatever else the ZIP library reports is the archive's fault. */
function asZipError(reader: SourceReader, error: unknown, name?: string): unknown {
  if (reader.failure !== null) return reader.failure.error;
  if (error instanceof ArchiveError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const where = name === undefined ? 'The ZIP directory is damaged' : `"${name}" is damaged`;
  if (/encryption/.test(message))
    return new InvalidZipError('ZIP_ENCRYPTED', 'The ZIP is encrypted.', { cause: error });
  const code = /bytes in the stream|size mismatch/.test(message) ? 'ZIP_SIZE_MISMATCH' : 'INVALID_ZIP';
  return new InvalidZipError(code, `${where}: ${message}`, { cause: error });
}
