import type { ProgressView } from '../progress/view.ts';
import type { ImportFile } from './files.ts';
import type { ImportOutcome } from './import-file.ts';

/** Shows how far an import of several files is. */
export interface BatchView {
  /** Where the progress of a file is shown, from its first byte. */
  file(file: ImportFile): ProgressView;
  /** The file is done, refused or left. */
  ended(file: ImportFile, outcome: ImportOutcome): void;
  /** A remark in between, such as a lost connection or why a file was refused. */
  remark(text: string): void;
  /** Leaves the last picture where it is. */
  end(): void;
}
