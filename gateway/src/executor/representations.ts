import type { JsonObject } from './json.ts';

/** What represents an object to the subgraph that completes it. */
export interface Represent {
  /** The JSON text; undefined when the object has nothing to go by. */
  text(entity: JsonObject): string | undefined;
  /**
   * All that the text depends on beside the type name, where that is plain fields; objects that are equal in them have
   * the same text, which then need not be written to be compared.
   */
  readonly keys: readonly string[] | undefined;
}

/** The distinct representations that one variable takes. */
export class Representations {
  readonly texts: string[] = [];
  readonly #places = new Map<string, number>();

  place(text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const place = this.texts.length;
    this.#places.set(text, place);
    this.texts.push(text);
    return place;
  }
}

interface Sample {
  readonly entity: JsonObject;
  readonly place: number;
}

/** No object has nothing to go by. */
const NONE = -1;
/** Objects that are alike in one field and differ in others are compared by text beyond this many. */
const MOST_SAMPLES = 8;

/** Finds the place of an object's representation, mostly by objects that were seen before. */
export class Finder {
  readonly #represent: Represent;
  readonly #list: Representations;
  readonly #samples = new Map<unknown, Sample[]>();
  /** The field by which samples are told apart first. */
  #leading: string | undefined;

  constructor(represent: Represent, list: Representations) {
    this.#represent = represent;
    this.#list = list;
  }

  /** The place among the representations, -1 when the object has none. */
  find(entity: JsonObject): number {
    if (typeof entity.__typename !== 'string') return NONE;
    const { keys } = this.#represent;
    if (keys === undefined) return this.#write(entity);
    // Keys are mostly text, and numbers what is the same for many.
    this.#leading ??= keys.find((key) => typeof entity[key] === 'string') ?? keys[0];
    const value = this.#leading === undefined ? undefined : entity[this.#leading];
    const samples = this.#samples.get(value);
    if (samples === undefined) {
      const place = this.#write(entity);
      this.#samples.set(value, [{ entity, place }]);
      return place;
    }
    for (const sample of samples) if (same(sample.entity, entity, keys)) return sample.place;
    const place = this.#write(entity);
    if (samples.length < MOST_SAMPLES) samples.push({ entity, place });
    return place;
  }

  #write(entity: JsonObject): number {
    const text = this.#represent.text(entity);
    return text === undefined ? NONE : this.#list.place(text);
  }
}

/** Whether two objects have the same plain values; lists and objects count as different. */
function same(one: JsonObject, other: JsonObject, keys: readonly string[]): boolean {
  if (one.__typename !== other.__typename) return false;
  for (const key of keys) {
    const value = one[key];
    if (value !== other[key] || (typeof value === 'object' && value !== null)) return false;
  }
  return true;
}
