import { InvalidJsonError, TruncatedArchiveError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';
import { ByteCollector } from './byte-collector.ts';
import { BYTE, isScalarEnd, isSpace } from './bytes.ts';
import { Extents } from './extents.ts';
import { closingQuote } from './string-end.ts';

/** Where the records of a JSON document are. */
export type RecordLayout =
  /** The document is one record. */
  | { kind: 'single' }
  /** The document is an array of records. */
  | { kind: 'array' }
  /** The document is an object; the array under `key` holds the records. */
  | { kind: 'member'; key: string };

/** The member that holds the records in every known export that is an object around them. */
export const WRAPPER = 'conversations';

/** One record cut out of a document. `bytes` is null when the record was refused, or not asked for. */
export interface SplitRecord {
  /** Position among the records of the document, from 0. */
  index: number;
  bytes: Buffer | null;
  size: number;
  /** Levels of nesting when they are too many, else 0. */
  depth: number;
  refusal: 'RECORD_TOO_LARGE' | 'RECORD_TOO_DEEP' | null;
  /** The containers of the level that was asked for. */
  extents: Extents | null;
}

type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';
type Purpose = 'record' | 'key' | 'skip';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const MAX_KEY_BYTES = 64 * 1024;

/**
 * Cuts a stream of UTF-8 JSON into records without holding more than one of them.
 * Inside a record it only follows strings and brackets (the record is parsed later, on its own);
 * outside of records it checks the grammar. Throws InvalidJsonError or TruncatedArchiveError when the
 * document around the records is broken: then no record boundary after the fault could be trusted.
 */
export class RecordSplitter {
  /** Whether the bytes of records are wanted; when false they are only counted. */
  collect = true;
  readonly #layout: RecordLayout;
  readonly #limits: Pick<ArchiveLimits, 'maxRecordBytes' | 'maxDepth'>;
  #consumed = 0;
  #records = 0;
  #expects: Expectation = 'value';
  /** Closing bytes of the containers around the records, outermost first. */
  readonly #around: number[] = [];
  #key = '';
  #purpose: Purpose | null = null;
  readonly #collected = new ByteCollector();
  #isScalar = false;
  #inString = false;
  #escaped = false;
  #depth = 0;
  /** The deepest level that is too deep; 0 when none is. */
  #tooDeep = 0;
  readonly #closers: Uint8Array;
  /** Containers that are opened at this depth are noted; -1 for none. */
  readonly #notedDepth: number;
  #extents: Extents | null = null;

  /** `notedLevel` is the level of nesting whose containers are to be noted: 1 is the record itself. */
  constructor(
    layout: RecordLayout,
    limits: Pick<ArchiveLimits, 'maxRecordBytes' | 'maxDepth'>,
    notedLevel: number | null = null,
  ) {
    this.#notedDepth = notedLevel === null ? -1 : notedLevel - 1;
    this.#layout = layout;
    this.#limits = limits;
    this.#closers = new Uint8Array(limits.maxDepth);
  }

  /** Takes the next bytes of the document and returns the records that end in them. */
  push(chunk: Uint8Array): SplitRecord[] {
    const done: SplitRecord[] = [];
    let at = 0;
    while (at < chunk.length) {
      at = this.#purpose === null ? this.#between(chunk, at) : this.#within(chunk, at, done);
    }
    this.#consumed += chunk.length;
    return done;
  }

  /** Says that the document has ended. Throws TruncatedArchiveError when it should not have. */
  finish(): void {
    if (this.#expects !== 'nothing' || this.#purpose !== null) {
      throw new TruncatedArchiveError(`The JSON ends in the middle, after ${this.#consumed} bytes.`);
    }
  }

  /** Goes on between values up to the first byte of the next one. */
  #between(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && this.#purpose === null) {
      const byte = chunk[at] as number;
      if (isSpace(byte)) {
        at++;
        continue;
      }
      const isMark = this.#consumed + at < 3 && byte === BYTE_ORDER_MARK[this.#consumed + at];
      if (!isMark) this.#token(byte, this.#consumed + at);
      if (this.#purpose === null) at++;
    }
    return at;
  }

  #token(byte: number, position: number): void {
    const expects = this.#expects;
    const mayClose = expects === 'value-or-end' || expects === 'key-or-end' || expects === 'comma-or-end';
    if (mayClose && byte === this.#around.at(-1)) {
      this.#around.pop();
      this.#afterValue();
    } else if (expects === 'value' || expects === 'value-or-end') {
      this.#beginValue(byte, position);
    } else if ((expects === 'key' || expects === 'key-or-end') && byte === BYTE.quote) {
      this.#begin('key', byte);
    } else if (expects === 'colon' && byte === BYTE.colon) {
      this.#expects = 'value';
    } else if (expects === 'comma-or-end' && byte === BYTE.comma) {
      this.#expects = this.#around.at(-1) === BYTE.closeObject ? 'key' : 'value';
    } else {
      const what = expects === 'nothing' ? 'the end' : expects.replaceAll('-', ' ');
      throw new InvalidJsonError(
        `Expected ${what} at byte ${position}, found ${JSON.stringify(String.fromCharCode(byte))}.`,
      );
    }
  }

  #beginValue(byte: number, position: number): void {
    if (isScalarEnd(byte) || byte === BYTE.colon) throw new InvalidJsonError(`Expected a value at byte ${position}.`);
    const level = this.#around.length;
    const layout = this.#layout;
    const isRecord =
      layout.kind === 'single' || (layout.kind === 'array' && level === 1) || (layout.kind === 'member' && level === 2);
    const isRecordArray =
      byte === BYTE.openArray &&
      ((layout.kind === 'array' && level === 0) ||
        (layout.kind === 'member' && level === 1 && this.#key === layout.key));
    if (isRecord) {
      this.#begin('record', byte);
    } else if (isRecordArray) {
      this.#around.push(BYTE.closeArray);
      this.#expects = 'value-or-end';
    } else if (layout.kind === 'member' && level === 0 && byte === BYTE.openObject) {
      this.#around.push(BYTE.closeObject);
      this.#expects = 'key-or-end';
    } else if (level === 0) {
      throw new InvalidJsonError(
        `Expected the document to be ${layout.kind === 'array' ? 'an array' : 'an object'} at byte ${position}.`,
      );
    } else {
      this.#begin('skip', byte);
    }
  }

  #begin(purpose: Purpose, first: number): void {
    this.#purpose = purpose;
    this.#isScalar = first !== BYTE.quote && first !== BYTE.openObject && first !== BYTE.openArray;
    const wanted = purpose === 'key' || (purpose === 'record' && this.collect);
    this.#collected.begin(wanted, purpose === 'key' ? MAX_KEY_BYTES : this.#limits.maxRecordBytes);
    this.#depth = 0;
    this.#tooDeep = 0;
    this.#extents = purpose === 'record' && this.collect && this.#notedDepth >= 0 ? new Extents() : null;
  }

  /** Goes on within a value up to the byte after its end. */
  #within(chunk: Uint8Array, from: number, done: SplitRecord[]): number {
    const end = this.#isScalar ? scalarEnd(chunk, from) : this.#nestedEnd(chunk, from);
    if (end === -1) {
      this.#collected.add(chunk, from, chunk.length);
      return chunk.length;
    }
    this.#collected.add(chunk, from, end);
    this.#endValue(done);
    return end;
  }

  /** The hot loop: every byte of every record passes here. Returns -1 when the value goes on in the next chunk. */
  #nestedEnd(chunk: Uint8Array, from: number): number {
    const length = chunk.length;
    // From a position in the chunk to one in the record.
    const shift = this.#collected.size - from;
    let at = from;
    if (this.#inString) {
      at = this.#stringEnd(chunk, at);
      if (at === -1 || this.#depth === 0) return at;
    }
    while (at < length) {
      const byte = chunk[at++] as number;
      // Both opening brackets become "{" by this bit, both closing ones "}"; no other byte does.
      const bracket = byte | 0x20;
      if (byte === BYTE.quote) {
        at = this.#stringEnd(chunk, at);
        if (at === -1 || this.#depth === 0) return at;
      } else if (bracket === BYTE.openObject) {
        this.#open(byte, at - 1 + shift);
      } else if (bracket === BYTE.closeObject) {
        this.#close(byte, this.#consumed + at - 1, at + shift);
        if (this.#depth === 0) return at;
      }
    }
    return -1;
  }

  /** From within a string to the byte after its closing quote; -1 when the string goes on in the next chunk. */
  #stringEnd(chunk: Uint8Array, from: number): number {
    const start = this.#escaped ? from + 1 : from;
    const end = closingQuote(chunk, start);
    this.#inString = end === -1;
    this.#escaped = end === -1 && endsEscaping(chunk, start);
    return end === -1 ? -1 : end + 1;
  }

  #open(byte: number, inRecord: number): void {
    if (this.#depth === this.#notedDepth) this.#extents?.open(inRecord);
    // The closing byte of either bracket is its opening byte plus two.
    if (this.#depth < this.#limits.maxDepth) this.#closers[this.#depth] = byte + 2;
    else if (this.#depth >= this.#tooDeep) this.#tooDeep = this.#depth + 1;
    this.#depth++;
    if (this.#tooDeep > 0) this.#collected.discard();
  }

  #close(byte: number, position: number, endInRecord: number): void {
    this.#depth--;
    if (this.#depth === this.#notedDepth) this.#extents?.close(endInRecord);
    // Below the limit of depth the record is refused anyway, so the kind of its brackets no longer matters.
    if (this.#depth < this.#limits.maxDepth && this.#closers[this.#depth] !== byte) {
      throw new InvalidJsonError(`The bracket closed at byte ${position} is not the one that is open.`);
    }
  }

  #endValue(done: SplitRecord[]): void {
    const purpose = this.#purpose;
    this.#purpose = null;
    if (purpose === 'key') {
      this.#key = parseKey(this.#collected.take());
      this.#expects = 'colon';
      return;
    }
    if (purpose === 'record') {
      const tooLarge = this.#collected.size > this.#limits.maxRecordBytes;
      const refusal = this.#tooDeep > 0 ? 'RECORD_TOO_DEEP' : tooLarge ? 'RECORD_TOO_LARGE' : null;
      const { size } = this.#collected;
      done.push({
        index: this.#records++,
        size,
        bytes: this.#collected.take(),
        depth: this.#tooDeep,
        refusal,
        extents: this.#extents,
      });
    }
    this.#afterValue();
  }

  #afterValue(): void {
    this.#expects = this.#around.length === 0 ? 'nothing' : 'comma-or-end';
  }
}

/** Whether the part of a string from `from` to the end of the chunk ends with a backslash that is not itself escaped. */
function endsEscaping(chunk: Uint8Array, from: number): boolean {
  let at = chunk.length;
  while (at > from && chunk[at - 1] === BYTE.backslash) at--;
  return (chunk.length - at) % 2 === 1;
}

function scalarEnd(chunk: Uint8Array, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    if (isScalarEnd(chunk[at] as number)) return at;
  }
  return -1;
}

function parseKey(bytes: Buffer | null): string {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch (error) {
    throw new InvalidJsonError('A key of the outermost object is no JSON string, or is too long.', { cause: error });
  }
}
