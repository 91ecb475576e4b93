import { openArchive } from '../../../archive/view.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from '../../../limits.ts';
import type { ParsedConversation, ParseIssue } from '../../../model.ts';
import { bytesSource } from '../../../source.ts';
import { toBytes } from '../../../testing/read-all.ts';
import { geminiTakeout } from '../reader.ts';

export interface ReadResult {
  conversations: ParsedConversation[];
  issues: ParseIssue[];
  /** What the survey counted. */
  surveyed: number;
}

/** Everything the reader yields; null when it does not recognise the content. */
export async function readTakeout(
  content: string | Uint8Array | object,
  overrides: Partial<ArchiveLimits> = {},
): Promise<ReadResult | null> {
  const limits = { ...DEFAULT_LIMITS, ...overrides };
  const archive = await openArchive(bytesSource(toBytes(content)), limits, undefined);
  const recognition = await geminiTakeout.recognise(archive);
  if (recognition === null) return null;
  const context = { limits, signal: undefined };
  const surveyed = await geminiTakeout.survey(archive, recognition, context);
  const result: ReadResult = { conversations: [], issues: [], surveyed };
  for await (const record of geminiTakeout.read(archive, recognition, context)) {
    if (record.kind === 'conversation') result.conversations.push(record.conversation);
    else result.issues.push(record.issue);
  }
  return result;
}

/** As `readTakeout`, for content that must be recognised. */
export async function readKnown(content: string | Uint8Array | object): Promise<ReadResult> {
  const result = await readTakeout(content);
  if (result === null) throw new Error('The content was not recognised.');
  return result;
}

/** The only conversation of some content. */
export async function readOnly(content: string | Uint8Array | object): Promise<ParsedConversation> {
  const { conversations } = await readKnown(content);
  const [conversation] = conversations;
  if (!conversation || conversations.length > 1) throw new Error(`Expected one, got ${conversations.length}.`);
  return conversation;
}
