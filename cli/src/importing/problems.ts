import { InterruptedError } from '../exit.ts';
import type { Output } from '../output.ts';
import type { ImportOutcome } from './import-file.ts';

const SAID_IN_FULL = 3;

/** Says why files were refused or failed: the first ones of a code in full, then that there are more. */
export class Problems {
  readonly #style: Output['style'];
  readonly #seen = new Map<string, number>();

  constructor(style: Output['style']) {
    this.#style = style;
  }

  /** What is to be said about an outcome; null when that is nothing. */
  of({ result, error }: ImportOutcome): string | null {
    if (error === null || error instanceof InterruptedError) return null;
    const times = (this.#seen.get(error.code) ?? 0) + 1;
    this.#seen.set(error.code, times);
    const label = this.#style('red', 'error:');
    if (times <= SAID_IN_FULL) return `${label} ${result.file}: ${error.code}: ${error.message}`;
    return times === SAID_IN_FULL + 1 ? `${label} further files with ${error.code} are in the table at the end.` : null;
  }
}
