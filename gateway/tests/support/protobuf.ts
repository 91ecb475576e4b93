/** The fields of one protobuf message, by number. */
export interface Fields {
  has(field: number): boolean;
  messages(field: number): Fields[];
  text(field: number): string;
  hex(field: number): string;
  /** A varint; 0 when absent. */
  number(field: number): number;
  /** A fixed64; 0 when absent. */
  fixed(field: number): bigint;
}

/** Reads the wire format, as much of it as the messages in the tests use. Throws on anything else. */
export function readMessage(bytes: Buffer): Fields {
  const found = new Map<number, (Buffer | bigint)[]>();
  let at = 0;

  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('The message ends within a number.');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  function take(length: number): Buffer {
    at += length;
    return bytes.subarray(at - length, at);
  }

  function value(wireType: number): Buffer | bigint {
    switch (wireType) {
      case 0:
        return varint();
      case 1:
        return take(8).readBigUInt64LE();
      case 2:
        return take(Number(varint()));
      case 5:
        return BigInt(take(4).readUInt32LE());
      default:
        throw new Error(`There is no wire type ${wireType} here.`);
    }
  }

  while (at < bytes.length) {
    const tag = Number(varint());
    const field = tag >> 3;
    found.set(field, [...(found.get(field) ?? []), value(tag & 7)]);
  }

  const bufferAt = (field: number): Buffer => {
    const first = found.get(field)?.[0];
    return Buffer.isBuffer(first) ? first : Buffer.alloc(0);
  };
  const integerAt = (field: number): bigint => {
    const first = found.get(field)?.[0];
    return typeof first === 'bigint' ? first : 0n;
  };
  return {
    has: (field) => found.has(field),
    messages: (field) => (found.get(field) ?? []).map((part) => readMessage(part as Buffer)),
    text: (field) => bufferAt(field).toString('utf8'),
    hex: (field) => bufferAt(field).toString('hex'),
    number: (field) => Number(integerAt(field)),
    fixed: integerAt,
  };
}
