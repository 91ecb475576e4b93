import { InvalidJsonError, TruncatedArchiveError } from '../../errors.ts';
import { BYTE, isSpace } from '../../json/bytes.ts';

const EMPTY_LIST = Buffer.from('[]');
const MAX_KEY_BYTES = 64;

/**
 * Of the export of a whole account, the array at `<key>.list` alone, as a JSON document of its own: `[]` when there is
 * none. The source is read to its end. Throws TruncatedArchiveError when it ends in the middle, InvalidJsonError when its
 * brackets do not match or something follows it.
 */
export async function* chatList(chunks: AsyncIterable<Uint8Array>, key: string): AsyncGenerator<Uint8Array> {
  const finder = new ListFinder(key);
  for await (const chunk of chunks) yield* finder.push(chunk);
  if (!finder.finish()) yield EMPTY_LIST;
}

/** Follows strings and brackets; what lies within them is for the record splitter to check. */
class ListFinder {
  readonly #path: readonly string[];
  #consumed = 0;
  /** Closing bytes of the open containers, outermost first. */
  readonly #open: number[] = [];
  /** The latest key of the outermost object and of the object in it. */
  readonly #keys: string[] = ['', ''];
  #key: number[] = [];
  #isKey = false;
  #inString = false;
  #escaped = false;
  #hasRoot = false;
  #found = false;
  /** Number of containers around the list, while the list is passed on. */
  #listLevel = 0;

  constructor(key: string) {
    this.#path = [key, 'list'];
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let from = this.#listLevel > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#inString && !this.#isKey) {
        at = this.#stringEnd(chunk, at);
        continue;
      }
      const wasInList = this.#listLevel > 0;
      this.#take(chunk[at] as number, this.#consumed + at);
      const isInList = this.#listLevel > 0;
      if (isInList && !wasInList) from = at;
      if (wasInList && !isInList) {
        pieces.push(chunk.subarray(from, at + 1));
        from = -1;
      }
    }
    if (from !== -1) pieces.push(chunk.subarray(from));
    this.#consumed += chunk.length;
    return pieces;
  }

  /** Whether the list was found. */
  finish(): boolean {
    if (this.#inString || this.#open.length > 0 || !this.#hasRoot) {
      throw new TruncatedArchiveError(`The JSON ends in the middle, after ${this.#consumed} bytes.`);
    }
    return this.#found;
  }

  #take(byte: number, position: number): void {
    if (this.#inString) this.#withinKey(byte);
    else if (byte === BYTE.quote) this.#inString = true;
    else if (byte === BYTE.openObject || byte === BYTE.openArray) this.#begin(byte, position);
    else if (byte === BYTE.closeObject || byte === BYTE.closeArray) this.#end(byte, position);
    else if (byte === BYTE.comma) this.#expectKey();
    else if (byte === BYTE.colon) this.#isKey = false;
    else this.#refuseOutside(byte, position);
  }

  /** The hot loop: to the closing quote of a string that is no key, or to the end of the chunk. */
  #stringEnd(chunk: Uint8Array, from: number): number {
    const length = chunk.length;
    let at = this.#escaped ? from + 1 : from;
    while (at < length) {
      const byte = chunk[at];
      if (byte === BYTE.quote) break;
      at += byte === BYTE.backslash ? 2 : 1;
    }
    this.#inString = at >= length;
    this.#escaped = at > length;
    return at;
  }

  #withinKey(byte: number): void {
    if (!this.#escaped && byte === BYTE.quote) {
      this.#inString = false;
      this.#keys[this.#open.length - 1] = Buffer.from(this.#key).toString('utf8');
      return;
    }
    this.#escaped = !this.#escaped && byte === BYTE.backslash;
    if (this.#key.length < MAX_KEY_BYTES) this.#key.push(byte);
  }

  #begin(byte: number, position: number): void {
    if (this.#open.length === 0) {
      if (this.#hasRoot) this.#refuseOutside(byte, position);
      this.#hasRoot = true;
    }
    const isAtPath = this.#open.length === 2 && this.#keys.every((key, level) => key === this.#path[level]);
    if (byte === BYTE.openArray && isAtPath && !this.#found) {
      this.#found = true;
      this.#listLevel = this.#open.length;
    }
    this.#open.push(byte + 2);
    if (this.#open.length <= 2) this.#keys[this.#open.length - 1] = '';
    this.#expectKey();
  }

  #end(byte: number, position: number): void {
    if (this.#open.pop() !== byte) {
      throw new InvalidJsonError(`The bracket closed at byte ${position} is not the one that is open.`);
    }
    if (this.#open.length === this.#listLevel) this.#listLevel = 0;
    this.#isKey = false;
  }

  #expectKey(): void {
    this.#isKey = this.#open.length <= 2 && this.#open.at(-1) === BYTE.closeObject;
    this.#key = [];
  }

  #refuseOutside(byte: number, position: number): void {
    const isMark = position < 3 && byte >= 0x80;
    if (this.#open.length > 0 || isSpace(byte) || isMark) return;
    throw new InvalidJsonError(`Expected one JSON object; byte ${position} is outside of it.`);
  }
}
