import { InvalidJsonError } from '../../errors.ts';
import type { ArchiveLimits } from '../../limits.ts';
import type { ParseIssue } from '../../model.ts';
import { RefusedRecords } from '../beyond-limits.ts';
import type { SessionEntry, SessionIndex } from './session-index.ts';

/** Why a session becomes an issue and no conversation; null when it can be read. */
export function refusalOf(
  { messages, bytes, location }: SessionEntry,
  { maxRecordBytes, maxMessages }: Pick<ArchiveLimits, 'maxRecordBytes' | 'maxMessages'>,
): ParseIssue | null {
  if (messages === 0) {
    return { code: 'MISSING_MESSAGES', location, message: 'The session that begins here has no message.' };
  }
  if (messages > maxMessages) {
    const message = `The session that begins here has ${messages} messages, more than ${maxMessages}.`;
    return { code: 'RECORD_TOO_MANY_MESSAGES', location, message };
  }
  if (bytes <= maxRecordBytes) return null;
  const message = `The session that begins here has ${bytes} bytes, more than ${maxRecordBytes}.`;
  return { code: 'RECORD_TOO_LARGE', location, message };
}

/** An import that ends well and holds nothing is the worst answer to a damaged file. */
export function refuseIfNothingCanBeRead({ sessions, broken, refused }: SessionIndex, limits: ArchiveLimits): void {
  const tooLarge = new RefusedRecords();
  for (const session of sessions.values()) {
    const refusal = refusalOf(session, limits);
    if (refusal === null) return;
    if (refusal.code === 'RECORD_TOO_MANY_MESSAGES') tooLarge.addExcess(refusal.code);
    if (refusal.code === 'RECORD_TOO_LARGE') tooLarge.add({ code: refusal.code, size: session.bytes, depth: 0 });
  }
  if (tooLarge.count > 0) tooLarge.refuse('sessions', limits);
  if (refused.count > 0) refused.refuse('lines', limits);
  if (broken > 0) throw new InvalidJsonError('Not one of the lines with a message is valid JSON.');
}
