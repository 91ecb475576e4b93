/** Random access to the stored bytes of an archive: an object store, a file, or memory. */
export interface ByteSource {
  /** Number of bytes. */
  readonly size: number;
  /** Bytes `start` (inclusive) to `end` (exclusive); both lie within 0..size. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** All bytes from `start` (0 when absent) to the end. A chunk is never changed after it was handed out. */
  stream(start?: number): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 256 * 1024;

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (start, end) => bytes.subarray(start, end),
    async *stream(start = 0) {
      for (let at = start; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
    },
  };
}

/** Bytes `start` to `end` of a source, as a stream. */
export async function* streamRange(source: ByteSource, start: number, end: number): AsyncGenerator<Uint8Array> {
  let left = end - start;
  if (left <= 0) return;
  for await (const chunk of source.stream(start)) {
    if (chunk.length >= left) {
      yield chunk.subarray(0, left);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

/** The first bytes of a stream, at most `limit` of them. */
export async function readPrefix(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    pieces.push(chunk.subarray(0, limit - size));
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(pieces);
}
