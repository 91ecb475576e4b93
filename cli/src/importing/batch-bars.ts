import type { Output, TextStream } from '../output.ts';
import { count } from '../presentation/format.ts';
import { LiveRegion } from '../presentation/live-region.ts';
import { renderRow, renderTotal } from '../progress/render.ts';
import type { ProgressState } from '../progress/state.ts';
import type { ProgressView } from '../progress/view.ts';
import type { BatchView } from './batch-view.ts';
import type { ImportFile } from './files.ts';
import type { ImportOutcome } from './import-file.ts';
import { Tally } from './tally.ts';

const MOST_BARS = 20;
/** Rows of the terminal that stay free: the total, the note of what is not shown, the prompt. */
const ROWS_KEPT = 4;
const CLOCK_MS = 1_000;

/** A bar each, as many as fit: of all files when they do, otherwise of those under way, and one of the whole below. */
export class BatchBars implements BatchView {
  readonly #stream: TextStream;
  readonly #style: Output['style'];
  readonly #region: LiveRegion;
  readonly #tally: Tally;
  readonly #all: Map<ImportFile, ProgressState | null> | null;
  readonly #clock: NodeJS.Timeout;

  constructor(files: readonly ImportFile[], stream: TextStream, style: Output['style']) {
    this.#stream = stream;
    this.#style = style;
    this.#region = new LiveRegion(stream);
    this.#tally = new Tally(files);
    this.#all = files.length <= this.#room() ? new Map(files.map((file) => [file, null])) : null;
    this.#clock = setInterval(() => this.#draw(), CLOCK_MS).unref();
  }

  file(file: ImportFile): ProgressView {
    return {
      show: (state) => {
        this.#tally.show(file, state);
        this.#all?.set(file, state);
        this.#draw();
      },
      remark: (text) => this.remark(text),
      end: () => this.#draw(),
    };
  }

  ended(file: ImportFile, outcome: ImportOutcome): void {
    this.#tally.ended(file, outcome);
    const last = this.#all?.get(file);
    if (this.#all && outcome.result.code !== 'INTERRUPTED') this.#all.set(file, settled(file, last ?? null, outcome));
    this.#draw();
  }

  remark(text: string): void {
    this.#region.log(text);
  }

  end(): void {
    clearInterval(this.#clock);
    this.#draw();
    this.#region.end({ clear: false });
  }

  #room(): number {
    return Math.min(MOST_BARS, (this.#stream.rows ?? 24) - ROWS_KEPT);
  }

  #draw(): void {
    const columns = this.#stream.columns ?? 80;
    const states = this.#all ? [...this.#all.values()].filter((state) => state !== null) : this.#tally.underWay();
    const room = Math.max(1, this.#room());
    const shown = states.slice(0, room).map((state) => renderRow(state, columns, this.#style));
    const hidden = states.length - shown.length;
    if (hidden > 0) shown.push(this.#style('dim', `and ${count(hidden)} more under way`));
    const total = renderTotal('total', this.#tally.fraction, this.#tally.toString(), columns, this.#style);
    this.#region.update([...shown, total]);
  }
}

/** The bar of a file that has ended, for as long as it stays on the screen. */
function settled(file: ImportFile, last: ProgressState | null, { result, doneBefore }: ImportOutcome): ProgressState {
  const status = doneBefore ? 'DONE BEFORE' : (result.code ?? result.status);
  return {
    label: file.label,
    stage: status,
    status: result.status === 'COMPLETED' && !doneBefore ? 'COMPLETED' : status,
    fraction: result.status === 'COMPLETED' ? 1 : (last?.fraction ?? 0),
    done: 0,
    total: null,
    inBytes: false,
    rate: null,
    etaSeconds: null,
    waitingFor: null,
    counts: null,
  };
}
