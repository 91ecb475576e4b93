import { InterruptedError } from '../exit.ts';
import type { Output } from '../output.ts';
import type { ImportOutcome } from './import-file.ts';

const SAID = 3;

/** Says why files were refused or failed: the first of a code in full, two in brief, then that there are more. */
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
    // What a code means and what to do about it need saying once.
    const message = times === 1 ? error.message : firstSentence(error.message);
    if (times <= SAID) return `${label} ${result.file}: ${error.code}: ${message}`;
    return times === SAID + 1 ? `${label} further files with ${error.code} are in the table at the end.` : null;
  }
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
