/** Objects as subgraphs send them. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Longer strings are left to the engine's own scan, which is faster from about there. */
const SHORT = 48;

/** The JSON text of a string. */
export function quote(text: string): string {
  if (text.length > SHORT) return JSON.stringify(text);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // A quote, a backslash, a control character or half of a surrogate pair needs an escape.
    if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** The one key that JSON may have and an assignment does not set. */
export const PROTOTYPE = '__proto__';

/** Gives an object a key of this name, as JSON.parse does. */
export function setPrototypeKey(target: JsonObject, value: unknown): void {
  Object.defineProperty(target, PROTOTYPE, { value, enumerable: true, writable: true, configurable: true });
}

/** A copy of parsed JSON that shares no object with it. */
export function cloneJson<T>(value: T): T;
export function cloneJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(cloneJson);
  const copy: JsonObject = {};
  for (const key in value) {
    const inner = cloneJson((value as JsonObject)[key]);
    if (key === PROTOTYPE) setPrototypeKey(copy, inner);
    else copy[key] = inner;
  }
  return copy;
}
