import type { ArchiveDocument } from '../archive/document.ts';
import type { ArchiveView } from '../archive/view.ts';
import { InvalidJsonError } from '../errors.ts';
import type { Extents } from '../json/extents.ts';
import { WRAPPER } from '../json/record-splitter.ts';
import { asArray, asObject, type JsonObject } from '../json/values.ts';
import type { ParsedConversation, ParsedRecord, ParseIssue } from '../model.ts';
import { describeRefusal, isExcess, RefusedRecords } from './beyond-limits.ts';
import { type ConversationRecord, levelOfParts, openRecord, RecordRejected } from './conversation-record.ts';
import { recordLayout } from './layout.ts';
import type { FormatReader, ReadContext, Recognition } from './reader.ts';
import { splitDocument } from './split-document.ts';

/** What a vendor's format of one JSON object per conversation has to say about itself. */
export interface JsonConversationFormat {
  name: string;
  platform: string;
  label: string;
  /** Names of the documents in a ZIP that hold the conversations; without it, or without a match, all JSON is looked at. */
  mainDocument?: RegExp;
  /** Path of the container of messages inside a conversation. */
  parts: readonly string[];
  /** Whether a JSON object is a conversation of this format; it may be cut off behind its first members. */
  isConversation(value: JsonObject): boolean;
  /** What makes an archive without a single conversation recognisable, such as the files beside an empty list. */
  isEmptyExport?(archive: ArchiveView): boolean;
  /** Faults of the archive that no single document shows. */
  checkArchive?(archive: ArchiveView): Promise<ParseIssue[]>;
  /** Throws RecordRejected when the record is no conversation. */
  parse(record: ConversationRecord): ParsedConversation;
}

/** The reader of a format in which every conversation is one JSON object. */
export function jsonConversations(format: JsonConversationFormat): FormatReader {
  return {
    name: format.name,
    platform: format.platform,
    label: format.label,
    recognise: (archive) => recognise(format, archive),
    async *read(archive, { documents }, context) {
      for (const issue of (await format.checkArchive?.(archive)) ?? []) yield { kind: 'issue', issue };
      for (const document of documents) yield* readDocument(format, archive, document, context);
    },
    async survey(archive, { documents }, context) {
      const found: Found = { records: 0, readable: 0, refused: new RefusedRecords(), broken: 0 };
      for (const document of documents) await surveyDocument(format, archive, document, context, found);
      refuseIfNothingCanBeRead(found, context);
      return found.records;
    },
  };
}

async function recognise(format: JsonConversationFormat, archive: ArchiveView): Promise<Recognition | null> {
  const json = archive.documents.filter(({ name }) => archive.container === 'file' || mayBeJson(name));
  const main = json.filter(({ name }) => format.mainDocument?.test(name));
  if (await anyRecognised(format, archive, main)) {
    return { confidence: 0.98, reason: `conversations in ${names(main)}`, documents: main.toSorted(byName) };
  }
  if (format.isEmptyExport?.(archive) && (await areEmptyLists(archive, main))) {
    return { confidence: 0.6, reason: `an empty list of conversations in ${names(main)}`, documents: main };
  }
  const documents: ArchiveDocument[] = [];
  for (const document of json) if (await isRecognised(format, archive, document)) documents.push(document);
  if (documents.length === 0) return null;
  return { confidence: 0.95, reason: `conversations in ${names(documents)}`, documents };
}

/** Numbers count as numbers: shard 10 comes after shard 9. */
function byName(a: ArchiveDocument, b: ArchiveDocument): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}

function names(documents: readonly ArchiveDocument[]): string {
  const [first, ...more] = documents.map(({ name }) => (name === '$' ? 'the file' : name));
  return more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
}

/** AI Studio's documents come from Google Drive without an extension. */
function mayBeJson(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return /\.json$/i.test(base) || !base.includes('.');
}

async function anyRecognised(
  format: JsonConversationFormat,
  archive: ArchiveView,
  documents: readonly ArchiveDocument[],
) {
  for (const document of documents) if (await isRecognised(format, archive, document)) return true;
  return false;
}

