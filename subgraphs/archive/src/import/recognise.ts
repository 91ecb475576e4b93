import type { PlatformRecord } from '@colloquy/database';
import { ArchiveError, type Detection, detectFormat, UnsupportedFormatError } from '@colloquy/formats';
import { type ObjectStore, ObjectStoreError, openObjectSource } from '@colloquy/objects';
import { StoreUnavailableError } from '@colloquy/service';

/** What an archive is, or why it cannot be imported. */
export type Recognised =
  | { kind: 'archive'; format: string; platformId: string }
  | { kind: 'unsupported'; error: UnsupportedFormatError }
  | { kind: 'broken'; error: ArchiveError }
  | { kind: 'gone' }
  | { kind: 'other-platform'; format: string; actual: string };

/**
 * Looks into the stored bytes. `wanted` is the platform that the caller named: it must be one whose exports have the
 * format found, or the archive is refused rather than filed under the wrong name. Throws StoreUnavailableError.
 */
export async function recogniseArchive(
  objects: ObjectStore,
  archive: { objectKey: string; fileName: string },
  platforms: readonly PlatformRecord[],
  wanted: PlatformRecord | null,
): Promise<Recognised> {
  let found: Detection;
  try {
    const source = await openObjectSource(objects, archive.objectKey);
    const hint = { fileName: archive.fileName, ...(wanted && { platform: wanted.name }) };
    found = await detectFormat(source, hint);
  } catch (error) {
    if (error instanceof UnsupportedFormatError) return { kind: 'unsupported', error };
    if (error instanceof ArchiveError) return { kind: 'broken', error };
    if (error instanceof ObjectStoreError && error.code === 'OBJECT_NOT_FOUND') return { kind: 'gone' };
    if (error instanceof ObjectStoreError && error.code === 'OBJECT_STORE_UNAVAILABLE')
      throw new StoreUnavailableError('objects', { cause: error });
    throw error;
  }
  const platform = wanted ?? platforms.find(({ name }) => name === found.platform);
  if (!platform) throw new Error(`The platform ${found.platform} of format ${found.format} is not in the database.`);
  const fits = platform.name === found.platform || (platform.supportedFormats as string[]).includes(found.format);
  if (!fits) return { kind: 'other-platform', format: found.format, actual: found.platform };
  return { kind: 'archive', format: found.format, platformId: platform.id };
}
