import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a test archive; the optional fields make it wrong in one way each. */
export interface TestEntry {
  name: string;
  data?: Uint8Array | string;
  stored?: boolean;
  method?: number;
  flags?: number;
  /** Unix mode, such as 0o120777 for a symbolic link. */
  mode?: number;
  crc?: number;
  declaredSize?: number;
  /** Offset of another entry's local header, to make two entries share bytes. */
  offset?: number;
  /** Where the directory says that the entry is, although it is elsewhere. */
  listedOffset?: number;
  /** What the header before the data says differently from the directory; `extra` is the length it gives of an extra field that is not there. */
  local?: Partial<Pick<TestEntry, 'name' | 'method' | 'flags' | 'crc' | 'declaredSize'>> & { extra?: number };
  /** Writes sizes and checksum behind the data, as programs do that write in one go. */
  descriptor?: boolean;
  /** Puts sizes and offset into a ZIP64 field of the directory, cut to `zip64FieldBytes`. */
  zip64?: boolean;
  zip64FieldBytes?: number;
}

/** What is around the entries. */
export interface ZipOptions {
  zip64?: boolean;
  comment?: string;
  /** The number of entries that the end record gives. */
  count?: number;
}

/** A ZIP of the given entries; `zip64` adds the ZIP64 end records and refers to them. */
export function writeZip(entries: readonly TestEntry[], options: ZipOptions = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = localEntry(entry);
    directory.push(directoryEntry(entry, entry.listedOffset ?? entry.offset ?? offset));
    if (entry.offset === undefined) {
      files.push(local);
      offset += local.length;
    }
  }
  const names = Buffer.concat(directory);
  const count = options.count ?? entries.length;
  const end = options.zip64 ? zip64End(count, names.length, offset) : Buffer.alloc(0);
  return Buffer.concat([...files, names, end, endRecord(count, names.length, offset, options)]);
}

/** A ZIP of files by name. */
export function zipOf(files: Record<string, string | Uint8Array>): Buffer {
  return writeZip(Object.entries(files).map(([name, data]) => ({ name, data })));
}

function packed(entry: TestEntry) {
  const data = Buffer.from(entry.data ?? '');
  const body = entry.stored ? data : deflateRawSync(data);
  return { data, body, method: entry.method ?? (entry.stored ? 0 : 8) };
}

function commonFields(entry: TestEntry): Buffer {
  const { data, body, method } = packed(entry);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE((entry.flags ?? 0x800) | (entry.descriptor ? 0x8 : 0), 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt32LE(entry.crc ?? crc32(data), 10);
  fields.writeUInt32LE(body.length, 14);
  fields.writeUInt32LE(entry.declaredSize ?? data.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return fields;
}

function localEntry(entry: TestEntry): Buffer {
  const local = { ...entry, ...entry.local };
  const fields = commonFields(local);
  const descriptor = entry.descriptor
    ? Buffer.concat([Buffer.from('PK\u0007\u0008', 'latin1'), fields.subarray(10, 22)])
    : Buffer.alloc(0);
  if (entry.descriptor) fields.fill(0, 10, 22);
  fields.writeUInt16LE(entry.local?.extra ?? 0, 24);
  return Buffer.concat([
    Buffer.from('PK\u0003\u0004', 'latin1'),
    fields,
    Buffer.from(local.name),
    packed(entry).body,
    descriptor,
  ]);
}

function directoryEntry(entry: TestEntry, offset: number): Buffer {
  const head = Buffer.from('PK\u0001\u0002\u0014\u0003', 'latin1');
  const fields = commonFields(entry);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  const extra = entry.zip64 ? zip64Field(entry, fields, tail, offset) : Buffer.alloc(0);
  fields.writeUInt16LE(extra.length, 24);
  return Buffer.concat([head, fields, tail, Buffer.from(entry.name), extra]);
}

/** Moves the sizes and the offset of an entry of the directory into a field of 64-bit numbers. */
function zip64Field(entry: TestEntry, fields: Buffer, tail: Buffer, offset: number): Buffer {
  const numbers = Buffer.alloc(24);
  numbers.writeBigUInt64LE(BigInt(fields.readUInt32LE(18)), 0);
  numbers.writeBigUInt64LE(BigInt(fields.readUInt32LE(14)), 8);
  numbers.writeBigUInt64LE(BigInt(offset), 16);
  fields.fill(0xff, 14, 22);
  tail.fill(0xff, 10, 14);
  const data = numbers.subarray(0, entry.zip64FieldBytes ?? numbers.length);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(1, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

function zip64End(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(56);
  record.write('PK\u0006\u0006', 0, 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\u0006\u0007', 0, 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

function endRecord(count: number, size: number, offset: number, options: ZipOptions): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : offset, 16);
  end.writeUInt16LE(Buffer.byteLength(options.comment ?? ''), 20);
  return Buffer.concat([end, Buffer.from(options.comment ?? '')]);
}
