import { toScore } from '../extraction/scores.ts';
import { closeness, named, type Pair, type Proposal, sharedWords } from './pair.ts';

const MIN_COSINE = 0.5;
const MIN_CLOSENESS = 0.5;
const MIN_SHARED = 2;
/** So close a meaning needs only one word in common. */
const SAME_MEANING = 0.72;

/** A RELATES_TO B: both are about the same matter. Directed from the earlier to the later one, stored once. */
export function relatesTo(pair: Pair): Proposal | null {
  const close = closeness(pair);
  if (pair.cosine < MIN_COSINE || close < MIN_CLOSENESS) return null;
  if (pair.sharedCount < (pair.cosine >= SAME_MEANING ? 1 : MIN_SHARED)) return null;
  return {
    type: 'RELATES_TO',
    source: pair.earlier,
    target: pair.later,
    strength: toScore(close),
    confidence: toScore(0.2 + 0.75 * close),
    explain: () => {
      const shared = sharedWords(pair);
      return {
        reason: `both are about ${named(shared)}`,
        metadata: { similarity: toScore(pair.cosine), shared: shared.slice(0, 8) },
      };
    },
  };
}
