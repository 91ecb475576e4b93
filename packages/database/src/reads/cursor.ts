import { z } from 'zod';

/** A cursor that is not one, or that belongs to another list. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';
}

/** What a sort key is in PostgreSQL; its text form must be read back exactly. */
export type KeyType = 'timestamptz' | 'integer' | 'numeric' | 'uuid';

const TEXT_FORM: Record<KeyType, z.ZodType<string>> = {
  // As PostgreSQL prints it: a JavaScript date would lose microseconds and infinity.
  timestamptz: z
    .string()
    .regex(/^(-infinity|infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}( BC)?)$/),
  integer: z.string().regex(/^-?\d{1,9}$/),
  numeric: z.string().regex(/^-?\d{1,9}(\.\d{1,9})?$/),
  uuid: z.uuid(),
};

/** Position in the list `name`: the sort keys of its last entry, opaque to clients. */
export function encodeCursor(name: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([name, ...keys])).toString('base64url');
}

/** The sort keys in a cursor. Throws InvalidCursorError when it is malformed or was made for another list. */
export function decodeCursor(name: string, types: readonly KeyType[], cursor: string): string[] {
  const result = z.array(z.string()).safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  const [made, ...keys] = result.data ?? [];
  const fits =
    keys.length === types.length && types.every((type, index) => TEXT_FORM[type].safeParse(keys[index]).success);
  if (made !== name || !fits) throw new InvalidCursorError('The cursor does not belong to this list.');
  return keys;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so not a cursor: the caller says so.
    return null;
  }
}
