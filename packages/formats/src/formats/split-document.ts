import type { ArchiveDocument } from '../archive/document.ts';
import { ArchiveError } from '../errors.ts';
import { type RecordLayout, RecordSplitter, type SplitRecord } from '../json/record-splitter.ts';
import type { ReadContext } from './reader.ts';

/** A record with the place it came from, such as `conversations.json[17]`. */
export interface LocatedRecord extends SplitRecord {
  location: string;
}

/**
 * The records of one document, one at a time. `isWanted` tells whether the bytes of further records are needed;
 * `notedLevel` is that of the splitter.
 * Throws the ArchiveErrors of the splitter, with the name of the document.
 */
export async function* splitDocument(
  document: ArchiveDocument,
  layout: RecordLayout,
  { limits, signal }: ReadContext,
  isWanted: () => boolean = () => true,
  notedLevel: number | null = null,
): AsyncGenerator<LocatedRecord> {
  const splitter = new RecordSplitter(layout, limits, notedLevel);
  const base = layout.kind === 'member' ? `${document.name}.${layout.key}` : document.name;
  for await (const chunk of document.open()) {
    signal?.throwIfAborted();
    splitter.collect = isWanted();
    for (const record of inDocument(document, () => splitter.push(chunk))) {
      signal?.throwIfAborted();
      yield { ...record, location: layout.kind === 'single' ? base : `${base}[${record.index}]` };
    }
  }
  inDocument(document, () => splitter.finish());
}

function inDocument<T>(document: ArchiveDocument, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArchiveError && document.name !== '$') error.message = `${document.name}: ${error.message}`;
    throw error;
  }
}
