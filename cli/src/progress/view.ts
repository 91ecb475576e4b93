import type { Output, TextStream } from '../output.ts';
import { LiveRegion } from '../presentation/live-region.ts';
import { renderBar, renderLine } from './render.ts';
import type { ProgressState } from './state.ts';

/** Shows how far something is: a bar that moves, or lines that follow each other. */
export interface ProgressView {
  show(state: ProgressState): void;
  /** A remark in between, such as a lost connection. */
  remark(text: string): void;
  /** Shows the last state for good. */
  end(): void;
}

/** A bar where `stream` is a terminal, otherwise plain lines. */
export function createProgressView(stream: TextStream, style: Output['style']): ProgressView {
  return stream.isTTY ? new BarView(stream, style) : new LineView(stream);
}

class BarView implements ProgressView {
  readonly #stream: TextStream;
  readonly #style: Output['style'];
  readonly #region: LiveRegion;

  constructor(stream: TextStream, style: Output['style']) {
    this.#stream = stream;
    this.#style = style;
    this.#region = new LiveRegion(stream);
  }

  show(state: ProgressState): void {
    this.#region.update(renderBar(state, this.#stream.columns ?? 80, this.#style));
  }

  remark(text: string): void {
    this.#region.log(this.#style('yellow', text));
  }

  end(): void {
    this.#region.end({ clear: false });
  }
}

const LINE_INTERVAL_MS = 3_000;

/** A line when the stage, the status or what is waited for changes, and otherwise one every three seconds. */
export class LineView implements ProgressView {
  readonly #stream: TextStream;
  readonly #now: () => number;
  #shownAt = Number.NEGATIVE_INFINITY;
  #shownLine = '';
  #shownKey = '';
  #latest: ProgressState | undefined;

  constructor(stream: TextStream, now: () => number = Date.now) {
    this.#stream = stream;
    this.#now = now;
  }

  show(state: ProgressState): void {
    this.#latest = state;
    const key = `${state.stage} ${state.status} ${state.waitingFor}`;
    if (key !== this.#shownKey || this.#now() - this.#shownAt >= LINE_INTERVAL_MS) this.#print(state, key);
  }

  remark(text: string): void {
    this.#stream.write(`${text}\n`);
  }

  end(): void {
    if (this.#latest) this.#print(this.#latest, this.#shownKey);
  }

  #print(state: ProgressState, key: string): void {
    const line = renderLine(state);
    if (line !== this.#shownLine) this.#stream.write(`${line}\n`);
    this.#shownAt = this.#now();
    this.#shownLine = line;
    this.#shownKey = key;
  }
}
