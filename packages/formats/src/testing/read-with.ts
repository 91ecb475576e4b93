import { openArchive } from '../archive/view.ts';
import { ArchiveError } from '../errors.ts';
import type { FormatReader } from '../formats/reader.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from '../limits.ts';
import type { ParsedConversation, ParseIssue } from '../model.ts';
import { bytesSource } from '../source.ts';
import { toBytes } from './read-all.ts';

/** What a reader makes of an export, taken apart. */
export interface ReadExport {
  format: string;
  confidence: number;
  /** What `survey` counted. */
  counted: number;
  conversations: ParsedConversation[];
  /** Issues beside the conversations. */
  issues: ParseIssue[];
}

/** Reads an export with the first of the given readers that recognises it; null when none does. */
export async function readWith(
  readers: readonly FormatReader[],
  content: string | Uint8Array | object,
  limits: Partial<ArchiveLimits> = {},
): Promise<ReadExport | null> {
  const context = { limits: { ...DEFAULT_LIMITS, ...limits }, signal: undefined };
  const archive = await openArchive(bytesSource(toBytes(content)), context.limits, undefined);
  for (const reader of readers) {
    const recognition = await reader.recognise(archive);
    if (recognition === null) continue;
    const counted = await reader.survey(archive, recognition, context);
    const found: ReadExport = {
      format: reader.name,
      confidence: recognition.confidence,
      counted,
      conversations: [],
      issues: [],
    };
    for await (const record of reader.read(archive, recognition, context)) {
      if (record.kind === 'conversation') found.conversations.push(record.conversation);
      else found.issues.push(record.issue);
    }
    return found;
  }
  return null;
}

/** As `readWith`, for an export that has to be recognised. */
export async function readKnown(...args: Parameters<typeof readWith>): Promise<ReadExport> {
  const found = await readWith(...args);
  if (found === null) throw new Error('None of the readers recognises the content.');
  return found;
}

/** The code of the ArchiveError that reading ends with, `unrecognised`, or null when all went well; throws other errors. */
export async function outcomeOf(readers: readonly FormatReader[], content: Uint8Array): Promise<string | null> {
  try {
    return (await readWith(readers, content)) === null ? 'unrecognised' : null;
  } catch (error) {
    if (error instanceof ArchiveError) return error.code;
    throw error;
  }
}

/** Every issue of an export, those of the conversations included, as `CODE location`. */
export function issuesOf({ conversations, issues }: ReadExport): string[] {
  const all = [...issues, ...conversations.flatMap((conversation) => conversation.issues)];
  return all.map(({ code, location }) => `${code} ${location}`);
}

/** Per message of a conversation: id, parent, role, place on the active path. */
export function outline({ messages }: ParsedConversation): unknown[][] {
  return messages.map(({ externalId, parentExternalId, role, sequence }) => [
    externalId,
    parentExternalId,
    role,
    sequence,
  ]);
}
