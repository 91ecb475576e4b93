import { BYTE } from './bytes.ts';

/** Bytes of a string that are looked at one by one; beyond them it is worth to ask for the next quote at once. */
const SHORT = 48;

/**
 * From within a JSON string, not behind a backslash, to its closing quote; -1 when that is not there. Most bytes of an
 * export are in long strings, so they are searched by the engine and not byte by byte.
 */
export function closingQuote(bytes: Uint8Array, from: number): number {
  const near = Math.min(bytes.length, from + SHORT);
  let at = from;
  while (at < near) {
    const byte = bytes[at];
    if (byte === BYTE.quote) return at;
    at += byte === BYTE.backslash ? 2 : 1;
  }
  // From here on `at` is not behind a backslash either.
  for (let quote = bytes.indexOf(BYTE.quote, at); quote !== -1; quote = bytes.indexOf(BYTE.quote, quote + 1)) {
    if (!isEscaped(bytes, quote, at)) return quote;
  }
  return -1;
}

/** Whether an odd number of backslashes stands before the byte; `start` is known not to be escaped. */
function isEscaped(bytes: Uint8Array, at: number, start: number): boolean {
  let first = at;
  while (first > start && bytes[first - 1] === BYTE.backslash) first--;
  return (at - first) % 2 === 1;
}
