import type { ArchiveDocument } from '../archive/document.ts';
import type { ArchiveView } from '../archive/view.ts';
import type { ArchiveLimits } from '../limits.ts';
import type { ParsedRecord } from '../model.ts';

/** Why and how surely a reader takes an archive for its own. */
export interface Recognition {
  /** 0..1. */
  confidence: number;
  /** In words, for a person. */
  reason: string;
  /** Documents of the archive that hold conversations, in the order in which they are read. */
  documents: readonly ArchiveDocument[];
}

export interface ReadContext {
  limits: ArchiveLimits;
  /** Stops the work with the signal's reason. */
  signal: AbortSignal | undefined;
}

/** One format of one vendor. Readers judge by content; a name inside a ZIP only says where to look first. */
export interface FormatReader {
  /** Unique among readers, such as `chatgpt-json`. */
  readonly name: string;
  /** The platform the conversations were held on, such as `chatgpt`. */
  readonly platform: string;
  /** For a person, such as "ChatGPT export (JSON or ZIP)". */
  readonly label: string;
  /** Null when the archive is not of this format. */
  recognise(archive: ArchiveView): Promise<Recognition | null>;
  /** Conversations and issues in the order of the archive; throws an ArchiveError where the archive is damaged. */
  read(archive: ArchiveView, recognition: Recognition, context: ReadContext): AsyncIterable<ParsedRecord>;
  /**
   * Reads the archive to its end without keeping anything, and returns the number of records in it: each becomes one
   * conversation or one issue. Throws the ArchiveError that `read` would throw somewhere on the way.
   */
  survey(archive: ArchiveView, recognition: Recognition, context: ReadContext): Promise<number>;
}
