import { stripVTControlCharacters } from 'node:util';
import type { TextStream } from '../output.ts';

const DRAW_INTERVAL_MS = 60;

/** A few lines at the bottom of a terminal that are drawn again in place; lines of the log go above them. */
export class LiveRegion {
  readonly #stream: TextStream;
  #wanted: string[] = [];
  #drawnRows = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TextStream) {
    this.#stream = stream;
  }

  /** Shows these lines; redraws are held back a little, so that a replay of many events does not flicker. */
  update(lines: readonly string[]): void {
    this.#wanted = lines.map((line) => fit(line, (this.#stream.columns ?? 80) - 1));
    this.#timer ??= setTimeout(() => this.#draw(), DRAW_INTERVAL_MS);
  }

  /** Prints a lasting line above the region. */
  log(line: string): void {
    this.#stream.write(`${this.#erasure()}${line}\n`);
    this.#drawnRows = 0;
    this.#draw();
  }

  /** Leaves the last lines on the screen (or, with `clear`, nothing) and ends the region. */
  end(options: { clear: boolean }): void {
    if (options.clear) this.#wanted = [];
    this.#draw();
    this.#drawnRows = 0;
    this.#wanted = [];
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#wanted.map((line) => `${line}\n`).join('');
    this.#stream.write(this.#erasure() + text);
    this.#drawnRows = this.#wanted.length;
  }

  #erasure(): string {
    return this.#drawnRows > 0 ? `\u001b[${this.#drawnRows}A\u001b[0J` : '';
  }
}

/** A line that wrapped would break the count of rows; one that is too long loses its styles and its end. */
function fit(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  const characters = [...plain];
  return characters.length <= columns ? line : `${characters.slice(0, Math.max(0, columns - 1)).join('')}…`;
}
