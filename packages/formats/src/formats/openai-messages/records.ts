import type { ArchiveDocument } from '../../archive/document.ts';
import { InvalidJsonError, TruncatedArchiveError } from '../../errors.ts';
import { isSpace } from '../../json/bytes.ts';
import { RecordSplitter } from '../../json/record-splitter.ts';
import type { ArchiveLimits } from '../../limits.ts';
import type { ParseIssue, ParseIssueCode } from '../../model.ts';
import { describeRefusal, type Refusal } from '../beyond-limits.ts';
import type { ReadContext } from '../reader.ts';
import { splitDocument } from '../split-document.ts';
import { type DocumentLine, splitLines } from '../split-lines.ts';
import type { MessagesLayout } from './layout.ts';

/** One list of messages, or the object around it. */
export interface MessagesRecord {
  location: string;
  /** Null when the record was refused, or not asked for. */
  bytes: Buffer | null;
  size: number;
  /** Levels of nesting when they are too many, else 0. */
  depth: number;
  refusal: Extract<ParseIssueCode, 'RECORD_TOO_LARGE' | 'RECORD_TOO_DEEP' | 'INVALID_RECORD'> | null;
  /** What is wrong with a line whose brackets do not match; null otherwise. */
  damage: string | null;
  /** Whether `bytes` are the list itself. */
  isList: boolean;
  limit: Pick<ArchiveLimits, 'maxRecordBytes' | 'maxDepth'>;
}

/**
 * The records of one document, one at a time. `isWanted` tells whether the bytes of further records are needed.
 * A damaged line is a record of its own; throws the ArchiveErrors of damaged JSON documents.
 */
export async function* recordsOf(
  document: ArchiveDocument,
  layout: MessagesLayout,
  context: ReadContext,
  isWanted: () => boolean = () => true,
): AsyncGenerator<MessagesRecord> {
  const limit = context.limits;
  if (layout.kind === 'lines') {
    for await (const line of splitLines(document, context)) {
      if (line.bytes?.every(isSpace)) continue;
      yield isWanted() ? checkedLine(line, limit) : { ...recordOf(line, limit), bytes: null };
    }
    return;
  }
  const isList = layout.kind === 'list';
  const records = layout.kind === 'list' ? ({ kind: 'single' } as const) : layout.records;
  for await (const record of splitDocument(document, records, context, isWanted)) {
    yield { ...record, damage: null, isList, limit };
  }
}

/** The issue that a record without bytes becomes. */
export function issueOf(record: MessagesRecord, limit: MessagesRecord['limit']): ParseIssue {
  const { damage, location } = record;
  const refusal = refusalOf(record);
  if (refusal === null) {
    return { code: 'INVALID_RECORD', location, message: damage ?? 'The record cannot be read.' };
  }
  return { code: refusal.code, location, message: describeRefusal('The record', refusal, limit) };
}

/** Why a record is beyond a limit; null when it is not. */
export function refusalOf({ refusal, size, depth }: MessagesRecord): Refusal | null {
  return refusal === null || refusal === 'INVALID_RECORD' ? null : { code: refusal, size, depth };
}

function recordOf({ bytes, size, location }: DocumentLine, limit: MessagesRecord['limit']): MessagesRecord {
  return {
    location,
    bytes,
    size,
    depth: 0,
    refusal: bytes === null ? 'RECORD_TOO_LARGE' : null,
    damage: null,
    isList: false,
    limit,
  };
}

/** A line whose brackets match and are within the limit of depth; else the line without its bytes. */
function checkedLine(line: DocumentLine, limit: MessagesRecord['limit']): MessagesRecord {
  const record = recordOf(line, limit);
  if (line.bytes === null) return record;
  const splitter = new RecordSplitter({ kind: 'single' }, limit);
  try {
    const [whole] = splitter.push(line.bytes);
    splitter.finish();
    return { ...record, bytes: whole?.bytes ?? null, depth: whole?.depth ?? 0, refusal: whole?.refusal ?? null };
  } catch (error) {
    if (!(error instanceof InvalidJsonError || error instanceof TruncatedArchiveError)) throw error;
    return { ...record, bytes: null, refusal: 'INVALID_RECORD', damage: error.message };
  }
}
