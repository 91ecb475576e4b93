import type { Prepared } from './prepared.ts';

/** Unit vectors in one block of memory, row by row. */
export class VectorBlock {
  readonly #values: Float32Array;
  readonly #dimensions: number;

  constructor(items: readonly Prepared[]) {
    this.#dimensions = items[0]?.item.vector.length ?? 0;
    this.#values = new Float32Array(items.length * this.#dimensions);
    for (const [row, { item }] of items.entries()) {
      if (item.vector.length !== this.#dimensions)
        throw new RangeError(`vectors differ in length: expected ${this.#dimensions}, received ${item.vector.length}`);
      this.#values.set(item.vector, row * this.#dimensions);
    }
  }

  /** Cosine of two rows. Four sums at once keep the processor's pipeline full. */
  cosine(a: number, b: number): number {
    const values = this.#values;
    const dimensions = this.#dimensions;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    let i = a * dimensions;
    let j = b * dimensions;
    const whole = i + dimensions - (dimensions % 4);
    for (; i < whole; i += 4, j += 4) {
      s0 += (values[i] as number) * (values[j] as number);
      s1 += (values[i + 1] as number) * (values[j + 1] as number);
      s2 += (values[i + 2] as number) * (values[j + 2] as number);
      s3 += (values[i + 3] as number) * (values[j + 3] as number);
    }
    for (const end = (a + 1) * dimensions; i < end; i += 1, j += 1) s0 += (values[i] as number) * (values[j] as number);
    return s0 + s1 + s2 + s3;
  }
}

/** Finds the items that have a topic word in common with a given one: all others share no topic that can be named. */
export class TermIndex {
  readonly #postings = new Map<string, number[]>();
  readonly #size: number;

  constructor(items: readonly Prepared[]) {
    this.#size = items.length;
    for (const [row, { terms }] of items.entries())
      for (const term of terms.keys()) {
        const rows = this.#postings.get(term);
        if (rows) rows.push(row);
        else this.#postings.set(term, [row]);
      }
  }

  /** How many of the terms each row has, by row. */
  sharedCounts(terms: Iterable<string>): Uint16Array {
    const counts = new Uint16Array(this.#size);
    for (const term of terms) for (const row of this.#postings.get(term) ?? []) counts[row] = (counts[row] ?? 0) + 1;
    return counts;
  }
}

/** Finds the items that were said shortly before or after a given one in the same conversation. */
export class Dialogue {
  readonly #rows: ReadonlyMap<string, readonly { row: number; order: number }[]>;

  constructor(items: readonly Prepared[]) {
    const rows = new Map<string, { row: number; order: number }[]>();
    for (const [row, { item }] of items.entries()) {
      const said = rows.get(item.conversationId);
      if (said) said.push({ row, order: item.order });
      else rows.set(item.conversationId, [{ row, order: item.order }]);
    }
    for (const said of rows.values()) said.sort((a, b) => a.order - b.order);
    this.#rows = rows;
  }

  /** Rows within `reach` (in units of `order`) of an item, itself included. */
  near({ item }: Prepared, reach: number): number[] {
    const said = this.#rows.get(item.conversationId) ?? [];
    let low = 0;
    let high = said.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((said[middle]?.order ?? 0) < item.order - reach) low = middle + 1;
      else high = middle;
    }
    const rows: number[] = [];
    for (let at = low; at < said.length; at += 1) {
      const { row, order } = said[at] as { row: number; order: number };
      if (order > item.order + reach) break;
      rows.push(row);
    }
    return rows;
  }
}
