/** What one event says: when it was made (milliseconds since 1970, with fractions), and its number. */
export interface Tick {
  at: number;
  sequence: number;
}

const readers = new Set<(tick: Tick) => void>();
let sequence = 0;

export const openReaders = (): number => readers.size;

/** Makes `count` events for all readers, one every `intervalMilliseconds`. */
export function emit(count: number, intervalMilliseconds: number): void {
  for (let index = 0; index < count; index++) {
    setTimeout(() => {
      const tick = { at: performance.timeOrigin + performance.now(), sequence: ++sequence };
      for (const read of readers) read(tick);
    }, index * intervalMilliseconds);
  }
}

/** The events from now on, as a subscription's resolver has to give them. */
export function follow(): AsyncGenerator<Tick, void, void> {
  const waiting: Tick[] = [];
  let wake: ((result: IteratorResult<Tick, void>) => void) | undefined;
  const read = (tick: Tick) => {
    if (wake) wake({ done: false, value: tick });
    else waiting.push(tick);
    wake = undefined;
  };
  readers.add(read);
  const end = { done: true as const, value: undefined };
  const leave = async () => {
    readers.delete(read);
    wake?.(end);
    return end;
  };
  return {
    next() {
      const value = waiting.shift();
      if (value) return Promise.resolve({ done: false, value });
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
    return: leave,
    async throw(error) {
      await leave();
      throw error;
    },
    async [Symbol.asyncDispose]() {
      await leave();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
