import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { objectTooLarge } from '../errors.ts';
import type { WrittenObject } from '../store.ts';
import { asStore } from './errors.ts';

/** Writes a body to an open file, each chunk before the next is pulled, and to the disk itself before it resolves. */
export async function writeAll(
  file: FileHandle,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<WrittenObject> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw objectTooLarge(maxBytes);
    hash.update(chunk);
    await asStore(() => writeChunk(file, chunk));
  }
  await asStore(() => file.sync());
  return { size, sha256: hash.digest('hex') };
}

async function writeChunk(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written);
    written += bytesWritten;
  }
}
