import { expect } from '@jest/globals';
import { openArchive } from '../../../archive/view.ts';
import { ArchiveError } from '../../../errors.ts';
import { type ArchiveLimits, DEFAULT_LIMITS } from '../../../limits.ts';
import type { ParsedConversation, ParsedRecord, ParseIssue, ParseIssueCode } from '../../../model.ts';
import { bytesSource } from '../../../source.ts';
import type { FormatReader, Recognition } from '../../reader.ts';

/** Everything that one reader makes of an archive. */
export interface ReaderOutcome {
  recognition: Recognition;
  records: ParsedRecord[];
  conversations: ParsedConversation[];
  /** Those around the conversations. */
  issues: ParseIssue[];
}

/** Reads an archive with one reader; null when it is not the reader's own. The survey must count what is read. */
export async function readWith(
  reader: FormatReader,
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
): Promise<ReaderOutcome | null> {
  const context = { limits: { ...DEFAULT_LIMITS, ...limits }, signal: undefined };
  const archive = await openArchive(bytesSource(bytes), context.limits, undefined);
  const recognition = await reader.recognise(archive);
  if (recognition === null) return null;
  const count = await reader.survey(archive, recognition, context);
  const records: ParsedRecord[] = [];
  for await (const record of reader.read(archive, recognition, context)) records.push(record);
  expect(records).toHaveLength(count);
  return {
    recognition,
    records,
    conversations: records.flatMap((record) => (record.kind === 'conversation' ? [record.conversation] : [])),
    issues: records.flatMap((record) => (record.kind === 'issue' ? [record.issue] : [])),
  };
}

/** As `readWith`, for an archive that must be recognised. */
export async function readOwn(
  reader: FormatReader,
  bytes: Uint8Array,
  limits?: Partial<ArchiveLimits>,
): Promise<ReaderOutcome> {
  const outcome = await readWith(reader, bytes, limits);
  if (outcome === null) throw new Error('The archive was not recognised.');
  return outcome;
}

/** As `readWith`, with the code of an ArchiveError in its place; any other error is thrown on. */
export async function outcomeOf(reader: FormatReader, bytes: Uint8Array): Promise<ReaderOutcome | string | null> {
  try {
    return await readWith(reader, bytes);
  } catch (error) {
    if (error instanceof ArchiveError) return error.code;
    throw error;
  }
}

/** Null when the archive is read to its end, `unknown` when it is not recognised, else the code of the ArchiveError. */
export async function codeOf(reader: FormatReader, bytes: Uint8Array): Promise<string | null> {
  const outcome = await outcomeOf(reader, bytes);
  return outcome === null ? 'unknown' : typeof outcome === 'string' ? outcome : null;
}

/** Issues of the conversations and around them. */
export function allIssues({ conversations, issues }: ReaderOutcome): ParseIssue[] {
  return [...issues, ...conversations.flatMap((conversation) => conversation.issues)];
}

/** Checks what must hold for every chat, whatever the input: a chain that can be stored, and known issues only. */
export function expectSound(outcome: ReaderOutcome | string | null, codes: readonly ParseIssueCode[]): void {
  if (outcome === null || typeof outcome === 'string') return;
  for (const { code } of allIssues(outcome)) expect(codes).toContain(code);
  for (const { messages, raw } of outcome.conversations) {
    expect(() => JSON.parse(raw)).not.toThrow();
    expect(new Set(messages.map(({ externalId }) => externalId)).size).toBe(messages.length);
    for (const [index, message] of messages.entries()) {
      expect(message.sequence).toBe(index);
      expect(message.parentExternalId).toBe(messages[index - 1]?.externalId ?? null);
      expect(message.text.isWellFormed() && !message.text.includes('\0')).toBe(true);
      expect(() => JSON.parse(message.raw)).not.toThrow();
      expect(JSON.stringify(message.metadata).isWellFormed()).toBe(true);
    }
  }
}
