export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object, or null when it is an array, a scalar or absent. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value as an array; empty when it is none. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a string, or null when it is none. */
export function asString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The value as a string with at least one character, or null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The objects among the elements of an array. */
export function objectsIn(value: unknown): JsonObject[] {
  return asArray(value)
    .map(asObject)
    .filter((element) => element !== null);
}
