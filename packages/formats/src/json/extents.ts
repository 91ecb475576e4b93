/** Beyond it containers are not noted: whoever wants to pass over them looks for their ends. */
const MOST = 500_000;

/** Where the containers of one level of a record are, in their order: noted on the first way over the bytes, for the second. */
export class Extents {
  readonly #ends: number[] = [];
  readonly #starts: number[] = [];
  #next = 0;

  open(start: number): void {
    if (this.#starts.length < MOST) this.#starts.push(start);
  }

  close(end: number): void {
    if (this.#ends.length < this.#starts.length) this.#ends.push(end);
  }

  /** The end of the container that starts there; null when it was not noted. To be asked in the order of the bytes. */
  endOf(start: number): number | null {
    while ((this.#starts[this.#next] ?? Number.POSITIVE_INFINITY) < start) this.#next++;
    return this.#starts[this.#next] === start ? (this.#ends[this.#next] ?? null) : null;
  }
}
