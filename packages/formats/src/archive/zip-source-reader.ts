import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { TruncatedArchiveError } from '../errors.ts';
import { type ByteSource, streamRange } from '../source.ts';

const READ_AHEAD_BYTES = 64 * 1024;

/**
 * Lets yauzl read from a ByteSource. The directory is read in pieces of a few bytes, so a block is fetched ahead:
 * one request to an object store then serves hundreds of entries.
 */
export class SourceReader extends yauzl.RandomAccessReader {
  /** The first error of the source itself: no fault of the archive. */
  failure: { error: unknown } | null = null;
  readonly #source: ByteSource;
  #block: Uint8Array = new Uint8Array();
  #blockStart = 0;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.bytes(position, position + length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null, bytes.length);
      },
      (error: Error) => callback(error),
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#remembering(streamRange(this.#source, start, end)), { objectMode: false });
  }

  /** Bytes `start` to `end`. Throws TruncatedArchiveError when the file has no such bytes. */
  async bytes(start: number, end: number): Promise<Uint8Array> {
    const { size } = this.#source;
    if (start < 0 || end > size) {
      throw new TruncatedArchiveError(`The ZIP refers to byte ${end} of a file of ${size} bytes.`);
    }
    const blockEnd = this.#blockStart + this.#block.length;
    if (start < this.#blockStart || end > blockEnd) {
      this.#block = await this.#fetch(start, Math.min(size, Math.max(end, start + READ_AHEAD_BYTES)));
      this.#blockStart = start;
    }
    return this.#block.subarray(start - this.#blockStart, end - this.#blockStart);
  }

  async #fetch(start: number, end: number): Promise<Uint8Array> {
    try {
      return await this.#source.read(start, end);
    } catch (error) {
      this.failure ??= { error };
      throw error;
    }
  }

  async *#remembering(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      this.failure ??= { error };
      throw error;
    }
  }
}
