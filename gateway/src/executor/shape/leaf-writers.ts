import { quote } from '../json.ts';
import type { Writer, Writing } from './writer.ts';

export class LeafWriter implements Writer {
  readonly #writing: Writing;
  constructor(writing: Writing) {
    this.#writing = writing;
  }
  append(before: string, value: unknown): string | undefined {
    if (typeof value === 'string') return this.#writing.plain ? `${before}"${value}"` : before + quote(value);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number') return before + JSON.stringify(value);
    // JSON has no infinity, but numbers that are read as such.
    return Number.isFinite(value) ? before + value : undefined;
  }
  findNulls(): void {}
}

/** Values that clients do not know are null. */
export class EnumWriter implements Writer {
  readonly #texts: ReadonlyMap<unknown, string>;
  constructor(values: readonly string[]) {
    this.#texts = new Map(values.map((value) => [value, quote(value)]));
  }
  append(before: string, value: unknown): string | undefined {
    const text = this.#texts.get(value);
    return text === undefined ? undefined : before + text;
  }
  findNulls(): void {}
}
