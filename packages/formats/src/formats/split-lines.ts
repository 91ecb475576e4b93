import type { ArchiveDocument } from '../archive/document.ts';
import type { ReadContext } from './reader.ts';

/** One line of a document of JSON Lines, or of text. */
export interface DocumentLine {
  /** From 1, as editors count. */
  number: number;
  /** Without the line end; null when the line has more than `maxRecordBytes`. */
  bytes: Buffer | null;
  /** Bytes of the line, without the line end. */
  size: number;
  /** Such as `session.jsonl:17`. */
  location: string;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The lines of a document, one at a time, empty ones included. Memory holds one line of at most `maxRecordBytes`. */
export async function* splitLines(
  document: ArchiveDocument,
  { limits, signal }: ReadContext,
): AsyncGenerator<DocumentLine> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let number = 0;

  function take(): DocumentLine {
    number += 1;
    const whole = size > limits.maxRecordBytes ? null : withoutEnds(Buffer.concat(pieces), number === 1);
    const line = { number, bytes: whole, size: whole?.length ?? size, location: `${document.name}:${number}` };
    pieces = [];
    size = 0;
    return line;
  }

  for await (const chunk of document.open()) {
    signal?.throwIfAborted();
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();

  function add(piece: Uint8Array): void {
    size += piece.length;
    if (size <= limits.maxRecordBytes) pieces.push(piece);
    else pieces = [];
  }
}

function withoutEnds(line: Buffer, isFirst: boolean): Buffer {
  const end = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length;
  const start = isFirst && line.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  return line.subarray(start, Math.max(start, end));
}
