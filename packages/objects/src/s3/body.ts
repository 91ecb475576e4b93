import { createHash } from 'node:crypto';
import { objectTooLarge } from '../errors.ts';
import type { WriteOptions, WrittenObject } from '../store.ts';

/** A body on its way, measured. It ends only when all of it was seen and found right. */
export interface MeasuredBody {
  chunks(): AsyncGenerator<Uint8Array>;
  /** What passed, once all of it did; null before, and when it was refused. */
  readonly written: WrittenObject | null;
  /** Why the body itself broke off: its own error, its length, or `verify`. */
  readonly refusal: { readonly error: unknown } | null;
}

export function measureBody(body: AsyncIterable<Uint8Array>, options: WriteOptions): MeasuredBody {
  const { maxBytes = Number.POSITIVE_INFINITY, verify } = options;
  let written: WrittenObject | null = null;
  let refusal: { error: unknown } | null = null;

  async function* pass(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxBytes) throw objectTooLarge(maxBytes);
      hash.update(chunk);
      yield chunk;
    }
    const whole = { size, sha256: hash.digest('hex') };
    verify?.(whole);
    written = whole;
  }

  return {
    async *chunks() {
      // An error that is thrown into the generator while it hands a chunk over is the taker's.
      let handingOver = false;
      try {
        for await (const chunk of pass()) {
          handingOver = true;
          yield chunk;
          handingOver = false;
        }
      } catch (error) {
        if (!handingOver) refusal = { error };
        throw error;
      }
    },
    get written() {
      return written;
    },
    get refusal() {
      return refusal;
    },
  };
}
