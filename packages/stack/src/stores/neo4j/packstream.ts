/**
 * The few shapes of PackStream (the value encoding of Neo4j's Bolt protocol) that a health check sends and receives:
 * short strings, small maps and lists, integers, booleans, null.
 */
export type PackValue = string | number | boolean | null | PackValue[] | { [key: string]: PackValue };

/** Encodes a structure with its tag: one Bolt message. */
export function packMessage(tag: number, fields: readonly PackValue[]): Buffer {
  return Buffer.concat([Buffer.from([0xb0 + fields.length, tag]), ...fields.map(pack)]);
}

function pack(value: PackValue): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'number') return packInteger(value);
  if (typeof value === 'string') return packString(value);
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([0xd4, value.length]), ...value.map(pack)]);
  const entries = Object.entries(value).flatMap(([key, entry]) => [packString(key), pack(entry)]);
  return Buffer.concat([Buffer.from([0xd8, entries.length / 2]), ...entries]);
}

function packInteger(value: number): Buffer {
  const bytes = Buffer.alloc(5, 0xca);
  bytes.writeInt32BE(value, 1);
  return bytes;
}

function packString(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(3, 0xd1);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Every string in a message, in order: keys and values. Enough to find a server's version or an error's text. */
export function stringsIn(message: Buffer): string[] {
  const strings: string[] = [];
  let at = 2;
  while (at < message.length) {
    const { text, next } = readOne(message, at);
    if (text !== null) strings.push(text);
    at = next;
  }
  return strings;
}

/** Reads a string whole; of lists and maps only the head, so that their members follow as values of their own. */
function readOne(message: Buffer, at: number): { text: string | null; next: number } {
  const marker = message.readUInt8(at);
  const text = (start: number, length: number) => ({
    text: message.toString('utf8', start, start + length),
    next: start + length,
  });
  if (marker >= 0x80 && marker <= 0x8f) return text(at + 1, marker & 0x0f);
  if (marker === 0xd0) return text(at + 2, message.readUInt8(at + 1));
  if (marker === 0xd1) return text(at + 3, message.readUInt16BE(at + 1));
  if (marker === 0xd2) return text(at + 5, message.readUInt32BE(at + 1));
  return { text: null, next: at + 1 + (EXTRA_BYTES.get(marker) ?? 0) };
}

/** How many bytes follow a marker before the next value: numbers, and the sizes of lists and maps. */
const EXTRA_BYTES: ReadonlyMap<number, number> = new Map([
  [0xc1, 8],
  [0xc8, 1],
  [0xc9, 2],
  [0xca, 4],
  [0xcb, 8],
  [0xd4, 1],
  [0xd5, 2],
  [0xd6, 4],
  [0xd8, 1],
  [0xd9, 2],
  [0xda, 4],
]);
