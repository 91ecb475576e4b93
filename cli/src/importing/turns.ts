/** A place in a row: nobody in it goes before all those in front have gone or given up. */
export interface Turn {
  /** Settles when it is this one's turn. */
  readonly come: Promise<void>;
  /** Says that this one has gone, or never will. */
  pass(): void;
}

/** So many places in a row. */
export function inTurn(places: number): Turn[] {
  let front: Promise<void> = Promise.resolve();
  return Array.from({ length: places }, () => {
    const come = front;
    const { promise, resolve } = Promise.withResolvers<void>();
    front = come.then(() => promise);
    return { come, pass: resolve };
  });
}
