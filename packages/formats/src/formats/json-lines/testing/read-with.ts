import { openArchive } from '../../../archive/view.ts';
import { ArchiveError, type ArchiveErrorCode } from '../../../errors.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from '../../../limits.ts';
import type { ParsedConversation, ParseIssue } from '../../../model.ts';
import { bytesSource } from '../../../source.ts';
import type { FormatReader, Recognition } from '../../reader.ts';

/** What one reader makes of an archive. */
export interface Reading {
  recognition: Recognition;
  /** The number that the survey gave. */
  surveyed: number;
  conversations: ParsedConversation[];
  /** Issues around the conversations. */
  issues: ParseIssue[];
}

/** Objects as JSON Lines; strings are lines as they are. */
export function jsonLines(lines: readonly (object | string)[]): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

/** Reads an archive with one reader; null when the reader does not recognise it. Throws ArchiveErrors. */
export async function readWith(
  reader: FormatReader,
  content: string | Uint8Array,
  limits: Partial<ArchiveLimits> = {},
): Promise<Reading | null> {
  const context = { limits: { ...DEFAULT_LIMITS, ...limits }, signal: undefined };
  const archive = await openArchive(bytesSource(Buffer.from(content)), context.limits, undefined);
  const recognition = await reader.recognise(archive);
  if (recognition === null) return null;
  const reading: Reading = { recognition, surveyed: 0, conversations: [], issues: [] };
  reading.surveyed = await reader.survey(archive, recognition, context);
  for await (const record of reader.read(archive, recognition, context)) {
    if (record.kind === 'conversation') reading.conversations.push(record.conversation);
    else reading.issues.push(record.issue);
  }
  return reading;
}

/** As `readWith`, for an archive that the reader must recognise. */
export async function readSessions(...given: Parameters<typeof readWith>): Promise<Reading> {
  const reading = await readWith(...given);
  if (reading === null) throw new Error('The reader does not recognise the archive.');
  return reading;
}

/** The only conversation of an archive in which nothing else is found. */
export async function readSession(...given: Parameters<typeof readWith>): Promise<ParsedConversation> {
  const { conversations, issues } = await readSessions(...given);
  const [conversation] = conversations;
  if (!conversation || conversations.length > 1 || issues.length > 0) {
    throw new Error(`Expected one conversation, got ${conversations.length} and ${issues.length} issues.`);
  }
  return conversation;
}

/** The reading, or the code of the ArchiveError that it met; null when the archive is not recognised. */
export async function outcome(...given: Parameters<typeof readWith>): Promise<Reading | ArchiveErrorCode | null> {
  try {
    return await readWith(...given);
  } catch (error) {
    if (error instanceof ArchiveError) return error.code;
    throw error;
  }
}
