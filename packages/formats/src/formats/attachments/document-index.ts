import type { ArchiveDocument } from '../../archive/document.ts';

/**
 * The documents of an archive for quick look-up. Names in exports and in ZIPs differ in case and in a folder around
 * everything, so both are overlooked where that leaves no choice.
 */
export class DocumentIndex {
  readonly #byPath = new Map<string, ArchiveDocument>();
  readonly #byBaseName: ReadonlyMap<string, readonly ArchiveDocument[]>;
  readonly #byId = new Map<string, ArchiveDocument>();

  /** `idsOf` gives the vendor's ids that a path carries, such as `file-AbC` of `file-AbC-photo.png`; the first document of an id counts. */
  constructor(documents: readonly ArchiveDocument[], idsOf: (path: string) => readonly string[] = () => []) {
    for (const document of documents) {
      this.#byPath.set(document.name, document);
      for (const id of idsOf(document.name)) if (!this.#byId.has(id)) this.#byId.set(id, document);
    }
    this.#byBaseName = Map.groupBy(documents, ({ name }) => baseName(name).toLowerCase());
  }

  /** The document at the path, else the only one whose path ends with it (`./` and leading slashes do not count). */
  atPath(path: string): ArchiveDocument | null {
    const wanted = path.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
    const exact = this.#byPath.get(wanted);
    if (exact !== undefined || wanted === '') return exact ?? null;
    const tail = `/${wanted}`.toLowerCase();
    return only(this.named(wanted).filter(({ name }) => `/${name}`.toLowerCase().endsWith(tail)));
  }

  /** Documents whose last part of the path is that of `name`, in the order of the archive; upper and lower case are the same. */
  named(name: string): readonly ArchiveDocument[] {
    return this.#byBaseName.get(baseName(name).toLowerCase()) ?? [];
  }

  /** The document that carries the vendor's id. */
  withId(id: string): ArchiveDocument | null {
    return this.#byId.get(id) ?? null;
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function only(documents: readonly ArchiveDocument[]): ArchiveDocument | null {
  return documents.length === 1 ? (documents[0] ?? null) : null;
}
