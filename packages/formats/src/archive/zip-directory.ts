import type { Entry } from 'yauzl';
import yauzl from 'yauzl';
import { InvalidZipError, LimitExceededError, TruncatedArchiveError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';
import type { ByteSource } from '../source.ts';

/** An entry of the directory with its decoded name. */
export interface NamedEntry {
  name: string;
  entry: Entry;
}

const END_RECORD_SIGNATURE = Buffer.from('PK\u0005\u0006', 'latin1');
const END_RECORD_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const LOCAL_HEADER_BYTES = 30;
const ZIP64_COUNT = 0xffff;
const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const SYMLINK_TYPE = 0o120000;

/**
 * Finds the record that ends every ZIP, and returns the offset at which the entries' data must have ended.
 * Throws TruncatedArchiveError when there is none, LimitExceededError when it promises too many entries.
 */
export async function findEndRecord(source: ByteSource, limits: ArchiveLimits): Promise<number> {
  const start = Math.max(0, source.size - END_RECORD_BYTES - MAX_COMMENT_BYTES);
  const tail = Buffer.from(await source.read(start, source.size));
  const at = tail.lastIndexOf(END_RECORD_SIGNATURE);
  if (at === -1 || tail.length - at < END_RECORD_BYTES) {
    throw new TruncatedArchiveError('The ZIP has no end record: the file was cut off.');
  }
  const count = tail.readUInt16LE(at + 10);
  if (count !== ZIP64_COUNT) checkCount(count, limits);
  return start + at;
}

/** Decodes an entry's name. Throws InvalidZipError for names that lead out of the archive, links and encryption. */
export function nameEntry(entry: Entry): NamedEntry {
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  const label = JSON.stringify(name);
  if (yauzl.validateFileName(name) !== null || name.includes('\0')) {
    throw new InvalidZipError('ZIP_PATH_TRAVERSAL', `The entry ${label} leads out of the archive.`);
  }
  if (entry.versionMadeBy >> 8 === UNIX && ((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMLINK_TYPE) {
    throw new InvalidZipError('ZIP_SYMLINK', `The entry ${label} is a symbolic link.`);
  }
  if (entry.isEncrypted()) throw new InvalidZipError('ZIP_ENCRYPTED', `The entry ${label} is encrypted.`);
  return { name, entry };
}

/**
 * Checks what no single entry shows: totals, duplicates and overlaps.
 * `endRecordOffset` is where the directory ends at the latest. Throws LimitExceededError or InvalidZipError.
 */
export function checkDirectory(entries: readonly NamedEntry[], endRecordOffset: number, limits: ArchiveLimits): void {
  checkSizes(entries, limits);
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name))
      throw new InvalidZipError('ZIP_DUPLICATE_ENTRY', `The entry ${JSON.stringify(name)} is there twice.`);
    names.add(name);
  }
  checkOverlaps(entries, endRecordOffset);
}

/** Throws LimitExceededError when there are more entries than are read. */
export function checkCount(count: number, { maxEntries }: ArchiveLimits): void {
  if (count <= maxEntries) return;
  throw new LimitExceededError(
    'LIMIT_EXCEEDED_ENTRIES',
    `The ZIP has ${count} entries; at most ${maxEntries} are read.`,
    maxEntries,
  );
}

function checkSizes(entries: readonly NamedEntry[], limits: ArchiveLimits): void {
  const { maxEntryBytes, maxTotalBytes, maxCompressionRatio } = limits;
  let total = 0;
  for (const { name, entry } of entries) {
    const { uncompressedSize, compressedSize } = entry;
    total += uncompressedSize;
    if (uncompressedSize > maxEntryBytes) {
      throw new LimitExceededError(
        'LIMIT_EXCEEDED_ENTRY_BYTES',
        `The entry ${JSON.stringify(name)} has ${uncompressedSize} bytes; at most ${maxEntryBytes} are read.`,
        maxEntryBytes,
      );
    }
    if (uncompressedSize > limits.ratioFloorBytes && uncompressedSize > compressedSize * maxCompressionRatio) {
      throw new LimitExceededError(
        'LIMIT_EXCEEDED_COMPRESSION_RATIO',
        `The entry ${JSON.stringify(name)} unpacks to more than ${maxCompressionRatio} times its size.`,
        maxCompressionRatio,
      );
    }
  }
  if (total > maxTotalBytes) {
    throw new LimitExceededError(
      'LIMIT_EXCEEDED_TOTAL_BYTES',
      `The ZIP unpacks to ${total} bytes; at most ${maxTotalBytes} are read.`,
      maxTotalBytes,
    );
  }
}

/** Entries that share bytes are how small bombs are made, and how two programs are shown two contents. */
function checkOverlaps(entries: readonly NamedEntry[], endRecordOffset: number): void {
  const sorted = entries.toSorted((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader);
  for (const [position, { name, entry }] of sorted.entries()) {
    const end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
    const next = sorted[position + 1]?.entry.relativeOffsetOfLocalHeader ?? endRecordOffset;
    if (end > next) {
      throw new InvalidZipError(
        'ZIP_OVERLAPPING_ENTRIES',
        `The entry ${JSON.stringify(name)} overlaps what follows it.`,
      );
    }
  }
}
