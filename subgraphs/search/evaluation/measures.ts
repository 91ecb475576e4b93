/** Means over questions; each is 0..1. */
export interface Measures {
  readonly questions: number;
  /** Share of questions with an answer among the first ten. */
  readonly hitAt10: number;
  /** Share of the answers (of ten at most) that are among the first ten. */
  readonly recallAt10: number;
  /** Mean of 1 / place of the first answer within the places read. */
  readonly reciprocalRank: number;
  readonly medianMilliseconds: number;
}

export interface Answered {
  readonly found: readonly number[];
  readonly answers: ReadonlySet<number>;
  readonly milliseconds: number;
}

export function measure(answered: readonly Answered[]): Measures {
  const mean = (value: (one: Answered) => number) =>
    answered.reduce((sum, one) => sum + value(one), 0) / answered.length;
  const right = ({ found, answers }: Answered) => found.slice(0, 10).filter((turn) => answers.has(turn)).length;
  const times = answered.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    questions: answered.length,
    hitAt10: mean((one) => (right(one) > 0 ? 1 : 0)),
    recallAt10: mean((one) => right(one) / Math.min(10, one.answers.size)),
    reciprocalRank: mean(({ found, answers }) => {
      const place = found.findIndex((turn) => answers.has(turn));
      return place < 0 ? 0 : 1 / (place + 1);
    }),
    medianMilliseconds: times[times.length >> 1] ?? 0,
  };
}
