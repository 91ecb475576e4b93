import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { sketchJson } from '../../json/sketch.ts';
import { asObject } from '../../json/values.ts';
import { readPrefix } from '../../source.ts';
import type { Recognition } from '../reader.ts';
import type { JsonLinesFormat } from './session-format.ts';

/** How much of a document is looked at when its very first lines do not say what it is. */
const PREFIX_BYTES = 1024 * 1024;

/** The documents in which a line of the format is found; null when there is none. */
export async function recogniseLines(format: JsonLinesFormat, archive: ArchiveView): Promise<Recognition | null> {
  const documents: ArchiveDocument[] = [];
  for (const document of archive.documents) {
    if (archive.container === 'zip' && !/\.(jsonl|ndjson)$/i.test(document.name)) continue;
    if (await isRecognised(format, archive, document)) documents.push(document);
  }
  const [first, ...more] = documents.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (!first) return null;
  const place = first.name === '$' ? 'the file' : first.name;
  const reason = `${format.sessions} in ${place}${more.length === 0 ? '' : ` and ${more.length} more`}`;
  return { confidence: 0.95, reason, documents: [first, ...more] };
}

async function isRecognised(format: JsonLinesFormat, archive: ArchiveView, document: ArchiveDocument) {
  const sketch = await archive.sketch(document);
  if (sketch.kind === 'empty' || sketch.kind === 'binary') return false;
  const isLine = (value: unknown) => {
    const object = asObject(value);
    return object !== null && format.isLine(object);
  };
  if (sketch.kind === 'json-lines' && sketch.lines.some(isLine)) return true;
  if (sketch.kind === 'json' && isLine(sketch.root)) return true;
  // A whole JSON document is no row of lines; anything else may have damage or unknown lines before the first known one.
  if (sketch.kind === 'json' && sketch.complete && !sketch.faulty) return false;
  const prefix = await readPrefix(document.open(), PREFIX_BYTES);
  return prefix
    .toString('utf8')
    .split('\n')
    .some((line) => line.startsWith('{') && isLine(sketchJson(line).root));
}
