const WINDOW_MS = 10_000;

/** Units per second over the last ten seconds of one stage. Times are given, never read, so replayed events give true rates. */
export class RateMeter {
  #stage = '';
  #samples: { at: number; done: number }[] = [];

  /** Notes that `done` units of `stage` were ready at `at` (milliseconds) and gives units per second, null until known. */
  add(stage: string, done: number, at: number): number | null {
    if (stage !== this.#stage || done < (this.#samples.at(-1)?.done ?? 0)) this.#samples = [];
    this.#stage = stage;
    this.#samples.push({ at, done });
    while (this.#samples.length > 2 && (this.#samples[0]?.at ?? at) < at - WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0];
    if (!first || at <= first.at) return null;
    return ((done - first.done) * 1000) / (at - first.at);
  }
}
