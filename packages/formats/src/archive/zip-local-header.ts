import type { Entry, LocalFileHeader } from 'yauzl';
import { InvalidZipError } from '../errors.ts';
import { overlapping, type PlacedEntry } from './zip-directory.ts';

/** Flag: sizes and checksum follow the data, and are zero in the header before it. */
const DATA_DESCRIPTOR = 0x8;
const ENCRYPTED = 0x1;
/** The size stands in a ZIP64 field. */
const ZIP64_SIZE = 0xffffffff;

/**
 * Checks the header before an entry's data against the directory: where they tell of different contents, two programs
 * are shown two archives. Throws InvalidZipError.
 */
export function checkLocalHeader({ name, entry, end }: PlacedEntry, header: LocalFileHeader): void {
  const differing = differenceOf(entry, header);
  if (differing !== null) {
    throw new InvalidZipError(
      'ZIP_HEADER_MISMATCH',
      `The ${differing} of the entry ${JSON.stringify(name)} is another one in the directory than before its data.`,
    );
  }
  if (header.fileDataStart + entry.compressedSize > end) throw overlapping(name);
}

function differenceOf(entry: Entry, header: LocalFileHeader): string | null {
  if (!entry.fileNameRaw.equals(header.fileName)) return 'name';
  if (entry.compressionMethod !== header.compressionMethod) return 'compression method';
  if (((entry.generalPurposeBitFlag ^ header.generalPurposeBitFlag) & ENCRYPTED) !== 0) return 'encryption';
  if ((header.generalPurposeBitFlag & DATA_DESCRIPTOR) !== 0) return null;
  if (differ(entry.crc32, header.crc32)) return 'checksum';
  const sizes = [
    [entry.compressedSize, header.compressedSize],
    [entry.uncompressedSize, header.uncompressedSize],
  ] as const;
  return sizes.some(([listed, local]) => local !== ZIP64_SIZE && differ(listed, local)) ? 'size' : null;
}

/** Programs that write in one go leave zeros in the header, with or without the flag that says so. */
function differ(listed: number, local: number): boolean {
  return local !== 0 && local !== listed;
}
