import type { ArchiveDocument } from '../archive/document.ts';
import type { ArchiveView } from '../archive/view.ts';
import type { FormatReader, Recognition } from '../formats/reader.ts';
import type { ParseIssue } from '../model.ts';

/** Below this a reader recognises what surrounds conversations, such as an empty list of them: nothing is lost there. */
const MIN_CONFIDENCE = 0.7;

/**
 * One issue for each document of a ZIP that the chosen reader passes over and another one would read, in the order of the
 * archive. Judged by the beginnings of the documents; nothing is read to its end.
 */
export async function* foreignDocuments(
  archive: ArchiveView,
  chosen: FormatReader,
  { documents: own }: Recognition,
  readers: readonly FormatReader[],
): AsyncGenerator<ParseIssue> {
  if (archive.container !== 'zip') return;
  const rest: ArchiveView = { ...archive, documents: without(archive.documents, own) };
  if (rest.documents.length === 0) return;
  const labels = new Map<ArchiveDocument, string>();
  for (const reader of readers) {
    if (reader === chosen) continue;
    const recognition = await reader.recognise(rest);
    if (recognition === null || recognition.confidence < MIN_CONFIDENCE) continue;
    for (const document of within(rest.documents, recognition.documents)) {
      if (!labels.has(document)) labels.set(document, reader.label);
    }
  }
  for (const document of rest.documents) {
    const label = labels.get(document);
    if (label === undefined) continue;
    const message = `The document belongs to another export (${label}) than the ZIP is read as (${chosen.label}), and is not read; import it alone.`;
    yield { code: 'FOREIGN_DOCUMENT', location: document.name, message };
  }
}

function without(documents: readonly ArchiveDocument[], own: readonly ArchiveDocument[]): ArchiveDocument[] {
  const theirs = new Set(within(documents, own));
  return documents.filter((document) => !theirs.has(document));
}

/** The documents of the archive that readers mean: a reader may take a part of one, named `<document>.<part>`. */
function within(documents: readonly ArchiveDocument[], meant: readonly ArchiveDocument[]): ArchiveDocument[] {
  const byName = new Map(documents.map((document) => [document.name, document]));
  const found = new Set<ArchiveDocument>();
  for (const { name } of meant) {
    let whole = name;
    while (!byName.has(whole) && whole.includes('.')) whole = whole.slice(0, whole.lastIndexOf('.'));
    const document = byName.get(whole);
    if (document) found.add(document);
  }
  return [...found];
}
