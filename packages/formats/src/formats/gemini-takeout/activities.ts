import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { ArchiveError } from '../../errors.ts';
import { asObject } from '../../json/values.ts';
import type { ParseIssue } from '../../model.ts';
import { describeRefusal, type Refusal } from '../beyond-limits.ts';
import { RecordRejected } from '../conversation-record.ts';
import type { ReadContext } from '../reader.ts';
import { splitDocument } from '../split-document.ts';
import type { Activity } from './activity.ts';
import { readHtmlActivity } from './html-activity.ts';
import { HtmlCellSplitter } from './html-cells.ts';
import { readJsonActivity } from './json-activity.ts';

/** One record of an export: an activity, or why there is none. */
export type ActivityRecord =
  | { kind: 'activity'; activity: Activity; size: number }
  /** `refused` when the record is beyond a limit, else it is broken. */
  | { kind: 'issue'; issue: ParseIssue; refused: Refusal | null };

interface LocatedBytes {
  location: string;
  size: number;
  bytes: Buffer | null;
  /** Levels of nesting when they are too many, else 0. */
  depth: number;
  refusal: 'RECORD_TOO_LARGE' | 'RECORD_TOO_DEEP' | null;
}

/** The records of a document in their order, one in memory at a time; throws the ArchiveError of a damaged document. */
export async function* readActivities(
  archive: ArchiveView,
  document: ArchiveDocument,
  context: ReadContext,
): AsyncGenerator<ActivityRecord> {
  const isHtml = await isHtmlDocument(archive, document);
  const records = isHtml ? splitPage(document, context) : splitJson(archive, document, context);
  const read = isHtml ? readHtmlActivity : readJsonActivity;
  for await (const { location, size, bytes, depth, refusal } of records) {
    if (bytes === null) {
      const refused = { code: refusal ?? ('RECORD_TOO_LARGE' as const), size, depth };
      const message = describeRefusal('The record', refused, context.limits);
      yield { kind: 'issue', issue: { code: refused.code, location, message }, refused };
      continue;
    }
    try {
      yield { kind: 'activity', activity: read(bytes, document.name, location), size };
    } catch (error) {
      if (!(error instanceof RecordRejected)) throw error;
      yield { kind: 'issue', issue: { code: error.code, location, message: error.message }, refused: null };
    }
  }
}

/** Whether a document is a page, not JSON. */
export async function isHtmlDocument(archive: ArchiveView, document: ArchiveDocument): Promise<boolean> {
  const sketch = await archive.sketch(document);
  return sketch.kind === 'text' && sketch.text.trimStart().startsWith('<');
}

async function* splitJson(
  archive: ArchiveView,
  document: ArchiveDocument,
  context: ReadContext,
): AsyncGenerator<LocatedBytes> {
  const sketch = await archive.sketch(document);
  const isSingle = sketch.kind === 'json' && asObject(sketch.root) !== null;
  yield* splitDocument(document, { kind: isSingle ? 'single' : 'array' }, context);
}

async function* splitPage(document: ArchiveDocument, { limits, signal }: ReadContext): AsyncGenerator<LocatedBytes> {
  const splitter = new HtmlCellSplitter(limits);
  for await (const chunk of document.open()) {
    signal?.throwIfAborted();
    for (const cell of splitter.push(chunk)) yield located(document, cell);
  }
  const last = inDocument(document, () => splitter.finish());
  if (last) yield located(document, last);
}

function located(document: ArchiveDocument, cell: { index: number; size: number; bytes: Buffer | null }): LocatedBytes {
  const { index, size, bytes } = cell;
  const refusal = bytes === null ? 'RECORD_TOO_LARGE' : null;
  return { location: `${document.name}[${index}]`, size, bytes, depth: 0, refusal };
}

function inDocument<T>(document: ArchiveDocument, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArchiveError && document.name !== '$') error.message = `${document.name}: ${error.message}`;
    throw error;
  }
}
