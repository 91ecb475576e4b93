import { createHash } from 'node:crypto';
import { BadUserInputError } from '@colloquy/service';
import { WINDOW } from '@colloquy/vectors';

const CURSOR = /^([0-9a-f]{12}):(\d{1,4})$/u;

/** Names the list that a search makes, so that a cursor of another list is recognised. */
export function queryHash(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('hex').slice(0, 12);
}

/** Opaque cursor of the hit at a 0-based position. */
export function positionCursor(position: number, hash: string): string {
  return Buffer.from(`${hash}:${position}`).toString('base64url');
}

/** The position behind a cursor. Throws BadUserInputError when it belongs to another search, or to none. */
export function positionAfter(cursor: string, hash: string): number {
  const [, ofHash, position] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (ofHash === hash && Number(position) < WINDOW) return Number(position) + 1;
  const reason = ofHash && ofHash !== hash ? 'belongs to another text, mode or filter' : 'is no cursor of a search';
  throw new BadUserInputError(`"after" ${reason}.`, { argument: 'after' });
}
