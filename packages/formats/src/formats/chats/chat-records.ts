import { isUtf8 } from 'node:buffer';
import type { ArchiveDocument } from '../../archive/document.ts';
import { ArchiveError, InvalidJsonError } from '../../errors.ts';
import type { RecordLayout } from '../../json/record-splitter.ts';
import { asObject, type JsonObject } from '../../json/values.ts';
import type { ParseIssue, ParseIssueCode } from '../../model.ts';
import { describeRefusal, type Refusal } from '../beyond-limits.ts';
import type { ReadContext } from '../reader.ts';
import { type LocatedRecord, splitDocument } from '../split-document.ts';

/** One message of a chat whose documents hold one JSON object per message. */
export interface ChatRecord {
  location: string;
  /** Bytes that are held for the message: none when it was refused. */
  size: number;
  /** Null when the message cannot be read, or was not wanted. */
  value: JsonObject | null;
  /** The source text of `value`. */
  raw: string;
  issues: readonly ParseIssue[];
  /** Why the message was not read, when it is beyond a limit. */
  refusal: Refusal | null;
}

export interface ChatRecordOptions {
  /**
   * What damage of the JSON around the messages does: `throw` the ArchiveError, or `report` it as an issue after the
   * messages before it, so that one damaged document of many costs no other.
   */
  damage: 'throw' | 'report';
  /** Whether further messages need to be parsed; they are only counted otherwise. */
  isWanted?: () => boolean;
}

/** The messages of one document, one at a time. Throws what `splitDocument` throws, as far as `damage` says so. */
export async function* chatRecords(
  document: ArchiveDocument,
  layout: RecordLayout,
  context: ReadContext,
  { damage, isWanted = () => true }: ChatRecordOptions,
): AsyncGenerator<ChatRecord> {
  const progress = { chunks: 0, records: 0 };
  try {
    for await (const record of splitDocument(counted(document, progress), layout, context, isWanted)) {
      progress.records++;
      yield openMessage(record, context);
    }
  } catch (error) {
    if (damage === 'throw' || !isDamagedJson(error)) throw error;
    await checkContainer(document);
    if (error instanceof InvalidJsonError) yield* beforeTheFault(document, layout, context, { ...progress }, isWanted);
    yield unreadable('INVALID_RECORD', document.name, `The rest of the file cannot be read. ${error.message}`);
  }
}

function isDamagedJson(error: unknown): error is ArchiveError {
  return error instanceof ArchiveError && (error.code === 'INVALID_JSON' || error.code === 'TRUNCATED_ARCHIVE');
}

/** Reads the document to its end, so that damage of the ZIP around it is thrown as what it is. */
async function checkContainer(document: ArchiveDocument): Promise<void> {
  for await (const _chunk of document.open());
}

function counted(document: ArchiveDocument, progress: { chunks: number }): ArchiveDocument {
  return {
    ...document,
    async *open() {
      for await (const chunk of document.open()) {
        yield chunk;
        progress.chunks++;
      }
    },
  };
}

/**
 * The splitter hands records out by the chunk, so a fault hides those before it in its chunk: the document is read
 * again, that chunk byte by byte.
 */
async function* beforeTheFault(
  document: ArchiveDocument,
  layout: RecordLayout,
  context: ReadContext,
  faulty: { chunks: number; records: number },
  isWanted: () => boolean,
): AsyncGenerator<ChatRecord> {
  const finer: ArchiveDocument = {
    ...document,
    async *open() {
      let index = 0;
      for await (const chunk of document.open()) {
        if (index++ !== faulty.chunks) yield chunk;
        else for (let at = 0; at < chunk.length; at++) yield chunk.subarray(at, at + 1);
      }
    },
  };
  try {
    for await (const record of splitDocument(finer, layout, context, isWanted)) {
      if (record.index >= faulty.records) yield openMessage(record, context);
    }
  } catch (error) {
    // The fault that the caller reports.
    if (!(error instanceof InvalidJsonError)) throw error;
  }
}

function openMessage({ bytes, refusal, size, depth, location }: LocatedRecord, { limits }: ReadContext): ChatRecord {
  if (refusal !== null) {
    const refused = { code: refusal, size, depth };
    return { ...unreadable(refusal, location, describeRefusal('The message', refused, limits)), refusal: refused };
  }
  if (bytes === null) return { location, size, value: null, raw: '', issues: [], refusal: null };
  const raw = bytes.toString('utf8');
  let value: JsonObject | null;
  try {
    value = asObject(JSON.parse(raw));
  } catch (error) {
    // The engine's message quotes the text around the fault; a short piece of it is enough.
    return unreadable('INVALID_MESSAGE', location, String(error).slice(0, 200));
  }
  if (value === null) return unreadable('INVALID_MESSAGE', location, 'Expected an object.');
  const issues: ParseIssue[] = isUtf8(bytes)
    ? []
    : [{ code: 'INVALID_UTF8', location, message: 'Bytes that are not UTF-8 were replaced by U+FFFD.' }];
  return { location, size, value, raw, issues, refusal: null };
}

function unreadable(code: ParseIssueCode, location: string, message: string): ChatRecord {
  return { location, size: 0, value: null, raw: '', issues: [{ code, location, message }], refusal: null };
}
