const FIRST_BYTES = 256 * 1024;
/** UTF-8 takes at most three bytes for a UTF-16 code unit; a text of more units than this is measured instead. */
const BYTES_PER_UNIT = 3;
const MEASURED_UNITS = 1024 * 1024;

/** A buffer that grows, with numbers as PostgreSQL has them on the wire: big-endian. */
export class BinaryWriter {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private at = 0;

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.at;
  }

  /** Gives what was written, and begins anew. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.at);
    this.buffer = Buffer.allocUnsafe(FIRST_BYTES);
    this.at = 0;
    return taken;
  }

  int8(value: number): void {
    this.reserve(1);
    this.at = this.buffer.writeInt8(value, this.at);
  }

  int16(value: number): void {
    this.reserve(2);
    this.at = this.buffer.writeInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.reserve(4);
    this.at = this.buffer.writeInt32BE(value, this.at);
  }

  int64(value: bigint): void {
    this.reserve(8);
    this.at = this.buffer.writeBigInt64BE(value, this.at);
  }

  bytes(value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  hex(value: string): void {
    this.reserve(value.length / 2);
    this.at += this.buffer.write(value, this.at, 'hex');
  }

  /** A length in bytes and then the text in UTF-8, `prefix` first when there is one. */
  sizedText(value: string, prefix?: number): void {
    this.reserve(5 + (value.length > MEASURED_UNITS ? Buffer.byteLength(value) : value.length * BYTES_PER_UNIT));
    const sizeAt = this.at;
    this.at += 4;
    if (prefix !== undefined) this.int8(prefix);
    this.at += this.buffer.write(value, this.at, 'utf8');
    this.buffer.writeInt32BE(this.at - sizeAt - 4, sizeAt);
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}
