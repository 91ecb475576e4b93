/** From this many messages on, a channel goes on in a further conversation with the next month. */
const ENOUGH_MESSAGES = 30_000;

/**
 * Decides where a channel that is too long to be held at once is cut. It is cut where a month begins, after a number of
 * messages: neither changes when the channel is exported again, so its parts stay the same. Only a part of `maxBytes` is
 * cut at once.
 */
export class PartCutter {
  readonly #maxBytes: number;
  readonly #enough: number;
  #messages = 0;
  #bytes = 0;
  #month = '';

  constructor(maxBytes: number, enough = ENOUGH_MESSAGES) {
    this.#maxBytes = maxBytes;
    this.#enough = enough;
  }

  /** Takes the next message in; true when it begins a new part. A message without a time belongs to the month before it. */
  cutsBefore(bytes: number, time: Date | null): boolean {
    const month = time?.toISOString().slice(0, 7) ?? this.#month;
    const isCut =
      this.#messages > 0 &&
      (this.#bytes + bytes > this.#maxBytes || (this.#messages >= this.#enough && month !== this.#month));
    this.#messages = isCut ? 1 : this.#messages + 1;
    this.#bytes = isCut ? bytes : this.#bytes + bytes;
    this.#month = month;
    return isCut;
  }
}
