import { z } from 'zod';

const form = z.tuple([z.uuid(), z.int().nonnegative()]);

/** Opaque position in the event log of one session: its UUID and the sequence of the last event seen. */
export function encodeProgressCursor(sessionId: string, sequence: number): string {
  return Buffer.from(JSON.stringify([sessionId, sequence])).toString('base64url');
}

/** The sequence in a cursor; null when it is malformed or belongs to another session. */
export function decodeProgressCursor(sessionId: string, cursor: string): number | null {
  const result = form.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!result.success) return null;
  const [session, sequence] = result.data;
  return session === sessionId ? sequence : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so not a cursor: the caller says so.
    return null;
  }
}
