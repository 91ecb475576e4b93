/**
 * A queue between a socket and the consumer of its events. It holds few: `onFull` asks the producer to pause, `onRoom`
 * to go on. What ends it is delivered after the values before it.
 */
export class EventQueue<T> {
  readonly #values: T[] = [];
  readonly #flow: { onFull(): void; onRoom(): void };
  #waiting: { resolve(result: IteratorResult<T, void>): void; reject(error: unknown): void } | undefined;
  #end: { error?: unknown } | undefined;

  constructor(flow: { onFull(): void; onRoom(): void }) {
    this.#flow = flow;
  }

  push(value: T): void {
    if (this.#end) return;
    if (this.#waiting) {
      this.#waiting.resolve({ done: false, value });
      this.#waiting = undefined;
      return;
    }
    this.#values.push(value);
    if (this.#values.length >= FULL) this.#flow.onFull();
  }

  /** Ends the queue, with an error or without; only the first end counts. */
  end(failure?: { error: unknown }): void {
    if (this.#end) return;
    this.#end = failure ?? {};
    if (!this.#waiting) return;
    if (failure) this.#waiting.reject(failure.error);
    else this.#waiting.resolve({ done: true, value: undefined });
    this.#waiting = undefined;
  }

  /** One `next()` is pending at a time. */
  next(): Promise<IteratorResult<T, void>> {
    if (this.#values.length > 0) {
      const value = this.#values.shift() as T;
      if (this.#values.length === 0) this.#flow.onRoom();
      return Promise.resolve({ done: false, value });
    }
    if (this.#end) {
      return 'error' in this.#end
        ? Promise.reject(this.#end.error)
        : Promise.resolve({ done: true as const, value: undefined });
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }
}

const FULL = 8;
