/**
 * A stream whose `return()` takes effect at once. A plain async generator answers `return()` only after its pending
 * `next()`; a subscription that waits for an event which never comes would then never be released.
 * `cancel` runs once, when the consumer leaves or the source ends. One `next()` is pending at a time.
 */
export function cancellable<T>(source: AsyncIterator<T>, cancel: () => void): AsyncGenerator<T, void, void> {
  const end = { done: true as const, value: undefined };
  let finished = false;
  let release: ((result: IteratorResult<T, void>) => void) | undefined;

  function finish(): void {
    if (finished) return;
    finished = true;
    cancel();
    release?.(end);
  }

  function next(): Promise<IteratorResult<T, void>> {
    if (finished) return Promise.resolve(end);
    return new Promise((resolve, reject) => {
      release = resolve;
      source.next().then(
        (result) => {
          resolve(result.done ? end : result);
          if (result.done) finish();
        },
        (error: unknown) => {
          reject(error);
          finish();
        },
      );
    });
  }

  async function leave(): Promise<IteratorResult<T, void>> {
    finish();
    // Not awaited, since the source may be in the middle of a wait that `cancel` ends; nobody listens to its failure.
    source.return?.().catch(() => undefined);
    return end;
  }

  return {
    next,
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
