import type { ArchiveDocument } from '../archive/document.ts';
import type { DocumentSketch } from '../archive/document-sketch.ts';
import type { ArchiveView } from '../archive/view.ts';
import {
  ArchiveError,
  InvalidJsonError,
  LimitExceededError,
  TruncatedArchiveError,
  UnsupportedFormatError,
} from '../errors.ts';
import { MAX_SKETCHED_DEPTH } from '../json/sketch.ts';
import { FORMATS } from '../registry.ts';
import { recogniseJson, recogniseText } from './foreign-json.ts';

/** Kinds of ZIP that their entries give away, by a name each. */
const ZIP_KINDS: readonly (readonly [string, RegExp[]])[] = [
  ['a Microsoft Office document', [/^\[Content_Types\]\.xml$/]],
  ['an OpenDocument or EPUB file', [/^mimetype$/]],
  ['a Java archive', [/^META-INF\/MANIFEST\.MF$/]],
  ['a ZIP inside a ZIP', [/\.zip$/i]],
];
const MAX_DOCUMENTS_LOOKED_AT = 50;

/** The error that an archive deserves which no reader knows: damaged JSON, or content of another product. */
export async function refusal(archive: ArchiveView, fileName: string | undefined): Promise<ArchiveError> {
  if (archive.container === 'zip') return refuseZip(archive);
  const [document] = archive.documents;
  return document ? refuseFile(archive, document, fileName) : unsupported(null);
}

async function refuseFile(
  archive: ArchiveView,
  document: ArchiveDocument,
  fileName: string | undefined,
): Promise<ArchiveError> {
  const sketch = await archive.sketch(document);
  if (sketch.kind === 'empty') return new ArchiveError('EMPTY_FILE', 'The file holds nothing but white space.');
  const damage = damageOf(sketch, document.name);
  if (damage) return damage;
  const namedJson = /\.json$/i.test(fileName ?? '');
  if (namedJson && (sketch.kind === 'text' || sketch.kind === 'binary') && !(await hasOwnName(archive, document))) {
    return new InvalidJsonError('The file is named .json but holds no JSON.');
  }
  return unsupported(await recognise(archive, document));
}

/** Whether the content is of a kind that is worth naming, rather than just text or bytes. */
async function hasOwnName(archive: ArchiveView, document: ArchiveDocument): Promise<boolean> {
  const name = await recognise(archive, document);
  return name !== null && name !== 'plain text';
}

async function recognise(archive: ArchiveView, document: ArchiveDocument): Promise<string | null> {
  const sketch = await archive.sketch(document);
  if (sketch.kind === 'json') return recogniseJson(sketch.root) ?? 'JSON of another product';
  if (sketch.kind === 'json-lines') return 'JSON Lines of another product';
  if (sketch.kind === 'text') return recogniseText(sketch.text);
  return sketch.kind === 'binary' ? sketch.label : null;
}

async function refuseZip(archive: ArchiveView): Promise<ArchiveError> {
  const { documents } = archive;
  if (documents.length === 0) return unsupported('an empty ZIP');
  const kind = ZIP_KINDS.find(([, patterns]) =>
    patterns.every((pattern) => documents.some(({ name }) => pattern.test(name))),
  );
  if (kind) return unsupported(kind[0]);
  const readable = documents.filter(({ name }) => /\.(json|jsonl|html|txt)$/i.test(name));
  let damage: ArchiveError | null = null;
  for (const document of readable.slice(0, MAX_DOCUMENTS_LOOKED_AT)) {
    const name = await recognise(archive, document);
    if (name !== null && !/another product|plain text|an HTML page|empty/.test(name))
      return unsupported(`a ZIP with ${name}`);
    damage ??= damageOf(await archive.sketch(document), document.name);
  }
  return damage ?? unsupported('a ZIP without conversations of a known format');
}

/** The fault of a document that is JSON as far as it goes; null when it shows none. */
function damageOf(sketch: DocumentSketch, name: string): ArchiveError | null {
  if (sketch.kind !== 'json') return null;
  const what = name === '$' ? 'The file' : `The file ${JSON.stringify(name)}`;
  if (sketch.tooDeep) {
    const message = `${what} is nested more than ${MAX_SKETCHED_DEPTH} levels deep, as no export is.`;
    return new LimitExceededError('LIMIT_EXCEEDED_DEPTH', message, MAX_SKETCHED_DEPTH);
  }
  if (sketch.faulty) return new InvalidJsonError(`${what} begins like JSON but is not valid JSON.`);
  if (!sketch.atEnd || sketch.complete) return null;
  return new TruncatedArchiveError(`${what} ends in the middle of its JSON: it was cut off.`);
}

function unsupported(recognised: string | null): UnsupportedFormatError {
  return new UnsupportedFormatError(
    recognised,
    FORMATS.map(({ label }) => label),
  );
}
