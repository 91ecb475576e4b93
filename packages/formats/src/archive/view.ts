import { EmptyFileError, InvalidZipError } from '../errors.ts';
import type { ArchiveLimits } from '../limits.ts';
import type { ByteSource } from '../source.ts';
import type { ArchiveDocument } from './document.ts';
import { type DocumentSketch, MAX_SKETCH_BYTES, sketchDocument } from './document-sketch.ts';
import { openZip } from './zip.ts';

/** An archive as readers see it. */
export interface ArchiveView {
  readonly container: 'file' | 'zip';
  /** The name the archive was uploaded under, null when unknown: a hint for titles, never for what the content is. */
  readonly fileName: string | null;
  /** In the order of the archive; directories are left out. */
  readonly documents: readonly ArchiveDocument[];
  /** What the beginning of a document looks like; the latest are remembered. */
  sketch(document: ArchiveDocument): Promise<DocumentSketch>;
}

/**
 * Bytes of documents whose sketches are remembered. Every reader looks at every document: an archive of thousands of small
 * ones must not be read once for each of them, and the sketches of large ones take megabytes.
 */
const MAX_SKETCHED_BYTES = 16 * 1024 * 1024;
const ZIP_SIGNATURE = 'PK';
const ZIP_RECORDS = ['\u0003\u0004', '\u0005\u0006', '\u0007\u0008'];

/**
 * Looks at the container. Throws EmptyFileError, InvalidZipError, TruncatedArchiveError or LimitExceededError;
 * errors of the source pass through.
 */
export async function openArchive(
  source: ByteSource,
  limits: ArchiveLimits,
  fileName: string | undefined,
): Promise<ArchiveView> {
  if (source.size === 0) throw new EmptyFileError();
  const head = Buffer.from(await source.read(0, Math.min(4, source.size))).toString('latin1');
  const isZip = head.startsWith(ZIP_SIGNATURE) && (head.length < 4 || ZIP_RECORDS.includes(head.slice(2)));
  const name = fileName ?? null;
  if (isZip) return view('zip', name, await openZip(source, limits));
  if (fileName?.toLowerCase().endsWith('.zip')) {
    throw new InvalidZipError('INVALID_ZIP', 'The file is named .zip but does not begin as a ZIP archive does.');
  }
  return view('file', name, [{ name: '$', size: source.size, open: () => source.stream() }]);
}

function view(
  container: ArchiveView['container'],
  fileName: string | null,
  documents: readonly ArchiveDocument[],
): ArchiveView {
  const sketches = new Map<ArchiveDocument, DocumentSketch>();
  let bytes = 0;
  return {
    container,
    fileName,
    documents,
    async sketch(document) {
      const known = sketches.get(document);
      if (known) return known;
      const sketch = await sketchDocument(document);
      sketches.set(document, sketch);
      bytes += sketchedBytes(document);
      for (const oldest of sketches.keys()) {
        if (bytes <= MAX_SKETCHED_BYTES) break;
        sketches.delete(oldest);
        bytes -= sketchedBytes(oldest);
      }
      return sketch;
    },
  };
}

function sketchedBytes({ size }: ArchiveDocument): number {
  return Math.min(size, MAX_SKETCH_BYTES);
}
