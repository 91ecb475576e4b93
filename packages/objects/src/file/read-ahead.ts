import { type FileHandle, open } from 'node:fs/promises';
import type { ByteRange } from '../store.ts';

/** Larger than a stream's: there are fewer turns of the event loop, and fewer records that lie in two chunks. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * The bytes of a file, or a range of them that may reach beyond its end. The next chunk is on its way while the consumer works
 * on this one. Throws errors of the system.
 */
export async function* readAhead(path: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    yield* chunks(file, range?.start ?? 0, Math.min(range?.end ?? size, size));
  } finally {
    await file.close();
  }
}

async function* chunks(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = start;
  const next = () => {
    const chunk = readChunk(file, at, Math.min(CHUNK_BYTES, end - at));
    // It may fail while nobody waits for it yet; whoever does so later is told.
    chunk.catch(() => undefined);
    return chunk;
  };
  let coming = next();
  try {
    for (let chunk = await coming; chunk.length > 0; chunk = await coming) {
      at += chunk.length;
      coming = next();
      yield chunk;
    }
  } finally {
    // The file may be closed only behind the chunk that nobody wanted any more.
    await coming.catch(() => undefined);
  }
}

/** Empty at the end of the file. */
async function readChunk(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  if (length <= 0) return new Uint8Array();
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
