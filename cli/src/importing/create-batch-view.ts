import type { Output, TextStream } from '../output.ts';
import { createProgressView, type ProgressView } from '../progress/view.ts';
import { BatchBars } from './batch-bars.ts';
import { BatchLines } from './batch-lines.ts';
import type { BatchView } from './batch-view.ts';
import type { ImportFile } from './files.ts';

/** A bar each on a terminal, otherwise lines. One file alone has more room than many. */
export function createBatchView(files: readonly ImportFile[], stream: TextStream, style: Output['style']): BatchView {
  if (files.length === 1) return new SingleFileView(stream, style);
  return stream.isTTY ? new BatchBars(files, stream, style) : new BatchLines(files, stream);
}

class SingleFileView implements BatchView {
  readonly #view: ProgressView;

  constructor(stream: TextStream, style: Output['style']) {
    this.#view = createProgressView(stream, style);
  }

  file(): ProgressView {
    return this.#view;
  }

  ended(): void {
    // Its bar or its last line says so.
  }

  remark(text: string): void {
    this.#view.remark(text);
  }

  end(): void {
    // The file's own view has ended with it.
  }
}
