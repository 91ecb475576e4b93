import type { TextStream } from '../output.ts';
import { count, counted } from '../presentation/format.ts';
import type { ProgressView } from '../progress/view.ts';
import type { BatchView } from './batch-view.ts';
import type { ImportFile } from './files.ts';
import type { ImportOutcome } from './import-file.ts';
import type { ImportResult } from './result.ts';
import { Tally } from './tally.ts';

const TOTAL_INTERVAL_MS = 10_000;

/** A line when a file ends, and every ten seconds one about the whole. */
export class BatchLines implements BatchView {
  readonly #stream: TextStream;
  readonly #now: () => number;
  readonly #tally: Tally;
  #totalAt: number;

  constructor(files: readonly ImportFile[], stream: TextStream, now: () => number = Date.now) {
    this.#stream = stream;
    this.#now = now;
    this.#tally = new Tally(files, now);
    this.#totalAt = now();
  }

  file(file: ImportFile): ProgressView {
    return {
      show: (state) => {
        this.#tally.show(file, state);
        if (this.#now() - this.#totalAt < TOTAL_INTERVAL_MS) return;
        this.#totalAt = this.#now();
        this.remark(`${this.#tally}`);
      },
      remark: (text) => this.remark(text),
      end: () => undefined,
    };
  }

  ended(file: ImportFile, outcome: ImportOutcome): void {
    this.#tally.ended(file, outcome);
    if (outcome.result.code !== 'INTERRUPTED') this.remark(`${file.label}: ${endOf(outcome)}`);
  }

  remark(text: string): void {
    this.#stream.write(`${text}\n`);
  }

  end(): void {
    this.remark(`${this.#tally}`);
  }
}

function endOf({ result, doneBefore }: ImportOutcome): string {
  if (doneBefore) return 'COMPLETED before, not sent again';
  if (result.code !== null) return `${result.status}, ${result.code}`;
  return `${result.status}${countsOf(result)}, ${result.seconds.toFixed(1)} s`;
}

function countsOf(result: ImportResult): string {
  if (result.status !== 'COMPLETED') return '';
  const { conversations, messages, newMessages, items, issues } = result;
  const told = [
    counted(conversations, 'conversation'),
    `${counted(messages, 'message')}${newMessages < messages ? ` (${count(newMessages)} new)` : ''}`,
    counted(items, 'item'),
  ];
  if (issues > 0) told.push(counted(issues, 'issue'));
  return `, ${told.join(' · ')}`;
}
