import { TruncatedArchiveError } from '../../errors.ts';
import { ByteCollector } from '../../json/byte-collector.ts';

/** The source of one record of MyActivity.html; `bytes` is null when it has more than the limit. */
export interface HtmlCell {
  index: number;
  size: number;
  bytes: Buffer | null;
}

const MARKER = Buffer.from('<div class="outer-cell');
const PAGE_START = /<html[\s>]/i;
const PAGE_END = /<\/html\s*>\s*$/i;
const EDGE_BYTES = 256;
const LONGEST_TAG_START = '</div'.length;

/** Cuts the stream of a page into its records, each from its `div.outer-cell` to the next, holding one at a time. */
export class HtmlCellSplitter {
  readonly #limit: number;
  readonly #cell = new ByteCollector();
  #index = -1;
  /** Bytes that may be the beginning of a marker. */
  #held: Uint8Array = new Uint8Array();
  #head = '';
  #tail: Buffer = Buffer.alloc(0);
  readonly #depth = new DivDepth();

  constructor(limits: { maxRecordBytes: number }) {
    this.#limit = limits.maxRecordBytes;
  }

  /** Takes the next bytes of the page and returns the records that end in them. */
  push(chunk: Uint8Array): HtmlCell[] {
    this.#look(chunk);
    const bytes = Buffer.concat([this.#held, chunk]);
    const done: HtmlCell[] = [];
    let from = 0;
    for (let at = bytes.indexOf(MARKER); at !== -1; at = bytes.indexOf(MARKER, at + MARKER.length)) {
      this.#add(bytes, from, at);
      const cell = this.#take();
      if (cell) done.push(cell);
      this.#index++;
      this.#cell.begin(true, this.#limit);
      this.#depth.reset();
      this.#add(bytes, at, at + MARKER.length);
      from = at + MARKER.length;
    }
    const keep = Math.max(from, bytes.length - MARKER.length + 1);
    this.#add(bytes, from, keep);
    this.#held = bytes.subarray(keep);
    return done;
  }

  /** The last record. Throws TruncatedArchiveError when the page ends within it, or before its own end. */
  finish(): HtmlCell | null {
    this.#add(this.#held, 0, this.#held.length);
    this.#held = new Uint8Array();
    const isOpen = this.#index >= 0 && !this.#depth.wasClosed;
    const hasNoEnd = PAGE_START.test(this.#head) && !PAGE_END.test(this.#tail.toString('latin1'));
    if (isOpen || hasNoEnd) throw new TruncatedArchiveError('The page ends in the middle: it was cut off.');
    return this.#take();
  }

  #add(bytes: Uint8Array, start: number, end: number): void {
    if (this.#index < 0 || end <= start) return;
    this.#cell.add(bytes, start, end);
    this.#depth.follow(bytes.subarray(start, end));
  }

  #take(): HtmlCell | null {
    if (this.#index < 0) return null;
    const { size } = this.#cell;
    return { index: this.#index, size, bytes: this.#cell.take() };
  }

  /** Remembers how the page begins and ends. */
  #look(chunk: Uint8Array): void {
    if (this.#head.length < EDGE_BYTES) {
      this.#head += Buffer.from(chunk.subarray(0, EDGE_BYTES - this.#head.length)).toString('latin1');
    }
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-EDGE_BYTES)]).subarray(-EDGE_BYTES);
  }
}

/** Follows how deep in `div` elements a stream is; a tag may lie across two pieces. */
class DivDepth {
  #depth = 0;
  #rest = '';
  /** Whether the outermost element was closed. */
  wasClosed = false;

  reset(): void {
    this.#depth = 0;
    this.#rest = '';
    this.wasClosed = false;
  }

  follow(piece: Uint8Array): void {
    const text = this.#rest + Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
    let end = 0;
    for (const tag of text.matchAll(/<(\/?)div[\s>]/gi)) {
      this.#depth += tag[1] === '' ? 1 : -1;
      if (this.#depth <= 0) this.wasClosed = true;
      end = tag.index + tag[0].length;
    }
    this.#rest = text.slice(Math.max(end, text.length - LONGEST_TAG_START));
  }
}
