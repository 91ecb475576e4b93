import { BYTE } from './bytes.ts';
import { closingQuote } from './string-end.ts';

/** The fewest bytes that one more value of an array takes: a digit and a comma. */
const LEAST_BYTES = 2;

/** Whether a JSON text may hold more than `most` values. Fast for all but huge texts: a short one cannot. */
export function hasMoreValues(bytes: Uint8Array, most: number): boolean {
  return bytes.length > LEAST_BYTES * most && countValues(bytes) > most;
}

/** Arrays, objects, and what commas separate in them: the number of values, or a few more. */
function countValues(bytes: Uint8Array): number {
  let count = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BYTE.quote) {
      const end = closingQuote(bytes, at + 1);
      if (end === -1) return count;
      at = end;
    } else if (byte === BYTE.comma || byte === BYTE.openArray || byte === BYTE.openObject) count++;
  }
  return count;
}
