import { isObject, type JsonObject, quote } from '../json.ts';

/** Says that there is null where the schema allows none; `field` is undefined where another error tells why. */
export type ReportNull = (path: readonly (string | number)[], field: string | undefined) => void;

/** Writes the values at one place of the answer. */
export interface Writer {
  /** The JSON text; `undefined` when it would be null and may not be, so that the parent becomes null. */
  write(value: unknown): string | undefined;
  /** Reports each null that may not be, at its own place. */
  findNulls(value: unknown, path: (string | number)[], report: ReportNull): void;
}

const NULL = 'null';

/** What the writing of one answer goes by, and what it finds. */
export interface Writing {
  /** Whether no string needs an escape. */
  plain: boolean;
  /** How many nulls had to go up. */
  nulls: number;
}

export class LeafWriter implements Writer {
  readonly #writing: Writing;
  constructor(writing: Writing) {
    this.#writing = writing;
  }
  write(value: unknown): string {
    if (typeof value === 'string') return this.#writing.plain ? `"${value}"` : quote(value);
    if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : NULL;
    return value === undefined || value === null ? NULL : JSON.stringify(value);
  }
  findNulls(): void {}
}

/** Values that clients do not know are null. */
export class EnumWriter implements Writer {
  readonly #texts: ReadonlyMap<unknown, string>;
  constructor(values: readonly string[]) {
    this.#texts = new Map(values.map((value) => [value, quote(value)]));
  }
  write(value: unknown): string {
    return this.#texts.get(value) ?? NULL;
  }
  findNulls(): void {}
}

export class NonNullWriter implements Writer {
  readonly #inner: Writer;
  readonly #field: string;
  readonly #writing: Writing;
  /** `field` is the place in the schema, such as `Query.me`. */
  constructor(inner: Writer, field: string, writing: Writing) {
    this.#inner = inner;
    this.#field = field;
    this.#writing = writing;
  }
  write(value: unknown): string | undefined {
    const text = this.#inner.write(value);
    if (text !== NULL) return text;
    this.#writing.nulls++;
    return undefined;
  }
  findNulls(value: unknown, path: (string | number)[], report: ReportNull): void {
    // An inner null was reported where it is; what it did to its parents is no fault of theirs.
    const before = path.length;
    let within = false;
    this.#inner.findNulls(value, path, (at, field) => {
      within = true;
      report(at, field);
    });
    path.length = before;
    if (!within && this.#inner.write(value) === NULL) report(path, this.#field);
  }
}

export class ListWriter implements Writer {
  readonly #item: Writer;
  constructor(item: Writer) {
    this.#item = item;
  }
  write(value: unknown): string {
    if (!Array.isArray(value)) return NULL;
    let text = '[';
    for (let index = 0; index < value.length; index++) {
      const item = this.#item.write(value[index]);
      if (item === undefined) return NULL;
      text += index === 0 ? item : `,${item}`;
    }
    return `${text}]`;
  }
  findNulls(value: unknown, path: (string | number)[], report: ReportNull): void {
    if (!Array.isArray(value)) return;
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      this.#item.findNulls(value[index], path, report);
      path.pop();
    }
  }
}

/** One field of an object in the answer. */
export interface FieldWriter {
  /** The response name. */
  readonly key: string;
  /** The name as JSON, with what comes before and after it. */
  readonly prefix: string;
  readonly writer: Writer;
  /** Set for `__typename`, which is the same for all objects of a type. */
  readonly constant: string | undefined;
}

export class ObjectWriter implements Writer {
  readonly #fieldsOf: (typename: unknown) => readonly FieldWriter[] | undefined;
  /** `fieldsOf` has no answer for a type that clients do not know. */
  constructor(fieldsOf: (typename: unknown) => readonly FieldWriter[] | undefined) {
    this.#fieldsOf = fieldsOf;
  }
  write(value: unknown): string {
    if (!isObject(value)) return NULL;
    const fields = this.#fieldsOf(value.__typename);
    if (fields === undefined) return NULL;
    let text = '{';
    for (let index = 0; index < fields.length; index++) {
      const { key, prefix, writer, constant } = fields[index] as FieldWriter;
      const written = constant ?? writer.write((value as JsonObject)[key]);
      if (written === undefined) return NULL;
      text += prefix + written;
    }
    return `${text}}`;
  }
  findNulls(value: unknown, path: (string | number)[], report: ReportNull): void {
    if (!isObject(value)) return;
    for (const { key, writer, constant } of this.#fieldsOf(value.__typename) ?? []) {
      if (constant !== undefined) continue;
      path.push(key);
      writer.findNulls((value as JsonObject)[key], path, report);
      path.pop();
    }
  }
}
