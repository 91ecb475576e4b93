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

/** An entry whose place in the file is known to be its own. */
export interface PlacedEntry extends NamedEntry {
  /** Offset at which its data ends at the latest: where the next entry or the directory begins. */
  end: number;
}

const END_RECORD_SIGNATURE = Buffer.from('PK\u0005\u0006', 'latin1');
const END_RECORD_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const LOCAL_HEADER_BYTES = 30;
const DIRECTORY_HEADER_BYTES = 46;
const ZIP64_COUNT = 0xffff;
const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const SYMLINK_TYPE = 0o120000;

/**
 * Checks the record that ends every ZIP. Throws TruncatedArchiveError when there is none, InvalidZipError when something
 * follows it, LimitExceededError when it promises too many entries.
 */
export async function checkEndRecord(source: ByteSource, limits: ArchiveLimits): Promise<void> {
  const start = Math.max(0, source.size - END_RECORD_BYTES - MAX_COMMENT_BYTES);
  const tail = Buffer.from(await source.read(start, source.size));
  const at =
    tail.length < END_RECORD_BYTES ? -1 : tail.lastIndexOf(END_RECORD_SIGNATURE, tail.length - END_RECORD_BYTES);
  if (at === -1) throw new TruncatedArchiveError('The ZIP has no end record: the file was cut off.');
  const follow = tail.length - at - END_RECORD_BYTES;
  const comment = tail.readUInt16LE(at + 20);
  if (comment !== follow) {
    throw new InvalidZipError(
      'INVALID_ZIP',
      `The ZIP should end with a comment of ${comment} bytes; ${follow} bytes follow.`,
    );
  }
  const count = tail.readUInt16LE(at + 10);
  if (count !== ZIP64_COUNT) checkCount(count, limits);
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
 * Checks what no single entry shows: totals, duplicates and overlaps. Returns the entries in the order of the directory,
 * which begins at `directoryOffset`. Throws LimitExceededError or InvalidZipError.
 */
export function checkDirectory(
  entries: readonly NamedEntry[],
  directoryOffset: number,
  limits: ArchiveLimits,
): PlacedEntry[] {
  checkSizes(entries, limits);
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name))
      throw new InvalidZipError('ZIP_DUPLICATE_ENTRY', `The entry ${JSON.stringify(name)} is there twice.`);
    names.add(name);
  }
  return placeEntries(entries, directoryOffset);
}

/** Bytes of an entry in the directory. */
export function directoryBytes({ fileNameLength, extraFieldLength, fileCommentLength }: Entry): number {
  return DIRECTORY_HEADER_BYTES + fileNameLength + extraFieldLength + fileCommentLength;
}

/** Throws LimitExceededError when the directory is larger than is held. */
export function checkDirectoryBytes(bytes: number, { maxDirectoryBytes }: ArchiveLimits): void {
  if (bytes <= maxDirectoryBytes) return;
  throw new LimitExceededError(
    'LIMIT_EXCEEDED_DIRECTORY_BYTES',
    `The directory of the ZIP has more than ${maxDirectoryBytes} bytes.`,
    maxDirectoryBytes,
    bytes,
  );
}

/** Throws LimitExceededError when there are more entries than are read. */
export function checkCount(count: number, { maxEntries }: ArchiveLimits): void {
  if (count <= maxEntries) return;
  throw new LimitExceededError(
    'LIMIT_EXCEEDED_ENTRIES',
    `The ZIP has ${count} entries; at most ${maxEntries} are read.`,
    maxEntries,
    count,
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
        uncompressedSize,
      );
    }
    if (uncompressedSize > limits.ratioFloorBytes && uncompressedSize > compressedSize * maxCompressionRatio) {
      throw new LimitExceededError(
        'LIMIT_EXCEEDED_COMPRESSION_RATIO',
        `The entry ${JSON.stringify(name)} unpacks from ${compressedSize} to ${uncompressedSize} bytes; at most ${maxCompressionRatio} times its size is read.`,
        maxCompressionRatio,
        uncompressedSize / Math.max(1, compressedSize),
      );
    }
  }
  if (total > maxTotalBytes) {
    throw new LimitExceededError(
      'LIMIT_EXCEEDED_TOTAL_BYTES',
      `The ZIP unpacks to ${total} bytes; at most ${maxTotalBytes} are read.`,
      maxTotalBytes,
      total,
    );
  }
}

/** Entries that share bytes are how small bombs are made, and how two programs are shown two contents. */
function placeEntries(entries: readonly NamedEntry[], directoryOffset: number): PlacedEntry[] {
  const starts = entries.map(({ entry }) => entry.relativeOffsetOfLocalHeader).sort((a, b) => a - b);
  const ends = new Map(starts.map((start, position) => [start, starts[position + 1] ?? directoryOffset]));
  return entries.map(({ name, entry }) => {
    const end = ends.get(entry.relativeOffsetOfLocalHeader) ?? directoryOffset;
    const least = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
    if (least > end) throw overlapping(name);
    return { name, entry, end };
  });
}

export function overlapping(name: string): InvalidZipError {
  return new InvalidZipError('ZIP_OVERLAPPING_ENTRIES', `The entry ${JSON.stringify(name)} overlaps what follows it.`);
}
