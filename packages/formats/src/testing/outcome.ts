import { expect } from '@jest/globals';
import { ArchiveError, type ArchiveErrorCode } from '../errors.ts';
import type { ParsedConversation, ParsedMessage, ParseIssue, ParseIssueCode } from '../model.ts';
import { type ReadOptions, readArchive, surveyArchive } from '../read.ts';
import { type ByteSource, bytesSource } from '../source.ts';

/** What came of an archive: the error that refused it, or what was in it. */
export type Outcome =
  | { code: ArchiveErrorCode; conversations?: never; issues?: never }
  | { code: null; conversations: ParsedConversation[]; issues: ParseIssue[] };

const ERROR_CODES: Record<ArchiveErrorCode, true> = {
  EMPTY_FILE: true,
  INVALID_JSON: true,
  TRUNCATED_ARCHIVE: true,
  INVALID_ZIP: true,
  ZIP_ENCRYPTED: true,
  ZIP_OVERLAPPING_ENTRIES: true,
  ZIP_SYMLINK: true,
  ZIP_PATH_TRAVERSAL: true,
  ZIP_DUPLICATE_ENTRY: true,
  ZIP_CHECKSUM_MISMATCH: true,
  ZIP_SIZE_MISMATCH: true,
  ZIP_COMPRESSION_METHOD: true,
  ZIP_HEADER_MISMATCH: true,
  UNSUPPORTED_FORMAT: true,
  LIMIT_EXCEEDED_ENTRIES: true,
  LIMIT_EXCEEDED_DIRECTORY_BYTES: true,
  LIMIT_EXCEEDED_ENTRY_BYTES: true,
  LIMIT_EXCEEDED_TOTAL_BYTES: true,
  LIMIT_EXCEEDED_COMPRESSION_RATIO: true,
  LIMIT_EXCEEDED_SESSIONS: true,
  LIMIT_EXCEEDED_RECORD: true,
  LIMIT_EXCEEDED_MESSAGES: true,
  LIMIT_EXCEEDED_VALUES: true,
  LIMIT_EXCEEDED_DEPTH: true,
};

const ISSUE_CODES: Record<ParseIssueCode, true> = {
  INVALID_RECORD: true,
  NOT_A_CONVERSATION: true,
  MISSING_MESSAGES: true,
  RECORD_TOO_LARGE: true,
  RECORD_TOO_DEEP: true,
  RECORD_TOO_MANY_MESSAGES: true,
  RECORD_TOO_MANY_VALUES: true,
  INVALID_UTF8: true,
  INVALID_MESSAGE: true,
  INVALID_CONTENT: true,
  UNKNOWN_CONTENT_TYPE: true,
  UNKNOWN_ROLE: true,
  MISSING_MESSAGE_ID: true,
  DUPLICATE_MESSAGE_ID: true,
  ID_REPLACED: true,
  ORPHAN_MESSAGE: true,
  CYCLE_BROKEN: true,
  DANGLING_CURRENT_MESSAGE: true,
  INVALID_TIMESTAMP: true,
  TEXT_REPAIRED: true,
  VALUE_SHORTENED: true,
  FOREIGN_DOCUMENT: true,
  MISSING_DOCUMENT: true,
  UNREADABLE_ATTACHMENT: true,
};

/**
 * Surveys and reads an archive, and checks what holds for every input: nothing but ArchiveErrors is thrown, with known
 * codes; what the survey passes is read to its end; issues have known codes; conversations are trees that can be stored.
 */
export async function outcomeOf(content: Uint8Array | ByteSource, options: ReadOptions = {}): Promise<Outcome> {
  const source = content instanceof Uint8Array ? bytesSource(content) : content;
  let counted: number;
  try {
    counted = (await surveyArchive(source, options)).conversationCount;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    expect(ERROR_CODES).toHaveProperty(error.code);
    return { code: error.code };
  }
  const found: Outcome = { code: null, conversations: [], issues: [] };
  for await (const record of readArchive(source, options)) {
    if (record.kind === 'conversation') found.conversations.push(record.conversation);
    else found.issues.push(record.issue);
  }
  expect(found.conversations.length).toBeLessThanOrEqual(counted);
  for (const { code } of issuesOf(found)) expect(ISSUE_CODES).toHaveProperty(code);
  for (const conversation of found.conversations) expectTree(conversation);
  expect(Object.prototype).not.toHaveProperty('polluted');
  return found;
}

/** The issues of an archive, those of its conversations included. */
export function issuesOf({ conversations = [], issues = [] }: Outcome): ParseIssue[] {
  return [...issues, ...conversations.flatMap((conversation) => conversation.issues)];
}

/** Checks that parents come before their replies, that ids are unique, and that one path from a root is active. */
export function expectTree({ messages, raw, metadata }: ParsedConversation): void {
  const seen = new Set<string>();
  for (const message of messages) {
    const { externalId, parentExternalId } = message;
    if (seen.has(externalId)) throw new Error(`The id ${externalId} is there twice.`);
    if (parentExternalId !== null && !seen.has(parentExternalId))
      throw new Error(`${externalId} is before its parent.`);
    seen.add(externalId);
    expectStorable(message);
  }
  expectPath(messages);
  if (!`${raw}${JSON.stringify(metadata)}`.isWellFormed()) throw new Error('The conversation cannot be stored.');
}

function expectPath(messages: readonly ParsedMessage[]): void {
  const path = messages.filter(({ onActivePath }) => onActivePath);
  if (messages.length > 0 && path.length === 0) throw new Error('No path is active.');
  for (const [index, { sequence, parentExternalId, externalId }] of path.entries()) {
    const isNext = sequence === index && parentExternalId === (path[index - 1]?.externalId ?? null);
    if (!isNext) throw new Error(`The path breaks at ${externalId}.`);
  }
  const besides = messages.filter(({ onActivePath, sequence }) => !onActivePath && sequence !== null);
  if (besides.length > 0) throw new Error(`${besides[0]?.externalId} has a place on a path that it is not on.`);
}

function expectStorable({ text, externalId, metadata, author }: ParsedMessage): void {
  const stored = text + externalId + JSON.stringify(metadata) + (author ?? '');
  if (!stored.isWellFormed() || stored.includes('\0')) throw new Error(`${externalId} cannot be stored.`);
}
