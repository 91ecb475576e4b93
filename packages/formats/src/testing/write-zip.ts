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
}

/** A ZIP of the given entries; `zip64` adds the ZIP64 end records and refers to them. */
export function writeZip(entries: readonly TestEntry[], options: { zip64?: boolean; comment?: string } = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = localEntry(entry);
    directory.push(directoryEntry(entry, entry.offset ?? offset));
    if (entry.offset === undefined) {
      files.push(local);
      offset += local.length;
    }
  }
  const names = Buffer.concat(directory);
  const end = options.zip64 ? zip64End(entries.length, names.length, offset) : Buffer.alloc(0);
  return Buffer.concat([...files, names, end, endRecord(entries.length, names.length, offset, options)]);
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
  fields.writeUInt16LE(entry.flags ?? 0x800, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt32LE(entry.crc ?? crc32(data), 10);
  fields.writeUInt32LE(body.length, 14);
  fields.writeUInt32LE(entry.declaredSize ?? data.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return fields;
}

function localEntry(entry: TestEntry): Buffer {
  return Buffer.concat([
    Buffer.from('PK\u0003\u0004', 'latin1'),
    commonFields(entry),
    Buffer.from(entry.name),
    packed(entry).body,
  ]);
}

function directoryEntry(entry: TestEntry, offset: number): Buffer {
  const head = Buffer.from('PK\u0001\u0002\u0014\u0003', 'latin1');
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, commonFields(entry), tail, Buffer.from(entry.name)]);
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

function endRecord(
  count: number,
  size: number,
  offset: number,
  options: { zip64?: boolean; comment?: string },
): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : offset, 16);
  end.writeUInt16LE(Buffer.byteLength(options.comment ?? ''), 20);
  return Buffer.concat([end, Buffer.from(options.comment ?? '')]);
}
