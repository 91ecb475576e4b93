import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import { ArchiveError } from '../../errors.ts';
import { asObject, objectsIn } from '../../json/values.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { Recognition } from '../reader.ts';
import { isHtmlDocument, readActivities } from './activities.ts';
import { isGeminiProduct } from './activity.ts';
import { isActivity, productOf } from './json-activity.ts';

/** How far into a document an activity of Gemini is looked for: a page begins with 150 KB of styles. */
const LOOKED_AT_BYTES = 4 * 1024 * 1024;

/** Documents with activities of Gemini; null when there is none, as in the activity of other products of Google. */
export async function recognise(archive: ArchiveView): Promise<Recognition | null> {
  const documents: ArchiveDocument[] = [];
  for (const document of archive.documents) {
    const isCandidate = archive.container === 'file' || /\.(json|html?)$/i.test(document.name);
    if (isCandidate && (await holdsGemini(archive, document))) documents.push(document);
  }
  const [first, ...more] = documents.toSorted(jsonFirst);
  if (!first) return null;
  const name = first.name === '$' ? 'the file' : first.name;
  const where = more.length === 0 ? name : `${name} and ${more.length} more`;
  return { confidence: 0.98, reason: `activity of Gemini in ${where}`, documents: [first, ...more] };
}

/** JSON has fractions of seconds and answers one by one, so of the same record in both forms it is the better one. */
function jsonFirst(a: ArchiveDocument, b: ArchiveDocument): number {
  return (
    Number(isPageName(a.name)) - Number(isPageName(b.name)) || a.name.localeCompare(b.name, 'en', { numeric: true })
  );
}

function isPageName(name: string): boolean {
  return /\.html?$/i.test(name);
}

async function holdsGemini(archive: ArchiveView, document: ArchiveDocument): Promise<boolean> {
  const sketch = await archive.sketch(document);
  if (sketch.kind === 'json') {
    const elements = asObject(sketch.root) === null ? objectsIn(sketch.root) : objectsIn([sketch.root]);
    if (!elements.some(isActivity)) return false;
    if (elements.some((element) => isActivity(element) && isGeminiProduct(productOf(element)))) return true;
  } else if (!(await isHtmlDocument(archive, document))) {
    return false;
  }
  return findGemini(archive, document);
}

/** Looks at the records at the beginning. Damage that is met is for the survey to report, if anybody reads the document. */
async function findGemini(archive: ArchiveView, document: ArchiveDocument): Promise<boolean> {
  const beginning = { ...document, open: () => upTo(document.open(), LOOKED_AT_BYTES) };
  try {
    for await (const record of readActivities(sketchedAs(archive, document), beginning, CONTEXT)) {
      if (record.kind === 'activity' && record.activity.isGemini) return true;
    }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
  }
  return false;
}

const CONTEXT = { limits: DEFAULT_LIMITS, signal: undefined };

/** The beginning of a document has the sketch of the document. */
function sketchedAs(archive: ArchiveView, document: ArchiveDocument): ArchiveView {
  return { ...archive, sketch: () => archive.sketch(document) };
}

async function* upTo(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let left = limit;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}
