import { InvalidJsonError, LimitExceededError } from '../../errors.ts';
import type { ArchiveLimits } from '../../limits.ts';
import type { ParseIssue } from '../../model.ts';
import type { SessionEntry, SessionIndex } from './session-index.ts';

/** Why a session becomes an issue and no conversation; null when it can be read. */
export function refusalOf(
  { messages, bytes, location }: SessionEntry,
  { maxRecordBytes }: Pick<ArchiveLimits, 'maxRecordBytes'>,
): ParseIssue | null {
  if (messages === 0) {
    return { code: 'MISSING_MESSAGES', location, message: 'The session that begins here has no message.' };
  }
  if (bytes <= maxRecordBytes) return null;
  const message = `The session that begins here has ${bytes} bytes, more than ${maxRecordBytes}.`;
  return { code: 'RECORD_TOO_LARGE', location, message };
}

/** An import that ends well and holds nothing is the worst answer to a damaged file. */
export function refuseIfNothingCanBeRead({ sessions, broken, refused }: SessionIndex, limits: ArchiveLimits): void {
  let tooLarge = refused;
  for (const session of sessions.values()) {
    const refusal = refusalOf(session, limits);
    if (refusal === null) return;
    if (refusal.code === 'RECORD_TOO_LARGE') tooLarge++;
  }
  if (tooLarge > 0) {
    const message = `Not one of the sessions is within ${limits.maxRecordBytes} bytes and ${limits.maxDepth} levels.`;
    throw new LimitExceededError('LIMIT_EXCEEDED_RECORD', message, limits.maxRecordBytes);
  }
  if (broken > 0) throw new InvalidJsonError('Not one of the lines with a message is valid JSON.');
}
