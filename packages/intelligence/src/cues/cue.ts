/** One way in which people signal that they state an item of some type. */
export interface Cue {
  pattern: RegExp;
  /** Probability that a sentence with this cue alone states the type. Below 0.5: a weak cue. */
  weight: number;
  /** Takes the cue back. */
  unless?: RegExp;
  /** Whether the cue also counts in a question. */
  question?: boolean;
}

/** A cue from its pattern (matched against the normalised sentence) and weight. */
export function cue(pattern: RegExp, weight: number, options: { unless?: RegExp; question?: boolean } = {}): Cue {
  return { pattern, weight, ...options };
}

/** Combines independent cues: the probability that not all of them mislead. */
export function noisyOr(cues: readonly Cue[], sentence: string, isQuestion: boolean): number {
  let miss = 1;
  for (const { pattern, weight, unless, question } of cues) {
    if (isQuestion && question !== true) continue;
    if (!pattern.test(sentence)) continue;
    if (unless?.test(sentence)) continue;
    miss *= 1 - weight;
  }
  return 1 - miss;
}
