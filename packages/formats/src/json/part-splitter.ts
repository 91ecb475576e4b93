import { BYTE, isScalarEnd, isSpace } from './bytes.ts';
import type { Extents } from './extents.ts';
import { closingQuote } from './string-end.ts';

/** A byte range: start inclusive, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** One member or element of the container. `member` includes the key of an object's member. */
export interface PartSpan extends Span {
  key: string | number;
  member: Span;
}

/** Where the parts of a record are. */
export interface PartSpans {
  /** What holds the parts; null when the record has no container at the path. */
  container: 'object' | 'array' | null;
  /** The containers themselves: more than one when the record repeats the key. */
  containers: Span[];
  parts: PartSpan[];
}

interface Found extends PartSpans {
  maxParts: number;
  extents: Extents | null;
}

/** A record whose JSON is broken at a known byte. */
export class RecordSyntaxError extends Error {
  override readonly name = 'RecordSyntaxError';
  readonly offset: number;

  constructor(expected: string, offset: number) {
    super(`Expected ${expected} at byte ${offset} of the record.`);
    this.offset = offset;
  }
}

/** A record with more parts than are listed. */
export class TooManyPartsError extends Error {
  override readonly name = 'TooManyPartsError';
}

/**
 * Finds the container at `path` (keys of nested objects) in one record, and the span of each of its parts, in one pass
 * and without parsing them. The record's brackets must match, which the record splitter has checked.
 * `extents` are those of the parts that are containers, where they are known.
 * Throws RecordSyntaxError, and TooManyPartsError beyond `maxParts` parts.
 */
export function splitParts(
  bytes: Buffer,
  path: readonly string[],
  maxParts = Number.POSITIVE_INFINITY,
  extents: Extents | null = null,
): PartSpans {
  const found: Found = { container: null, containers: [], parts: [], maxParts, extents };
  const start = skipSpace(bytes, 0);
  if (bytes[start] === BYTE.openObject) findIn(bytes, start, path, found);
  return found;
}

function findIn(bytes: Buffer, start: number, path: readonly string[], found: Found): number {
  return eachMember(bytes, start, (key, value) => {
    const opens = bytes[value] === BYTE.openObject || bytes[value] === BYTE.openArray;
    if (key !== path[0] || !opens) return skipValue(bytes, value);
    if (path.length > 1) {
      return bytes[value] === BYTE.openObject ? findIn(bytes, value, path.slice(1), found) : skipValue(bytes, value);
    }
    const end = collect(bytes, value, found);
    found.containers.push({ start: value, end });
    return end;
  });
}

function addPart({ parts, maxParts }: Found, part: PartSpan): void {
  if (parts.length >= maxParts) throw new TooManyPartsError(`The record has more than ${maxParts} parts.`);
  parts.push(part);
}

function collect(bytes: Buffer, start: number, found: Found): number {
  if (bytes[start] === BYTE.openObject) {
    found.container = 'object';
    return eachMember(bytes, start, (key, value, keyStart) => {
      const end = found.extents?.endOf(value) ?? skipValue(bytes, value);
      addPart(found, { key, start: value, end, member: { start: keyStart, end } });
      return end;
    });
  }
  found.container = 'array';
  let index = 0;
  return eachElement(bytes, start, (value) => {
    const end = found.extents?.endOf(value) ?? skipValue(bytes, value);
    addPart(found, { key: index++, start: value, end, member: { start: value, end } });
    return end;
  });
}

/** Calls `visit` with each key and the start of its value; `visit` returns the end of the value. */
function eachMember(
  bytes: Buffer,
  start: number,
  visit: (key: string, value: number, keyStart: number) => number,
): number {
  return eachElement(bytes, start, (keyStart) => {
    if (bytes[keyStart] !== BYTE.quote) throw new RecordSyntaxError('a key', keyStart);
    const keyEnd = skipString(bytes, keyStart);
    const colon = skipSpace(bytes, keyEnd);
    if (bytes[colon] !== BYTE.colon) throw new RecordSyntaxError('":"', colon);
    return visit(decodeKey(bytes, keyStart, keyEnd), skipSpace(bytes, colon + 1), keyStart);
  });
}

/** Calls `visit` with the start of each element between the bracket at `start` and its partner; returns the end. */
function eachElement(bytes: Buffer, start: number, visit: (at: number) => number): number {
  const closer = (bytes[start] as number) + 2;
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === closer) return at + 1;
  while (true) {
    at = skipSpace(bytes, visit(at));
    if (bytes[at] === closer) return at + 1;
    if (bytes[at] !== BYTE.comma) throw new RecordSyntaxError('"," or the end of the container', at);
    at = skipSpace(bytes, at + 1);
  }
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** From an opening quote to the byte after the closing one. */
function skipString(bytes: Buffer, start: number): number {
  const end = closingQuote(bytes, start + 1);
  if (end === -1) throw new RecordSyntaxError('the end of a string', bytes.length);
  return end + 1;
}

function skipValue(bytes: Buffer, start: number): number {
  const first = bytes[start];
  if (first === BYTE.quote) return skipString(bytes, start);
  if (first === BYTE.openObject || first === BYTE.openArray) return skipContainer(bytes, start);
  let at = start;
  while (at < bytes.length && !isScalarEnd(bytes[at] as number)) at++;
  if (at === start) throw new RecordSyntaxError('a value', at);
  return at;
}

function skipContainer(bytes: Buffer, start: number): number {
  const length = bytes.length;
  let depth = 0;
  let at = start;
  while (at < length) {
    const byte = bytes[at];
    if (byte === BYTE.quote) {
      at = skipString(bytes, at);
      continue;
    }
    at++;
    if (byte === BYTE.openObject || byte === BYTE.openArray) depth++;
    else if ((byte === BYTE.closeObject || byte === BYTE.closeArray) && --depth === 0) return at;
  }
  throw new RecordSyntaxError('the end of a container', length);
}

function decodeKey(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordSyntaxError('a valid key', start);
  }
}
