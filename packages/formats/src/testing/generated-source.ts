import { crc32 } from 'node:zlib';
import type { ByteSource } from '../source.ts';

/** Bytes as they are, or a run of `length` bytes: the pattern over and over, made only as it is read. */
export type Piece = Uint8Array | { pattern: string; length: number };

const CHUNK_BYTES = 256 * 1024;

/** A source whose bytes are made when they are read, each time anew, so that what is kept of them takes memory. */
export function generatedSource(pieces: readonly Piece[]): ByteSource {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);

  function bytes(start: number, end: number): Buffer {
    const found: Uint8Array[] = [];
    let offset = 0;
    for (const piece of pieces) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, piece.length);
      if (from < to) found.push(piece instanceof Uint8Array ? piece.subarray(from, to) : run(piece.pattern, from, to));
      offset += piece.length;
    }
    return Buffer.concat(found);
  }

  return {
    size,
    read: async (start, end) => bytes(start, end),
    async *stream(start = 0) {
      for (let at = start; at < size; at += CHUNK_BYTES) yield bytes(at, Math.min(size, at + CHUNK_BYTES));
    },
  };
}

/** The CRC-32 of all the bytes. */
export async function checksumOf(pieces: readonly Piece[]): Promise<number> {
  let checksum = 0;
  for await (const chunk of generatedSource(pieces).stream()) checksum = crc32(chunk, checksum);
  return checksum;
}

function run(pattern: string, from: number, to: number): Buffer {
  const phase = from % pattern.length;
  return Buffer.alloc(to - from, pattern.slice(phase) + pattern.slice(0, phase));
}
