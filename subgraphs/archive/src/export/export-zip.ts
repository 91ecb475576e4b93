import { type PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { assetName, LINES_NAME } from '@colloquy/formats';
import type { ObjectStore } from '@colloquy/objects';
import { ZipFile } from 'yazl';
import type { TenantStore } from '../tenant-store.ts';
import { assetBytes, assetsOf, isThere } from './export-assets.ts';
import { exportLines } from './export-lines.ts';

/** What a ZIP is made of. */
export interface ZipSources {
  store: TenantStore;
  objects: ObjectStore;
  /** UUID; null for everything. */
  archiveId: string | null;
}

/** Lines are compressed in pieces of about this many characters: one by one each would cost a turn of zlib. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * A ZIP of the lines and of the bytes of every asset that they name, made as it is read, one entry after another. When an
 * asset cannot be read as it was stored, the stream fails before the directory that makes it a ZIP. The comment of the
 * ZIP is JSON as the last of the lines, with the number of assets.
 */
export function exportZip(sources: ZipSources): Readable {
  const zip = new ZipFile();
  // Declared by what can be done with it in any version; it is this stream, which can be destroyed too.
  const output = zip.outputStream as PassThrough;
  zip.on('error', (error: Error) => output.destroy(error));
  fill(zip, output, sources).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return output;
}

async function fill(zip: ZipFile, output: PassThrough, { store, objects, archiveId }: ZipSources): Promise<void> {
  const counts = { conversations: 0, messages: 0, attachments: 0 };
  await add(zip, output, LINES_NAME, inPieces(exportLines(store, archiveId, counts)), { compress: true });
  let assets = 0;
  for await (const asset of assetsOf(store, archiveId)) {
    if (!(await isThere(store, objects, asset))) continue;
    // Most files are pictures, sounds and documents, which are compressed in themselves.
    await add(zip, output, assetName(asset.sha256), assetBytes(objects, asset), { compress: false });
    assets++;
  }
  zip.end({ comment: JSON.stringify({ type: 'end', ...counts, assets }), forceZip64Format: false });
}

/** Adds one entry and waits until it was taken; a reader that leaves ends it. */
async function add(
  zip: ZipFile,
  output: PassThrough,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  options: { compress: boolean },
): Promise<void> {
  const entry = Readable.from(bytes, { objectMode: false });
  const abandon = () => entry.destroy();
  output.once('close', abandon);
  if (output.destroyed) abandon();
  else zip.addReadStream(entry, name, options);
  await finished(entry).finally(() => output.off('close', abandon));
}

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
