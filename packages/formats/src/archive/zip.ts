import { crc32 } from 'node:zlib';
import type { ZipFile } from 'yauzl';
import yauzl from 'yauzl';
import { ArchiveError, InvalidZipError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';
import type { ByteSource } from '../source.ts';
import type { ArchiveDocument } from './document.ts';
import {
  checkCount,
  checkDirectory,
  checkDirectoryBytes,
  checkEndRecord,
  directoryBytes,
  type NamedEntry,
  nameEntry,
  type PlacedEntry,
} from './zip-directory.ts';
import { checkLocalHeader } from './zip-local-header.ts';
import { SourceReader } from './zip-source-reader.ts';

const DIRECTORY_SIGNATURE = Buffer.from('PK\u0001\u0002', 'latin1');

/**
 * Reads and checks the directory of a ZIP; entries are opened only when they are asked for.
 * Throws InvalidZipError, TruncatedArchiveError or LimitExceededError.
 */
export async function openZip(source: ByteSource, limits: ArchiveLimits): Promise<ArchiveDocument[]> {
  await checkEndRecord(source, limits);
  const reader = new SourceReader(source);
  return asZipErrors(reader, async () => {
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, {
      autoClose: false,
      // Names are decoded and judged by us, so that each fault has its own code.
      decodeStrings: false,
    });
    checkCount(zip.entryCount, limits);
    // A number, although its type says otherwise: the offset of the next entry in the directory, its start before the first.
    const directoryOffset = Number(zip.readEntryCursor);
    const entries: NamedEntry[] = [];
    let size = 0;
    for await (const entry of zip.eachEntry()) {
      size += directoryBytes(entry);
      checkDirectoryBytes(size, limits);
      entries.push(nameEntry(entry));
    }
    await checkNoMoreEntries(reader, directoryOffset + size, entries.length);
    return checkDirectory(entries, directoryOffset, limits)
      .filter(({ name }) => !name.endsWith('/') && !name.startsWith('__MACOSX/'))
      .map((placed) => ({
        name: placed.name,
        size: placed.entry.uncompressedSize,
        open: () => entryBytes(zip, reader, placed),
      }));
  });
}

/** The end record counts entries in 16 bits, so a directory may hold more of them than it says. */
async function checkNoMoreEntries(reader: SourceReader, directoryEnd: number, count: number): Promise<void> {
  // The end record follows, so there are as many bytes.
  const next = await reader.bytes(directoryEnd, directoryEnd + DIRECTORY_SIGNATURE.length);
  if (DIRECTORY_SIGNATURE.equals(next)) {
    throw new InvalidZipError('INVALID_ZIP', `The directory of the ZIP goes on behind its ${count} entries.`);
  }
}

/** The uncompressed bytes of an entry, checked against the directory's size and CRC-32 as they pass. */
async function* entryBytes(zip: ZipFile, reader: SourceReader, placed: PlacedEntry): AsyncGenerator<Uint8Array> {
  const { name, entry } = placed;
  if (!entry.canDecodeFileData()) {
    throw new InvalidZipError(
      'ZIP_COMPRESSION_METHOD',
      `"${name}" is compressed by method ${entry.compressionMethod}; only deflate is supported.`,
    );
  }
  const stream = await asZipErrors(reader, async () => {
    checkLocalHeader(placed, await zip.readLocalFileHeaderPromise(entry));
    return zip.openReadStreamPromise(entry);
  });
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
