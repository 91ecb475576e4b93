import type { StoreReport } from '@colloquy/stack';
import type { Output } from '../output.ts';
import { clip, percent } from '../presentation/format.ts';
import { LiveRegion } from '../presentation/live-region.ts';
import { renderBar } from '../progress/render.ts';
import { LineView, type ProgressView } from '../progress/view.ts';

/** What a person sees while the platform starts and runs. */
export interface Screen {
  /** A lasting line. */
  line(text: string): void;
  /** How a store is doing. */
  store(report: StoreReport): void;
  /** A view for one file's import beside the stores. */
  progress(): ProgressView;
  /** Takes the moving part away. */
  close(): void;
}

/** On a terminal a region that is drawn in place, in a pipe plain lines. */
export function createScreen(output: Output): Screen {
  return output.stdout.isTTY ? new LiveScreen(output) : new PlainScreen(output);
}

/** The lasting line of a store whose state changed: where it comes from, its version, its address. */
export function storeLine(report: StoreReport, style: Output['style']): string {
  const facts = [report.how, report.version, report.address].filter((fact) => fact !== null).join(', ');
  const state = style(stateStyle(report.state), report.state);
  return `${report.name.padEnd(8)} ${state}  ${facts}${report.detail ? `: ${report.detail}` : ''}`;
}

/** The line of a store under way: what is being done and how far it is. */
export function underWayLine(report: StoreReport): string {
  const far = report.fraction === null ? '' : ` ${percent(report.fraction)}`;
  return `${report.name.padEnd(8)} ${report.state}${far}  ${report.detail ?? ''}`.trimEnd();
}

function stateStyle(state: StoreReport['state']): 'green' | 'yellow' | 'red' {
  if (state === 'healthy') return 'green';
  return state === 'failed' ? 'red' : 'yellow';
}

function isUnderWay({ state }: StoreReport): boolean {
  return state === 'installing' || state === 'starting' || state === 'absent';
}

/** Whether a store came to a state that is worth a lasting line: one that never began to run does not stop either. */
function isNews(report: StoreReport, before: StoreReport['state'] | undefined): boolean {
  if (isUnderWay(report) || report.state === before) return false;
  return report.state !== 'stopped' || (before !== undefined && before !== 'absent');
}

class LiveScreen implements Screen {
  readonly #output: Output;
  readonly #region: LiveRegion;
  readonly #stores = new Map<string, StoreReport>();
  #bar: string[] = [];

  constructor(output: Output) {
    this.#output = output;
    this.#region = new LiveRegion(output.stdout);
  }

  line(text: string): void {
    this.#region.log(text);
  }

  store(report: StoreReport): void {
    const before = this.#stores.get(report.name);
    this.#stores.set(report.name, report);
    if (isNews(report, before?.state)) this.line(storeLine(report, this.#output.style));
    this.#draw();
  }

  progress(): ProgressView {
    return {
      show: (state) => {
        this.#bar = renderBar(state, this.#output.stdout.columns ?? 80, this.#output.style);
        this.#draw();
      },
      remark: (text) => this.line(text),
      end: () => {
        const last = this.#bar;
        this.#bar = [];
        this.#draw();
        for (const row of last) this.line(row);
      },
    };
  }

  close(): void {
    this.#region.end({ clear: true });
  }

  #draw(): void {
    const underWay = [...this.#stores.values()].filter(isUnderWay).map(underWayLine);
    this.#region.update([...underWay.map((row) => this.#output.style('dim', row)), ...this.#bar]);
  }
}

/** A long installation says something at least this often. */
const LINE_INTERVAL_MS = 5_000;

class PlainScreen implements Screen {
  readonly #output: Output;
  readonly #shown = new Map<string, { state: StoreReport['state']; text: string; at: number }>();

  constructor(output: Output) {
    this.#output = output;
  }

  line(text: string): void {
    this.#output.line(text);
  }

  store(report: StoreReport): void {
    const underWay = isUnderWay(report);
    const text = clip(underWay ? underWayLine(report) : storeLine(report, this.#output.style), 400);
    const before = this.#shown.get(report.name);
    const now = Date.now();
    const changed = before?.state !== report.state;
    const due = underWay && text !== before?.text && now - (before?.at ?? 0) >= LINE_INTERVAL_MS;
    if (!changed && !due) return;
    this.#shown.set(report.name, { state: report.state, text, at: now });
    if (underWay ? report.state !== 'absent' : isNews(report, before?.state)) this.line(text);
  }

  progress(): ProgressView {
    return new LineView(this.#output.stdout);
  }

  close(): void {
    // Plain lines leave nothing behind.
  }
}
