/** Bytes that have a meaning in JSON. */
export const BYTE = {
  quote: 0x22,
  backslash: 0x5c,
  comma: 0x2c,
  colon: 0x3a,
  openObject: 0x7b,
  closeObject: 0x7d,
  openArray: 0x5b,
  closeArray: 0x5d,
} as const;

/** Whether the byte is white space in JSON. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Whether a number or a literal ends before this byte. */
export function isScalarEnd(byte: number): boolean {
  return byte === BYTE.comma || byte === BYTE.closeObject || byte === BYTE.closeArray || isSpace(byte);
}
