import type { ArchiveDocument } from '../../archive/document.ts';
import type { ArchiveView } from '../../archive/view.ts';
import type { ParsedAttachment } from '../../model.ts';
import {
  type AttachmentFacts,
  type AttachmentPlace,
  entryAttachment,
  namedAttachment,
} from '../attachments/attachment.ts';
import { DocumentIndex } from '../attachments/document-index.ts';

/** The files beside the chats of an archive, found by the paths that the chats give. */
export class MediaFiles {
  readonly #index: DocumentIndex;

  constructor({ documents }: Pick<ArchiveView, 'documents'>) {
    this.#index = new DocumentIndex(documents);
  }

  /**
   * The file at a path as seen from the folder of the document `from`; upper and lower case are the same. A file of that
   * name elsewhere may be another chat's.
   */
  at(path: string, from: string): ArchiveDocument | null {
    const relative = path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
    const wanted = `${from.slice(0, from.lastIndexOf('/') + 1)}${relative}`.toLowerCase();
    return this.#index.named(wanted).find(({ name }) => name.toLowerCase() === wanted) ?? null;
  }

  /** The only file of the name in the archive, wherever it is. */
  onlyNamed(path: string): ArchiveDocument | null {
    const [first, ...more] = this.#index.named(path.replaceAll('\\', '/'));
    return more.length === 0 ? (first ?? null) : null;
  }
}

/** A file with its bytes when it is in the archive, else what is said of it. */
export function mediaAttachment(
  document: ArchiveDocument | null,
  facts: AttachmentFacts,
  place: AttachmentPlace,
): ParsedAttachment {
  return document === null ? namedAttachment(facts, place) : entryAttachment(document, facts, place);
}
