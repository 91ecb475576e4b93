/** Gathers the bytes of one value from the chunks it lies in; lets go of them as soon as they are too many. */
export class ByteCollector {
  #pieces: Uint8Array[] | null = null;
  #limit = 0;
  #size = 0;

  /** Number of bytes that were added, kept or not. */
  get size(): number {
    return this.#size;
  }

  /** Starts a new value. Nothing is kept when `wanted` is false or once there are more than `limit` bytes. */
  begin(wanted: boolean, limit: number): void {
    this.#pieces = wanted ? [] : null;
    this.#limit = limit;
    this.#size = 0;
  }

  add(chunk: Uint8Array, start: number, end: number): void {
    this.#size += end - start;
    if (this.#size > this.#limit) this.#pieces = null;
    this.#pieces?.push(chunk.subarray(start, end));
  }

  /** Lets go of what was gathered; later bytes are only counted. */
  discard(): void {
    this.#pieces = null;
  }

  /** The value's bytes, or null when they were not wanted or were too many. */
  take(): Buffer | null {
    const pieces = this.#pieces;
    this.#pieces = null;
    if (pieces === null) return null;
    const [first] = pieces;
    if (pieces.length === 1 && first) return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
    return Buffer.concat(pieces);
  }
}
