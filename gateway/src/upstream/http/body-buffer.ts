import { isAscii } from 'node:buffer';
import { ExchangeError } from './errors.ts';

/** Collects a body of at most `limit` bytes. A body that came in one piece is not copied. */
export class BodyBuffer {
  readonly #limit: number;
  #bytes: Buffer | undefined;
  #size = 0;
  /** Whether `#bytes` is a buffer of our own, and no piece of the socket's. */
  #own = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  /** Throws ExchangeError `too_large` when so many bytes would be too many. */
  expect(size: number): void {
    if (size > this.#limit) throw new ExchangeError('too_large', `The body has more than ${this.#limit} bytes.`);
  }

  /** Adds a piece; `announced` is the size of the whole body where it is known. Throws ExchangeError `too_large`. */
  append(piece: Buffer, announced = 0): void {
    const size = this.#size + piece.length;
    this.expect(size);
    if (this.#bytes === undefined) {
      this.#bytes = piece;
    } else {
      if (!this.#own || size > this.#bytes.length) this.#grow(Math.max(announced, size * 2));
      piece.copy(this.#bytes, this.#size);
    }
    this.#size = size;
  }

  #grow(capacity: number): void {
    const bytes = Buffer.allocUnsafe(capacity);
    this.#bytes?.copy(bytes, 0, 0, this.#size);
    this.#bytes = bytes;
    this.#own = true;
  }

  /** Lets go of the socket's buffer, which the next read writes to. `announced` as above. */
  detach(announced = 0): void {
    if (this.#bytes !== undefined && !this.#own) this.#grow(Math.max(announced, this.#size));
  }

  /** The body, decoded as UTF-8, and whether it is ASCII, of which each byte is a character. */
  text(): { text: string; ascii: boolean } {
    const bytes = this.#bytes?.subarray(0, this.#size);
    if (bytes === undefined) return { text: '', ascii: true };
    const ascii = isAscii(bytes);
    return { text: bytes.toString(ascii ? 'latin1' : 'utf8'), ascii };
  }
}
