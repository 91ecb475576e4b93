import { crc32 } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** 1 January 2026 in MS-DOS form: a fixed date keeps the archive the same on every run. */
const DATE = ((2026 - 1980) << 9) | (1 << 5) | 1;

/** A ZIP archive whose entries are stored without compression. */
export function storedZip(entries: readonly { name: string; content: string }[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const data = Buffer.from(content);
    const common = commonFields(data, Buffer.byteLength(name));
    const local = Buffer.concat([uint32(LOCAL_HEADER), common, Buffer.from(name), data]);
    const placement = Buffer.concat([uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)]);
    directory.push(Buffer.concat([uint32(CENTRAL_HEADER), uint16(VERSION), common, placement, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const counts = [uint16(0), uint16(0), uint16(entries.length), uint16(entries.length)];
  const end = Buffer.concat([uint32(END_OF_DIRECTORY), ...counts, uint32(central.length), uint32(offset), uint16(0)]);
  return Buffer.concat([...bodies, central, end]);
}

/** The fields that local and central headers share: from the version needed to the length of the extra field. */
function commonFields(data: Buffer, nameLength: number): Buffer {
  const sizes = [uint32(crc32(data)), uint32(data.length), uint32(data.length)];
  const method = [uint16(0), uint16(0), uint16(DATE)];
  return Buffer.concat([uint16(VERSION), uint16(UTF8_NAMES), ...method, ...sizes, uint16(nameLength), uint16(0)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