async function isRecognised(format: JsonConversationFormat, archive: ArchiveView, document: ArchiveDocument) {
  const sketch = await archive.sketch(document);
  return sketch.kind === 'json' && recordLayout(sketch.root, format.isConversation) !== null;
}

async function areEmptyLists(archive: ArchiveView, documents: readonly ArchiveDocument[]): Promise<boolean> {
  for (const document of documents) {
    const sketch = await archive.sketch(document);
    const isList = sketch.kind === 'json' && sketch.complete && Array.isArray(sketch.root);
    if (!isList || asArray(sketch.root).length > 0) return false;
  }
  return documents.length > 0;
}

/** The layout of a document that belongs to the export, whether or not its first record can be recognised. */
async function layoutOf(format: JsonConversationFormat, archive: ArchiveView, document: ArchiveDocument) {
  const sketch = await archive.sketch(document);
  const root = sketch.kind === 'json' ? sketch.root : undefined;
  const layout = recordLayout(root, format.isConversation);
  if (layout !== null) return layout;
  return asObject(root) !== null ? ({ kind: 'member', key: WRAPPER } as const) : ({ kind: 'array' } as const);
}

async function* readDocument(
  format: JsonConversationFormat,
  archive: ArchiveView,
  document: ArchiveDocument,
  context: ReadContext,
): AsyncGenerator<ParsedRecord> {
  const layout = await layoutOf(format, archive, document);
  const records = splitDocument(document, layout, context, undefined, levelOfParts(format.parts));
  for await (const { location, bytes, refusal, size, depth, extents } of records) {
    if (bytes === null) {
      const code = refusal ?? 'RECORD_TOO_LARGE';
      const message = describeRefusal('The record', { code, size, depth }, context.limits);
      yield { kind: 'issue', issue: { code, location, message } };
    } else {
      yield parseRecord(format, { bytes, extents, location }, context);
    }
  }
}

function parseRecord(
  format: JsonConversationFormat,
  { bytes, extents, location }: { bytes: Buffer; extents: Extents | null; location: string },
  { limits }: ReadContext,
): ParsedRecord {
  try {
    const record = openRecord(bytes, format.parts, location, limits, extents);
    return { kind: 'conversation', conversation: format.parse(record) };
  } catch (error) {
    if (!(error instanceof RecordRejected)) throw error;
    return { kind: 'issue', issue: { code: error.code, message: error.message, location } };
  }
}

interface Found {
  records: number;
  readable: number;
  /** Too large or nested too deep. */
  refused: RefusedRecords;
  /** No valid JSON. */
  broken: number;
}

/** An import that ends well and holds nothing is the worst answer to a damaged file. */
function refuseIfNothingCanBeRead({ records, refused, broken }: Found, { limits }: ReadContext): void {
  if (records === 0 || refused.count + broken < records) return;
  if (refused.count === 0) throw new InvalidJsonError('Not one of the conversations in the file is valid JSON.');
  refused.refuse('conversations', limits);
}

/** Records are parsed only until one of them can be read; after that they are counted. */
async function surveyDocument(
  format: JsonConversationFormat,
  archive: ArchiveView,
  document: ArchiveDocument,
  context: ReadContext,
  found: Found,
): Promise<void> {
  const layout = await layoutOf(format, archive, document);
  const isWanted = () => found.readable === 0;
  for await (const { bytes, location, refusal, size, depth } of splitDocument(document, layout, context, isWanted)) {
    found.records++;
    if (!isWanted()) continue;
    if (bytes === null) {
      found.refused.add({ code: refusal ?? 'RECORD_TOO_LARGE', size, depth });
      continue;
    }
    const record = parseRecord(format, { bytes, extents: null, location }, context);
    if (record.kind === 'conversation') found.readable++;
    else if (isExcess(record.issue.code)) found.refused.addExcess(record.issue.code);
    else if (record.issue.code === 'INVALID_RECORD') found.broken++;
  }
}
