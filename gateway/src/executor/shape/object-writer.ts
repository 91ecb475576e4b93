import { isObject, type JsonObject, quote } from '../json.ts';
import { LeafWriter } from './leaf-writers.ts';
import { findNulls, NULL, type Place, type ReportNull, type Writer, type Writing } from './writer.ts';

/**
 * One field of an object in the answer. What comes before its value is written in one piece with the quote that ends
 * the string before it, and with the one that begins its own: most fields are strings, and each piece less is an object
 * less on the heap.
 */
export class FieldWriter {
  /** Under which name the data has it. */
  readonly key: string;
  readonly place: Place;
  /** The text, for `__typename`, which is the same for all objects of a type. */
  readonly constant: string | undefined;
  readonly isLeaf: boolean;
  /** What comes before the value. */
  readonly prefix: string;
  /** The same with the quote of a string that begins. */
  readonly opening: string;
  /** The same with the quote of the string before it, which ends. */
  readonly closing: string;
  /** The same with both. */
  readonly between: string;

  constructor(name: string, isFirst: boolean, key: string, place: Place, constant?: string) {
    this.key = key;
    this.place = place;
    this.constant = constant;
    this.isLeaf = constant === undefined && place.writer instanceof LeafWriter;
    this.prefix = `${isFirst ? '{' : ','}${quote(name)}:`;
    this.opening = `${this.prefix}"`;
    this.closing = `"${this.prefix}`;
    this.between = `"${this.prefix}"`;
  }
}

export type FieldsOf = (typename: unknown) => readonly FieldWriter[] | undefined;

export class ObjectWriter implements Writer {
  readonly #fieldsOf: FieldsOf;
  readonly #writing: Writing;
  /** `fieldsOf` has no answer for a type that clients do not know. */
  constructor(fieldsOf: FieldsOf, writing: Writing) {
    this.#fieldsOf = fieldsOf;
    this.#writing = writing;
  }

  append(before: string, value: unknown): string | undefined {
    if (!isObject(value)) return undefined;
    const fields = this.#fieldsOf(value.__typename);
    if (fields === undefined) return undefined;
    if (fields.length === 0) return `${before}{}`;
    const { plain } = this.#writing;
    let text = before;
    /** Whether the text ends within a string. */
    let open = false;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as FieldWriter;
      const inner = (value as JsonObject)[field.key];
      if (plain && field.isLeaf && typeof inner === 'string') {
        text = text + (open ? field.between : field.opening) + inner;
        open = true;
        continue;
      }
      text += open ? field.closing : field.prefix;
      open = false;
      if (field.constant !== undefined) {
        text += field.constant;
        continue;
      }
      const { writer, nonNull } = field.place;
      const written = writer.append(text, inner);
      if (written === undefined && nonNull !== undefined) {
        this.#writing.nulls++;
        return undefined;
      }
      text = written ?? text + NULL;
    }
    return text + (open ? '"}' : '}');
  }

  findNulls(value: unknown, path: (string | number)[], report: ReportNull): void {
    if (!isObject(value)) return;
    for (const { key, place, constant } of this.#fieldsOf(value.__typename) ?? []) {
      if (constant !== undefined) continue;
      path.push(key);
      findNulls(place, (value as JsonObject)[key], path, report);
      path.pop();
    }
  }
}
